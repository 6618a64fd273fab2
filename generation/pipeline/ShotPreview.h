#pragma once

#include "generation/device/Device.h"
#include "generation/model/TinyDecoder.h"
#include "generation/pipeline/LatentPreview.h"
#include "generation/pipeline/ShotPlan.h"
#include "generation/protocol/FrameFile.h"

#include <ATen/core/Tensor.h>

#include <chrono>
#include <optional>
#include <string>

namespace generation {

/// Pictures of a clip that is still being denoised: by the tiny decoder where the model's folder brings one and time
/// allows, else by the linear map. Previews may take 3 % of the time between them; a decoder that takes more runs less
/// often. Thread: one.
class ShotPreview {
public:
    /// `tinyFile`: of the tiny decoder; empty: none. A file that is none is left alone.
    ShotPreview(const VaeConfig& config, std::string tinyFile, Device device);

    /// False where neither is there; picture() must not be called then.
    bool available() const { return m_table.available() || m_hasTiny; }

    /// Of the clip [1, C, T, H, W] that a step promises, without reference frames: all of it, T frames as long as the
    /// shot.
    FrameSet picture(const at::Tensor& clip, const ShotPlan& plan);

    /// After seconds of work that previews may take their part of; picture() counts them by itself.
    void allow(double seconds) { m_allowance += kShare * seconds; }

    static constexpr double kShare = 0.03;

private:
    using Clock = std::chrono::steady_clock;

    bool mayUseTiny();
    FrameSet tinyPicture(const at::Tensor& clip, const ShotPlan& plan);
    std::optional<FrameSet> tinyPictureInMemory(const at::Tensor& clip, const ShotPlan& plan);

    LatentPreview m_table;
    std::string m_tinyFile;
    Device m_device;
    bool m_hasTiny = false;
    std::optional<TinyDecoder> m_tiny; ///< loaded for the first picture
    double m_tinySeconds = -1.0;       ///< of the last picture; below 0: not known
    double m_allowance = 0.0;          ///< seconds that may be spent
    std::optional<Clock::time_point> m_last;
};

} // namespace generation
