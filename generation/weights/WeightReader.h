#pragma once

#include "generation/device/Device.h"
#include "generation/weights/WeightSource.h"

#include <ATen/core/Tensor.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace generation {

/// How a file's tensors matched what a network asked for.
struct LoadReport {
    std::vector<std::string> missing;
    std::vector<std::string> extra;
    std::vector<std::string> misshapen; ///< "name stored [..], expected [..]"
    std::vector<std::string> damaged;   ///< "name", with values that are not finite among those looked at

    bool complete() const { return missing.empty() && misshapen.empty() && damaged.empty(); }
};

/// Hands a network its tensors by name, checked against the shape it expects, on the device. What is missing or
/// misshapen is noted and replaced by nothing (an undefined tensor), so that one report names all of it. On the CPU a
/// large tensor whose bytes serve as they are is a read-only view of the file; everything else is converted in one pass
/// and the file's pages are given back. For the meta device (shapes without memory) no data is read: building a network
/// there tells whether the file fits it.
/// Thread: one.
class WeightReader {
public:
    WeightReader(const WeightSource& source, const Device& device);

    /// Takes down in `wanted` what a network asks for, and answers with shapes without memory: how a network that has
    /// no weights yet is described.
    explicit WeightReader(std::map<std::string, std::vector<std::int64_t>>& wanted);

    /// In the device's compute type: matrices and kernels.
    at::Tensor matrix(const std::string& name, std::vector<std::int64_t> shape);
    /// In float32 (float64 where the device computes in it): biases, gains, modulation tables.
    at::Tensor vector(const std::string& name, std::vector<std::int64_t> shape);
    /// Several matrices of the same width one below the other, each decoded straight to its place; undefined if one is
    /// missing. `rows` of each.
    at::Tensor stackedMatrices(const std::vector<std::string>& names, std::int64_t rows, std::int64_t columns);
    /// A tensor that may be absent: undefined then.
    bool contains(const std::string& name) const { return m_source.contains(name); }

    /// While set, tensors come with shapes but without memory, as on the meta device: for parts that are read when
    /// they are needed, and checked now.
    void shapesOnly(bool on) { m_shapesOnly = on; }

    const Device& device() const { return m_device; }
    const WeightSource& source() const { return m_source; }

    /// The report; throws WeightsError naming the first few when the network is not complete.
    LoadReport finish() const;
    /// The same, and throws for tensors that the network does not know, too: they would change what it computes.
    LoadReport finishExactly() const;

private:
    at::Tensor take(const std::string& name, const std::vector<std::int64_t>& shape, at::ScalarType type);
    at::Tensor load(const std::string& name, at::ScalarType type);
    bool note(const std::string& name, const std::vector<std::int64_t>& shape);

    LoadReport report() const;

    WeightSource m_nothing;
    const WeightSource& m_source;
    Device m_device;
    std::map<std::string, std::vector<std::int64_t>>* m_wanted = nullptr;
    bool m_shapesOnly = false;
    std::set<std::string> m_taken;
    LoadReport m_report;
};

} // namespace generation
