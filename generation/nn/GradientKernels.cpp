#include "generation/nn/GradientKernels.h"

#include "generation/nn/RowMath.h"

#include <algorithm>
#include <cmath>

namespace generation::kernels {

namespace {

using math::load;
using math::sigmoid;
using math::store;

template <class T>
FANTASCOPE_INLINE void layerNormRow(const LayerNormGradient& row, const float* x, const T* dy, float* dx) {
    const std::int64_t n = row.norm.width;
    const float* gain = row.gain;
    float* gainSum = row.gainSum;
    float* offsetSum = row.offsetSum;
    const float count = static_cast<float>(n);
    float sum = 0.0F;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < n; ++i) {
        sum += x[i];
    }
    const float mean = sum / count;
    float squares = 0.0F;
#pragma omp simd reduction(+ : squares)
    for (std::int64_t i = 0; i < n; ++i) {
        squares += (x[i] - mean) * (x[i] - mean);
    }
    const float scale = 1.0F / std::sqrt(squares / count + row.norm.eps);
    // dx holds the gradient of the normalised row first.
    float total = 0.0F;
    float along = 0.0F;
#pragma omp simd reduction(+ : total, along)
    for (std::int64_t i = 0; i < n; ++i) {
        const float d = load(dy, i) * (gain == nullptr ? 1.0F : gain[i]);
        dx[i] = d;
        total += d;
        along += d * (x[i] - mean) * scale;
    }
    if (gainSum != nullptr) {
#pragma omp simd
        for (std::int64_t i = 0; i < n; ++i) {
            gainSum[i] += load(dy, i) * (x[i] - mean) * scale;
            offsetSum[i] += load(dy, i);
        }
    }
    total /= count;
    along /= count;
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        dx[i] = scale * (dx[i] - total - (x[i] - mean) * scale * along);
    }
}

template <class T>
FANTASCOPE_INLINE void addGatedRow(GateRow row, const float* d, const T* y, T* dy) {
#pragma omp simd
    for (std::int64_t i = 0; i < row.width; ++i) {
        row.gateSum[i] += d[i] * load(y, i);
        store(dy, i, d[i] * row.gate[i]);
    }
}

template <class T>
FANTASCOPE_INLINE void geluTanhRow(std::int64_t n, const T* x, const T* dy, T* dx) {
    constexpr float kTwiceSqrt2OverPi = 1.5957691216057308F;
    constexpr float kCube = 0.044715F;
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        const float v = load(x, i);
        const float s = sigmoid(kTwiceSqrt2OverPi * (v + kCube * v * v * v));
        const float slope = s + v * s * (1.0F - s) * kTwiceSqrt2OverPi * (1.0F + 3.0F * kCube * v * v);
        store(dx, i, slope * load(dy, i));
    }
}

template <class T>
FANTASCOPE_INLINE void softmaxRow(std::int64_t n, float scale, const T* p, T* dp) {
    float along = 0.0F;
#pragma omp simd reduction(+ : along)
    for (std::int64_t i = 0; i < n; ++i) {
        along += load(p, i) * load(dp, i);
    }
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        store(dp, i, scale * load(p, i) * (load(dp, i) - along));
    }
}

/// The gradient of x * gain in the order of x: the rotary turn undone.
template <class T>
FANTASCOPE_INLINE void unrotate(const HeadRow& row, const T* dy, float* to) {
    for (std::int64_t h = 0; h < row.heads; ++h) {
        const T* head = dy + h * row.headStride;
        float* out = to + h * row.headDim;
        const float* cos = row.cos;
        const float* sin = row.sin;
        if (cos == nullptr) {
#pragma omp simd
            for (std::int64_t i = 0; i < row.headDim; ++i) {
                out[i] = load(head, i);
            }
            continue;
        }
#pragma omp simd
        for (std::int64_t j = 0; j < row.headDim / 2; ++j) {
            const float even = load(head, 2 * j);
            const float odd = load(head, 2 * j + 1);
            out[2 * j] = even * cos[j] + odd * sin[j];
            out[2 * j + 1] = odd * cos[j] - even * sin[j];
        }
    }
}

template <class T>
FANTASCOPE_INLINE void normRotateRow(const HeadGradient& gradient, const T* x, const T* dy, T* dx) {
    const HeadRow& row = gradient.row;
    float* gainSum = gradient.gainSum;
    float* scratch = gradient.scratch;
    const std::int64_t width = row.heads * row.headDim;
    float squares = 0.0F;
#pragma omp simd reduction(+ : squares)
    for (std::int64_t i = 0; i < width; ++i) {
        squares += load(x, i) * load(x, i);
    }
    const float scale = 1.0F / std::sqrt(squares / static_cast<float>(width) + row.eps);
    unrotate(row, dy, scratch);
    float along = 0.0F;
#pragma omp simd reduction(+ : along)
    for (std::int64_t i = 0; i < width; ++i) {
        const float normed = load(x, i) * scale;
        gainSum[i] += scratch[i] * normed;
        scratch[i] *= row.gain[i];
        along += scratch[i] * normed;
    }
    along /= static_cast<float>(width);
#pragma omp simd
    for (std::int64_t i = 0; i < width; ++i) {
        store(dx, i, scale * (scratch[i] - load(x, i) * scale * along));
    }
}

template <class T>
FANTASCOPE_INLINE void channelNormRows(const ChannelGradient& norm, const T* x, const T* dy, T* dx) {
    const std::int64_t n = norm.rows.channels;
    const float root = std::sqrt(static_cast<float>(n));
    const float* gain = norm.gain;
    float* sum = norm.gainSum;
    float* scratch = norm.scratch;
    for (std::int64_t r = 0; r < norm.rows.count; ++r, x += n, dy += n, dx += n) {
        float squares = 0.0F;
#pragma omp simd reduction(+ : squares)
        for (std::int64_t i = 0; i < n; ++i) {
            squares += load(x, i) * load(x, i);
        }
        const float length = std::max(std::sqrt(squares), 1e-12F);
        const float scale = root / length;
        float along = 0.0F;
#pragma omp simd reduction(+ : along)
        for (std::int64_t i = 0; i < n; ++i) {
            const float normed = load(x, i) * scale;
            const float v = normed * gain[i];
            const float s = sigmoid(v);
            const float d = load(dy, i) * (norm.rows.silu ? s + v * s * (1.0F - s) : 1.0F);
            sum[i] += d * normed;
            scratch[i] = d * gain[i];
            along += d * gain[i] * load(x, i);
        }
        along /= length * length;
#pragma omp simd
        for (std::int64_t i = 0; i < n; ++i) {
            store(dx, i, scale * (scratch[i] - load(x, i) * along));
        }
    }
}

/// The same loops for one level of the instruction set: the inline functions above take on its attribute.
#define FANTASCOPE_LEVEL(Name, attribute)                                                                              \
    template <class T>                                                                                                 \
    struct Name {                                                                                                      \
        attribute static void layerNorm(const LayerNormGradient& row, const float* x, const T* dy, float* dx) {        \
            layerNormRow(row, x, dy, dx);                                                                              \
        }                                                                                                              \
        attribute static void addGated(GateRow row, const float* d, const T* y, T* dy) {                               \
            addGatedRow(row, d, y, dy);                                                                                \
        }                                                                                                              \
        attribute static void geluTanh(std::int64_t n, const T* x, const T* dy, T* dx) {                               \
            geluTanhRow(n, x, dy, dx);                                                                                 \
        }                                                                                                              \
        attribute static void softmax(std::int64_t n, float scale, const T* p, T* dp) {                                \
            softmaxRow(n, scale, p, dp);                                                                               \
        }                                                                                                              \
        attribute static void normRotate(const HeadGradient& head, const T* x, const T* dy, T* dx) {                   \
            normRotateRow(head, x, dy, dx);                                                                            \
        }                                                                                                              \
        attribute static void channelNorm(const ChannelGradient& norm, const T* x, const T* dy, T* dx) {               \
            channelNormRows(norm, x, dy, dx);                                                                          \
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

void layerNormGradient(const LayerNormGradient& row, const float* x, const float* dy, float* dx) {
    loops<float>().layerNorm(row, x, dy, dx);
}
void layerNormGradient(const LayerNormGradient& row, const float* x, const Bf16* dy, float* dx) {
    loops<Bf16>().layerNorm(row, x, dy, dx);
}
void addGatedGradient(GateRow row, const float* d, const float* y, float* dy) {
    loops<float>().addGated(row, d, y, dy);
}
void addGatedGradient(GateRow row, const float* d, const Bf16* y, Bf16* dy) {
    loops<Bf16>().addGated(row, d, y, dy);
}
void geluTanhGradient(std::int64_t count, const float* x, const float* dy, float* dx) {
    loops<float>().geluTanh(count, x, dy, dx);
}
void geluTanhGradient(std::int64_t count, const Bf16* x, const Bf16* dy, Bf16* dx) {
    loops<Bf16>().geluTanh(count, x, dy, dx);
}
void softmaxGradient(std::int64_t count, float scale, const float* p, float* dp) {
    loops<float>().softmax(count, scale, p, dp);
}
void softmaxGradient(std::int64_t count, float scale, const Bf16* p, Bf16* dp) {
    loops<Bf16>().softmax(count, scale, p, dp);
}
void normRotateGradient(const HeadGradient& head, const float* x, const float* dy, float* dx) {
    loops<float>().normRotate(head, x, dy, dx);
}
void normRotateGradient(const HeadGradient& head, const Bf16* x, const Bf16* dy, Bf16* dx) {
    loops<Bf16>().normRotate(head, x, dy, dx);
}
void channelNormGradient(const ChannelGradient& norm, const float* x, const float* dy, float* dx) {
    loops<float>().channelNorm(norm, x, dy, dx);
}
void channelNormGradient(const ChannelGradient& norm, const Bf16* x, const Bf16* dy, Bf16* dx) {
    loops<Bf16>().channelNorm(norm, x, dy, dx);
}

} // namespace generation::kernels
