#pragma once

#include <string>

namespace generation::test {

/// How the fake worker behaves. From `--mode NAME` and `--step-ms N` on its command line, else from the environment:
/// FAKE_WORKER_MODE, FAKE_WORKER_STEP_MS, FAKE_WORKER_ONCE (a file: the mode counts only until that file exists, so
/// that the worker started after the first one behaves).
struct FakeScript {
    enum class Mode {
        Good,
        CrashAtStart, ///< aborts before the hello
        Crash,        ///< aborts after the second step
        CrashOnAccept,
        Hang,          ///< after the first step: no more output, deaf to cancel; SIGTERM ends it
        HangHard,      ///< as Hang, and SIGTERM is ignored
        Stutter,       ///< every line in three pieces with pauses, two lines in one piece, CRLF ends
        Garbage,       ///< lines that are no protocol between those that are
        Silent,        ///< never says hello
        OtherProtocol, ///< a hello of a protocol that does not exist yet
        Fail,          ///< every job fails with "out-of-memory"
        NeedsMemory,   ///< every job that is not to be tried anyway fails with "needs-memory"; plans say the same
        Refuse,        ///< every job fails with "unsupported-condition"
        Notice,        ///< has something to say of every job
        BadLine,       ///< says of every job, once accepted, that another line could not be read
        NoPlan,        ///< every plan fails
        LostFrames,    ///< finishes, but there is no frame file
        BrokenFrames,  ///< finishes with a truncated frame file
    };
    Mode mode = Mode::Good;
    int stepMilliseconds = 2;
    std::string log = {}; ///< FAKE_WORKER_LOG: file to which every line that was asked is added; empty: none
};

/// Throws std::invalid_argument for a mode that does not exist.
FakeScript readScript(int argc, char** argv);

} // namespace generation::test
