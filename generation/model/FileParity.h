#pragma once

#include "generation/model/Parity.h"

#include <vector>

namespace generation {

/// Parity of what reads files: GGUF's block types, TYPE.raw against TYPE.deq, which must agree bit for bit.
std::vector<ParityCase> fileParityCases();

} // namespace generation
