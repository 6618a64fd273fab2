#include "generation/device/Device.h"

#include "generation/device/Compat.h"

#include <ATen/Parallel.h>

#include <cstdlib>
#include <string_view>
#include <thread>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace generation {

namespace {

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

} // namespace

bool cpuHasBf16Units() {
#if defined(__x86_64__)
    // Every CPU with AMX has AVX512-BF16 too. The builtin also asks whether the operating system saves the registers.
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    return __builtin_cpu_supports("avx512f") && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & (1U << 5U)) != 0;
#else
    return false;
#endif
}

std::string Device::dtypeName() const {
    return compute == at::kBFloat16 ? "bf16" : compute == at::kHalf ? "fp16" : "fp32";
}

std::string Device::recordName() const {
    return (card.empty() ? name : card) + " " + dtypeName();
}

at::ScalarType typeOfCard(int capability) {
    constexpr int kFirstWithBf16 = 8;
    return capability == 0 || capability >= kFirstWithBf16 ? at::kBFloat16 : at::kHalf;
}

at::ScalarType widerThanHalf(const Device& device) {
    return !device.isCpu() && typeOfCard(device.capability) == at::kBFloat16 ? at::kBFloat16 : at::kFloat;
}

Device referenceDevice() {
    Device device;
    device.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    return device;
}

Device chooseDevice() {
    Device device = referenceDevice();
    if (compat::hasCuda() && environment("FANTASCOPE_DEVICE") != "cpu") {
        device.where = at::Device(at::kCUDA, 0);
        device.name = "cuda:0";
        if (const auto facts = compat::cardFacts()) {
            device.card = facts->name;
            device.capability = facts->capability;
        }
        device.compute = typeOfCard(device.capability);
    } else {
        device.compute = cpuHasBf16Units() ? at::kBFloat16 : at::kFloat;
    }
    const std::string_view dtype = environment("FANTASCOPE_DTYPE");
    if (dtype == "fp32") {
        device.compute = at::kFloat;
    } else if (dtype == "bf16") {
        device.compute = at::kBFloat16;
    } else if (dtype == "fp16" && !device.isCpu()) { // libtorch 1.13 has no products in fp16 on a CPU
        device.compute = at::kHalf;
    }
    return device;
}

void configureLibtorch(const Device& device) {
    compat::preferWideVectors();
    compat::forbidReducedFloat32();
    at::set_num_threads(device.threads);
}

} // namespace generation
