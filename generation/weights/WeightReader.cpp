#include "generation/weights/WeightReader.h"

#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace generation {

namespace {

constexpr std::size_t kShown = 5;
/// Smaller tensors are copied even where a view would do: they are read often, and lie anywhere in their pages.
constexpr std::uint64_t kViewBytes = 1U << 20U;
/// Elements of a tensor that are looked at for values that are not finite.
constexpr std::int64_t kSample = 512;

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
    }
    return text + "]";
}

bool fits(const TensorEntry& entry, const std::vector<std::int64_t>& shape) {
    if (entry.shape == shape) {
        return true;
    }
    const auto significant = [](const std::vector<std::int64_t>& all) {
        const auto first = std::find_if(all.begin(), all.end(), [](std::int64_t size) { return size != 1; });
        return std::vector<std::int64_t>(first, all.end());
    };
    return entry.mayLackLeadingOnes && significant(entry.shape) == significant(shape);
}

/// Whether some elements, spread over the tensor, are numbers. A view is only looked at where it begins: elsewhere it
/// would be read from the disk for this.
bool looksFinite(const at::Tensor& tensor, bool isView) {
    const at::Tensor flat = tensor.flatten();
    const std::int64_t step = isView ? 1 : std::max<std::int64_t>(1, flat.numel() / kSample);
    const at::Tensor sample = flat.slice(0, 0, std::min(flat.numel(), step * kSample), step);
    return at::isfinite(sample).all().item<bool>();
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

WeightReader::WeightReader(std::map<std::string, std::vector<std::int64_t>>& wanted)
    : m_source(m_nothing), m_wanted(&wanted) {
    m_device.where = at::Device(at::kMeta);
}

/// Whether the source has the tensor as it is wanted; the report says so otherwise.
bool WeightReader::note(const std::string& name, const std::vector<std::int64_t>& shape) {
    m_taken.insert(name);
    if (m_wanted != nullptr) {
        m_wanted->emplace(name, shape);
        return true;
    }
    if (!m_source.contains(name)) {
        m_report.missing.push_back(name);
        return false;
    }
    const TensorEntry& entry = m_source.entry(name);
    if (!fits(entry, shape)) {
        m_report.misshapen.push_back(name + " stored " + shapeText(entry.shape) + ", expected " + shapeText(shape));
        return false;
    }
    return true;
}

at::Tensor WeightReader::take(const std::string& name, const std::vector<std::int64_t>& shape, at::ScalarType type) {
    if (!note(name, shape)) {
        return {};
    }
    if (m_device.where.is_meta() || m_shapesOnly) {
        return at::empty(shape, at::TensorOptions(at::kMeta).dtype(type));
    }
    return load(name, type).view(shape);
}

at::Tensor WeightReader::load(const std::string& name, at::ScalarType type) {
    if (const at::Tensor& memory = m_source.inMemory(name); memory.defined()) {
        return memory.to(m_device.where, type);
    }
    if (const PackedTensor* packed = m_source.packed(name)) {
        at::Tensor tensor = unpacked(*packed, type);
        if (!looksFinite(tensor, false)) {
            m_report.damaged.push_back(name);
        }
        return tensor;
    }
    const StoredTensor stored = m_source.stored(name);
    const std::uint64_t size = stored.entry.end - stored.entry.begin;
    const bool isView = isViewable(stored, type) && (size >= kViewBytes || !m_device.isCpu());
    if (!isView) {
        stored.file->willNeed(stored.entry.begin, stored.entry.end);
    }
    const at::Tensor tensor = isView ? viewOf(stored) : converted(stored, type);
    if (!looksFinite(tensor, isView)) {
        m_report.damaged.push_back(name);
    }
    const at::Tensor placed = m_device.isCpu() ? tensor : tensor.to(m_device.where);
    if (!isView || !m_device.isCpu()) {
        stored.file->release(stored.entry.begin, stored.entry.end);
    }
    return placed;
}

at::Tensor WeightReader::matrix(const std::string& name, std::vector<std::int64_t> shape) {
    return take(name, shape, m_device.compute);
}

at::Tensor WeightReader::stackedMatrices(const std::vector<std::string>& names, std::int64_t rows,
                                         std::int64_t columns) {
    bool isComplete = true;
    for (const std::string& name : names) {
        isComplete = note(name, {rows, columns}) && isComplete;
    }
    if (!isComplete) {
        return {};
    }
    const std::vector<std::int64_t> shape{rows * static_cast<std::int64_t>(names.size()), columns};
    if (m_device.where.is_meta() || m_shapesOnly) {
        return at::empty(shape, at::TensorOptions(at::kMeta).dtype(m_device.compute));
    }
    if (m_source.inMemory(names.front()).defined() || m_source.packed(names.front()) != nullptr) {
        std::vector<at::Tensor> parts; // put together so that gradients find their way back
        for (const std::string& name : names) {
            parts.push_back(load(name, m_device.compute).view({rows, columns}));
        }
        return at::cat(parts);
    }
    const at::Tensor whole = newTensor(shape, m_device.compute);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const StoredTensor stored = m_source.stored(names[i]);
        const at::Tensor part = whole.narrow(0, static_cast<std::int64_t>(i) * rows, rows);
        stored.file->willNeed(stored.entry.begin, stored.entry.end);
        convertInto(stored, part);
        if (!looksFinite(part, false)) {
            m_report.damaged.push_back(names[i]);
        }
        stored.file->release(stored.entry.begin, stored.entry.end);
    }
    return m_device.isCpu() ? whole : whole.to(m_device.where);
}

at::Tensor WeightReader::vector(const std::string& name, std::vector<std::int64_t> shape) {
    return take(name, shape, m_device.wide());
}

LoadReport WeightReader::report() const {
    LoadReport report = m_report;
    for (const std::string& name : m_source.names()) {
        if (!m_taken.contains(name)) {
            report.extra.push_back(shownName(name));
        }
    }
    return report;
}

LoadReport WeightReader::finish() const {
    LoadReport report = this->report();
    if (!report.complete()) {
        std::string reason;
        describe(reason, "tensors missing", report.missing);
        describe(reason, "of the wrong shape", report.misshapen);
        describe(reason, "not finite", report.damaged);
        describe(reason, "unknown", report.extra);
        throw WeightsError(m_source.where(), reason);
    }
    return report;
}

LoadReport WeightReader::finishExactly() const {
    LoadReport report = finish();
    if (!report.extra.empty()) {
        std::string reason;
        describe(reason, "tensors unknown, so this is another kind of model", report.extra);
        throw WeightsError(m_source.where(), reason);
    }
    return report;
}

} // namespace generation
