#include "generation/model/Parity.h"

#include "generation/model/FileParity.h"
#include "generation/model/ParityFixture.h"
#include "generation/model/TextEncoder.h"
#include "generation/model/VideoTransformer.h"
#include "generation/model/VideoVae.h"

#include <ATen/ATen.h>

#include <cmath>
#include <filesystem>
#include <sstream>

namespace generation {

namespace {

constexpr double kReducedTolerance = 1.5e-2;

/// Features of pictures, or nothing. Those of a first and a last frame come as two rows and are read as one.
at::Tensor imageOf(const Safetensors& fixture, const TransformerConfig& config) {
    if (!fixture.contains("in.image")) {
        return {};
    }
    const at::Tensor image = fixture.tensor("in.image");
    return config.imagePositions > 0 ? image.reshape({-1, config.imagePositions, image.size(-1)}) : image;
}

/// Compares what the fixture has of a value.
void compareIf(const Safetensors& fixture, ParityReport& report, const char* name, const at::Tensor& actual) {
    if (fixture.contains(name)) {
        report.compare(name, actual, fixture.tensor(name));
    }
}

/// Rotary tables as diffusers stores them: [1, L, 1, d], each value twice.
void compareRotary(const Safetensors& fixture, ParityReport& report, const char* name, const at::Tensor& half) {
    if (fixture.contains(name)) {
        const at::Tensor whole = half.repeat_interleave(2, 1);
        report.compare(name, whole.view({1, whole.size(0), 1, whole.size(1)}), fixture.tensor(name));
    }
}

void runTransformer(const Safetensors& fixture, ParityReport& report) {
    const auto transformer = fixtureNetwork<VideoTransformer>(fixture, report.device(), parseTransformerConfig);
    const TransformerConfig& config = transformer.config();
    const PreparedText text = transformer.prepareText(fixture.tensor("in.text"), imageOf(fixture, config));
    PreparedControl control;
    TransformerTrace trace;
    TransformerInput input{
        .latents = fixture.tensor("in.x"), .timestep = fixture.tensor("in.t"), .text = &text, .trace = &trace};
    if (fixture.contains("in.control")) {
        std::vector<double> scales;
        if (fixture.contains("in.scale")) {
            const at::Tensor stored = fixture.tensor("in.scale").to(at::kDouble).contiguous();
            scales.assign(stored.data_ptr<double>(), stored.data_ptr<double>() + stored.numel());
        }
        control = transformer.prepareControl(fixture.tensor("in.control"), std::move(scales));
        input.control = &control;
    }
    report.compare("out", transformer.forward(input), fixture.tensor("out"));
    compareIf(fixture, report, "mid.temb", trace.timeEmbedding);
    compareIf(fixture, report, "mid.time_proj", trace.timeProjection);
    compareIf(fixture, report, "mid.ctx", text.context);
    compareIf(fixture, report, "mid.patch", trace.patchTokens);
    compareIf(fixture, report, "mid.block0", trace.firstBlock);
    const RotaryTable rotary =
        rotaryTable(config.headDim, input.latents.size(2) / config.patch[0], input.latents.size(3) / config.patch[1],
                    input.latents.size(4) / config.patch[2]);
    compareRotary(fixture, report, "mid.rope_cos", rotary.cos);
    compareRotary(fixture, report, "mid.rope_sin", rotary.sin);
    if (fixture.contains("out_scale1")) {
        control = transformer.prepareControl(fixture.tensor("in.control"));
        report.compare("out_scale1", transformer.forward(input), fixture.tensor("out_scale1"));
    }
}

/// "latent 3x4x6, patch (1,2,2), head_dim 128: ..." in the metadata gives the sizes.
void runRotary(const Safetensors& fixture, ParityReport& report) {
    long frames = 0;
    long rows = 0;
    long columns = 0;
    long pt = 0;
    long ph = 0;
    long pw = 0;
    if (std::sscanf(fixture.metadata("note").c_str(), "latent %ldx%ldx%ld, patch (%ld,%ld,%ld)", &frames, &rows,
                    &columns, &pt, &ph, &pw) != 6 ||
        pt <= 0 || ph <= 0 || pw <= 0 || fixture.tensor("cos").dim() != 4) {
        report.fail("cos", "the metadata does not say the sizes");
        return;
    }
    const RotaryTable table = rotaryTable(fixture.tensor("cos").size(3), frames / pt, rows / ph, columns / pw);
    compareRotary(fixture, report, "cos", table.cos);
    compareRotary(fixture, report, "sin", table.sin);
}

void runVae(const Safetensors& fixture, ParityReport& report) {
    const auto vae = fixtureNetwork<VideoVae>(fixture, report.device(), parseVaeConfig);
    const at::Tensor video = fixture.tensor("in.video");
    const LatentDistribution whole = vae.encodeDistribution(video);
    report.compare("out.latent_mode", whole.mean, fixture.tensor("out.latent_mode"));
    compareIf(fixture, report, "out.logvar", whole.logVariance);
    if (fixture.contains("out.latent_image")) {
        report.compare("out.latent_image", vae.encodeDistribution(video.slice(2, 0, 1)).mean,
                       fixture.tensor("out.latent_image"));
    }
    const at::Tensor latent = fixture.tensor("in.latent");
    const at::Tensor raw = vae.decodeRaw(latent);
    compareIf(fixture, report, "mid.decoder_raw", raw);
    report.compare("out.video", vae.unpatchify(raw).clamp(-1.0, 1.0), fixture.tensor("out.video"));
    if (fixture.contains("out.video_1frame")) {
        const at::Tensor image = vae.unpatchify(vae.decodeRaw(latent.slice(2, 0, 1))).clamp(-1.0, 1.0);
        report.compare("out.video_1frame", image, fixture.tensor("out.video_1frame"));
    }
}

/// "tile 32x32 px stride 24 px" in the metadata gives the tiling.
void runTiledVae(const Safetensors& fixture, ParityReport& report) {
    long tile = 0;
    long stride = 0;
    if (std::sscanf(fixture.metadata("tiling").c_str(), "tile %ldx%*d px stride %ld px", &tile, &stride) != 2 ||
        tile <= 0 || stride <= 0) {
        report.fail("out.video", "the metadata does not say the tiling");
        return;
    }
    const auto vae = fixtureNetwork<VideoVae>(fixture, report.device(), parseVaeConfig);
    const Tiling tiling{tile, stride};
    report.compare("out.latent_mode", vae.encodeTiled(fixture.tensor("in.video"), tiling),
                   fixture.tensor("out.latent_mode"));
    report.compare("out.video", vae.decodeTiled(fixture.tensor("in.latent"), tiling), fixture.tensor("out.video"));
}

void runTextEncoder(const Safetensors& fixture, ParityReport& report) {
    const auto encoder = fixtureNetwork<TextEncoder>(fixture, report.device(), parseTextEncoderConfig);
    const at::Tensor ids = fixture.tensor("in.ids");
    const at::Tensor mask = fixture.tensor("in.mask");
    const at::Tensor expected = fixture.tensor("out.hidden");
    report.compare("out.hidden", encoder.encodeMasked(ids, mask), expected);
    // What a job does: each text on its own, without padding, then zeros.
    std::vector<at::Tensor> rows;
    for (std::int64_t b = 0; b < ids.size(0); ++b) {
        const at::Tensor real = ids[b].masked_select(mask[b].ne(0)).contiguous();
        const auto* first = real.data_ptr<std::int64_t>();
        rows.push_back(encoder.encode({first, first + real.numel()}, ids.size(1)));
    }
    report.compare("out.hidden of tokens alone", at::cat(rows, 0), expected * mask.ne(0).unsqueeze(-1));
    for (const auto& [name, entry] : fixture.header().tensors) {
        long low = 0;
        long high = 0;
        if (std::sscanf(name.c_str(), "out.buckets_m%ld_p%ld", &low, &high) == 2) {
            const at::Tensor distance = at::arange(-low, high + 1, at::kLong);
            report.compare(name,
                           relativePositionBuckets(distance, encoder.config().buckets, encoder.config().maxDistance),
                           fixture.tensor(name), 0.0);
        }
    }
}

} // namespace

void ParityReport::compare(const std::string& name, const at::Tensor& actual, const at::Tensor& expected,
                           double tolerance) {
    const bool isExact = m_device.compute == at::kFloat || tolerance == 0.0;
    ParityResult result{m_fixture + ": " + name, 0.0, isExact ? tolerance : kReducedTolerance, {}};
    if (actual.sizes() != expected.sizes()) {
        std::ostringstream shapes;
        shapes << "shape " << actual.sizes() << ", expected " << expected.sizes();
        result.note = shapes.str();
    } else if (actual.numel() > 0) {
        const at::Tensor wide = actual.to(at::kCPU, at::kDouble);
        const at::Tensor wanted = expected.to(at::kCPU, at::kDouble);
        result.error = isExact ? (wide - wanted).abs().max().item<double>()
                               : (wide - wanted).norm().item<double>() / std::max(1e-12, wanted.norm().item<double>());
        if (!std::isfinite(result.error)) {
            result.note = "not finite";
        }
    }
    m_results.push_back(std::move(result));
}

void ParityReport::fail(const std::string& name, const std::string& note) {
    m_results.push_back({m_fixture + ": " + name, 0.0, 0.0, note});
}

std::vector<ParityCase> moduleParityCases() {
    std::vector<ParityCase> cases{
        {"transformer",
         [](const Safetensors& f) {
             return hasAll(f, {"in.x", "in.t", "in.text", "out"}) &&
                    (f.contains("w.scale_shift_table") || f.contains("w.head.modulation"));
         },
         runTransformer},
        {"rotary table", [](const Safetensors& f) { return hasAll(f, {"cos", "sin"}); }, runRotary},
        {"tiled autoencoder",
         [](const Safetensors& f) {
             return hasAll(f, {"in.video", "in.latent", "out.video"}) && !f.metadata("tiling").empty();
         },
         runTiledVae},
        {"autoencoder",
         [](const Safetensors& f) {
             return hasAll(f, {"in.video", "in.latent", "out.video", "out.latent_mode"}) &&
                    (f.contains("w.decoder.conv_in.weight") || f.contains("w.decoder.conv1.weight"));
         },
         runVae},
        {"text encoder", [](const Safetensors& f) { return hasAll(f, {"in.ids", "in.mask", "out.hidden"}); },
         runTextEncoder},
        tinyDecoderParity(),
        loraParity(),
    };
    for (ParityCase& file : fileParityCases()) {
        cases.push_back(std::move(file));
    }
    return cases;
}

std::vector<ParityResult> runParity(const std::string& file, const std::vector<ParityCase>& cases,
                                    const Device& device) {
    ParityReport report(std::filesystem::path(file).stem().string(), device);
    try {
        const Safetensors fixture = Safetensors::open(file);
        const auto found =
            std::find_if(cases.begin(), cases.end(), [&](const ParityCase& one) { return one.matches(fixture); });
        if (found == cases.end()) {
            report.fail("fixture", "of no known kind");
        } else {
            found->run(fixture, report);
        }
    } catch (const std::exception& error) {
        const std::string reason = error.what();
        report.fail("fixture", reason.substr(0, reason.find('\n'))); // libtorch adds a trace
    }
    return report.results();
}

} // namespace generation
