#pragma once

#include "generation/device/Device.h"
#include "generation/weights/Safetensors.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <string>
#include <vector>

namespace generation {

/// One compared tensor: how far it is off, and what is allowed. Different shapes, NaN or an exception fail with the
/// reason in `note`.
struct ParityResult {
    std::string name;   ///< "file: tensor"
    double error = 0.0; ///< the largest absolute difference; computed in less than float32, the relative one (L2)
    double tolerance = 0.0;
    std::string note;

    bool passed() const { return note.empty() && error <= tolerance; }
};

/// Collects the comparisons of one fixture file.
/// Thread: one.
class ParityReport {
public:
    /// Networks are run on `device`.
    explicit ParityReport(std::string fixture, const Device& device = referenceDevice())
        : m_fixture(std::move(fixture)), m_device(device) {}

    const Device& device() const { return m_device; }
    /// `tolerance` is what float32 has to keep; networks in bf16 or fp16 are given 1.5e-2, of the values' length.
    void compare(const std::string& name, const at::Tensor& actual, const at::Tensor& expected,
                 double tolerance = 2e-5);
    void fail(const std::string& name, const std::string& note);
    const std::vector<ParityResult>& results() const { return m_results; }

private:
    std::string m_fixture;
    Device m_device;
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
std::vector<ParityResult> runParity(const std::string& file, const std::vector<ParityCase>& cases,
                                    const Device& device = referenceDevice());

} // namespace generation
