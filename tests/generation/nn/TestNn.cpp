// The CPU's loops against the same functions over double tensors, which take libtorch's operations.

#include "generation/device/Compat.h"
#include "generation/nn/Attention.h"
#include "generation/nn/CausalConv3d.h"
#include "generation/nn/DoublingConv.h"
#include "generation/nn/Elementwise.h"
#include "generation/nn/Linear.h"
#include "generation/nn/Norms.h"
#include "generation/nn/Pixels.h"
#include "generation/nn/RotaryEmbedding.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "tests/generation/Check.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using generation::test::Checks;

namespace {

constexpr double kEps = 1e-6;
constexpr double kFloatTolerance = 5e-6;
constexpr double kBf16Tolerance = 4e-3; // of the largest value: half a unit in the last place

double distance(const at::Tensor& a, const at::Tensor& b) {
    return a.sizes() == b.sizes() ? (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>()
                                  : std::numeric_limits<double>::infinity();
}

#define CHECK_CLOSE(checks, actual, expected, tolerance) CHECK(checks, distance(actual, expected) <= (tolerance))

at::Tensor random(at::IntArrayRef shape) {
    return at::randn(shape, at::kFloat);
}

void checkLayerNorm(Checks& checks) {
    const at::Tensor x = random({2, 12, 37}) * 3.0 + 1.0;
    const at::Tensor plain = at::layer_norm(x.to(at::kDouble), {37}, {}, {}, kEps);
    CHECK_CLOSE(checks, layerNorm(x, {}, kEps, at::kFloat), plain, kFloatTolerance);
    const at::Tensor gain = random({37});
    const at::Tensor offset = random({37});
    CHECK_CLOSE(checks, layerNorm(x, {gain, offset}, kEps, at::kFloat), plain * gain + offset, 2 * kFloatTolerance);
    for (const std::int64_t samples : {1, 2}) {
        for (const std::int64_t groups : {1, 3, 12}) {
            const at::Tensor g = random({samples, groups, 37});
            const at::Tensor o = random({samples, groups, 37});
            const at::Tensor expected =
                plain * g.repeat_interleave(12 / groups, 1) + o.repeat_interleave(12 / groups, 1);
            CHECK_CLOSE(checks, layerNorm(x, {g, o}, kEps, at::kFloat), expected, 2 * kFloatTolerance);
            CHECK_CLOSE(checks, layerNorm(x, {g, o}, kEps, at::kBFloat16), expected,
                        kBf16Tolerance * expected.abs().max().item<double>());
        }
    }
}

void checkAddGated(Checks& checks) {
    const at::Tensor x = random({2, 6, 19});
    const at::Tensor y = random({2, 6, 19});
    const at::Tensor gate = random({1, 3, 19});
    at::Tensor sum = x.clone();
    addGated(sum, y, gate);
    CHECK_CLOSE(checks, sum, x + y * gate.repeat_interleave(2, 1), 1e-6);
    sum = x.clone();
    addGated(sum, y.to(at::kBFloat16), {});
    CHECK_CLOSE(checks, sum, x + y.to(at::kBFloat16).to(at::kFloat), 1e-6);
}

void checkGelu(Checks& checks) {
    at::Tensor x = at::cat({random({1000}) * 4.0, at::tensor({-1e30F, -90.0F, -0.0F, 90.0F, 1e18F})});
    const at::Tensor expected = at::gelu(x.to(at::kDouble), "tanh");
    at::Tensor half = x.to(at::kBFloat16);
    const at::Tensor expectedHalf = at::gelu(half.to(at::kDouble), "tanh");
    geluTanhInPlace(x);
    geluTanhInPlace(half);
    CHECK(checks, ((x - expected).abs() <= 1e-6 + expected.abs() * 1e-6).all().item<bool>());
    CHECK(checks, ((half - expectedHalf).abs() <= 1e-6 + expectedHalf.abs() * kBf16Tolerance).all().item<bool>());
}

void checkHeadNorm(Checks& checks) {
    const RotaryTable rotary = rotaryTable(12, 2, 3, 2);
    const at::Tensor all = random({2, 12, 72});
    const at::Tensor x = all.narrow(2, 24, 24); // strided rows, as parts of a fused projection are
    const HeadNorm norm{random({24}), 2, kEps};
    CHECK_CLOSE(checks, headNorm(x, norm, &rotary), headNorm(x.to(at::kDouble), norm, &rotary), kFloatTolerance);
    CHECK_CLOSE(checks, headNorm(x, norm, nullptr), headNorm(x.to(at::kDouble), norm, nullptr), kFloatTolerance);
    const at::Tensor half = x.to(at::kBFloat16);
    const at::Tensor expected = headNorm(half.to(at::kDouble), norm, &rotary);
    CHECK_CLOSE(checks, headNorm(half, norm, &rotary), expected, kBf16Tolerance * expected.abs().max().item<double>());
}

/// Our loops against libtorch's operations: what comes out, and what is kept for the next frames.
void checkStacked(Checks& checks, const at::Tensor& x, const at::Tensor& gain, const at::Tensor& history) {
    at::Tensor kept = history.clone();
    at::Tensor wideKept = history.to(at::kDouble);
    const at::Tensor wide = channelNormStacked(x.to(at::kDouble), gain, wideKept);
    CHECK_CLOSE(checks, channelNormStacked(x, gain, kept), wide, kFloatTolerance);
    CHECK_CLOSE(checks, kept, wideKept, kFloatTolerance);
}

void checkChannelNorm(Checks& checks) {
    const at::Tensor gain = random({5});
    for (const std::int64_t frames : {1, 2, 5}) {
        const at::Tensor x = random({frames, 3, 4, 5});
        const at::Tensor history = random({2, 3, 4, 5});
        const at::Tensor wide = x.to(at::kDouble);
        for (const auto activation : {Activation::None, Activation::Silu}) {
            CHECK_CLOSE(checks, channelNorm(x, gain, activation), channelNorm(wide, gain, activation), kFloatTolerance);
        }
        checkStacked(checks, x, gain, history);
    }
    // Enough pixels for several threads.
    checkStacked(checks, random({3, 64, 80, 5}), gain, random({2, 64, 80, 5}));
    CHECK_CLOSE(checks, channelNorm(at::zeros({1, 1, 1, 5}), gain, Activation::Silu), at::zeros({1, 1, 1, 5}), 0.0);
}

at::Tensor plainAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                          const at::Tensor& mask) {
    at::Tensor scores = at::matmul(q.to(at::kDouble), k.to(at::kDouble).transpose(2, 3)) * scale;
    if (mask.defined()) {
        scores = scores + mask;
    }
    return at::matmul(at::softmax(scores, -1), v.to(at::kDouble)).transpose(1, 2).flatten(2);
}

void checkAttention(Checks& checks) {
    const at::Tensor q = random({2, 3, 7, 8});
    const at::Tensor k = random({2, 3, 11, 8});
    const at::Tensor v = random({2, 3, 11, 8});
    const at::Tensor mask = random({1, 3, 7, 11});
    CHECK_CLOSE(checks, attention(q, k, v, 0.3), plainAttention(q, k, v, 0.3, {}), kFloatTolerance);
    CHECK_CLOSE(checks, attention(q, k, v, 1.0, mask), plainAttention(q, k, v, 1.0, mask), kFloatTolerance);
    CHECK_CLOSE(
        checks, attention(q, k.slice(0, 0, 1), v.slice(0, 0, 1), 0.3),
        plainAttention(q, k.slice(0, 0, 1).expand({2, -1, -1, -1}), v.slice(0, 0, 1).expand({2, -1, -1, -1}), 0.3, {}),
        kFloatTolerance);
    // Scores of more than the buffer: several chunks of rows.
    const at::Tensor wide = random({1, 8, 2200, 4});
    CHECK_CLOSE(checks, attention(wide, wide, wide, 0.5), plainAttention(wide, wide, wide, 0.5, {}), 2e-5);
    const at::Tensor huge = q * 1e4;
    CHECK_CLOSE(checks, attention(huge, k, v, 1.0), plainAttention(huge, k, v, 1.0, {}), kFloatTolerance);
}

/// So many scores that heads are taken in groups: several heads of many rows, and one head at a time.
void checkLongAttention(Checks& checks) {
    const at::Tensor q = random({2, 3, 300, 8});
    const at::Tensor k = random({2, 3, 20000, 8});
    const at::Tensor v = random({2, 3, 20000, 8});
    CHECK_CLOSE(checks, attention(q, k, v, 0.3), plainAttention(q, k, v, 0.3, {}), kFloatTolerance);
    const at::Tensor longer = random({1, 2, 70000, 4});
    const at::Tensor few = random({1, 2, 260, 4});
    CHECK_CLOSE(checks, attention(few, longer, longer, 0.5), plainAttention(few, longer, longer, 0.5, {}),
                kFloatTolerance);
}

/// Low-rank terms over some outputs, as if merged; a scale of 0 is not there at all.
void checkLinearTerms(Checks& checks) {
    const at::Tensor x = random({2, 5, 12});
    Linear linear{random({9, 12}), random({9})};
    const at::Tensor plain = linear(x);
    const at::Tensor down = random({2, 12});
    const at::Tensor up = random({4, 2});
    linear.terms = {{down, up, 3, 0.0}, {down, up, 5, 0.0}};
    CHECK(checks, at::equal(linear(x), plain));
    linear.terms[0].scale = 0.5;
    linear.terms[1].scale = -2.0;
    at::Tensor merged = linear.weight.to(at::kDouble);
    merged.narrow(0, 3, 4).add_(at::matmul(up, down), 0.5);
    merged.narrow(0, 5, 4).add_(at::matmul(up, down), -2.0);
    const at::Tensor expected = at::linear(x.to(at::kDouble), merged, linear.bias.to(at::kDouble));
    CHECK_CLOSE(checks, linear(x), expected, 2e-5);
    linear.weight = linear.weight.to(at::kBFloat16);
    for (LowRankTerm& term : linear.terms) {
        term.down = down.to(at::kBFloat16);
        term.up = up.to(at::kBFloat16);
    }
    CHECK_CLOSE(checks, linear(x), expected, 0.03 * expected.abs().max().item<double>());
}

void checkPixels(Checks& checks) {
    const at::Tensor x = random({2, 3, 4, 12});
    const at::Tensor planes = x.permute({0, 3, 1, 2});
    CHECK(checks, at::equal(channelsToPixels(x, 2), at::pixel_shuffle(planes, 2).permute({0, 2, 3, 1})));
    CHECK(checks, at::equal(pixelsToChannels(channelsToPixels(x, 2), 2), x));
    CHECK(checks, at::equal(channelsToPixels(x, 1), x) && at::equal(pixelsToChannels(x, 1), x));
    CHECK(checks, at::equal(doublePixels(x), at::upsample_nearest2d(planes, {6, 8}).permute({0, 2, 3, 1})));
}

void checkDoublingConv(Checks& checks) {
    for (const bool hasBias : {true, false}) {
        const Conv2d conv{random({6, 5, 3, 3}) * 0.2, hasBias ? random({6}) : at::Tensor()};
        const DoublingConv doubling = DoublingConv::of(conv);
        const at::Tensor x = random({3, 4, 7, 5});
        CHECK_CLOSE(checks, doubling(x), conv(doublePixels(x), 1, 1), kFloatTolerance);
    }
    const Conv2d conv{random({6, 5, 3, 3}) * 0.2, random({6})};
    const at::Tensor x = random({3, 4, 7, 5});
    const at::Tensor expected = conv(doublePixels(x), 1, 1);
    const DoublingConv half = DoublingConv::of({conv.weight.to(at::kBFloat16), conv.bias.to(at::kBFloat16)});
    CHECK_CLOSE(checks, half(x.to(at::kBFloat16)), expected, 0.02 * expected.abs().max().item<double>());
}

/// A few frames at a time is the same as all at once, also where frames become more.
void checkFrameGroups(Checks& checks) {
    const at::Tensor x = random({7, 2, 3, 4});
    int calls = 0;
    const auto twice = [&](const at::Tensor& frames) {
        ++calls;
        return at::repeat_interleave(frames * 2.0, 2, 0);
    };
    const at::Tensor whole = mapFrames(x, 1, twice);
    CHECK_EQUAL(checks, calls, 1);
    CHECK(checks, at::equal(mapFrames(x, kCachedFrameBytes / 3, twice), whole));
    CHECK_EQUAL(checks, calls, 4);
    CHECK(checks, at::equal(mapFrames(x, 10 * kCachedFrameBytes, twice), whole));
    CHECK_EQUAL(checks, calls, 11);
    CHECK_EQUAL(checks, frameBytes(x), 2 * 3 * 4 * 4);
}

/// What conv3d makes of the frames of [T, H, W, C] with zeros before the first.
at::Tensor plainCausal(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    const std::int64_t padding = weight.size(3) / 2;
    const at::Tensor video =
        at::constant_pad_nd(x.permute({3, 0, 1, 2}).unsqueeze(0), {padding, padding, padding, padding, 2, 0});
    return at::conv3d(video, weight, bias).squeeze(0).permute({1, 2, 3, 0});
}

void checkCausalConv(Checks& checks) {
    for (const std::int64_t kernel : {1, 3}) {
        const at::Tensor weight = random({6, 5, 3, kernel, kernel}) * 0.2;
        const at::Tensor bias = random({6});
        const CausalConv3d conv = CausalConv3d::make(weight, bias);
        const at::Tensor x = random({9, 4, 6, 5});
        const at::Tensor gain = random({5});
        const at::Tensor normed = channelNorm(x, gain, Activation::Silu);
        // However the frames come in groups, the result is that of the whole.
        for (const std::vector<std::int64_t>& ends :
             {std::vector<std::int64_t>{9}, {1, 5, 9}, {1, 2, 3, 9}, {2, 4, 9}}) {
            at::Tensor history;
            at::Tensor normedHistory;
            std::vector<at::Tensor> parts;
            std::vector<at::Tensor> normedParts;
            std::int64_t begin = 0;
            for (const std::int64_t end : ends) {
                parts.push_back(conv(x.slice(0, begin, end), history));
                normedParts.push_back(conv.normed(x.slice(0, begin, end), gain, normedHistory));
                begin = end;
            }
            CHECK_CLOSE(checks, at::cat(parts, 0), plainCausal(x, weight, bias), kFloatTolerance);
            CHECK_CLOSE(checks, at::cat(normedParts, 0), plainCausal(normed, weight, bias), kFloatTolerance);
        }
    }
}

/// A network that went wrong must not look right again: NaN in, NaN out.
void checkNotANumber(Checks& checks) {
    const auto isLost = [](const at::Tensor& y) { return !y.to(at::kFloat).isnan().any().item<bool>(); };
    // Whatever their other bits: those of the first would carry into the sign if they were rounded, those of the second
    // would be cut off.
    for (const std::uint32_t bits : {0x7FFFFFFFU, 0x7FC00001U, 0xFFFFFFFFU}) {
        const at::Tensor x = at::full({1, 2, 24}, 1.0, at::kFloat);
        std::fill_n(x.data_ptr<float>(), x.numel(), std::bit_cast<float>(bits));
        const at::Tensor y = layerNorm(x, {at::ones({24}), at::zeros({24})}, kEps, at::kBFloat16);
        CHECK(checks, y.to(at::kFloat).isnan().all().item<bool>());
    }
    for (const auto type : {at::kFloat, at::kBFloat16}) {
        const at::Tensor x = at::full({1, 2, 24}, std::numeric_limits<double>::quiet_NaN(), at::kFloat);
        at::Tensor y = x.to(type).clone();
        geluTanhInPlace(y);
        CHECK(checks, !isLost(y));
        CHECK(checks, !isLost(layerNorm(x, {}, kEps, type)));
        CHECK(checks, !isLost(headNorm(x.to(type), {at::ones({24}), 2, kEps}, nullptr)));
        CHECK(checks, !isLost(channelNorm(x.to(type), at::ones({24}), Activation::Silu)));
        const at::Tensor one = at::ones({1, 1, 3, 8}).to(type);
        at::Tensor bad = one.clone();
        bad.select(2, 1).fill_(std::numeric_limits<double>::quiet_NaN());
        CHECK(checks, !isLost(attention(one, bad, one, 1.0)));
        if (!compat::fusedAttention(one, one, one, {}, 1.0)) { // libtorch's own gives zeros for such a query
            CHECK(checks, !isLost(attention(bad, one, one, 1.0)));
        }
    }
}

} // namespace

int main() {
    at::manual_seed(1);
    Checks checks;
    checks.run("layer norm", checkLayerNorm);
    checks.run("gated sum", checkAddGated);
    checks.run("gelu", checkGelu);
    checks.run("head norm with rotation", checkHeadNorm);
    checks.run("channel norm, plain and stacked", checkChannelNorm);
    checks.run("attention", checkAttention);
    checks.run("attention over very many keys", checkLongAttention);
    checks.run("linear map with low-rank terms", checkLinearTerms);
    checks.run("pixels and channels", checkPixels);
    checks.run("convolution of doubled pixels", checkDoublingConv);
    checks.run("a few frames at a time", checkFrameGroups);
    checks.run("causal convolution in groups", checkCausalConv);
    checks.run("NaN stays NaN", checkNotANumber);
    return checks.finish();
}
