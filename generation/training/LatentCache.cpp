#include "generation/training/LatentCache.h"

#include "generation/protocol/Sha256.h"
#include "generation/training/Lanes.h"
#include "generation/training/WeightWriter.h"
#include "generation/weights/Safetensors.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace generation {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The mask's channels are left out of the file where they say nothing: 1 on the clip, 0 on the references.
bool isPlainMask(const at::Tensor& mask, std::int64_t references) {
    return mask.narrow(1, 0, references).eq(0.0).all().item<bool>() &&
           mask.slice(1, references).eq(1.0).all().item<bool>();
}

} // namespace

at::Tensor wholeControl(const LatentExample& example, std::int64_t spatialFactor) {
    const at::Tensor& control = example.control;
    if (control.size(0) > 2 * example.target.size(0)) {
        return control;
    }
    const at::Tensor mask =
        at::ones({spatialFactor * spatialFactor, control.size(1), control.size(2), control.size(3)}, control.options());
    mask.narrow(1, 0, example.references).zero_();
    return at::cat({control, mask}, 0);
}

LatentCache::LatentCache(const Origin& origin, std::string folder, std::uint64_t seed)
    : m_origin(origin), m_where(origin.vae.device().where),
      m_codec(origin.vae, m_where.is_cpu() ? PixelCodec::Extent::Whole : PixelCodec::Extent::AtOnce), m_controls(1),
      m_seed(seed) {
    if (!folder.empty()) {
        Sha256 key;
        key.add(origin.vaeHash + "\n" + origin.source.key() + "\n" + std::to_string(seed));
        key.add(origin.hasControl ? "\ncontrol" : "");
        m_folder = folder + "/" + key.hex().substr(0, 24);
        fs::create_directories(m_folder);
    }
}

std::string LatentCache::fileFor(std::uint64_t index) const {
    char name[40];
    std::snprintf(name, sizeof name, "/%06llu.safetensors", static_cast<unsigned long long>(index));
    return m_folder + name;
}

const LatentExample* LatentCache::known(std::uint64_t index) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_known.find(index);
    return found == m_known.end() ? nullptr : &found->second;
}

void LatentCache::know(std::uint64_t index, LatentExample example) {
    const std::scoped_lock lock(m_mutex);
    m_known.emplace(index, std::move(example));
}

bool LatentCache::has(std::uint64_t index) const {
    std::error_code error;
    return known(index) != nullptr || (!m_folder.empty() && fs::exists(fileFor(index), error));
}

const LatentExample& LatentCache::at(std::uint64_t index) {
    if (known(index) == nullptr) {
        prepare(index, index + 1, 1);
    }
    return *known(index);
}

void LatentCache::prepare(std::uint64_t begin, std::uint64_t end, std::size_t lanes) {
    std::vector<std::uint64_t> wanted;
    for (std::uint64_t index = begin; index < end; ++index) {
        if (known(index) != nullptr) {
            continue;
        }
        if (std::optional<LatentExample> example = read(index)) {
            know(index, std::move(*example));
        } else {
            wanted.push_back(index);
        }
    }
    std::vector<Lesson> lessons(wanted.size());
    at::parallel_for(0, static_cast<std::int64_t>(wanted.size()), 1, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t i = first; i < last; ++i) {
            lessons[static_cast<std::size_t>(i)] = draw(wanted[static_cast<std::size_t>(i)]);
        }
    });
    lanes = std::max<std::size_t>(1, std::min(lanes, wanted.size()));
    m_controls.resize(std::max(m_controls.size(), lanes));
    std::vector<LatentExample> made(wanted.size());
    inLanes(lanes, [&](std::size_t lane) {
        for (std::size_t i = lane; i < wanted.size(); i += lanes) {
            made[i] = encode(wanted[i], std::move(lessons[i]), m_controls[lane]);
            write(wanted[i], made[i]);
        }
    });
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        know(wanted[i], std::move(made[i]));
    }
}

Lesson LatentCache::draw(std::uint64_t index) const {
    Lottery lottery(m_seed, index, 1);
    const ControlTask task = drawTask(lottery);
    return m_origin.source.lesson(index, m_origin.hasControl ? partsFor(task) : LessonParts{false, false});
}

LatentExample LatentCache::encode(std::uint64_t index, Lesson lesson, ControlBuilder& controls) const {
    const c10::NoGradGuard quiet;
    for (at::Tensor* part : {&lesson.video, &lesson.natural, &lesson.still}) {
        *part = part->defined() ? part->to(m_where) : at::Tensor();
    }
    Lottery lottery(m_seed, index, 1);
    const ControlTask task = drawTask(lottery);
    LatentExample example;
    example.target = m_codec.encode(lesson.video).squeeze(0);
    example.captions = lesson.captions;
    if (m_origin.hasControl) {
        const ControlExample control = controlExample(task, lesson, lottery);
        example.control = controls.build(control.source, m_codec).squeeze(0).to(at::kHalf);
        example.references = static_cast<std::int64_t>(control.source.references.size());
        const std::int64_t latents = 2 * example.target.size(0);
        if (isPlainMask(example.control.slice(0, latents), example.references)) {
            example.control = example.control.slice(0, 0, latents).clone();
        }
        // The clip is denoised together with its references, which are clean latents of the same pictures.
        const std::int64_t channels = example.target.size(0);
        const at::Tensor ahead = example.control.slice(0, 0, channels).narrow(1, 0, example.references);
        example.target = at::cat({ahead.to(example.target.options()), example.target}, 1);
        example.controlCaptions = control.namesStyle ? lesson.captions : lesson.plainCaptions;
    }
    example.target = example.target.to(at::kHalf);
    return example;
}

void LatentCache::write(std::uint64_t index, const LatentExample& example) const {
    if (m_folder.empty()) {
        return;
    }
    TensorMap tensors{{"target", example.target}};
    if (example.control.defined()) {
        tensors["control"] = example.control;
    }
    writeWeights(fileFor(index), tensors,
                 {{"captions", json(example.captions).dump()},
                  {"control_captions", json(example.controlCaptions).dump()},
                  {"references", std::to_string(example.references)}});
}

std::optional<LatentExample> LatentCache::read(std::uint64_t index) const {
    std::error_code error;
    if (m_folder.empty() || !fs::exists(fileFor(index), error)) {
        return std::nullopt;
    }
    try {
        const Safetensors file = Safetensors::open(fileFor(index));
        LatentExample example;
        example.target = file.tensor("target").clone().to(m_where);
        example.references = std::stoll(file.metadata("references"));
        example.captions = json::parse(file.metadata("captions")).get<std::vector<std::string>>();
        example.controlCaptions = json::parse(file.metadata("control_captions")).get<std::vector<std::string>>();
        if (file.contains("control")) {
            example.control = file.tensor("control").clone().to(m_where);
        }
        return example;
    } catch (const std::exception&) {
        return std::nullopt; // damaged: made again
    }
}

} // namespace generation
