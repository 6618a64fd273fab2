#include "generation/model/Lora.h"

#include "generation/weights/KeyMap.h"
#include "generation/weights/Safetensors.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

namespace generation {

namespace {

constexpr std::array<std::string_view, 7> kPrefixes{"model.diffusion_model.",
                                                    "diffusion_model.",
                                                    "base_model.model.",
                                                    "transformer.",
                                                    "lora_unet__",
                                                    "lora_unet_",
                                                    "unet."};

enum class Kind { Down, Up, UpBias, Alpha, Weight, Bias, Table };

struct Suffix {
    std::string_view text;
    Kind kind;
};

constexpr std::array<Suffix, 13> kSuffixes{{
    {".lora_A.weight", Kind::Down},
    {".lora_A.default.weight", Kind::Down},
    {".lora_down.weight", Kind::Down},
    {".lora.down.weight", Kind::Down},
    {".lora_B.weight", Kind::Up},
    {".lora_B.default.weight", Kind::Up},
    {".lora_up.weight", Kind::Up},
    {".lora.up.weight", Kind::Up},
    {".alpha", Kind::Alpha},
    {".diff", Kind::Weight},
    {".diff_b", Kind::Bias},
    {".lora_B.bias", Kind::UpBias},
    {".diff_m", Kind::Table},
}};

/// Parts of names that tell another way of changing a weight.
constexpr std::array<std::string_view, 8> kRefused{".dora_scale", ".lora_mid.", ".hada_", ".lokr_",
                                                   ".set_weight", ".oft_",      ".boft_", ".lora_magnitude_vector"};

std::string withoutPrefix(std::string_view name) {
    for (const std::string_view prefix : kPrefixes) {
        if (name.starts_with(prefix)) {
            return std::string(name.substr(prefix.size()));
        }
    }
    return std::string(name);
}

/// What PEFT writes beside its factors: alpha and rank, for all maps and for some.
class AdapterMetadata {
public:
    AdapterMetadata(const std::string& text, const std::string& file) {
        if (text.empty()) {
            return;
        }
        const auto json = nlohmann::json::parse(text, nullptr, false);
        if (!json.is_object()) {
            throw WeightsError(file, "'lora_adapter_metadata' is not a JSON object");
        }
        for (const auto& [key, value] : json.items()) {
            const std::string name = withoutPrefix(key);
            if (name == "lora_alpha" && value.is_number()) {
                m_alpha = value.get<double>();
            } else if (name == "use_rslora" && value.is_boolean()) {
                m_usesRoot = value.get<bool>();
            } else if (name == "alpha_pattern" && value.is_object()) {
                for (const auto& [part, alpha] : value.items()) {
                    if (alpha.is_number()) {
                        m_alphas[withoutPrefix(part)] = alpha.get<double>();
                    }
                }
            }
        }
    }

    double scale(const std::string& part, double rank) const {
        std::optional<double> alpha = m_alpha;
        for (const auto& [pattern, value] : m_alphas) {
            if (part == pattern || part.ends_with("." + pattern)) {
                alpha = value;
            }
        }
        return alpha ? *alpha / (m_usesRoot ? std::sqrt(rank) : rank) : 1.0;
    }

private:
    std::optional<double> m_alpha;
    bool m_usesRoot = false;
    std::map<std::string, double> m_alphas;
};

} // namespace

void Lora::take(const WeightSource& source, const std::string& key) {
    for (const std::string_view refused : kRefused) {
        if (key.find(refused) != std::string::npos) {
            throw WeightsError(m_where, "'" + shownName(key) + "' is of a kind of adapter that is not supported");
        }
    }
    for (const auto& [suffix, kind] : kSuffixes) {
        if (!std::string_view(key).ends_with(suffix)) {
            continue;
        }
        std::string part = withoutPrefix(std::string_view(key).substr(0, key.size() - suffix.size()));
        if (kind == Kind::Table) {
            part = part.empty() ? "modulation" : part + ".modulation";
        }
        LoraDelta& delta = m_deltas[part];
        const at::Tensor tensor = source.tensor(key);
        if (!at::isFloatingType(tensor.scalar_type())) {
            throw WeightsError(m_where, "'" + shownName(key) + "' is not made of floating-point numbers");
        }
        delta.keys.push_back(key);
        switch (kind) {
        case Kind::Down:
            delta.down = tensor;
            return;
        case Kind::Up:
            delta.up = tensor;
            return;
        case Kind::Alpha:
            if (tensor.numel() != 1) {
                throw WeightsError(m_where, "'" + shownName(key) + "' is not one number");
            }
            m_alphas[part] = tensor.item<double>();
            return;
        case Kind::Weight:
        case Kind::Table:
            delta.weight = tensor;
            return;
        case Kind::UpBias:
            delta.biasIsScaled = true;
            delta.bias = tensor;
            return;
        case Kind::Bias:
            delta.bias = tensor;
            return;
        }
    }
    m_unknown.push_back(shownName(key));
}

void Lora::finish(const std::string& adapterMetadata) {
    const AdapterMetadata metadata(adapterMetadata, m_where);
    for (auto& [part, delta] : m_deltas) {
        if (delta.down.defined() != delta.up.defined()) {
            throw WeightsError(m_where, "'" + shownName(delta.keys.front()) + "' has no other half");
        }
        if (!delta.down.defined()) {
            continue;
        }
        // Factors of a convolution: the kernel is in the first one, the second is 1x1x1.
        if (delta.down.dim() < 2 || delta.up.dim() < 2 || delta.down.numel() == 0 || delta.up.numel() == 0 ||
            delta.up.flatten(1).size(1) != delta.down.size(0)) {
            throw WeightsError(m_where, "the factors of '" + shownName(part) + "' do not fit each other");
        }
        delta.down = delta.down.flatten(1);
        delta.up = delta.up.flatten(1);
        const auto rank = static_cast<double>(delta.down.size(0));
        const auto alpha = m_alphas.find(part);
        delta.scale = alpha == m_alphas.end() ? metadata.scale(part, rank) : alpha->second / rank;
        if (!std::isfinite(delta.scale)) {
            throw WeightsError(m_where, "the alpha of '" + shownName(part) + "' is not a finite number");
        }
        if (delta.biasIsScaled) {
            delta.bias = delta.bias.to(at::kFloat) * delta.scale;
        }
    }
}

Lora Lora::read(const WeightSource& source, const std::string& adapterMetadata) {
    Lora lora;
    lora.m_where = source.where();
    for (const std::string& key : source.names()) {
        lora.take(source, key);
    }
    lora.finish(adapterMetadata);
    return lora;
}

Lora Lora::open(const std::string& path) {
    const std::string metadata = Safetensors::open(path).metadata("lora_adapter_metadata");
    return read(WeightSource::openFile(path), metadata);
}

std::vector<std::string> loraSpellings(const std::string& part) {
    const auto withUnderscores = [](std::string name) {
        std::replace(name.begin(), name.end(), '.', '_');
        return name;
    };
    const std::string original = originalTransformerName(part);
    std::vector<std::string> spellings{part};
    for (const std::string& other : {original, withUnderscores(part), withUnderscores(original)}) {
        if (std::find(spellings.begin(), spellings.end(), other) == spellings.end()) {
            spellings.push_back(other);
        }
    }
    return spellings;
}

} // namespace generation
