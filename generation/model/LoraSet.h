#pragma once

#include "generation/device/Device.h"
#include "generation/model/AdaptablePart.h"
#include "generation/model/Lora.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace generation {

/// How a LoRA met a network.
struct LoraReport {
    std::size_t parts = 0;              ///< maps, gains and tables that it changes
    std::vector<std::string> unmatched; ///< names in the file that change nothing here
};

/// Visits every part of a network.
using PartTour = std::function<void(const PartVisitor&)>;

/// The LoRAs of one network and their strengths. Factors stay factors, so that a strength costs nothing to change and a
/// network of 0 strengths is the network without; whole differences are added in float32 to a copy of the weight, and
/// the weight as it was is kept: strengths never add up rounding.
/// Thread: one; not while the network runs.
class LoraSet {
public:
    explicit LoraSet(const Device& device) : m_device(device) {}

    /// Finds what the file changes and takes it in with a strength; the parts themselves are changed by adapt().
    /// Throws WeightsError when nothing matches or sizes differ, naming both; the set is then as before.
    [[nodiscard]] LoraReport add(const Lora& lora, const PartTour& tour, double strength);
    /// No strengths at all: adapt() then gives every part its own again, after which the set may go.
    void clear() { m_strengths.clear(); }

    std::size_t size() const { return m_strengths.size(); }
    const std::vector<double>& strengths() const { return m_strengths; }
    void setStrengths(const std::vector<double>& strengths);

    /// Makes the part what the strengths say, whatever they said before.
    void adapt(const AdaptablePart& part);
    /// The same for a part that has just been read and lives no longer than these strengths.
    void adaptFresh(const AdaptablePart& part) const;

private:
    /// What one LoRA does to one part, on the device.
    struct Change {
        std::size_t lora;
        at::Tensor down, up; ///< in the compute type
        double scale;
        at::Tensor weight, bias; ///< float32
    };
    struct Original {
        at::Tensor weight, bias;
    };

    Change change(const LoraDelta& delta) const;
    void adaptTerms(const AdaptablePart& part, const std::vector<Change>& changes) const;
    void adaptWhole(const AdaptablePart& part, const std::vector<Change>& changes, Original& original) const;
    at::Tensor merged(const at::Tensor& original, const std::vector<Change>& changes, at::Tensor Change::* which) const;

    Device m_device;
    std::vector<double> m_strengths;
    std::map<std::string, std::vector<Change>> m_changes; ///< by part
    std::map<std::string, Original> m_originals;          ///< of parts that whole differences have changed
};

} // namespace generation
