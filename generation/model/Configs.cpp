#include "generation/model/Configs.h"

#include "generation/model/JsonFields.h"
#include "generation/model/LatentStatistics.h"

#include <algorithm>

namespace generation {

namespace {

constexpr Range<std::int64_t> kCount{1, 1024};
constexpr Range<std::int64_t> kWidth{1, 65536};
constexpr Range<double> kEps{0.0, 0.1};
constexpr std::size_t kMaxLayers = 1024;

void checkTransformer(const TransformerConfig& config, const JsonFields& fields) {
    if (config.headDim % 2 != 0 || config.width() > 65536) {
        fields.fail<bool>("attention_head_dim", "does not fit the attention");
    }
    if (!std::is_sorted(config.vaceLayers.begin(), config.vaceLayers.end(), std::less_equal<>()) ||
        (config.hasControl() && config.vaceLayers.back() >= config.layers)) {
        fields.fail<bool>("vace_layers", "does not rise within the layers");
    }
}

void checkStatistics(const VaeConfig& config, const JsonFields& fields) {
    if (config.latentsMean.size() != static_cast<std::size_t>(config.latentChannels)) {
        fields.fail<bool>("latents_mean", "has not one value for each channel");
    }
    if (config.latentsStd.size() != static_cast<std::size_t>(config.latentChannels)) {
        fields.fail<bool>("latents_std", "has not one value for each channel");
    }
    if (config.temporalDownsample.size() + 1 != config.dimMultipliers.size()) {
        fields.fail<bool>("temperal_downsample", "does not fit dim_mult");
    }
    if (config.inChannels != 3 * config.patch * config.patch || config.outChannels != config.inChannels) {
        fields.fail<bool>("in_channels", "does not fit patch_size");
    }
}

/// Shortcuts around a level spread its channels, and those of a step in size, evenly over the next level's.
void checkShortcuts(const VaeConfig& config, const JsonFields& fields) {
    const std::vector<std::int64_t>& multipliers = config.dimMultipliers;
    const std::size_t levels = multipliers.size();
    const auto require = [&](std::int64_t many, std::int64_t few) {
        if (many % few != 0) {
            fields.fail<bool>("dim_mult", "has levels whose widths do not divide each other");
        }
    };
    for (std::size_t i = 0; config.isResidual && i < levels; ++i) {
        const bool isLast = i + 1 == levels;
        const std::int64_t step = isLast ? 1 : config.temporalDownsample[i] ? 8 : 4;
        require((i == 0 ? 1 : multipliers[i - 1]) * step, multipliers[i]);
        if (!isLast) { // the way back from level i + 1, which begins as wide as the one above it
            require(multipliers[i + 1] * step, multipliers[std::min(i + 2, levels - 1)]);
        }
    }
}

/// Our own fields: a linear look at the latents as RGB.
void readLatentRgb(VaeConfig& config, const JsonFields& fields) {
    if (!fields.has("latent_rgb_factors")) {
        return;
    }
    constexpr Range<double> range{-1e3, 1e3};
    const auto triple = [&](const nlohmann::json& row, const char* name) {
        if (!row.is_array() || row.size() != 3) {
            fields.fail<bool>(name, "is not made of three numbers");
        }
        return std::array<double, 3>{fields.numberOf(row[0], name, range), fields.numberOf(row[1], name, range),
                                     fields.numberOf(row[2], name, range)};
    };
    for (const nlohmann::json& row : fields.list("latent_rgb_factors", 1024)) {
        config.latentRgbFactors.push_back(triple(row, "latent_rgb_factors"));
    }
    if (config.latentRgbFactors.size() != static_cast<std::size_t>(config.latentChannels)) {
        fields.fail<bool>("latent_rgb_factors", "has not one row for each channel");
    }
    if (fields.has("latent_rgb_bias")) {
        config.latentRgbBias = triple(fields.list("latent_rgb_bias", 3), "latent_rgb_bias");
    }
}

} // namespace

TransformerConfig parseTransformerConfig(const nlohmann::json& json, const std::string& file) {
    const JsonFields fields(json, file);
    TransformerConfig config;
    config.heads = fields.integer("num_attention_heads", kCount);
    config.headDim = fields.integer("attention_head_dim", kCount);
    config.inChannels = fields.integer("in_channels", kCount);
    config.outChannels = fields.integer("out_channels", kCount, config.inChannels);
    config.textDim = fields.integer("text_dim", kWidth, 4096);
    config.freqDim = fields.integer("freq_dim", kWidth, 256);
    config.ffnDim = fields.integer("ffn_dim", {1, 262144});
    config.layers = fields.integer("num_layers", kCount);
    config.eps = fields.number("eps", kEps, 1e-6);
    config.crossAttentionNorm = fields.boolean("cross_attn_norm", true);
    config.ropeMaxLength = fields.integer("rope_max_seq_len", {1, 1 << 20}, 1024);
    config.imageDim = fields.integer("image_dim", kWidth, 0);
    config.imagePositions = fields.integer("pos_embed_seq_len", kWidth, 0);
    if (fields.has("patch_size")) {
        const auto patch = fields.integers("patch_size", {1, 16}, 3);
        if (patch.size() != 3) {
            fields.fail<bool>("patch_size", "is not made of three numbers");
        }
        std::copy(patch.begin(), patch.end(), config.patch.begin());
    }
    if (fields.has("vace_layers")) {
        config.vaceLayers = fields.integers("vace_layers", {0, 1023}, kMaxLayers);
        config.vaceInChannels = fields.integer("vace_in_channels", kWidth, 96);
    }
    if (fields.text("qk_norm", "rms_norm_across_heads") != "rms_norm_across_heads") {
        fields.fail<bool>("qk_norm", "is of a kind that is not known");
    }
    checkTransformer(config, fields);
    return config;
}

std::int64_t VaeConfig::spatialFactor() const {
    return patch << (dimMultipliers.size() - 1);
}

std::int64_t VaeConfig::temporalFactor() const {
    return std::int64_t{1} << std::count(temporalDownsample.begin(), temporalDownsample.end(), true);
}

VaeConfig parseVaeConfig(const nlohmann::json& json, const std::string& file) {
    const JsonFields fields(json, file);
    VaeConfig config;
    config.baseDim = fields.integer("base_dim", kCount, 96);
    config.decoderBaseDim = fields.integer("decoder_base_dim", kCount, config.baseDim);
    config.latentChannels = fields.integer("z_dim", kCount, 16);
    config.residualBlocks = fields.integer("num_res_blocks", {1, 16}, 2);
    config.patch = fields.integer("patch_size", {1, 8}, 1);
    config.inChannels = fields.integer("in_channels", kCount, 3);
    config.outChannels = fields.integer("out_channels", kCount, 3);
    config.isResidual = fields.boolean("is_residual", false);
    if (fields.has("dim_mult")) {
        config.dimMultipliers = fields.integers("dim_mult", {1, 64}, 8);
        if (config.dimMultipliers.empty()) {
            fields.fail<bool>("dim_mult", "is empty");
        }
    }
    if (fields.has("temperal_downsample")) {
        config.temporalDownsample.clear();
        for (const nlohmann::json& item : fields.list("temperal_downsample", 8)) {
            config.temporalDownsample.push_back(
                item.is_boolean() ? item.get<bool>()
                                  : fields.fail<bool>("temperal_downsample", "is not made of booleans"));
        }
    }
    if (fields.has("attn_scales") && !fields.list("attn_scales", 64).empty()) {
        fields.fail<bool>("attn_scales", "is not known");
    }
    // What AutoencoderKLWan takes when its file gives no statistics: those of the Wan 2.1 autoencoder.
    const LatentStatistics& published = *publishedLatentStatistics(16);
    config.latentsMean =
        fields.has("latents_mean") ? fields.numbers("latents_mean", {-1e6, 1e6}, 1024) : published.mean;
    config.latentsStd =
        fields.has("latents_std") ? fields.numbers("latents_std", {1e-6, 1e6}, 1024) : published.deviation;
    checkStatistics(config, fields);
    checkShortcuts(config, fields);
    readLatentRgb(config, fields);
    return config;
}

TextEncoderConfig parseTextEncoderConfig(const nlohmann::json& json, const std::string& file) {
    const JsonFields fields(json, file);
    TextEncoderConfig config;
    config.vocabulary = fields.integer("vocab_size", {1, 10'000'000});
    config.width = fields.integer("d_model", kWidth);
    config.headDim = fields.integer("d_kv", kCount);
    config.heads = fields.integer("num_heads", kCount);
    config.ffnDim = fields.integer("d_ff", {1, 262144});
    config.layers = fields.integer("num_layers", kCount);
    config.buckets = fields.integer("relative_attention_num_buckets", {4, 4096}, 32);
    config.maxDistance = fields.integer("relative_attention_max_distance", {1, 1 << 20}, 128);
    config.eps = fields.number("layer_norm_epsilon", kEps, 1e-6);
    if (fields.text("feed_forward_proj", "gated-gelu") != "gated-gelu") {
        fields.fail<bool>("feed_forward_proj", "is of a kind that is not known");
    }
    if (config.maxDistance <= config.buckets / 4) {
        fields.fail<bool>("relative_attention_max_distance", "does not fit the buckets");
    }
    return config;
}

ImageEncoderConfig parseImageEncoderConfig(const nlohmann::json& json, const std::string& file) {
    const auto nested = json.find("vision_config");
    const JsonFields fields(nested != json.end() && nested->is_object() ? *nested : json, file);
    ImageEncoderConfig config;
    config.width = fields.integer("hidden_size", kWidth);
    config.ffnDim = fields.integer("intermediate_size", {1, 262144});
    config.layers = fields.integer("num_hidden_layers", {2, 1024});
    config.heads = fields.integer("num_attention_heads", kCount);
    config.imageSize = fields.integer("image_size", {1, 4096}, 224);
    config.patch = fields.integer("patch_size", {1, 4096}, 14);
    config.eps = fields.number("layer_norm_eps", kEps, 1e-5);
    if (config.width % config.heads != 0) {
        fields.fail<bool>("num_attention_heads", "does not fit the width");
    }
    if (config.imageSize % config.patch != 0) {
        fields.fail<bool>("patch_size", "does not fit the image's size");
    }
    if (fields.text("hidden_act", "gelu") != "gelu") {
        fields.fail<bool>("hidden_act", "is of a kind that is not known");
    }
    return config;
}

} // namespace generation
