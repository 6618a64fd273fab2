#include "generation/nn/Kernels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#define FANTASCOPE_INLINE inline __attribute__((always_inline))

namespace generation::kernels {

namespace {

FANTASCOPE_INLINE float load(const float* from, std::int64_t i) {
    return from[i];
}

FANTASCOPE_INLINE float load(const Bf16* from, std::int64_t i) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(from[i]) << 16U);
}

FANTASCOPE_INLINE void store(float* to, std::int64_t i, float value) {
    to[i] = value;
}

/// Rounds to nearest, ties to even. NaN stays NaN: rounding would carry some of them into the sign, and a number that
/// is none must reach the check behind the step.
FANTASCOPE_INLINE void store(Bf16* to, std::int64_t i, float value) {
    constexpr std::uint32_t kNan = 0x7FC0U;
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t rounded = (bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U;
    to[i] = static_cast<Bf16>(value == value ? rounded : kNan);
}

/// e^x within two units in the last place, without a call, so that loops around it become vector instructions:
/// x = n ln 2 + r with |r| <= ln 2 / 2, a polynomial for e^r (Cephes), n added to the exponent. Limits: 2^-126, 2^127;
/// NaN stays NaN.
FANTASCOPE_INLINE float exponential(float argument) {
    constexpr float kRound = 12582912.0F; // 1.5 * 2^23: adding it rounds to an integer
    float x = argument < -87.0F ? -87.0F : argument;
    x = x > 88.0F ? 88.0F : x;
    const float shifted = x * 1.44269504F + kRound;
    const float n = shifted - kRound;
    const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
    float p = 1.9875691500e-4F;
    p = p * r + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    p = p * r * r + r + 1.0F;
    const auto exponent =
        static_cast<std::uint32_t>(std::bit_cast<std::int32_t>(shifted) - std::bit_cast<std::int32_t>(kRound)) << 23U;
    const auto result = std::bit_cast<float>(std::bit_cast<std::uint32_t>(p) + exponent);
    return argument == argument ? result : argument;
}

template <class Out>
FANTASCOPE_INLINE void layerNormRow(LayerNormRow norm, const float* x, const float* gain, const float* offset,
                                    Out* out) {
    const std::int64_t n = norm.width;
    float sum = 0.0F;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < n; ++i) {
        sum += x[i];
    }
    const float mean = sum / static_cast<float>(n);
    float squares = 0.0F;
#pragma omp simd reduction(+ : squares)
    for (std::int64_t i = 0; i < n; ++i) {
        squares += (x[i] - mean) * (x[i] - mean);
    }
    const float scale = 1.0F / std::sqrt(squares / static_cast<float>(n) + norm.eps);
    if (gain == nullptr) {
#pragma omp simd
        for (std::int64_t i = 0; i < n; ++i) {
            store(out, i, (x[i] - mean) * scale);
        }
        return;
    }
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        store(out, i, (x[i] - mean) * scale * gain[i] + offset[i]);
    }
}

template <class In>
FANTASCOPE_INLINE void addGatedRow(std::int64_t n, float* x, const In* y, const float* gate) {
    if (gate == nullptr) {
#pragma omp simd
        for (std::int64_t i = 0; i < n; ++i) {
            x[i] += load(y, i);
        }
        return;
    }
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        x[i] += gate[i] * load(y, i);
    }
}

template <class T>
FANTASCOPE_INLINE void geluTanhRow(std::int64_t n, T* x) {
    // 0.5 (1 + tanh(u)) is 1 / (1 + exp(-2u)).
    constexpr float kTwiceSqrt2OverPi = 1.5957691216057308F;
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        const float v = load(x, i);
        store(x, i, v / (1.0F + exponential(-kTwiceSqrt2OverPi * (v + 0.044715F * v * v * v))));
    }
}

template <class T>
FANTASCOPE_INLINE void softmaxRow(std::int64_t n, float scale, T* x) {
    float largest = -std::numeric_limits<float>::infinity();
#pragma omp simd reduction(max : largest)
    for (std::int64_t i = 0; i < n; ++i) {
        largest = std::max(largest, load(x, i));
    }
    // In pieces: one running sum over tens of thousands of keys would lose what each of them adds.
    constexpr std::int64_t kPiece = 512;
    float sum = 0.0F;
    for (std::int64_t begin = 0; begin < n; begin += kPiece) {
        const std::int64_t end = std::min(n, begin + kPiece);
        float piece = 0.0F;
#pragma omp simd reduction(+ : piece)
        for (std::int64_t i = begin; i < end; ++i) {
            const float e = exponential(scale * (load(x, i) - largest));
            piece += e;
            store(x, i, e);
        }
        sum += piece;
    }
    const float factor = 1.0F / sum;
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        store(x, i, load(x, i) * factor);
    }
}

template <class T>
FANTASCOPE_INLINE void normRotateRow(const HeadRow& row, const T* x, T* out) {
    const std::int64_t width = row.heads * row.headDim;
    float squares = 0.0F;
#pragma omp simd reduction(+ : squares)
    for (std::int64_t i = 0; i < width; ++i) {
        squares += load(x, i) * load(x, i);
    }
    const float scale = 1.0F / std::sqrt(squares / static_cast<float>(width) + row.eps);
    const std::int64_t half = row.headDim / 2;
    for (std::int64_t h = 0; h < row.heads; ++h) {
        const T* head = x + h * row.headDim;
        const float* g = row.gain + h * row.headDim;
        const float* cos = row.cos;
        const float* sin = row.sin;
        T* to = out + h * row.headStride;
        if (cos == nullptr) {
#pragma omp simd
            for (std::int64_t i = 0; i < row.headDim; ++i) {
                store(to, i, load(head, i) * scale * g[i]);
            }
            continue;
        }
#pragma omp simd
        for (std::int64_t j = 0; j < half; ++j) {
            const float even = load(head, 2 * j) * scale * g[2 * j];
            const float odd = load(head, 2 * j + 1) * scale * g[2 * j + 1];
            store(to, 2 * j, even * cos[j] - odd * sin[j]);
            store(to, 2 * j + 1, even * sin[j] + odd * cos[j]);
        }
    }
}

template <class T>
FANTASCOPE_INLINE float sumOfSquares(std::int64_t n, const T* x) {
    float squares = 0.0F;
#pragma omp simd reduction(+ : squares)
    for (std::int64_t i = 0; i < n; ++i) {
        squares += load(x, i) * load(x, i);
    }
    return squares;
}

/// Rows are short: the lengths of several are taken together, so that one's root and division do not hold up the next.
template <class T>
FANTASCOPE_INLINE void channelNormRows(ChannelRows rows, const T* x, const float* gain, T* out) {
    constexpr std::int64_t kTogether = 16;
    const std::int64_t n = rows.channels;
    const float root = std::sqrt(static_cast<float>(n));
    std::array<float, kTogether> scales{};
    for (std::int64_t first = 0; first < rows.count; first += kTogether) {
        const std::int64_t count = std::min(kTogether, rows.count - first);
        for (std::int64_t r = 0; r < count; ++r) {
            scales[static_cast<std::size_t>(r)] = sumOfSquares(n, x + r * n);
        }
#pragma omp simd
        for (std::size_t r = 0; r < scales.size(); ++r) {
            scales[r] = root / std::max(std::sqrt(scales[r]), 1e-12F);
        }
        for (std::int64_t r = 0; r < count; ++r, x += n, out += rows.outStride) {
            const float scale = scales[static_cast<std::size_t>(r)];
            if (!rows.silu) {
#pragma omp simd
                for (std::int64_t i = 0; i < n; ++i) {
                    store(out, i, load(x, i) * scale * gain[i]);
                }
                continue;
            }
#pragma omp simd
            for (std::int64_t i = 0; i < n; ++i) {
                const float v = load(x, i) * scale * gain[i];
                store(out, i, v / (1.0F + exponential(-v)));
            }
        }
    }
}

/// The same loops for one level of the instruction set: the inline functions above take on its attribute.
#define FANTASCOPE_LEVEL(Name, attribute)                                                                              \
    template <class T>                                                                                                 \
    struct Name {                                                                                                      \
        attribute static void layerNorm(LayerNormRow norm, const float* x, const float* gain, const float* offset,     \
                                        T* out) {                                                                      \
            layerNormRow(norm, x, gain, offset, out);                                                                  \
        }                                                                                                              \
        attribute static void addGated(std::int64_t n, float* x, const T* y, const float* gate) {                      \
            addGatedRow(n, x, y, gate);                                                                                \
        }                                                                                                              \
        attribute static void geluTanh(std::int64_t n, T* x) {                                                         \
            geluTanhRow(n, x);                                                                                         \
        }                                                                                                              \
        attribute static void softmax(std::int64_t n, float scale, T* x) {                                             \
            softmaxRow(n, scale, x);                                                                                   \
        }                                                                                                              \
        attribute static void normRotate(const HeadRow& row, const T* x, T* out) {                                     \
            normRotateRow(row, x, out);                                                                                \
        }                                                                                                              \
        attribute static void channelNorm(ChannelRows rows, const T* x, const float* gain, T* out) {                   \
            channelNormRows(rows, x, gain, out);                                                                       \
        }                                                                                                              \
    };

FANTASCOPE_LEVEL(Baseline, )
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
FANTASCOPE_LEVEL(Avx2, __attribute__((target("avx2,fma"))))
FANTASCOPE_LEVEL(Avx512, __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma,prefer-vector-width=512"))))
#endif

/// One pointer a loop, for elements of type T.
template <class T>
struct Loops {
    decltype(&Baseline<T>::layerNorm) layerNorm;
    decltype(&Baseline<T>::addGated) addGated;
    decltype(&Baseline<T>::geluTanh) geluTanh;
    decltype(&Baseline<T>::softmax) softmax;
    decltype(&Baseline<T>::normRotate) normRotate;
    decltype(&Baseline<T>::channelNorm) channelNorm;
};

template <class T, template <class> class Level>
constexpr Loops<T> loopsOf() {
    return {Level<T>::layerNorm, Level<T>::addGated,   Level<T>::geluTanh,
            Level<T>::softmax,   Level<T>::normRotate, Level<T>::channelNorm};
}

template <class T>
const Loops<T>& loops() {
    static const Loops<T> best = [] {
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
        if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
            __builtin_cpu_supports("avx512dq")) {
            return loopsOf<T, Avx512>();
        }
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
            return loopsOf<T, Avx2>();
        }
#endif
        return loopsOf<T, Baseline>();
    }();
    return best;
}

} // namespace

void layerNorm(LayerNormRow norm, const float* x, const float* gain, const float* offset, float* out) {
    loops<float>().layerNorm(norm, x, gain, offset, out);
}
void layerNorm(LayerNormRow norm, const float* x, const float* gain, const float* offset, Bf16* out) {
    loops<Bf16>().layerNorm(norm, x, gain, offset, out);
}
void addGated(std::int64_t width, float* x, const float* y, const float* gate) {
    loops<float>().addGated(width, x, y, gate);
}
void addGated(std::int64_t width, float* x, const Bf16* y, const float* gate) {
    loops<Bf16>().addGated(width, x, y, gate);
}
void geluTanh(std::int64_t count, float* x) {
    loops<float>().geluTanh(count, x);
}
void geluTanh(std::int64_t count, Bf16* x) {
    loops<Bf16>().geluTanh(count, x);
}
void softmax(std::int64_t count, float scale, float* x) {
    loops<float>().softmax(count, scale, x);
}
void softmax(std::int64_t count, float scale, Bf16* x) {
    loops<Bf16>().softmax(count, scale, x);
}
void normRotate(const HeadRow& row, const float* x, float* out) {
    loops<float>().normRotate(row, x, out);
}
void normRotate(const HeadRow& row, const Bf16* x, Bf16* out) {
    loops<Bf16>().normRotate(row, x, out);
}
void channelNorm(ChannelRows rows, const float* x, const float* gain, float* out) {
    loops<float>().channelNorm(rows, x, gain, out);
}
void channelNorm(ChannelRows rows, const Bf16* x, const float* gain, Bf16* out) {
    loops<Bf16>().channelNorm(rows, x, gain, out);
}

} // namespace generation::kernels
