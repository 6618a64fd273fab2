#include "generation/pipeline/ShotPreview.h"

#include "generation/device/OutOfMemory.h"
#include "generation/pipeline/Pictures.h"
#include "generation/weights/WeightReader.h"
#include "generation/weights/WeightSource.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>

#include <utility>

namespace generation {
namespace {

double secondsSince(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

} // namespace

ShotPreview::ShotPreview(const VaeConfig& config, std::string tinyFile, Device device)
    : m_table(config), m_tinyFile(std::move(tinyFile)), m_device(std::move(device)), m_hasTiny(!m_tinyFile.empty()) {}

bool ShotPreview::mayUseTiny() {
    if (!m_hasTiny || (m_tinySeconds > m_allowance && m_table.available())) {
        return false;
    }
    if (m_tiny) {
        return true;
    }
    try {
        const WeightSource source = WeightSource::openFile(m_tinyFile);
        WeightReader reader(source, m_device);
        m_tiny.emplace(reader);
        reader.finish();
    } catch (const WeightsError&) {
        m_tiny.reset();
        m_hasTiny = false;
    }
    return m_hasTiny;
}

FrameSet ShotPreview::tinyPicture(const at::Tensor& clip, const ShotPlan& plan) {
    const at::Tensor frames = m_tiny->decode(clip.to(m_device.where), TinyDecoder::Detail::FrameOfEachLatent);
    // Half the size: a preview is looked at in a monitor, and its file is written at every step.
    const at::Tensor half =
        resized(frames.to(at::kCPU, at::kFloat).mul(2.0).sub(1.0), frames.size(3) / 2, frames.size(4) / 2);
    FrameSet set = previewSet(plan, clip.size(2), 2);
    appendFrames(set, half, clip.size(2));
    return set;
}

/// Nothing where there is no tiny decoder for these latents, or no memory for it: a preview is never worth a job.
std::optional<FrameSet> ShotPreview::tinyPictureInMemory(const at::Tensor& clip, const ShotPlan& plan) {
    try {
        if (mayUseTiny() && m_tiny->latentChannels() == clip.size(1)) {
            return tinyPicture(clip, plan);
        }
        return std::nullopt;
    } catch (const std::exception& error) {
        if (!isOutOfMemory(error) || !m_table.available()) {
            throw;
        }
    }
    m_tiny.reset();
    m_hasTiny = false;
    return std::nullopt;
}

FrameSet ShotPreview::picture(const at::Tensor& clip, const ShotPlan& plan) {
    if (m_last) {
        allow(secondsSince(*m_last));
    }
    const Clock::time_point begin = Clock::now();
    std::optional<FrameSet> set = tinyPictureInMemory(clip, plan);
    if (set) {
        m_tinySeconds = secondsSince(begin);
        m_allowance -= m_tinySeconds;
    } else {
        set = m_table.picture(clip, plan);
    }
    m_last = Clock::now();
    return std::move(*set);
}

} // namespace generation
