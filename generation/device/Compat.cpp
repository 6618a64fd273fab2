#include "generation/device/Compat.h"

#include <ATen/ATen.h>
#include <torch/csrc/api/include/torch/version.h>

#if defined(FANTASCOPE_CUDA) && __has_include(<cuda_runtime_api.h>)
#define FANTASCOPE_HAS_CARD 1
#include <c10/cuda/CUDACachingAllocator.h>
#include <cuda_runtime_api.h>
#endif

#include <cstdlib>

// scaled_dot_product_attention has been public since 2.0, its scale since 2.1.
#define FANTASCOPE_TORCH_AT_LEAST(major, minor)                                                                        \
    (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

namespace generation::compat {

std::optional<at::Tensor> fusedAttention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
                                         const at::Tensor& mask, double scale) {
#if FANTASCOPE_TORCH_AT_LEAST(2, 1)
    return at::scaled_dot_product_attention(
        query, key, value, mask.defined() ? std::optional<at::Tensor>(mask.to(query.scalar_type())) : std::nullopt, 0.0,
        false, scale);
#else
    (void)query, (void)key, (void)value, (void)mask, (void)scale;
    return std::nullopt;
#endif
}

bool hasFusedAttention() {
    return FANTASCOPE_TORCH_AT_LEAST(2, 1);
}

bool hasCuda() {
    return at::hasCUDA();
}

std::optional<CardMemory> cardMemory() {
#if defined(FANTASCOPE_HAS_CARD)
    std::size_t free = 0;
    std::size_t total = 0;
    if (hasCuda() && cudaMemGetInfo(&free, &total) == cudaSuccess) {
        return CardMemory{static_cast<std::int64_t>(free), static_cast<std::int64_t>(total)};
    }
#endif
    return std::nullopt;
}

std::optional<CardFacts> cardFacts() {
#if defined(FANTASCOPE_HAS_CARD)
    cudaDeviceProp properties{};
    if (hasCuda() && cudaGetDeviceProperties(&properties, 0) == cudaSuccess) {
        return CardFacts{properties.name, properties.major};
    }
#endif
    return std::nullopt;
}

void emptyCardCache() {
#if defined(FANTASCOPE_HAS_CARD)
    if (hasCuda()) {
        c10::cuda::CUDACachingAllocator::emptyCache();
    }
#endif
}

void forbidReducedFloat32() {
    at::globalContext().setAllowTF32CuDNN(false);
}

void preferWideVectors() {
#if !FANTASCOPE_TORCH_AT_LEAST(2, 0) && defined(__x86_64__)
    if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq")) {
        setenv("ATEN_CPU_CAPABILITY", "avx512", 0);
    }
#endif
}

} // namespace generation::compat
