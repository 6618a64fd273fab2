#include "generation/pipeline/PixelCodec.h"

#include <c10/core/GradMode.h>

namespace generation {

at::Tensor PixelCodec::encode(const at::Tensor& video, const Checkpoint& checkpoint) const {
    switch (m_extent) {
    case Extent::Tiles:
        return m_vae.normalise(m_vae.encodeTiled(video, Tiling{}, checkpoint));
    case Extent::AtOnce: {
        const c10::NoGradGuard quiet;
        return m_vae.normalise(m_vae.encodeWhole(video).mean);
    }
    case Extent::Whole:
        break;
    }
    return m_vae.encode(video, checkpoint);
}

void PixelCodec::decode(const at::Tensor& latents, const FrameGroupSink& sink, const Checkpoint& checkpoint) const {
    if (m_extent == Extent::Tiles) {
        m_vae.decodeTiled(m_vae.denormalise(latents), Tiling{}, sink, checkpoint);
    } else {
        m_vae.decode(latents, sink, checkpoint);
    }
}

} // namespace generation
