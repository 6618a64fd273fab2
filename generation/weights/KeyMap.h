#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace generation {

enum class NetworkKind { Transformer, Autoencoder, TextEncoder, ImageEncoder, TinyAutoencoder };

/// For messages.
std::string_view networkName(NetworkKind kind);

/// A module or tensor of the Wan transformer in its authors' spelling, which ComfyUI, GGUF files and most LoRAs share,
/// in diffusers' ("blocks.3.self_attn.q" -> "blocks.3.attn1.to_q"). What is not known stays as it is. The two spellings
/// swap norm2 and norm3: a name must be known to be the authors' before it is passed.
std::string diffusersTransformerName(std::string_view original);

/// The same table read the other way ("blocks.3.attn1.to_q" -> "blocks.3.self_attn.q").
std::string originalTransformerName(std::string_view diffusers);

/// Stored names to diffusers' names, for all tensors of one network without whatever prefix the file gives them. Names
/// in diffusers' spelling already stay; names of nothing we know stay too, for the report. An empty new name means:
/// leave out (duplicates, an embedded tokenizer). Spellings: the authors', ComfyUI's and, for UMT5, llama.cpp's; the
/// image encoder and the tiny autoencoder have one each.
std::map<std::string, std::string> diffusersNames(NetworkKind kind, const std::vector<std::string>& names);

} // namespace generation
