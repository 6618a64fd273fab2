#pragma once

#include "generation/model/TextEncoder.h"
#include "generation/tokenizer/Tokenizer.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// Text features of several captions as one batch, float32 [n, length, width], zeros after the tokens: what
/// TextEncoder::encode() gives for each, with gradients where the encoder's weights ask for them.
at::Tensor captionFeatures(const TextEncoder& encoder, const Tokenizer& tokenizer,
                           const std::vector<std::string>& captions, std::int64_t length);

} // namespace generation
