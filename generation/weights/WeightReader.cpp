#include "generation/weights/WeightReader.h"

#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>

namespace generation {

namespace {

constexpr std::size_t kShown = 5;

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
    }
    return text + "]";
}

void describe(std::string& reason, const char* what, const std::vector<std::string>& names) {
    if (names.empty()) {
        return;
    }
    reason += (reason.empty() ? "" : "; ") + std::to_string(names.size()) + " " + what + ": ";
    for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) {
        reason += (i == 0 ? "" : ", ") + names[i];
    }
    reason += names.size() > kShown ? ", ..." : "";
}

} // namespace

WeightReader::WeightReader(const WeightSource& source, const Device& device) : m_source(source), m_device(device) {}

at::Tensor WeightReader::take(const std::string& name, const std::vector<std::int64_t>& shape, at::ScalarType type) {
    m_taken.insert(name);
    if (!m_source.contains(name)) {
        m_report.missing.push_back(name);
        return {};
    }
    const std::vector<std::int64_t>& stored = m_source.entry(name).shape;
    if (stored != shape) {
        m_report.misshapen.push_back(name + " stored " + shapeText(stored) + ", expected " + shapeText(shape));
        return {};
    }
    if (m_device.where.is_meta()) {
        return at::empty(shape, at::TensorOptions(m_device.where).dtype(type));
    }
    const at::Tensor tensor = m_source.tensor(name);
    // Always a copy: a network does not depend on its file staying as it is.
    return tensor.to(at::TensorOptions(m_device.where).dtype(type), false, true);
}

at::Tensor WeightReader::matrix(const std::string& name, std::vector<std::int64_t> shape) {
    return take(name, shape, m_device.compute);
}

at::Tensor WeightReader::vector(const std::string& name, std::vector<std::int64_t> shape) {
    return take(name, shape, at::kFloat);
}

LoadReport WeightReader::finish() const {
    LoadReport report = m_report;
    for (const std::string& name : m_source.names()) {
        if (!m_taken.contains(name)) {
            report.extra.push_back(shownName(name));
        }
    }
    if (!report.complete()) {
        std::string reason;
        describe(reason, "tensors missing", report.missing);
        describe(reason, "of the wrong shape", report.misshapen);
        describe(reason, "unknown", report.extra);
        throw WeightsError(m_source.where(), reason);
    }
    return report;
}

} // namespace generation
