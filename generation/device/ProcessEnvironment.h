#pragma once

namespace generation {

/// Sets what the libraries under libtorch read from the environment before main() begins, and starts the program once
/// more (same process, same arguments) if anything was not set yet. First thing in main(); returns when all is set.
///
/// Waiting threads must sleep: by default those of OpenMP and OpenBLAS spin, and on a machine with other work to do
/// (the editor, a second test) a spinning thread keeps the one it waits for from running: measured 10 to 100 times
/// slower. What the user has set stays.
/// Thread: before any other.
void prepareProcess(char** arguments);

} // namespace generation
