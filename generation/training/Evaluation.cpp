#include "generation/training/Evaluation.h"

#include "generation/model/ModelFiles.h"
#include "generation/pipeline/Control.h"
#include "generation/pipeline/Pictures.h"
#include "generation/pipeline/PixelCodec.h"
#include "generation/tokenizer/Tokenizer.h"
#include "generation/training/CaptionFeatures.h"
#include "generation/training/FilmSet.h"
#include "generation/training/Footage.h"
#include "generation/training/SampleClips.h"
#include "generation/training/VaeTrainee.h"
#include "generation/training/measure/AttributeMeter.h"
#include "generation/training/measure/ClipQuality.h"
#include "generation/training/measure/StyleMeter.h"
#include "generation/training/world/Caption.h"
#include "generation/training/world/ClipRenderer.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cstdio>
#include <map>

namespace generation {

namespace {

constexpr std::uint64_t kHeldOut = std::uint64_t{1} << 41U;

/// Right answers of one attribute.
struct Score {
    std::int64_t right = 0;
    std::int64_t asked = 0;
    double chance = 0.0;

    void add(bool isRight) {
        right += isRight ? 1 : 0;
        ++asked;
    }
};

/// Whether the caption tells this attribute: another value would be worded differently.
template <class Change>
bool isSaid(const world::Clip& clip, std::uint64_t seed, const Change& change) {
    world::Clip other = clip;
    change(other);
    return !(other == clip) && world::captionOf(other, seed) != world::captionOf(clip, seed);
}

template <class E>
E next(E value) {
    return static_cast<E>((static_cast<int>(value) + 1) % world::kCountOf<E>);
}

/// The networks of the model under test, and how it is sampled.
/// Thread: one.
class Generator {
public:
    Generator(const EvaluationSettings& settings, const Device& device)
        : m_files(settings.model), m_tokenizer(readPieces(m_files.tokenizer())),
          m_encoder(m_files.loadTextEncoder(device, WeightResidency::Resident)),
          m_transformer(m_files.loadTransformer(0, device, WeightResidency::Resident)), m_vae(m_files.loadVae(device)) {
        const ModelCard& card = m_files.card();
        const std::int64_t factor = m_vae.config().spatialFactor();
        m_shape = {m_vae.config().latentChannels, (card.frames - 1) / m_vae.config().temporalFactor() + 1,
                   card.height / factor, card.width / factor};
        m_sampling = {
            .steps = settings.steps > 0 ? settings.steps : card.steps, .shift = card.shift, .guidance = card.guidance};
    }

    const ModelCard& card() const { return m_files.card(); }
    const VideoVae& vae() const { return m_vae; }

    /// A video for each caption.
    std::vector<at::Tensor> fromText(const std::vector<std::string>& captions, std::uint64_t seed) {
        return videos(captions, seed, {});
    }

    /// The base clip's luma in the look of a picture.
    at::Tensor restyled(const at::Tensor& base, const at::Tensor& reference, const std::string& caption,
                        std::uint64_t seed) {
        const at::Tensor mask = at::ones({1, 1, base.size(2), base.size(3), base.size(4)});
        const at::Tensor control =
            m_controls.build({lumaControl(base), mask, {reference}}, PixelCodec(m_vae, PixelCodec::Extent::Whole));
        return videos({caption}, seed, control).front();
    }

private:
    std::vector<at::Tensor> videos(const std::vector<std::string>& captions, std::uint64_t seed,
                                   const at::Tensor& control) {
        const auto length = static_cast<std::int64_t>(card().maxTextTokens);
        std::vector<std::int64_t> shape = m_shape;
        const std::int64_t references = control.defined() ? control.size(2) - shape[1] : 0;
        shape[1] += references;
        Sampling sampling = m_sampling;
        sampling.seed = seed;
        sampling.latentShape = shape;
        sampling.control = control;
        const at::Tensor latents =
            sampleLatents(m_transformer, captionFeatures(m_encoder, m_tokenizer, captions, length),
                          captionFeatures(m_encoder, m_tokenizer, {std::string()}, length), sampling);
        std::vector<at::Tensor> made;
        for (std::int64_t i = 0; i < latents.size(0); ++i) {
            made.push_back(m_vae.decode(latents.narrow(0, i, 1).slice(2, references)).to(at::kCPU));
        }
        return made;
    }

    ModelFiles m_files;
    Tokenizer m_tokenizer;
    TextEncoder m_encoder;
    VideoTransformer m_transformer;
    VideoVae m_vae;
    ControlBuilder m_controls;
    std::vector<std::int64_t> m_shape;
    Sampling m_sampling;
};

using Scores = std::map<std::string, Score>;

Score& scoreOf(Scores& scores, const std::string& what, int choices) {
    Score& score = scores[what];
    score.chance = 1.0 / choices;
    return score;
}

/// Compares what a clip shows with what its caption said.
void addReading(Scores& scores, const world::Clip& clip, std::uint64_t seed, const measure::Reading& reading) {
    using namespace world;
    scoreOf(scores, "scene", kCountOf<Scene>).add(reading.scene == clip.scene);
    const auto add = [&](const char* what, int choices, bool isRight, const auto& change) {
        if (isSaid(clip, seed, change)) {
            scoreOf(scores, what, choices).add(isRight);
        }
    };
    add("time of day", kCountOf<TimeOfDay>, reading.time == clip.time, [](Clip& c) { c.time = next(c.time); });
    add("weather", kCountOf<Weather>, reading.weather == clip.weather, [](Clip& c) { c.weather = next(c.weather); });
    add("camera", kCountOf<Camera>, reading.camera == clip.camera, [](Clip& c) { c.camera = next(c.camera); });
    if (clip.subject == Subject::None) {
        return;
    }
    add("subject", kCountOf<Subject>, reading.subject == clip.subject, [](Clip& c) { c.subject = Subject::None; });
    if (isPainted(clip.subject)) {
        add("subject's colour", kCountOf<Colour>, reading.colour == clip.colour,
            [](Clip& c) { c.colour = next(c.colour); });
    }
    add("direction of travel", kCountOf<Direction>, reading.direction == clip.direction,
        [](Clip& c) { c.direction = next(c.direction); });
}

world::Clip heldOutClip(std::uint64_t index, world::Style style) {
    world::Clip clip = world::castClip(kHeldOut + index);
    clip.style = style;
    return clip;
}

/// How steady the clips are (quality figures of frames, not of attributes).
struct Steadiness {
    double flicker = 0.0;
    double smoothness = 0.0;
};

Steadiness measureText(Generator& generator, const EvaluationSettings& settings, Scores& scores,
                       TrainingObserver& observer) {
    const measure::AttributeMeter meter =
        measure::AttributeMeter::learnt({.stills = settings.lessons, .clips = settings.lessons / 4});
    Steadiness sum;
    for (std::int64_t begin = 0; begin < settings.clips; begin += settings.together) {
        observer.checkpoint();
        const std::int64_t end = std::min(settings.clips, begin + settings.together);
        std::vector<world::Clip> clips;
        std::vector<std::string> captions;
        for (std::int64_t i = begin; i < end; ++i) {
            clips.push_back(heldOutClip(static_cast<std::uint64_t>(i), world::Style::Natural));
            captions.push_back(world::captionOf(clips.back(), static_cast<std::uint64_t>(i)));
        }
        const auto made = generator.fromText(captions, settings.seed + static_cast<std::uint64_t>(begin));
        for (std::size_t i = 0; i < made.size(); ++i) {
            const measure::Footage footage = footageOf(made[i]);
            addReading(scores, clips[i], static_cast<std::uint64_t>(begin) + i, meter.read(footage));
            sum.flicker += measure::flicker(footage);
            sum.smoothness += measure::motionSmoothness(footage);
        }
        observer.progress({.part = "text",
                           .step = end,
                           .steps = settings.clips,
                           .fraction = static_cast<double>(end) / static_cast<double>(settings.clips)});
    }
    const auto count = static_cast<double>(settings.clips);
    return {sum.flicker / count, sum.smoothness / count};
}

/// Styles said in words, and shown by a frame of another clip over a base clip.
void measureStyles(Generator& generator, const EvaluationSettings& settings, Scores& scores,
                   TrainingObserver& observer) {
    const measure::StyleMeter meter = measure::StyleMeter::learnt({.frames = settings.lessons});
    const FilmSet set({generator.card().width, generator.card().height, static_cast<int>(generator.card().frames),
                       static_cast<int>(generator.card().fpsNumerator)});
    const bool restyles = generator.card().hasControl && generator.card().allows({"luma", "reference"});
    const std::int64_t count = std::max<std::int64_t>(1, settings.clips / 2);
    for (std::int64_t i = 0; i < count; ++i) {
        observer.checkpoint();
        const auto style = static_cast<world::Style>(static_cast<int>(i) % world::kCountOf<world::Style>);
        const auto index = static_cast<std::uint64_t>(i);
        const world::Clip clip = heldOutClip(1000 + index, style);
        const at::Tensor made = generator.fromText({world::captionOf(clip, index)}, settings.seed + index).front();
        scoreOf(scores, "style from words", world::kCountOf<world::Style>).add(meter.styleOf(footageOf(made)) == style);
        if (restyles) {
            const at::Tensor base = set.drawn(heldOutClip(1000 + index, world::Style::Natural), 0);
            const at::Tensor look = set.drawn(heldOutClip(2000 + index, style), 1);
            const at::Tensor result =
                generator.restyled(base, look, world::captionOf(clip, index, {.style = false}), settings.seed + index);
            scoreOf(scores, "style from a reference, over a base clip", world::kCountOf<world::Style>)
                .add(meter.styleOf(footageOf(result)) == style);
        }
        observer.progress({.part = "styles",
                           .step = i + 1,
                           .steps = count,
                           .fraction = static_cast<double>(i + 1) / static_cast<double>(count)});
    }
}

void measureAutoencoder(Generator& generator, const EvaluationSettings& settings, std::vector<Measured>& table,
                        TrainingObserver& observer) {
    const ModelCard& card = generator.card();
    const FilmSet set({card.width, card.height, static_cast<int>(card.frames), static_cast<int>(card.fpsNumerator)});
    const auto quality = [&](const at::Tensor& video) {
        observer.checkpoint();
        return peakSignalToNoise(video, generator.vae().decode(generator.vae().encode(video)).to(at::kCPU));
    };
    std::vector<double> all;
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(settings.clips); ++i) {
        all.push_back(quality(set.video(kHeldOut + 3000 + i)));
    }
    std::sort(all.begin(), all.end());
    const std::size_t tenth = std::max<std::size_t>(1, all.size() / 10);
    const auto mean = [](auto begin, auto end) {
        double sum = 0.0;
        for (auto at = begin; at != end; ++at) {
            sum += *at;
        }
        return sum / static_cast<double>(end - begin);
    };
    const auto count = static_cast<std::int64_t>(all.size());
    const auto addLine = [&table](const std::string& what, double decibel, std::int64_t clips) {
        Measured& line = table.emplace_back();
        line.what = "autoencoder: PSNR on " + what + ", dB";
        line.value = decibel;
        line.count = clips;
    };
    addLine("the film set", mean(all.begin(), all.end()), count);
    addLine("its worst tenth", mean(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(tenth)),
            static_cast<std::int64_t>(tenth));
    for (const std::string& path : settings.footage) {
        ShotPlan plan;
        plan.width = plan.legalWidth = card.width;
        plan.height = plan.legalHeight = card.height;
        plan.frames = plan.legalFrames = card.frames;
        plan.fpsNumerator = card.fpsNumerator;
        plan.fpsDenominator = card.fpsDenominator;
        addLine(path, quality(planVideo(readInput(path), plan)), 1);
    }
}

} // namespace

std::vector<Measured> evaluateStarter(const EvaluationSettings& settings, const Device& device,
                                      TrainingObserver& observer) {
    const c10::NoGradGuard quiet;
    for (const std::string& path : settings.footage) {
        (void)readInput(path, 1); // what cannot be read is told of now, not after the measuring
    }
    Generator generator(settings, device);
    Scores scores;
    const Steadiness steadiness = measureText(generator, settings, scores, observer);
    measureStyles(generator, settings, scores, observer);
    std::vector<Measured> table;
    std::int64_t right = 0;
    std::int64_t asked = 0;
    for (const auto& [what, score] : scores) {
        table.push_back(
            {what, static_cast<double>(score.right) / static_cast<double>(score.asked), score.chance, score.asked});
        right += score.right;
        asked += score.asked;
    }
    table.push_back({"all attributes",
                     static_cast<double>(right) / static_cast<double>(std::max<std::int64_t>(1, asked)), 0.0, asked});
    table.push_back({"flicker of the mean brightness", steadiness.flicker, 0.0, settings.clips});
    table.push_back({"evenness of motion, 1 at best", steadiness.smoothness, 0.0, settings.clips});
    measureAutoencoder(generator, settings, table, observer);
    return table;
}

std::string markdownOf(const std::vector<Measured>& table) {
    std::string text = "| measured | value | chance | clips |\n|---|---|---|---|\n";
    for (const Measured& line : table) {
        char numbers[96];
        std::snprintf(numbers, sizeof numbers, " | %.3g | %s | %lld |\n", line.value,
                      line.chance > 0.0 ? std::to_string(line.chance).substr(0, 4).c_str() : "-",
                      static_cast<long long>(line.count));
        text += "| " + line.what + numbers;
    }
    return text;
}

} // namespace generation
