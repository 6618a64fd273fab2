// What generating costs beside the matrix products, convolutions and attention that it cannot do without. Prints one
// line a measurement with its ratio; see README.md of this folder.

#include "generation/device/Device.h"
#include "generation/device/ProcessEnvironment.h"
#include "generation/model/Configs.h"
#include "generation/model/ModelFiles.h"
#include "generation/pipeline/Denoiser.h"
#include "generation/pipeline/LatentPreview.h"
#include "generation/pipeline/TensorFile.h"
#include "generation/sampling/Noise.h"
#include "generation/weights/WeightReader.h"
#include "generation/weights/WeightSource.h"

#include "tests/benchmarks/KernelRecorder.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace {

using namespace generation;
using namespace generation::test;
namespace fs = std::filesystem;

constexpr int kRounds = 5;

void printHeading() {
    std::printf("%-52s %31s %31s\n%-52s %9s %12s %8s %9s %12s %8s\n", "", "by the clock", "of the processor", "",
                "seconds", "of", "ratio", "seconds", "of", "ratio");
}

void printRatio(const std::string& name, const Cost& cost, const Cost& against, double goal) {
    std::printf("%-52s %9.4f %12.4f %8.3f %9.4f %12.4f %8.3f  (goal %.2f)\n", name.c_str(), cost.clock, against.clock,
                cost.clock / against.clock, cost.processor, against.processor, cost.processor / against.processor,
                goal);
    std::fflush(stdout);
}

std::string starterFolder() {
    const char* resources = std::getenv("FANTASCOPE_RESOURCES");
    return std::string(resources ? resources : SOURCE_ROOT "/resources") + "/models/starter";
}

/// `work` against the kernels it calls, measured alone.
void measure(const std::string& name, const std::function<void()>& work, double goal) {
    work(); // warms caches up
    const std::vector<KernelCall> calls = recordKernels(work);
    const Cost cost = bestCost(work, kRounds);
    printRatio(name, cost, kernelCost(calls, kRounds), goal);
}

/// Random weights with the shapes of a transformer's published checkpoint.
std::map<std::string, at::Tensor> randomTransformer(const TransformerConfig& config,
                                                    const at::TensorOptions& options = at::TensorOptions()) {
    std::map<std::string, at::Tensor> tensors;
    const std::int64_t d = config.width();
    const auto put = [&](const std::string& name, std::vector<std::int64_t> shape) {
        const double scale = shape.size() > 1 ? 1.0 / std::sqrt(static_cast<double>(shape[1])) : 0.1;
        tensors.emplace(name, at::randn(shape, options).mul_(scale));
    };
    const auto linear = [&](const std::string& name, std::int64_t out, std::int64_t in) {
        put(name + ".weight", {out, in});
        put(name + ".bias", {out});
    };
    put("patch_embedding.weight", {d, config.inChannels, 1, 2, 2});
    put("patch_embedding.bias", {d});
    linear("condition_embedder.time_embedder.linear_1", d, config.freqDim);
    linear("condition_embedder.time_embedder.linear_2", d, d);
    linear("condition_embedder.time_proj", 6 * d, d);
    linear("condition_embedder.text_embedder.linear_1", d, config.textDim);
    linear("condition_embedder.text_embedder.linear_2", d, d);
    put("scale_shift_table", {1, 2, d});
    linear("proj_out", 4 * config.outChannels, d);
    for (std::int64_t i = 0; i < config.layers; ++i) {
        const std::string block = "blocks." + std::to_string(i) + ".";
        put(block + "scale_shift_table", {1, 6, d});
        for (const char* part : {"attn1.", "attn2."}) {
            for (const char* map : {"to_q", "to_k", "to_v", "to_out.0"}) {
                linear(block + part + map, d, d);
            }
            put(block + part + "norm_q.weight", {d});
            put(block + part + "norm_k.weight", {d});
        }
        put(block + "norm2.weight", {d});
        put(block + "norm2.bias", {d});
        linear(block + "ffn.net.0.proj", config.ffnDim, d);
        linear(block + "ffn.net.2", d, config.ffnDim);
    }
    return tensors;
}

TransformerConfig publishedSmall() {
    TransformerConfig config;
    config.heads = 12;
    config.headDim = 128;
    config.inChannels = config.outChannels = 16;
    config.textDim = 4096;
    config.ffnDim = 8960;
    config.layers = 2;
    return config;
}

/// One step with guidance: what a job does again and again.
void measureStep(const std::string& name, const VideoTransformer& transformer, at::IntArrayRef latents,
                 std::int64_t textRows) {
    DenoiseInputs inputs;
    inputs.prompts = seededNoise(1, {1, textRows, transformer.config().textDim});
    inputs.negative = seededNoise(2, {1, textRows, transformer.config().textDim});
    inputs.guidance.scale = 5.0;
    inputs.noise = seededNoise(3, latents);
    Denoiser denoiser(transformer, inputs);
    measure(name, [&] { denoiser.velocity({inputs.noise, 700.0, 0, 1}); }, 1.1);
}

void measureLoading(const std::string& name, const std::string& path, const std::function<void()>& load) {
    std::vector<char> buffer(std::size_t{8} << 20U);
    const auto read = [&] {
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        while (::read(file, buffer.data(), buffer.size()) > 0) {
        }
        ::close(file);
    };
    read(); // into the page cache
    printRatio(name, bestCost(load, 3), bestCost(read, 3), 1.2);
}

void measurePublishedShapes(const Device& device) {
    std::string folder = (fs::temp_directory_path() / "fantascope-benchmark-XXXXXX").string();
    if (!::mkdtemp(folder.data())) {
        return;
    }
    const std::string type = device.dtypeName();
    const TransformerConfig config = publishedSmall();
    const std::string path = folder + "/diffusion_pytorch_model.safetensors";
    writeTensorFile(path, randomTransformer(config), {});
    const WeightSource source = WeightSource::openFile(path);
    WeightReader reader(source, device);
    const VideoTransformer transformer(config, reader);
    // 480 x 272, 33 frames: latents 9 x 34 x 60.
    measureStep("step, 1.3B shapes, 2 layers, 480x272x33, " + type, transformer, {1, 16, 9, 34, 60}, 512);
    measureLoading("loading, 1.3B shapes, 2 layers, as " + type, path, [&] {
        const WeightSource again = WeightSource::openFile(path);
        WeightReader fresh(again, device);
        const VideoTransformer loaded(config, fresh);
    });
    fs::remove_all(folder);
}

void measureStarter(const Device& device) {
    const std::string type = device.dtypeName();
    const ModelFiles files(starterFolder());
    const VideoTransformer transformer = files.loadTransformer(0, device, WeightResidency::Resident);
    const VideoVae vae = files.loadVae(device);
    const at::Tensor latents = seededNoise(5, {1, 48, 7, 8, 14});
    measureStep("step, starter, 224x128x25, " + type, transformer, latents.sizes(), 48);
    measure("VAE decode, starter, 224x128x25, " + type, [&] { vae.decode(latents, [](const at::Tensor&) {}); }, 1.1);
    const at::Tensor video = at::zeros({1, 3, 25, 128, 224}).uniform_(-1.0, 1.0);
    measure("VAE encode, starter, 224x128x25, " + type, [&] { vae.encode(video); }, 1.1);

    ShotPlan plan;
    plan.width = plan.legalWidth = 224;
    plan.height = plan.legalHeight = 128;
    plan.frames = plan.legalFrames = 25;
    plan.fpsNumerator = 12;
    plan.spatialFactor = vae.config().spatialFactor();
    DenoiseInputs inputs;
    inputs.prompts = seededNoise(1, {1, 48, transformer.config().textDim});
    inputs.negative = inputs.prompts;
    inputs.guidance.scale = 2.5;
    inputs.noise = latents;
    Denoiser denoiser(transformer, inputs);
    const Cost step = bestCost([&] { denoiser.velocity({latents, 700.0, 0, 1}); }, kRounds);
    const LatentPreview preview(vae.config());
    const std::string path = (fs::temp_directory_path() / "fantascope-benchmark-preview").string();
    const Cost picture =
        bestCost([&] { writeFrameFile(path, preview.picture(latents, plan), Durability::Volatile); }, 10 * kRounds);
    fs::remove(path);
    printRatio("preview (table) beside a step, starter, " + type,
               {step.clock + picture.clock, step.processor + picture.processor}, step, 1.03);
}

/// The 5B shapes of Wan 2.2, at their published depth.
TransformerConfig publishedLarge() {
    TransformerConfig config = publishedSmall();
    config.heads = 24;
    config.inChannels = config.outChannels = 48;
    config.ffnDim = 14336;
    config.layers = 30;
    return config;
}

/// Seconds of `work`, which waits for the card itself; the best of some.
double bestSeconds(const std::function<void()>& work) {
    work();
    return bestCost(work, 3).clock;
}

/// Products, two operations each, of a step's network for one sample.
double operationsOf(const TransformerConfig& config, double tokens, double textRows) {
    const auto d = static_cast<double>(config.width());
    const double maps = 2.0 * tokens * d * (6.0 * d + 2.0 * static_cast<double>(config.ffnDim));
    const double attention = 4.0 * d * tokens * (tokens + textRows);
    return static_cast<double>(config.layers) * (maps + attention);
}

/// What a card does in a second at best, in one large product of its own type.
double productRate(const Device& device) {
    constexpr std::int64_t kSize = 8192;
    const at::Tensor a = at::randn({kSize, kSize}, at::TensorOptions(device.where).dtype(device.compute));
    const at::Tensor b = at::randn({kSize, kSize}, at::TensorOptions(device.where).dtype(device.compute));
    constexpr int kProducts = 10;
    const double seconds = bestSeconds([&] {
        at::Tensor c;
        for (int i = 0; i < kProducts; ++i) {
            c = at::mm(a, b);
        }
        c[0][0].item<float>();
    });
    return kProducts * 2.0 * std::pow(static_cast<double>(kSize), 3.0) / seconds;
}

at::Tensor stepOn(const Device& device, const TransformerConfig& config,
                  const std::map<std::string, at::Tensor>& weights, const at::Tensor& noise, double rate) {
    constexpr std::int64_t kTextRows = 512;
    const WeightSource source = WeightSource::ofTensors(weights, "random weights");
    WeightReader reader(source, device);
    const VideoTransformer transformer(config, reader);
    DenoiseInputs inputs;
    inputs.prompts = seededNoise(1, {1, kTextRows, config.textDim});
    inputs.negative = seededNoise(2, {1, kTextRows, config.textDim});
    inputs.guidance.scale = 5.0;
    inputs.noise = noise.to(device.where);
    Denoiser denoiser(transformer, inputs);
    at::Tensor velocity;
    const double seconds = bestSeconds([&] {
        velocity = denoiser.velocity({inputs.noise, 700.0, 0, 1});
        velocity.abs().max().item<float>();
    });
    const auto tokens = static_cast<double>(noise.numel() / noise.size(1) / 4);
    const double achieved = 2.0 * operationsOf(config, tokens, static_cast<double>(kTextRows)) / seconds;
    std::printf(
        "%2ld layers of %ld, %6.0f tokens, two samples, %s: %8.4f s a step, %6.1f TFLOP/s, %.2f of a product's\n",
        static_cast<long>(config.layers), static_cast<long>(config.width()), tokens, device.dtypeName().c_str(),
        seconds, achieved * 1e-12, achieved / rate);
    std::fflush(stdout);
    return velocity.to(at::kCPU);
}

/// Whole networks of the published sizes, random weights: step times, and how far the card's type is from float32.
void measureCard(const Device& device) {
    Device exact = device;
    exact.compute = at::kFloat;
    const double rate = productRate(device);
    std::printf("%s: a product of 8192 in %s %.1f TFLOP/s\n", device.card.c_str(), device.dtypeName().c_str(),
                rate * 1e-12);
    const auto options = at::TensorOptions(device.where).dtype(device.compute);
    TransformerConfig small = publishedSmall();
    small.layers = 30;
    {
        const auto weights = randomTransformer(small, options);
        const at::Tensor noise = seededNoise(3, {1, 16, 9, 34, 60}); // 480 x 272, 33 frames
        const at::Tensor own = stepOn(device, small, weights, noise, rate);
        const at::Tensor wanted = stepOn(exact, small, weights, noise, rate);
        std::printf("relative L2 of %s against fp32: %.2e (goal 1.5e-2)\n", device.dtypeName().c_str(),
                    (own - wanted).norm().item<double>() / wanted.norm().item<double>());
        stepOn(device, small, weights, seededNoise(3, {1, 16, 21, 60, 104}), rate); // 832 x 480, 81 frames
    }
    const auto weights = randomTransformer(publishedLarge(), options);
    stepOn(device, publishedLarge(), weights, seededNoise(3, {1, 48, 31, 44, 80}), rate); // 1280 x 704, 121 frames
}

} // namespace

int main(int argc, char** argv) {
    prepareProcess(argv);
    const c10::InferenceMode inference;
    const std::string which = argc > 1 ? argv[1] : "";
    const std::string type = argc > 2 ? argv[2] : "";
    Device fast = chooseDevice();
    configureLibtorch(fast);
    if (which == "card") {
        measureCard(fast);
        return 0;
    }
    printHeading();
    std::vector<Device> devices{referenceDevice()};
    if (fast.compute != at::kFloat) {
        devices.push_back(fast);
    }
    for (const Device& device : devices) {
        if (!type.empty() && type != device.dtypeName()) {
            continue;
        }
        if (which.empty() || which == "starter") {
            measureStarter(device);
        }
        if (which.empty() || which == "published") {
            measurePublishedShapes(device);
        }
    }
    return 0;
}
