#pragma once

#include "generation/model/AdaptablePart.h"
#include "generation/model/LoraSet.h"
#include "generation/model/WeightResidency.h"
#include "generation/weights/WeightReader.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace generation {

/// Where a stack's blocks are between calls, and what they are read from then: the network's source, or the packed form
/// of it that stacks of one network share. Thread: a value.
struct BlockPlace {
    WeightResidency residency = WeightResidency::Resident;
    std::shared_ptr<const WeightSource> packed = {};
};

/// The repeated blocks of a network, kept in memory or read one by one when their turn comes. A Block is made from
/// (config, reader, prefix) and shows its parts with visit(prefix, visitor).
/// Thread: one call at a time; blocks that were handed out are immutable.
template <class Block, class Config>
class BlockStack {
public:
    BlockStack() = default;

    /// Block i has the prefix `prefix` + "i.". Streamed blocks are checked against the file now and read later.
    BlockStack(const Config& config, WeightReader& weights, std::string prefix, std::size_t count,
               const BlockPlace& place)
        : m_config(config), m_device(weights.device()), m_prefix(std::move(prefix)), m_count(count) {
        const bool streams = place.residency != WeightResidency::Resident;
        weights.shapesOnly(streams);
        for (std::size_t i = 0; i < count; ++i) {
            auto block = std::make_shared<Block>(config, weights, nameOf(i));
            if (!streams) {
                m_blocks.push_back(std::move(block));
            }
        }
        weights.shapesOnly(false);
        if (streams) {
            m_source = place.packed ? place.packed : std::make_shared<const WeightSource>(weights.source());
            m_names = m_source->names();
        }
    }

    std::size_t size() const { return m_count; }

    /// Block i. A streamed one has the LoRAs in it (null: none) and lives as long as the pointer, and so do its pages
    /// of the file; the system is told that the next one follows.
    std::shared_ptr<const Block> at(std::size_t i, const LoraSet* loras = nullptr) const {
        if (!m_source) {
            return m_blocks[i];
        }
        for (const std::string& name : namesOf((i + 1) % m_count)) {
            m_source->expectPages(name);
        }
        std::shared_ptr<Block> block = read(i, m_device);
        if (loras != nullptr && loras->size() > 0) {
            block->visit(nameOf(i), [&](const AdaptablePart& part) { loras->adaptFresh(part); });
        }
        const Block* address = block.get();
        return {address, [block = std::move(block), source = m_source, names = namesOf(i)](const Block*) mutable {
                    block.reset();
                    for (const std::string& name : names) {
                        source->forgetPages(name);
                    }
                }};
    }

    /// Every part of every block; of streamed blocks the shapes alone.
    void visit(const PartVisitor& visitor) {
        Device nowhere = m_device;
        nowhere.where = at::Device(at::kMeta);
        for (std::size_t i = 0; i < m_count; ++i) {
            const auto block = m_source ? read(i, nowhere) : m_blocks[i];
            block->visit(nameOf(i), visitor);
        }
    }

    /// Resident blocks take on the LoRAs' strengths; streamed ones do when they are read.
    void adapt(LoraSet& loras) {
        for (std::size_t i = 0; i < m_blocks.size(); ++i) {
            m_blocks[i]->visit(nameOf(i), [&](const AdaptablePart& part) { loras.adapt(part); });
        }
    }

private:
    std::string nameOf(std::size_t i) const { return m_prefix + std::to_string(i) + "."; }

    std::shared_ptr<Block> read(std::size_t i, const Device& device) const {
        WeightReader reader(*m_source, device);
        auto block = std::make_shared<Block>(m_config, reader, nameOf(i));
        reader.finish();
        return block;
    }

    /// The tensors of block i.
    std::vector<std::string> namesOf(std::size_t i) const {
        const std::string prefix = nameOf(i);
        std::vector<std::string> names;
        for (const std::string& name : m_names) {
            if (name.starts_with(prefix)) {
                names.push_back(name);
            }
        }
        return names;
    }

    Config m_config;
    Device m_device;
    std::string m_prefix;
    std::size_t m_count = 0;
    std::vector<std::shared_ptr<Block>> m_blocks; ///< empty when streamed
    std::shared_ptr<const WeightSource> m_source; ///< null when resident, the packed one when packed
    std::vector<std::string> m_names;             ///< of the source
};

} // namespace generation
