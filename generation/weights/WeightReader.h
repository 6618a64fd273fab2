#pragma once

#include "generation/device/Device.h"
#include "generation/weights/WeightSource.h"

#include <ATen/core/Tensor.h>

#include <set>
#include <string>
#include <vector>

namespace generation {

/// How a file's tensors matched what a network asked for.
struct LoadReport {
    std::vector<std::string> missing;
    std::vector<std::string> extra;
    std::vector<std::string> misshapen; ///< "name: stored [..], expected [..]"

    bool complete() const { return missing.empty() && misshapen.empty(); }
};

/// Hands a network its tensors by name, checked against the shape it expects, moved to the device. What is missing or
/// misshapen is noted and replaced by nothing (an undefined tensor), so that one report names all of it. For the meta
/// device (shapes without memory) no data is read: building a network there tells whether the file fits it.
/// Thread: one.
class WeightReader {
public:
    WeightReader(const WeightSource& source, const Device& device);

    /// In the device's compute type: matrices and kernels.
    at::Tensor matrix(const std::string& name, std::vector<std::int64_t> shape);
    /// In float32: biases, gains, modulation tables.
    at::Tensor vector(const std::string& name, std::vector<std::int64_t> shape);
    /// A tensor that may be absent: undefined then.
    bool contains(const std::string& name) const { return m_source.contains(name); }

    const Device& device() const { return m_device; }

    /// The report; throws WeightsError naming the first few when the network is not complete.
    LoadReport finish() const;

private:
    at::Tensor take(const std::string& name, const std::vector<std::int64_t>& shape, at::ScalarType type);

    const WeightSource& m_source;
    Device m_device;
    std::set<std::string> m_taken;
    LoadReport m_report;
};

} // namespace generation
