#include "generation/training/SampleClips.h"

#include "generation/sampling/Guidance.h"
#include "generation/sampling/Noise.h"
#include "generation/sampling/Schedule.h"
#include "generation/training/Png.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cstring>

namespace generation {

at::Tensor sampleLatents(const VideoTransformer& transformer, const at::Tensor& text, const at::Tensor& empty,
                         const Sampling& sampling) {
    const c10::NoGradGuard quiet;
    const std::int64_t n = text.size(0);
    const PreparedText prepared = transformer.prepareText(at::cat({text, empty.expand({n, -1, -1})}, 0));
    std::vector<std::int64_t> shape{n};
    shape.insert(shape.end(), sampling.latentShape.begin(), sampling.latentShape.end());
    at::Tensor x = seededNoise(sampling.seed, shape).to(transformer.device().where);
    const PreparedControl control =
        sampling.control.defined() ? transformer.prepareControl(sampling.control) : PreparedControl();
    const Schedule schedule = eulerSchedule(sampling.steps, sampling.shift);
    for (std::size_t i = 0; i + 1 < schedule.sigmas.size(); ++i) {
        const at::Tensor timestep = at::full({2 * n}, schedule.timesteps[i], at::kFloat);
        const at::Tensor both = transformer.forward({.latents = at::cat({x, x}, 0),
                                                     .timestep = timestep,
                                                     .text = &prepared,
                                                     .control = sampling.control.defined() ? &control : nullptr});
        const at::Tensor velocity = guided(both.slice(0, 0, n), both.slice(0, n), sampling.guidance);
        x = x + velocity * (schedule.sigmas[i + 1] - schedule.sigmas[i]);
    }
    return x;
}

void writeContactSheet(const std::string& path, const std::vector<at::Tensor>& videos) {
    constexpr std::int64_t kColumns = 5;
    std::vector<at::Tensor> rows;
    for (const at::Tensor& video : videos) {
        std::vector<at::Tensor> frames;
        for (std::int64_t column = 0; column < kColumns; ++column) {
            frames.push_back(video[0].select(1, column * (video.size(2) - 1) / (kColumns - 1)));
        }
        rows.push_back(at::cat(frames, 2)); // [3, H, 5 W]
    }
    const at::Tensor sheet = at::cat(rows, 1)
                                 .to(at::kCPU, at::kFloat)
                                 .add(1.0)
                                 .mul(127.5)
                                 .round()
                                 .clamp(0.0, 255.0)
                                 .to(at::kByte)
                                 .permute({1, 2, 0})
                                 .contiguous();
    Picture picture(static_cast<int>(sheet.size(1)), static_cast<int>(sheet.size(0)));
    std::memcpy(&picture.at(0, 0, 0), sheet.data_ptr(), static_cast<std::size_t>(sheet.nbytes()));
    writePng(path, picture);
}

} // namespace generation
