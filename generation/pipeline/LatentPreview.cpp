#include "generation/pipeline/LatentPreview.h"

#include "generation/pipeline/Pictures.h"

#include <ATen/ATen.h>

#include <numeric>

namespace generation {
namespace {

// Fitted maps of the published autoencoders, from stable-diffusion.cpp (MIT): three factors a latent channel.
constexpr float kWan21[] = {
    0.015123F,  -0.148418F, 0.479828F,  0.003652F,  -0.010680F, -0.037142F, 0.212264F,  0.063033F,
    0.016779F,  0.232999F,  0.406476F,  0.220125F,  -0.051864F, -0.082384F, -0.069396F, 0.085005F,
    -0.161492F, 0.010689F,  -0.245369F, -0.506846F, -0.117010F, -0.151145F, 0.017721F,  0.007207F,
    -0.293239F, -0.207936F, -0.421135F, -0.187721F, 0.050783F,  0.177649F,  -0.013067F, 0.265964F,
    0.166578F,  0.028327F,  0.109329F,  0.108642F,  -0.205343F, 0.043991F,  0.148914F,  0.014307F,
    -0.048647F, -0.007219F, 0.217150F,  0.053074F,  0.319923F,  0.155357F,  0.083156F,  0.064780F,
};
constexpr float kWan21Bias[] = {-0.270270F, -0.234976F, -0.456853F};
constexpr float kWan22[] = {
    0.017126F,  -0.027230F, -0.019257F, -0.113739F, -0.028715F, -0.022885F, -0.000106F, 0.021494F,  0.004629F,
    -0.013273F, -0.107137F, -0.033638F, -0.000381F, 0.000279F,  0.025877F,  -0.014216F, -0.003975F, 0.040528F,
    0.001638F,  -0.000748F, 0.011022F,  0.029238F,  -0.006697F, 0.035933F,  0.021641F,  -0.015874F, 0.040531F,
    -0.101984F, -0.070160F, -0.028855F, 0.033207F,  -0.021068F, 0.002663F,  -0.104711F, 0.121673F,  0.102981F,
    0.082647F,  -0.004991F, 0.057237F,  -0.027375F, 0.031581F,  0.006868F,  -0.045434F, 0.029444F,  0.019287F,
    -0.046572F, -0.012537F, 0.006675F,  0.074709F,  0.033690F,  0.025289F,  -0.008251F, -0.002745F, -0.006999F,
    0.012685F,  -0.061856F, -0.048658F, 0.042304F,  -0.007039F, 0.000295F,  -0.007644F, -0.060843F, -0.033142F,
    0.159909F,  0.045628F,  0.367541F,  0.095171F,  0.086438F,  0.010271F,  0.006812F,  0.019643F,  0.029637F,
    0.003467F,  -0.010705F, 0.014252F,  -0.099681F, -0.066272F, -0.006243F, 0.047357F,  0.037040F,  0.000185F,
    -0.041797F, -0.089225F, -0.032257F, 0.008928F,  0.017028F,  0.018684F,  -0.042255F, 0.016045F,  0.006849F,
    0.011268F,  0.036462F,  0.037387F,  0.011553F,  -0.016375F, -0.048589F, 0.046266F,  -0.027189F, 0.056979F,
    0.009640F,  -0.017576F, 0.030324F,  -0.045794F, -0.036083F, -0.010616F, 0.022418F,  0.039783F,  -0.032939F,
    -0.052714F, -0.015525F, 0.007438F,  0.193004F,  0.223541F,  0.264175F,  -0.059406F, -0.008188F, 0.022867F,
    -0.156742F, -0.263791F, -0.007385F, -0.015717F, 0.016570F,  0.033969F,  0.037969F,  0.109835F,  0.200449F,
    -0.000782F, -0.009566F, -0.008058F, 0.010709F,  0.052960F,  -0.044195F, 0.017271F,  0.045839F,  0.034569F,
    0.009424F,  0.013088F,  -0.001714F, -0.024805F, -0.059378F, -0.033756F, -0.078293F, 0.029070F,  0.026129F,
};
constexpr float kWan22Bias[] = {0.013160F, -0.096492F, -0.071323F};

at::Tensor table(const float* values, std::int64_t rows) {
    return at::from_blob(const_cast<float*>(values), {rows, 3}, at::kFloat).clone();
}

} // namespace

LatentPreview::LatentPreview(const VaeConfig& config) {
    if (!config.latentRgbFactors.empty()) {
        m_factors = at::empty({config.latentChannels, 3}, at::kFloat);
        m_bias = at::empty({1, 3}, at::kFloat);
        for (std::int64_t c = 0; c < 3; ++c) {
            const auto column = static_cast<std::size_t>(c);
            m_bias[0][c] = config.latentRgbBias[column];
            for (std::int64_t z = 0; z < config.latentChannels; ++z) {
                m_factors[z][c] = config.latentRgbFactors[static_cast<std::size_t>(z)][column];
            }
        }
    } else if (config.latentChannels == 16) {
        m_factors = table(kWan21, 16);
        m_bias = table(kWan21Bias, 1);
    } else if (config.latentChannels == 48) {
        m_factors = table(kWan22, 48);
        m_bias = table(kWan22Bias, 1);
    }
}

FrameSet previewSet(const ShotPlan& plan, std::int64_t frames, std::int64_t shrink) {
    FrameSet set;
    set.width = static_cast<int>((plan.width + shrink - 1) / shrink);
    set.height = static_cast<int>((plan.height + shrink - 1) / shrink);
    // Latent frames stand for the whole shot: rate * T / frames.
    const std::int64_t common = std::gcd(frames, plan.frames);
    set.fpsNumerator = plan.fpsNumerator * (frames / common);
    set.fpsDenominator = plan.fpsDenominator * (plan.frames / common);
    return set;
}

FrameSet LatentPreview::picture(const at::Tensor& clip, const ShotPlan& plan) const {
    // [T H W, C] x [C, 3]; the factors give -1 to 1, as pixels have it.
    const at::Tensor rows = clip.squeeze(0).to(at::kCPU, at::kFloat).permute({1, 2, 3, 0}).reshape({-1, clip.size(1)});
    const at::Tensor video = (at::mm(rows, m_factors) + m_bias)
                                 .view({clip.size(2), clip.size(3), clip.size(4), 3})
                                 .permute({3, 0, 1, 2})
                                 .unsqueeze(0);
    FrameSet set = previewSet(plan, clip.size(2), plan.spatialFactor);
    appendFrames(set, video, clip.size(2));
    return set;
}

} // namespace generation
