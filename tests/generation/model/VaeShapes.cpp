#include "tests/generation/model/Shapes.h"

namespace generation::test {

namespace {

/// Puts an autoencoder's list together.
/// Thread: one.
class VaeList {
public:
    explicit VaeList(const VaeConfig& config) : m_config(config), m_levels(config.dimMultipliers.size()) {}

    ShapeList made() {
        const std::int64_t z = m_config.latentChannels;
        conv("quant_conv", 2 * z, 2 * z, {1, 1, 1});
        conv("post_quant_conv", z, z, {1, 1, 1});
        encoder();
        decoder();
        return m_shapes;
    }

private:
    void conv(const std::string& name, std::int64_t out, std::int64_t in, const std::vector<std::int64_t>& kernel) {
        std::vector<std::int64_t> shape{out, in};
        shape.insert(shape.end(), kernel.begin(), kernel.end());
        m_shapes[name + ".weight"] = shape;
        m_shapes[name + ".bias"] = {out};
    }

    void residual(const std::string& name, std::int64_t out, std::int64_t in) {
        m_shapes[name + ".norm1.gamma"] = {in, 1, 1, 1};
        m_shapes[name + ".norm2.gamma"] = {out, 1, 1, 1};
        conv(name + ".conv1", out, in, {3, 3, 3});
        conv(name + ".conv2", out, out, {3, 3, 3});
        if (out != in) {
            conv(name + ".conv_shortcut", out, in, {1, 1, 1});
        }
    }

    void middle(const std::string& half, std::int64_t width) {
        residual(half + ".mid_block.resnets.0", width, width);
        residual(half + ".mid_block.resnets.1", width, width);
        m_shapes[half + ".mid_block.attentions.0.norm.gamma"] = {width, 1, 1};
        conv(half + ".mid_block.attentions.0.to_qkv", 3 * width, width, {1, 1});
        conv(half + ".mid_block.attentions.0.proj", width, width, {1, 1});
    }

    void ends(const std::string& half, std::int64_t width, std::int64_t out) {
        m_shapes[half + ".norm_out.gamma"] = {width, 1, 1, 1};
        conv(half + ".conv_out", out, width, {3, 3, 3});
    }

    void encoder() {
        std::int64_t in = m_config.baseDim;
        conv("encoder.conv_in", in, m_config.inChannels, {3, 3, 3});
        std::int64_t flat = 0; // 2.1 counts through its blocks
        for (std::size_t i = 0; i < m_levels; ++i) {
            const std::int64_t out = m_config.baseDim * m_config.dimMultipliers[i];
            const std::string level = "encoder.down_blocks." + std::to_string(i);
            const auto next = [&](const std::string& nested) {
                return m_config.isResidual ? level + nested : "encoder.down_blocks." + std::to_string(flat++);
            };
            for (std::int64_t k = 0; k < m_config.residualBlocks; ++k, in = out) {
                residual(next(".resnets." + std::to_string(k)), out, in);
            }
            if (i + 1 < m_levels) {
                const std::string sampler = next(".downsampler");
                conv(sampler + ".resample.1", out, out, {3, 3});
                if (m_config.temporalDownsample[i]) {
                    conv(sampler + ".time_conv", out, out, {3, 1, 1});
                }
            }
        }
        middle("encoder", in);
        ends("encoder", in, 2 * m_config.latentChannels);
    }

    void decoder() {
        std::int64_t in = m_config.decoderBaseDim * m_config.dimMultipliers.back();
        conv("decoder.conv_in", in, m_config.latentChannels, {3, 3, 3});
        middle("decoder", in);
        for (std::size_t i = 0; i < m_levels; ++i) {
            const std::int64_t out = m_config.decoderBaseDim * m_config.dimMultipliers[m_levels - 1 - i];
            const std::string level = "decoder.up_blocks." + std::to_string(i);
            for (std::int64_t k = 0; k <= m_config.residualBlocks; ++k, in = out) {
                residual(level + ".resnets." + std::to_string(k), out, in);
            }
            if (i + 1 < m_levels) {
                const std::string sampler = level + (m_config.isResidual ? ".upsampler" : ".upsamplers.0");
                in = m_config.isResidual ? out : out / 2;
                conv(sampler + ".resample.1", in, out, {3, 3});
                if (m_config.temporalDownsample[m_levels - 2 - i]) {
                    conv(sampler + ".time_conv", 2 * out, out, {3, 1, 1});
                }
            }
        }
        ends("decoder", in, m_config.outChannels);
    }

    const VaeConfig& m_config;
    std::size_t m_levels;
    ShapeList m_shapes;
};

} // namespace

ShapeList vaeShapes(const VaeConfig& config) {
    return VaeList(config).made();
}

} // namespace generation::test
