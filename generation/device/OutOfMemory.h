#pragma once

#include <exception>

namespace generation {

/// Whether an exception of libtorch or of the language says that memory ran out, on the card or in the process.
bool isOutOfMemory(const std::exception& error);

} // namespace generation
