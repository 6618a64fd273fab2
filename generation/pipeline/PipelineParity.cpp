#include "generation/pipeline/PipelineParity.h"

#include "generation/model/Configs.h"
#include "generation/model/DerivedConfig.h"
#include "generation/model/VideoTransformer.h"
#include "generation/model/VideoVae.h"
#include "generation/pipeline/Control.h"
#include "generation/pipeline/Denoiser.h"
#include "generation/weights/NetworkFinder.h"
#include "generation/weights/WeightReader.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace generation {
namespace {

using nlohmann::json;

constexpr double kTolerance = 2e-5;
constexpr double kRunTolerance = 2e-4;

/// Both networks of an end-to-end fixture. Where the metadata does not hold a config, the tensors' shapes tell it.
struct Networks {
    Networks(const Safetensors& file, const Device& device)
        : transformer(load<VideoTransformer>(file, device, "transformer", parseTransformerConfig)),
          vae(load<VideoVae>(file, device, "vae", parseVaeConfig)) {}

    VideoTransformer transformer;
    VideoVae vae;

private:
    template <class Network, class Config>
    static Network load(const Safetensors& file, const Device& device, const std::string& name,
                        Config (*parse)(const json&, const std::string&)) {
        const WeightSource source = WeightSource::openFile(file.path()).under(name + ".");
        const std::vector<FoundNetwork> found = findNetworks(source);
        if (found.empty()) {
            throw WeightsError(file.path(), "no network under '" + name + ".'");
        }
        const std::string text = file.metadata(name);
        const json config = text.empty() ? derivedConfig(found.front(), json::object()) : json::parse(text);
        WeightReader reader(found.front().source, device);
        Network network(parse(config, file.path()), reader);
        reader.finish();
        return network;
    }
};

double number(const Safetensors& file, const char* key) {
    return std::stod(file.metadata(key));
}

/// Text features and noise that every fixture has, under a prefix.
DenoiseInputs commonInputs(const Safetensors& file, const Device& device, double guidance) {
    DenoiseInputs inputs;
    inputs.prompts = file.tensor("in.prompt");
    inputs.negative = file.tensor("in.negative");
    inputs.guidance.scale = guidance;
    inputs.noise = file.tensor("in.noise").to(device.where);
    return inputs;
}

DenoiseHooks compareSteps(ParityReport& report, const at::Tensor& expected) {
    DenoiseHooks hooks;
    hooks.step = [&report, expected](int step, const at::Tensor& latents, const at::Tensor&) {
        report.compare("step " + std::to_string(step), latents, expected[step - 1], kRunTolerance);
    };
    return hooks;
}

/// One sampler's part of a run, where the file has it.
void runSchedule(const Safetensors& file, ParityReport& report, const std::string& run, const std::string& kind,
                 Sampler& sampler) {
    const std::string name = run + "." + kind;
    if (!file.contains(name + ".sigmas")) {
        return;
    }
    const auto tensorOf = [](const std::vector<double>& values) { return at::tensor(values, at::kDouble); };
    report.compare(name + ".sigmas", tensorOf(sampler.schedule().sigmas), file.tensor(name + ".sigmas").to(at::kDouble),
                   kTolerance);
    report.compare(name + ".timesteps", tensorOf(sampler.schedule().timesteps),
                   file.tensor(name + ".timesteps").to(at::kDouble), 1e-3);
    const at::Tensor velocities = file.tensor(run + ".v");
    std::vector<at::Tensor> trajectory;
    at::Tensor x = file.tensor(run + ".x0");
    while (!sampler.done()) {
        x = sampler.step(x, velocities[sampler.index()]);
        trajectory.push_back(x);
    }
    report.compare(name + ".traj", at::stack(trajectory), file.tensor(name + ".traj"), kTolerance);
}

void runSchedules(const Safetensors& file, ParityReport& report) {
    for (const auto& [key, entry] : file.header().tensors) {
        const std::string name = key;
        if (name.size() < 4 || !name.ends_with(".x0")) {
            continue;
        }
        const std::string run = name.substr(0, name.size() - 3); // "n6_s5", "n4_s3.5": shift 5, shift 3.5
        const auto steps = static_cast<int>(file.tensor(run + ".v").size(0));
        const double shift = std::stod(run.substr(run.find('s') + 1));
        EulerSampler euler(diffusersEulerSchedule(steps, shift), 0);
        runSchedule(file, report, run, "euler", euler);
        UniPcSampler uniPc(uniPcSchedule(steps, shift), 0);
        runSchedule(file, report, run, "unipc", uniPc);
        UniPcSampler original(originalUniPcSchedule(steps, shift), 0);
        runSchedule(file, report, run, "official_unipc", original);
    }
}

/// The sampler of a whole run; "unipc" where the metadata does not say.
std::unique_ptr<Sampler> runSampler(const Safetensors& file, int steps, double shift, int start = 0) {
    if (file.metadata("scheduler") == "euler") {
        return std::make_unique<EulerSampler>(diffusersEulerSchedule(steps, shift), start);
    }
    return std::make_unique<UniPcSampler>(uniPcSchedule(steps, shift), start);
}

void runText(const Safetensors& file, ParityReport& report, const Networks& networks) {
    const json text = json::parse(file.metadata("t2v"));
    Denoiser denoiser(networks.transformer, commonInputs(file, report.device(), text.at("guidance")));
    const auto sampler = runSampler(file, text.at("steps"), text.at("flow_shift"));
    const at::Tensor latents = denoiser.run(*sampler, compareSteps(report, file.tensor("mid.traj")));
    report.compare("out.video", networks.vae.decode(latents), file.tensor("out.video"), kRunTolerance);
}

void runVideo(const Safetensors& file, ParityReport& report, const Networks& networks) {
    const json video = json::parse(file.metadata("v2v"));
    const int steps = video.at("steps");
    const int start = steps - std::min(static_cast<int>(steps * video.at("strength").get<double>()), steps);
    const auto late = runSampler(file, steps, video.at("flow_shift"), start);
    DenoiseInputs inputs = commonInputs(file, report.device(), video.at("guidance"));
    inputs.noise = file.tensor("v2v.in.noise").to(report.device().where);
    inputs.base = networks.vae.encode(file.tensor("v2v.in.video"));
    report.compare("v2v.mid.x0", inputs.base, file.tensor("v2v.mid.x0"), kTolerance);
    report.compare("v2v.timesteps", at::tensor(late->schedule().timesteps, at::kDouble).slice(0, start),
                   file.tensor("v2v.timesteps").to(at::kDouble), 0.0);
    report.compare("v2v.out.latents", Denoiser(networks.transformer, inputs).run(*late), file.tensor("v2v.out.latents"),
                   kRunTolerance);
}

void runTextAndVideoToVideo(const Safetensors& file, ParityReport& report) {
    const Networks networks(file, report.device());
    if (!file.metadata("t2v").empty()) {
        runText(file, report, networks);
    }
    if (!file.metadata("v2v").empty()) {
        runVideo(file, report, networks);
    }
}

void runControl(const Safetensors& file, ParityReport& report) {
    const Networks networks(file, report.device());
    ControlSource source;
    source.video = file.tensor("in.video");
    source.mask = file.tensor("in.mask").narrow(1, 0, 1).contiguous();
    ControlBuilder builder;
    const PixelCodec codec(networks.vae, PixelCodec::Extent::Whole);
    const std::int64_t latents = 2 * networks.vae.config().latentChannels;
    const auto compare = [&](const at::Tensor& control, const std::string& suffix) {
        if (!file.contains("mid.video_latents" + suffix)) {
            return;
        }
        report.compare("mid.video_latents" + suffix, control.narrow(1, 0, latents),
                       file.tensor("mid.video_latents" + suffix), kTolerance);
        report.compare("mid.mask_latents" + suffix, control.slice(1, latents), file.tensor("mid.mask_latents" + suffix),
                       kTolerance);
    };
    compare(builder.build(source, codec), "_noref");
    // The published pipeline puts each further reference in front of the others.
    for (int i = 0; file.contains("in.ref" + std::to_string(i)); ++i) {
        source.references.insert(source.references.begin(),
                                 file.tensor("in.ref" + std::to_string(i)).unsqueeze(0).unsqueeze(2));
    }
    DenoiseInputs inputs = commonInputs(file, report.device(), number(file, "guidance"));
    inputs.control = builder.build(source, codec);
    inputs.references = static_cast<std::int64_t>(source.references.size());
    compare(inputs.control, "");

    const auto sampler = runSampler(file, static_cast<int>(number(file, "steps")), number(file, "flow_shift"));
    const at::Tensor clip =
        Denoiser(networks.transformer, inputs).run(*sampler, compareSteps(report, file.tensor("mid.traj")));
    report.compare("out.video", networks.vae.decode(clip), file.tensor("out.video"), kRunTolerance);
}

void runImageToVideo(const Safetensors& file, ParityReport& report) {
    const Networks networks(file, report.device());
    DenoiseInputs inputs = commonInputs(file, report.device(), number(file, "guidance"));
    const at::Tensor first = networks.vae.encode(file.tensor("in.image"));
    report.compare("mid.cond", first, file.tensor("mid.cond"), kTolerance);
    const std::int64_t frames = inputs.noise.size(2);
    inputs.known = at::constant_pad_nd(first, {0, 0, 0, 0, 0, frames - 1});
    inputs.knownMask = at::arange(frames).eq(0).to(at::kFloat).view({1, 1, frames, 1, 1}).to(first.device());
    inputs.knownIsClean = true;
    const auto sampler = runSampler(file, static_cast<int>(number(file, "steps")), number(file, "flow_shift"));
    const at::Tensor latents = Denoiser(networks.transformer, inputs).run(*sampler);
    report.compare("out.latents", latents, file.tensor("out.latents"), kRunTolerance);
    report.compare("out.video", networks.vae.decode(latents), file.tensor("out.video"), kRunTolerance);
}

/// Cases run without autograd, as jobs do.
ParityCase makeCase(const char* kind, std::function<bool(const Safetensors&)> matches,
                    void (*run)(const Safetensors&, ParityReport&)) {
    return {kind, std::move(matches), [run](const Safetensors& file, ParityReport& report) {
                const c10::InferenceMode inference;
                run(file, report);
            }};
}

} // namespace

std::vector<ParityCase> pipelineParityCases() {
    const auto has = [](const char* name) { return [name](const Safetensors& file) { return file.contains(name); }; };
    const auto hasSchedules = [](const Safetensors& file) {
        const auto& tensors = file.header().tensors;
        return std::any_of(tensors.begin(), tensors.end(),
                           [](const auto& entry) { return entry.first.ends_with(".sigmas"); });
    };
    const auto hasRuns = [](const Safetensors& file) {
        return !file.metadata("t2v").empty() || !file.metadata("v2v").empty();
    };
    const auto hasControl = [](const Safetensors& file) {
        return file.contains("in.mask") && file.contains("in.noise") && file.contains("mid.traj");
    };
    return {makeCase("schedules", hasSchedules, runSchedules),
            makeCase("text and video to video", hasRuns, runTextAndVideoToVideo),
            makeCase("control", hasControl, runControl), makeCase("image to video", has("mid.cond"), runImageToVideo)};
}

} // namespace generation
