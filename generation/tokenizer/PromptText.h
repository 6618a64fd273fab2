#pragma once

#include <string>
#include <string_view>

namespace generation {

/// A prompt as the text encoder was trained to read it: HTML entities resolved twice, quotes straight, full-width forms
/// and ligatures plain, control characters gone, every run of white space one blank, none at the ends. Invalid UTF-8
/// becomes U+FFFD, so the result is always UTF-8. What the published pipelines do with ftfy and html.unescape; Unicode
/// composition is left to the tokenizer's own normaliser. A clean prompt comes back unchanged.
std::string cleanPrompt(std::string_view text);

} // namespace generation
