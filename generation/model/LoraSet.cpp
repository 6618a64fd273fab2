#include "generation/model/LoraSet.h"

#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

namespace generation {

namespace {

/// The rows of `owner` that are the part's.
at::Tensor rowsOf(const at::Tensor& owner, const AdaptablePart& part) {
    return owner.narrow(0, part.begin, part.rows);
}

/// Puts rows in place of the part's. The owner becomes a tensor of its own: it may have been a view of the mapped file.
void replaceRows(at::Tensor& owner, const AdaptablePart& part, const at::Tensor& rows) {
    at::Tensor whole = owner.clone();
    rowsOf(whole, part).copy_(rows);
    owner = whole;
}

[[noreturn]] void failSizes(const Lora& lora, const AdaptablePart& part, const std::string& theirs) {
    const at::Tensor weight = rowsOf(*part.weight, part);
    const std::string ours =
        std::to_string(weight.size(0)) + (weight.dim() > 1 ? " from " + std::to_string(weight[0].numel()) : "");
    throw WeightsError(lora.where(), "made for another network: '" + part.name + "' gives " + theirs + " there and " +
                                         ours + " here");
}

void checkSizes(const Lora& lora, const LoraDelta& delta, const AdaptablePart& part) {
    const at::Tensor weight = rowsOf(*part.weight, part);
    if (delta.down.defined() && (part.linear == nullptr || delta.up.size(0) != weight.size(0) ||
                                 delta.down.size(1) != weight.flatten(1).size(1))) {
        failSizes(lora, part, std::to_string(delta.up.size(0)) + " from " + std::to_string(delta.down.size(1)));
    }
    if (delta.weight.defined() && delta.weight.numel() != weight.numel()) {
        failSizes(lora, part, std::to_string(delta.weight.numel()) + " values");
    }
    if (delta.bias.defined() && (part.bias == nullptr || delta.bias.numel() != part.rows)) {
        failSizes(lora, part, std::to_string(delta.bias.numel()) + " offsets");
    }
}

} // namespace

LoraSet::Change LoraSet::change(const LoraDelta& delta) const {
    const auto onDevice = [&](const at::Tensor& tensor, at::ScalarType type) {
        return tensor.defined() ? tensor.to(at::TensorOptions(m_device.where).dtype(type), false, true).contiguous()
                                : tensor;
    };
    return {.lora = m_strengths.size(),
            .down = onDevice(delta.down, m_device.compute),
            .up = onDevice(delta.up, m_device.compute),
            .scale = delta.scale,
            .weight = onDevice(delta.weight, at::kFloat),
            .bias = onDevice(delta.bias, at::kFloat)};
}

LoraReport LoraSet::add(const Lora& lora, const PartTour& tour, double strength) {
    LoraReport report;
    std::set<std::string> used;
    std::map<std::string, const LoraDelta*> found; // by part
    tour([&](const AdaptablePart& part) {
        for (const std::string& spelling : loraSpellings(part.name)) {
            const auto delta = lora.deltas().find(spelling);
            if (delta != lora.deltas().end() && used.insert(spelling).second) {
                checkSizes(lora, delta->second, part);
                found.emplace(part.name, &delta->second);
                break;
            }
        }
    });
    if (found.empty()) {
        throw WeightsError(lora.where(),
                           "changes nothing of this network" +
                               (lora.deltas().empty()
                                    ? std::string(": not a LoRA")
                                    : ": it speaks of '" + shownName(lora.deltas().begin()->first) + "' and the like"));
    }
    report.unmatched = lora.unknown();
    for (const auto& [name, delta] : lora.deltas()) {
        if (!used.contains(name)) {
            report.unmatched.insert(report.unmatched.end(), delta.keys.begin(), delta.keys.end());
        }
    }
    report.parts = found.size();
    std::vector<std::pair<std::string, Change>> changes;
    for (const auto& [name, delta] : found) {
        changes.emplace_back(name, change(*delta));
    }
    for (auto& [name, one] : changes) {
        m_changes[name].push_back(std::move(one));
    }
    m_strengths.push_back(strength);
    return report;
}

void LoraSet::setStrengths(const std::vector<double>& strengths) {
    if (strengths.size() != m_strengths.size()) {
        throw std::invalid_argument("one strength for each LoRA is needed");
    }
    m_strengths = strengths;
}

at::Tensor LoraSet::merged(const at::Tensor& original, const std::vector<Change>& changes,
                           at::Tensor Change::* which) const {
    at::Tensor sum = original.to(at::kFloat, false, true);
    for (const Change& change : changes) {
        const at::Tensor& difference = change.*which;
        if (difference.defined() && change.lora < m_strengths.size() && m_strengths[change.lora] != 0.0) {
            sum.add_(difference.reshape(sum.sizes()), m_strengths[change.lora]);
        }
    }
    return sum;
}

void LoraSet::adaptTerms(const AdaptablePart& part, const std::vector<Change>& changes) const {
    if (part.linear == nullptr) {
        return;
    }
    std::erase_if(part.linear->terms, [&](const LowRankTerm& term) { return term.begin == part.begin; });
    for (const Change& change : changes) {
        if (change.down.defined() && change.lora < m_strengths.size()) {
            // Some maps stay float32 whatever the compute type is.
            const at::ScalarType type = part.linear->weight.scalar_type();
            part.linear->terms.push_back({.down = change.down.to(type),
                                          .up = change.up.to(type),
                                          .begin = part.begin,
                                          .scale = m_strengths[change.lora] * change.scale});
        }
    }
}

void LoraSet::adaptWhole(const AdaptablePart& part, const std::vector<Change>& changes, Original& original) const {
    const auto hasAny = [&](at::Tensor Change::* which) {
        return std::any_of(changes.begin(), changes.end(),
                           [&](const Change& change) { return (change.*which).defined(); });
    };
    const auto replace = [&](at::Tensor& owner, at::Tensor& kept, at::Tensor Change::* which) {
        if (hasAny(which)) {
            kept = kept.defined() ? kept : rowsOf(owner, part).clone();
            replaceRows(owner, part, merged(kept, changes, which));
        }
    };
    replace(*part.weight, original.weight, &Change::weight);
    if (part.bias != nullptr) {
        replace(*part.bias, original.bias, &Change::bias);
    }
}

void LoraSet::adapt(const AdaptablePart& part) {
    const auto found = m_changes.find(part.name);
    if (found != m_changes.end()) {
        adaptTerms(part, found->second);
        adaptWhole(part, found->second, m_originals[part.name]);
    }
}

void LoraSet::adaptFresh(const AdaptablePart& part) const {
    const auto found = m_changes.find(part.name);
    if (found != m_changes.end()) {
        Original original;
        adaptTerms(part, found->second);
        adaptWhole(part, found->second, original);
    }
}

} // namespace generation
