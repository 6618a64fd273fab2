#pragma once

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <string>

namespace generation {

/// What norms, sums and gains are kept in where matrix products compute in `compute`: float32, but float64 among
/// float64, which is for proofs.
inline at::ScalarType wideType(at::ScalarType compute) {
    return compute == at::kDouble ? at::kDouble : at::kFloat;
}

/// Where and in which precision the networks run. Norms, softmax, rotary embedding, time embedding and residual sums
/// stay in float32 whatever `compute` says.
/// Thread: a value.
struct Device {
    at::Device where = at::Device(at::kCPU);
    at::ScalarType compute = at::kFloat; ///< of matrix products and convolutions
    int threads = 1;
    std::string name = "cpu"; ///< "cpu", or the card's name

    std::string dtypeName() const { return compute == at::kBFloat16 ? "bf16" : "fp32"; }
    bool isCpu() const { return where.is_cpu(); }
    at::ScalarType wide() const { return wideType(compute); }
};

/// The best device of this machine: a CUDA card if libtorch has one, else the CPU with as many threads as cores; bf16
/// where the hardware multiplies it natively (AMX, AVX512-BF16, a card of compute capability 8), else fp32.
/// FANTASCOPE_DEVICE=cpu|cuda and FANTASCOPE_DTYPE=fp32|bf16 override the choice; anything else there is ignored.
Device chooseDevice();

/// The CPU in float32: what parity is measured with.
Device referenceDevice();

/// Tells libtorch about the device's threads. Once, before the first tensor.
void configureLibtorch(const Device& device);

/// Whether this CPU multiplies bfloat16 in hardware.
bool cpuHasBf16Units();

} // namespace generation
