#pragma once

namespace app::cli {

/// What the program's exit codes mean; --help and README.md say the same.
enum class ExitCode : int {
    Ok = 0,
    Usage = 1,      ///< unknown command or option, or a value that makes no sense
    BadInput = 2,   ///< a file, model or combination of inputs that cannot be used
    Generation = 3, ///< the worker failed
    Output = 4,     ///< a result could not be rendered or written
    Cancelled = 5,  ///< by SIGINT (Ctrl-C), SIGTERM or SIGHUP
    Incomplete = 6, ///< written, with slates and silence where media is missing or broken
};

} // namespace app::cli
