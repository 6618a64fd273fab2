// The worker's train subcommands, as a person calls them.
#include "generation/worker/LookCommand.h"
#include "generation/worker/TrainCommand.h"
#include "tests/generation/training/Cases.h"
#include "tests/generation/weights/Files.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace generation;
using namespace generation::test;

namespace {

namespace fs = std::filesystem;

std::string textOf(const std::string& path) {
    std::ifstream stream(path);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// A signal that a run finds pending, and that is gone afterwards.
int interrupted(const std::vector<std::string>& arguments) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    pthread_kill(pthread_self(), SIGTERM); // threads of earlier cases would take one of the process
    const int status = runTrainCommand(arguments);
    int number = 0;
    sigwait(&set, &number);
    return status;
}

void wrongUsageIsTold(Checks& checks) {
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{},
                                                      {"dog"},
                                                      {"starter", "--minutes"},
                                                      {"starter", "--minutes", "soon"},
                                                      {"starter", "--device", "abacus"},
                                                      {"starter", "--colour", "red"}}) {
        CHECK_EQUAL(checks, runTrainCommand(arguments), 2);
    }
    CHECK_EQUAL(checks, runLookCommand({}), 2);
    CHECK_EQUAL(checks, runLookCommand({"/nowhere/job.json"}), 2);
    const TemporaryFolder folder;
    writeFile(folder.file("job.json"), "{}");
    CHECK_EQUAL(checks, runLookCommand({folder.file("job.json")}), 1);
}

void starterRunsAndResumes(Checks& checks) {
    const TemporaryFolder folder;
    const std::string run = folder.file("run");
    const std::vector<std::string> arguments{"starter",  "--size", "tiny",     "--steps", "3",
                                             "--device", "cpu",    "--output", run};
    CHECK_EQUAL(checks, interrupted(arguments), 130);
    CHECK(checks, !fs::exists(run + "/model"));
    CHECK_EQUAL(checks, runTrainCommand(arguments), 2); // there is a run already
    CHECK_EQUAL(checks, runTrainCommand({"starter", "--resume", run, "--device", "cpu"}), 0);
    CHECK(checks, fs::exists(run + "/model/model_index.json") && fs::exists(run + "/validation.png"));
    CHECK(checks, textOf(run + "/transformer-loss.csv").find("\n3,") != std::string::npos);
}

} // namespace

void commandCases(Checks& checks) {
    checks.run("wrong usage is told", wrongUsageIsTold);
    checks.run("a starter runs and resumes", starterRunsAndResumes);
}
