// A training that is killed, whenever that is, gives the bits of one that is not.
#include "tests/generation/Check.h"
#include "tests/generation/weights/Files.h"
#include "tests/generation/worker/WorkerProcess.h"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <thread>
#include <vector>

using namespace generation::test;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

/// Long enough for a kill to hit each part; a checkpoint after every step.
std::vector<std::string> arguments(const std::string& folder) {
    return {"train", "starter",  "--size", "tiny",     "--steps", "24",           "--vae-steps",
            "24",    "--device", "cpu",    "--output", folder,    "--checkpoint", "0"};
}

std::vector<std::string> resumed(const std::string& folder) {
    return {"train", "starter", "--resume", folder, "--device", "cpu"};
}

/// The weights that a run made, by file.
std::map<std::string, std::string> weightsIn(const std::string& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder + "/model")) {
        if (entry.path().extension() == ".safetensors") {
            std::ifstream stream(entry.path(), std::ios::binary);
            files[fs::relative(entry.path(), folder).string()] = {std::istreambuf_iterator<char>(stream), {}};
        }
    }
    return files;
}

/// Waits until the run has written a file, a checkpoint anew, and then for a while longer, and kills the process;
/// whether that came before its end.
bool killedAfter(WorkerProcess& worker, const std::string& file, std::chrono::milliseconds wait) {
    const auto begin = fs::file_time_type::clock::now();
    const bool isRewritten = file.ends_with(".checkpoint.safetensors");
    for (int i = 0; i < 12'000; ++i) {
        std::error_code missing;
        const auto written = fs::last_write_time(file, missing);
        if (!missing && (!isRewritten || written > begin)) {
            break;
        }
        std::this_thread::sleep_for(10ms);
    }
    std::this_thread::sleep_for(wait);
    worker.kill();
    return worker.wait() < 0;
}

void aKillCostsNothing(Checks& checks) {
    const TemporaryFolder folder;
    const std::string whole = folder.file("whole");
    WorkerProcess undisturbed(arguments(whole));
    CHECK_EQUAL(checks, undisturbed.wait(), 0);

    const std::string killed = folder.file("killed");
    struct Moment {
        const char* file; ///< of the run; it is there when that part has begun
        std::chrono::milliseconds wait;
    };
    bool isBegun = false;
    int kills = 0;
    for (const Moment& moment :
         {Moment{"run.json", 0ms}, Moment{"spiece.model", 0ms}, Moment{"vae.checkpoint.safetensors", 0ms},
          Moment{"vae.checkpoint.safetensors", 70ms}, Moment{"vae.safetensors", 0ms},
          Moment{"transformer.checkpoint.safetensors", 0ms}, Moment{"transformer.checkpoint.safetensors", 90ms}}) {
        WorkerProcess worker(isBegun ? resumed(killed) : arguments(killed));
        kills += killedAfter(worker, killed + "/" + moment.file, moment.wait) ? 1 : 0;
        isBegun = isBegun || fs::exists(killed + "/run.json");
    }
    CHECK(checks, kills >= 5); // the last ones may have come too late
    WorkerProcess last(resumed(killed));
    CHECK_EQUAL(checks, last.wait(), 0);
    const auto expected = weightsIn(whole);
    CHECK(checks, expected.size() >= 3); // transformer, text encoder, autoencoder
    CHECK(checks, weightsIn(killed) == expected);
}

/// Whichever of the process's threads the signal reaches.
void anEndIsAskedFor(Checks& checks) {
    const TemporaryFolder folder;
    const std::string run = folder.file("run");
    // Hours of steps, and no checkpoint for an hour but the one that the signal makes.
    const std::vector<std::string> endless{"train",        "starter",     "--size",   "tiny",     "--steps",
                                           "1000000",      "--vae-steps", "2",        "--device", "cpu",
                                           "--checkpoint", "3600",        "--output", run};
    WorkerProcess worker(endless);
    // A line is told at once, and then only when steps have been made for two seconds.
    for (auto line = worker.line(); line && line->find("\"transformer\"") == std::string::npos;) {
        line = worker.line();
    }
    ::kill(worker.processId(), SIGTERM);
    CHECK_EQUAL(checks, worker.wait(), 130);
    CHECK(checks, fs::exists(run + "/transformer.checkpoint.safetensors"));
}

} // namespace

int main() {
    Checks checks;
    checks.run("a kill costs nothing", aKillCostsNothing);
    checks.run("an end that is asked for is heard", anEndIsAskedFor);
    return checks.finish();
}
