#include "tests/fakes/FakeScript.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace generation::test {
namespace {

FakeScript::Mode modeNamed(const std::string& name) {
    using Mode = FakeScript::Mode;
    static constexpr std::pair<const char*, Mode> kModes[] = {{"good", Mode::Good},
                                                              {"crash-at-start", Mode::CrashAtStart},
                                                              {"crash", Mode::Crash},
                                                              {"crash-on-accept", Mode::CrashOnAccept},
                                                              {"hang", Mode::Hang},
                                                              {"hang-hard", Mode::HangHard},
                                                              {"stutter", Mode::Stutter},
                                                              {"garbage", Mode::Garbage},
                                                              {"silent", Mode::Silent},
                                                              {"other-protocol", Mode::OtherProtocol},
                                                              {"fail", Mode::Fail},
                                                              {"needs-memory", Mode::NeedsMemory},
                                                              {"refuse", Mode::Refuse},
                                                              {"notice", Mode::Notice},
                                                              {"bad-line", Mode::BadLine},
                                                              {"no-plan", Mode::NoPlan},
                                                              {"lost-frames", Mode::LostFrames},
                                                              {"broken-frames", Mode::BrokenFrames}};
    for (const auto& [known, mode] : kModes) {
        if (name == known) {
            return mode;
        }
    }
    throw std::invalid_argument("no such mode: " + name);
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

} // namespace

FakeScript readScript(int argc, char** argv) {
    std::string mode = environment("FAKE_WORKER_MODE");
    std::string stepMilliseconds = environment("FAKE_WORKER_STEP_MS");
    for (int i = 1; i + 1 < argc; i += 2) {
        (std::string(argv[i]) == "--mode" ? mode : stepMilliseconds) = argv[i + 1];
    }
    FakeScript script;
    script.mode = modeNamed(mode.empty() ? "good" : mode);
    script.stepMilliseconds = stepMilliseconds.empty() ? script.stepMilliseconds : std::stoi(stepMilliseconds);
    script.log = environment("FAKE_WORKER_LOG");
    if (const std::string once = environment("FAKE_WORKER_ONCE"); !once.empty()) {
        if (std::filesystem::exists(once)) {
            script.mode = FakeScript::Mode::Good;
        }
        std::ofstream(once) << "used";
    }
    return script;
}

} // namespace generation::test
