#pragma once

#include "generation/weights/Safetensors.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <string>
#include <vector>

namespace generation {

/// One compared tensor: the largest absolute difference, and what is allowed. Different shapes, NaN or an exception
/// fail with the reason in `note`.
struct ParityResult {
    std::string name; ///< "file: tensor"
    double maxError = 0.0;
    double tolerance = 0.0;
    std::string note;

    bool passed() const { return note.empty() && maxError <= tolerance; }
};

/// Collects the comparisons of one fixture file.
/// Thread: one.
class ParityReport {
public:
    explicit ParityReport(std::string fixture) : m_fixture(std::move(fixture)) {}

    void compare(const std::string& name, const at::Tensor& actual, const at::Tensor& expected,
                 double tolerance = 2e-5);
    void fail(const std::string& name, const std::string& note);
    const std::vector<ParityResult>& results() const { return m_results; }

private:
    std::string m_fixture;
    std::vector<ParityResult> m_results;
};

/// Runs one kind of fixture: `matches` looks at names and metadata, `run` computes and compares.
struct ParityCase {
    std::string kind;
    std::function<bool(const Safetensors&)> matches;
    std::function<void(const Safetensors&, ParityReport&)> run;
};

/// The cases of this room: transformer (with control, image and per-token time), rotary tables, VAE (plain and tiled),
/// text encoder, tiny decoder, LoRA. Sizes come from each fixture's metadata.
std::vector<ParityCase> moduleParityCases();

/// Runs the first case that matches; a fixture that none matches, or that throws, is one failed result.
std::vector<ParityResult> runParity(const std::string& file, const std::vector<ParityCase>& cases);

} // namespace generation
