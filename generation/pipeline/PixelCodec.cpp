#include "generation/pipeline/PixelCodec.h"

namespace generation {

at::Tensor PixelCodec::encode(const at::Tensor& video, const Checkpoint& checkpoint) const {
    return m_extent == Extent::Whole ? m_vae.encode(video, checkpoint)
                                     : m_vae.normalise(m_vae.encodeTiled(video, Tiling{}, checkpoint));
}

void PixelCodec::decode(const at::Tensor& latents, const FrameGroupSink& sink, const Checkpoint& checkpoint) const {
    if (m_extent == Extent::Whole) {
        m_vae.decode(latents, sink, checkpoint);
    } else {
        m_vae.decodeTiled(m_vae.denormalise(latents), Tiling{}, sink, checkpoint);
    }
}

} // namespace generation
