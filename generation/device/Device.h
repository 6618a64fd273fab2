#pragma once

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <string>

namespace generation {

/// Where and in which precision the networks run. Norms, softmax, rotary embedding, time embedding and residual sums
/// stay in float32 whatever `compute` says.
/// Thread: a value.
struct Device {
    at::Device where = at::Device(at::kCPU);
    at::ScalarType compute = at::kFloat; ///< of matrix products and convolutions
    int threads = 1;
    std::string name = "cpu"; ///< "cpu" or "cuda:0"
    std::string card = {};    ///< as its driver calls it; empty: none, or not known
    int capability = 0;       ///< the card's major compute capability; 0: not known

    std::string dtypeName() const; ///< "fp32", "bf16", "fp16"
    /// What is learnt about speed belongs to: the card and the type, not the number of the slot.
    std::string recordName() const;
    bool isCpu() const { return where.is_cpu(); }
};

/// The best device of this machine: the first CUDA card if libtorch has one, in the type it multiplies fastest; else
/// the CPU with as many threads as cores, in bf16 where it multiplies it natively (AMX, AVX512-BF16), else in fp32.
/// FANTASCOPE_DEVICE=cpu keeps off the card, FANTASCOPE_DTYPE=fp32|bf16|fp16 overrides the type; anything else there is
/// ignored, and fp16 on a CPU, so that cuda without a card is the CPU. The worker's first event says what it came to.
Device chooseDevice();

/// The type of a card by its major compute capability: bf16 since 8, before that fp16; 0, not known: bf16.
at::ScalarType typeOfCard(int capability);

/// The type for a model whose numbers overflow in fp16: bf16 where the card multiplies it, else fp32.
at::ScalarType widerThanHalf(const Device& device);

/// The CPU in float32: what parity is measured with.
Device referenceDevice();

/// Tells libtorch about the device's threads. Once, before the first tensor.
void configureLibtorch(const Device& device);

/// Whether this CPU multiplies bfloat16 in hardware.
bool cpuHasBf16Units();

} // namespace generation
