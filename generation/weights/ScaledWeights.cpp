#include "generation/weights/ScaledWeights.h"

#include "generation/weights/WeightSource.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace generation {

namespace {

using namespace std::string_view_literals;

constexpr std::array kScaleSuffixes{".scale_weight"sv, ".weight_scale"sv};
constexpr std::array kInputSuffixes{".scale_input"sv, ".input_scale"sv};
constexpr std::string_view kMarker = "scaled_fp8";
constexpr std::string_view kFormatSuffix = ".comfy_quant";
constexpr std::uint64_t kMaxFormatBytes = 4096;

std::optional<std::string> moduleOf(std::string_view name, std::string_view suffix) {
    return name.ends_with(suffix) ? std::optional(std::string(name.substr(0, name.size() - suffix.size())))
                                  : std::nullopt;
}

std::optional<std::string> moduleOf(std::string_view name, std::span<const std::string_view> suffixes) {
    for (const std::string_view suffix : suffixes) {
        if (const auto module = moduleOf(name, suffix)) {
            return module;
        }
    }
    return std::nullopt;
}

[[noreturn]] void fail(const WeightSource& source, const std::string& name, const std::string& reason) {
    throw WeightsError(source.where(), "tensor '" + shownName(name) + "' " + reason);
}

bool isFloat8(ElementType type) {
    return type == ElementType::F8_E4M3 || type == ElementType::F8_E5M2;
}

std::shared_ptr<const std::vector<float>> readScale(const WeightSource& source, const std::string& name,
                                                    const std::string& weight) {
    if (!source.contains(weight)) {
        fail(source, name, "scales a weight that is not there");
    }
    const TensorEntry& scaled = source.entry(weight);
    if (!isFloat8(scaled.type) || scaled.shape.empty()) {
        fail(source, weight,
             "has a scale and the type " + std::string(elementTypeName(scaled.type)) +
                 ", a combination that is not known");
    }
    const TensorEntry& entry = source.entry(name);
    const std::uint64_t count = (entry.end - entry.begin) / blockSize(entry.type).bytes;
    const bool isNumber = entry.type == ElementType::F32 || entry.type == ElementType::F16 ||
                          entry.type == ElementType::BF16 || entry.type == ElementType::F64;
    if (!isNumber || (count != 1 && count != static_cast<std::uint64_t>(scaled.shape.front()))) {
        fail(source, name, "is neither one scale nor one for each row");
    }
    const at::Tensor values = source.tensor(name).to(at::kFloat).contiguous();
    const auto* first = values.data_ptr<float>();
    auto scales = std::make_shared<const std::vector<float>>(first, first + values.numel());
    if (!std::all_of(scales->begin(), scales->end(), [](float scale) { return std::isfinite(scale); })) {
        fail(source, name, "is not finite");
    }
    return scales;
}

/// The JSON text of a module's weight; only plain 8-bit floats are known.
void checkFormat(const WeightSource& source, const std::string& name) {
    const TensorEntry& entry = source.entry(name);
    if (entry.type != ElementType::U8 || entry.end - entry.begin > kMaxFormatBytes) {
        fail(source, name, "is not a short text");
    }
    const at::Tensor bytes = source.tensor(name).contiguous();
    const auto* first = bytes.data_ptr<std::uint8_t>();
    const auto json = nlohmann::json::parse(first, first + bytes.numel(), nullptr, false);
    std::string kind = "of no name";
    bool isPlain = json.is_object();
    for (auto item = json.begin(); json.is_object() && item != json.end(); ++item) {
        if (item.key() == "format" && item->is_string()) {
            kind = item->get<std::string>();
        }
        isPlain = isPlain && (item.key() == "format" || item.key() == "full_precision_matrix_mult");
    }
    if (!isPlain || (kind != "float8_e4m3fn" && kind != "float8_e5m2")) {
        fail(source, name,
             "says that its weight is stored in the format '" + shownName(kind) + "', which cannot be read");
    }
}

} // namespace

WeightScales findScales(const WeightSource& source) {
    WeightScales found;
    for (const std::string& name : source.names()) {
        if (const auto module = moduleOf(name, kScaleSuffixes)) {
            const std::string weight = *module + ".weight";
            if (!found.scales.emplace(weight, readScale(source, name, weight)).second) {
                fail(source, weight, "has two scales");
            }
        } else if (name.ends_with(kFormatSuffix)) {
            checkFormat(source, name);
        } else if (!moduleOf(name, kInputSuffixes) && name != kMarker && !name.ends_with("." + std::string(kMarker))) {
            continue;
        }
        found.helpers.push_back(name);
    }
    return found;
}

} // namespace generation
