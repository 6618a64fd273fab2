// What the machine is found to be, and what the environment overrides.
#include "generation/device/Device.h"
#include "tests/generation/Check.h"

#include <ATen/Parallel.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

using namespace generation;
using generation::test::Checks;

namespace {

/// An environment variable that is as before when the object goes.
/// Thread: the only one.
class Variable {
public:
    Variable(const char* name, const char* value) : m_name(name) {
        const char* old = std::getenv(name);
        m_old = old ? old : "";
        m_was = old != nullptr;
        setenv(name, value, 1);
    }
    ~Variable() { m_was ? setenv(m_name, m_old.c_str(), 1) : unsetenv(m_name); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* m_name;
    std::string m_old;
    bool m_was = false;
};

int cores() {
    return static_cast<int>(std::thread::hardware_concurrency());
}

void bf16UnitsAreThoseOfTheKernel(Checks& c) {
#if defined(__x86_64__)
    std::ifstream file("/proc/cpuinfo");
    const std::string flags((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    CHECK_EQUAL(c, cpuHasBf16Units(), flags.find(" avx512_bf16") != std::string::npos);
#else
    CHECK(c, !cpuHasBf16Units());
#endif
}

void theCpuRunsInWhatItMultiplies(Checks& c) {
    const Variable device("FANTASCOPE_DEVICE", "cpu");
    const Variable dtype("FANTASCOPE_DTYPE", "");
    const Device chosen = chooseDevice();
    CHECK(c, chosen.isCpu() && chosen.name == "cpu");
    CHECK_EQUAL(c, chosen.compute == at::kBFloat16, cpuHasBf16Units());
    CHECK_EQUAL(c, chosen.threads, cores());
}

void theEnvironmentOverrides(Checks& c) {
    const Variable device("FANTASCOPE_DEVICE", "cpu");
    for (const char* name : {"fp32", "bf16"}) {
        const Variable dtype("FANTASCOPE_DTYPE", name);
        CHECK_EQUAL(c, chooseDevice().dtypeName(), name);
    }
    for (const char* name : {"int3", "fp16"}) { // products in fp16 are a card's affair
        const Variable ignored("FANTASCOPE_DTYPE", name);
        CHECK_EQUAL(c, chooseDevice().compute == at::kBFloat16, cpuHasBf16Units());
        CHECK(c, chooseDevice().compute != at::kHalf);
    }
}

Device cardOf(const char* name, int capability, at::ScalarType type) {
    Device device;
    device.where = at::Device(at::kCUDA, 0);
    device.name = "cuda:0";
    device.card = name;
    device.capability = capability;
    device.compute = type;
    return device;
}

void cardsRunInWhatTheyMultiply(Checks& c) {
    CHECK(c, typeOfCard(7) == at::kHalf && typeOfCard(6) == at::kHalf);
    CHECK(c, typeOfCard(8) == at::kBFloat16 && typeOfCard(12) == at::kBFloat16);
    CHECK(c, typeOfCard(0) == at::kBFloat16); // not known
    CHECK_EQUAL(c, cardOf("T4", 7, at::kHalf).dtypeName(), "fp16");
    CHECK(c, widerThanHalf(cardOf("T4", 7, at::kHalf)) == at::kFloat);
    CHECK(c, widerThanHalf(cardOf("A10", 8, at::kHalf)) == at::kBFloat16);
    CHECK(c, widerThanHalf(referenceDevice()) == at::kFloat);
}

void whatIsLearntIsOfTheCard(Checks& c) {
    const std::string name = cardOf("A10", 8, at::kBFloat16).recordName();
    CHECK(c, name != cardOf("H100", 9, at::kBFloat16).recordName());
    CHECK(c, name != cardOf("A10", 8, at::kHalf).recordName());
    CHECK_EQUAL(c, referenceDevice().recordName(), "cpu fp32");
    CHECK_EQUAL(c, cardOf("", 0, at::kBFloat16).recordName(), "cuda:0 bf16");
}

void libtorchUsesEveryCore(Checks& c) {
    at::set_num_threads(1);
    configureLibtorch(referenceDevice());
    CHECK_EQUAL(c, at::get_num_threads(), cores());
    CHECK(c, referenceDevice().compute == at::kFloat && referenceDevice().isCpu());
}

} // namespace

int main() {
    Checks checks;
    checks.run("bf16 units are those the kernel names", bf16UnitsAreThoseOfTheKernel);
    checks.run("the CPU runs in what it multiplies natively", theCpuRunsInWhatItMultiplies);
    checks.run("the environment overrides", theEnvironmentOverrides);
    checks.run("cards run in what they multiply", cardsRunInWhatTheyMultiply);
    checks.run("what is learnt is of the card", whatIsLearntIsOfTheCard);
    checks.run("libtorch uses every core", libtorchUsesEveryCore);
    return checks.finish();
}
