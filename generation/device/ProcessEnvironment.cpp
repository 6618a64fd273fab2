#include "generation/device/ProcessEnvironment.h"

#include <array>
#include <cstdlib>
#include <utility>

#include <unistd.h>

namespace generation {

void prepareProcess(char** arguments) {
    constexpr std::array<std::pair<const char*, const char*>, 2> kSettings{
        {{"OMP_WAIT_POLICY", "passive"}, {"OPENBLAS_THREAD_TIMEOUT", "10"}}};
    bool isComplete = true;
    for (const auto& [name, value] : kSettings) {
        if (std::getenv(name) == nullptr) {
            isComplete = false;
            setenv(name, value, 0);
        }
    }
    if (!isComplete) {
        execv("/proc/self/exe", arguments); // returns only if it fails: then it goes on as it is
    }
}

} // namespace generation
