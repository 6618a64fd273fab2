#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <map>
#include <string>

namespace generation {

/// Text features by prompt, kept in memory between jobs and on disk between sessions: a text encoder is large, its
/// answers are small, and the same negative prompt comes with every job. Thread: one.
class TextFeatures {
public:
    /// `encoderHash` names the encoder with its tokenizer and length. An empty folder: memory only.
    TextFeatures(std::string folder, std::string encoderHash);

    /// Float32 [1, length, d] on the CPU. `encode` is asked when the prompt is not known yet.
    at::Tensor get(const std::string& prompt, std::int64_t length,
                   const std::function<at::Tensor(const std::string&)>& encode);

private:
    std::string fileFor(const std::string& prompt) const;

    std::string m_folder;
    std::string m_encoderHash;
    std::map<std::string, at::Tensor> m_known;
};

} // namespace generation
