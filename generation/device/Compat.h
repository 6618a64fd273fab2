#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>

namespace generation::compat {

// What differs between libtorch 1.13 and 2.x. Compat.cpp is the only file with a version switch.

/// softmax(scale * q k^T + mask) v in one call, over [B, heads, n, d]; empty where this libtorch has no fused form
/// for the tensors' device. A mask is added to the scores and broadcasts to them; undefined: none.
std::optional<at::Tensor> fusedAttention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
                                         const at::Tensor& mask, double scale);

/// Whether fusedAttention() ever gives something: memory for scores is then libtorch's affair.
bool hasFusedAttention();

bool hasCuda();

/// Memory of a card in bytes, as its driver sees it.
struct CardMemory {
    std::int64_t free = 0;
    std::int64_t total = 0;
};
/// Empty without a card, or where this program was built without CUDA's headers.
std::optional<CardMemory> cardMemory();

/// What a card is.
struct CardFacts {
    std::string name;
    int capability = 0; ///< major compute capability
};
/// Of the first card; empty as above.
std::optional<CardFacts> cardFacts();
void emptyCardCache(); ///< gives libtorch's kept blocks back to the card

/// A card multiplies float32 as float32: libtorch's convolutions use fewer bits unless told otherwise.
void forbidReducedFloat32();

/// Debian's libtorch 1.13 uses AVX2 loops unless told otherwise. Only of use before the first operation on a tensor.
void preferWideVectors();

} // namespace generation::compat
