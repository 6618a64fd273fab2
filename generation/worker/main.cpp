// fantascope-worker: makes video for the editor, in a process of its own. See README.md of this folder.

#include "generation/device/Device.h"
#include "generation/device/ProcessEnvironment.h"
#include "generation/protocol/Protocol.h"
#include "generation/worker/DescribeCommand.h"
#include "generation/worker/EvaluateCommand.h"
#include "generation/worker/EventWriter.h"
#include "generation/worker/Inbox.h"
#include "generation/worker/LookCommand.h"
#include "generation/worker/ParityCommand.h"
#include "generation/worker/PlanAnswer.h"
#include "generation/worker/TrainCommand.h"
#include "generation/worker/WorkerLoop.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

namespace {

using namespace generation;

constexpr const char* kHelp =
    "fantascope-worker              serve jobs: one JSON request a line on stdin, one event a line on stdout\n"
    "fantascope-worker parity DIR [--device cpu|cuda]\n"
    "                               compare this build with the fixture files in DIR\n"
    "fantascope-worker describe PLACE...  what the models at these places are, a line of JSON each\n"
    "fantascope-worker train starter [--minutes M] [--size small|large] [--device cpu|cuda] [--output DIR] [--from "
    "MODEL]\n"
    "                  [--steps N] [--vae-share S] [--rate R] [--seed N]\n"
    "fantascope-worker train starter --resume DIR\n"
    "                               train a starter model into DIR/model\n"
    "fantascope-worker train fast --from MODEL [--minutes M] [--output DIR] [--device cpu|cuda] [--steps N] [--seed "
    "N]\n"
    "                               make a model of it that needs four steps and no guidance\n"
    "fantascope-worker train-look JOB.json|- [--device cpu|cuda]\n"
    "                               train a LoRA from decoded clips, see generation/training/LookJob.h\n"
    "fantascope-worker evaluate MODEL [--clips N] [--steps N] [--footage FILE,..] [--output FILE.md] [--seed N]\n"
    "                               measure what a starter model learnt\n"
    "fantascope-worker --version\n"
    "fantascope-worker --help\n"
    "\n"
    "Environment: FANTASCOPE_DEVICE=cpu|cuda, FANTASCOPE_DTYPE=fp32|bf16|fp16 (fp16: on a card), FANTASCOPE_CACHE=DIR\n"
    "(what is kept between sessions: text features, what was learnt about this machine).\n"
    "Exit status: 0 done, 1 failed, 2 wrong usage.\n";

/// Keeps the real stdout for events and sends whatever a library prints there to stderr.
int takeOverStdout() {
    const int events = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    return events;
}

int serve() {
    std::signal(SIGPIPE, SIG_IGN);
    EventWriter events(takeOverStdout());
    const Device device = chooseDevice();
    configureLibtorch(device);
    const char* type = std::getenv("FANTASCOPE_DTYPE");
    if (type != nullptr && *type != '\0' && device.dtypeName() != type) {
        std::fprintf(stderr, "fantascope-worker: %s is not for %s, it runs in %s\n", type, device.name.c_str(),
                     device.dtypeName().c_str());
    }
    events.send(HelloEvent{kProtocolVersion, FANTASCOPE_VERSION, device.name, device.dtypeName(), device.threads});
    Inbox inbox;
    const char* folder = std::getenv("FANTASCOPE_CACHE");
    const std::string cache = folder ? folder : "";
    const PlanAnswer plan(device, cache);
    const std::jthread reader([&] { readRequests(STDIN_FILENO, inbox, events, plan); });
    try {
        WorkerLoop(inbox, events, {device, cache}).run();
    } catch (const std::exception& error) {
        // The reading thread waits for input that may never come; nothing is worth saving.
        std::fprintf(stderr, "fantascope-worker: %s\n", error.what());
        std::_Exit(1);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    generation::prepareProcess(argv);
    const std::string command = argc > 1 ? argv[1] : "";
    try {
        if (argc == 1) {
            return serve();
        }
        if (command == "parity") {
            return runParityCommand({argv + 2, argv + argc});
        }
        if (command == "describe" && argc >= 3) {
            return runDescribeCommand({argv + 2, argv + argc});
        }
        if (command == "train") {
            return runTrainCommand({argv + 2, argv + argc});
        }
        if (command == "evaluate") {
            return runEvaluateCommand({argv + 2, argv + argc});
        }
        if (command == "train-look") {
            return runLookCommand({argv + 2, argv + argc});
        }
        if (argc == 2 && command == "--version") {
            std::printf("fantascope-worker %s, protocol %d\n", FANTASCOPE_VERSION, kProtocolVersion);
            return 0;
        }
        const bool asked = argc == 2 && (command == "--help" || command == "-h");
        std::fputs(kHelp, asked ? stdout : stderr);
        return asked ? 0 : 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "fantascope-worker: %s\n", error.what());
        return 1;
    }
}
