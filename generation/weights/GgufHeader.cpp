#include "generation/weights/GgufHeader.h"

#include "generation/weights/GgufBytes.h"
#include "generation/weights/GgufMetadata.h"
#include "generation/weights/MappedFile.h"
#include "generation/weights/WeightsError.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace generation {

namespace {

constexpr std::uint64_t kMaxNameBytes = 1024;
constexpr std::uint32_t kMaxGgufDimensions = 8; ///< ggml has four

struct GgmlType {
    std::uint32_t number;
    std::string_view name;
    std::optional<ElementType> type; ///< nothing: known by name only
};

constexpr std::array<GgmlType, 29> kGgmlTypes{
    {{0, "F32", ElementType::F32},    {1, "F16", ElementType::F16},    {2, "Q4_0", ElementType::Q4_0},
     {3, "Q4_1", ElementType::Q4_1},  {6, "Q5_0", ElementType::Q5_0},  {7, "Q5_1", ElementType::Q5_1},
     {8, "Q8_0", ElementType::Q8_0},  {9, "Q8_1", std::nullopt},       {10, "Q2_K", ElementType::Q2_K},
     {11, "Q3_K", ElementType::Q3_K}, {12, "Q4_K", ElementType::Q4_K}, {13, "Q5_K", ElementType::Q5_K},
     {14, "Q6_K", ElementType::Q6_K}, {15, "Q8_K", std::nullopt},      {16, "IQ2_XXS", std::nullopt},
     {17, "IQ2_XS", std::nullopt},    {18, "IQ3_XXS", std::nullopt},   {19, "IQ1_S", std::nullopt},
     {20, "IQ4_NL", std::nullopt},    {21, "IQ3_S", std::nullopt},     {22, "IQ2_S", std::nullopt},
     {23, "IQ4_XS", std::nullopt},    {24, "I8", ElementType::I8},     {25, "I16", ElementType::I16},
     {26, "I32", ElementType::I32},   {27, "I64", ElementType::I64},   {28, "F64", ElementType::F64},
     {29, "IQ1_M", std::nullopt},     {30, "BF16", ElementType::BF16}}};

/// Reads the tensor list and checks it against the file.
class TensorList {
public:
    TensorList(GgufBytes& bytes, const GgufMetadataReader& metadata) : m_bytes(bytes), m_metadata(metadata) {}

    void read(std::uint64_t count) {
        for (std::uint64_t i = 0; i < count; ++i) {
            readOne();
        }
    }

    /// Moves the ranges from the data's start to the file's, and checks them.
    TensorEntries place(const MappedFile& file) && {
        const std::uint64_t dataBegin = aligned(m_bytes.position());
        std::vector<std::pair<std::uint64_t, const std::string*>> order;
        for (auto& [name, entry] : m_tensors) {
            m_name = name;
            const std::uint64_t size = entry.end;
            if (entry.begin % m_metadata.alignment() != 0) {
                fail("is not aligned");
            }
            if (__builtin_add_overflow(dataBegin, entry.begin, &entry.begin) ||
                __builtin_add_overflow(entry.begin, size, &entry.end) || entry.end > file.size()) {
                fail("lies outside the file: it is cut off, or was never whole");
            }
            order.emplace_back(entry.begin, &name);
        }
        std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
            return std::pair(a.first, m_tensors.at(*a.second).end) < std::pair(b.first, m_tensors.at(*b.second).end);
        });
        checkOrder(order, dataBegin, file.size());
        return std::move(m_tensors);
    }

private:
    using Order = std::vector<std::pair<std::uint64_t, const std::string*>>;

    [[noreturn]] void fail(const std::string& reason) const {
        m_bytes.fail("tensor '" + shownName(m_name) + "' " + reason);
    }

    std::uint64_t aligned(std::uint64_t position) const {
        const std::uint64_t alignment = m_metadata.alignment();
        return (position + alignment - 1) / alignment * alignment;
    }

    void readOne() {
        m_name = m_bytes.text(kMaxNameBytes, "a tensor's name");
        TensorEntry entry;
        entry.mayLackLeadingOnes = true;
        const auto dimensions = m_bytes.number<std::uint32_t>();
        if (dimensions > kMaxGgufDimensions) {
            fail("has too many dimensions");
        }
        for (std::uint32_t i = 0; i < dimensions; ++i) {
            const auto dimension = m_bytes.number<std::uint64_t>();
            if (dimension > static_cast<std::uint64_t>(INT64_MAX)) {
                fail("has a dimension out of range");
            }
            entry.shape.push_back(static_cast<std::int64_t>(dimension));
        }
        std::reverse(entry.shape.begin(), entry.shape.end()); // the file has the fastest first
        entry.type = type(m_bytes.number<std::uint32_t>());
        entry.begin = m_bytes.number<std::uint64_t>();
        const auto size = storedBytes(entry.type, entry.shape);
        if (!size) {
            fail("has a shape that its type or a file cannot have");
        }
        entry.end = *size; // until place() knows where the data begins
        applyOriginalShape(entry);
        if (!m_tensors.emplace(m_name, std::move(entry)).second) {
            fail("is there twice");
        }
    }

    ElementType type(std::uint32_t number) const {
        const auto* found = std::find_if(kGgmlTypes.begin(), kGgmlTypes.end(),
                                         [&](const GgmlType& known) { return known.number == number; });
        if (found == kGgmlTypes.end()) {
            fail("has the unknown type " + std::to_string(number));
        }
        if (!found->type) {
            fail("has the type " + std::string(found->name) + ", which cannot be read");
        }
        return *found->type;
    }

    /// The shape before the tensor was given one that ggml can hold. Blocks run over all elements, so only their count
    /// has to stay.
    void applyOriginalShape(TensorEntry& entry) const {
        const std::vector<std::int64_t>* shape = m_metadata.originalShape(m_name);
        if (shape == nullptr) {
            return;
        }
        const auto stored = storedBytes(ElementType::U8, entry.shape);
        const auto original = storedBytes(ElementType::U8, *shape);
        if (!original || original != stored) {
            fail("has an original shape of another size");
        }
        entry.shape = *shape;
    }

    /// No overlap, and between and after the tensors no more than their padding.
    void checkOrder(const Order& order, std::uint64_t dataBegin, std::uint64_t fileSize) {
        std::uint64_t end = dataBegin;
        for (const auto& [begin, name] : order) {
            m_name = *name;
            if (begin < end) {
                fail("overlaps the one before it");
            }
            if (begin > aligned(end)) {
                fail("has a hole before it");
            }
            end = m_tensors.at(*name).end;
        }
        if (!order.empty() && fileSize > aligned(end)) {
            m_bytes.fail("there are " + std::to_string(fileSize - end) + " bytes after the last tensor");
        }
    }

    GgufBytes& m_bytes;
    const GgufMetadataReader& m_metadata;
    TensorEntries m_tensors;
    std::string m_name; ///< of the tensor at hand, for messages
};

void checkVersion(GgufBytes& bytes) {
    constexpr std::uint32_t kMagic = 0x46554747; // "GGUF"
    if (bytes.number<std::uint32_t>() != kMagic) {
        bytes.fail("not a GGUF file");
    }
    const auto version = bytes.number<std::uint32_t>();
    if (version != 2 && version != 3) {
        bytes.fail((version & 0xFFFFU) == 0 ? "a GGUF file for big-endian machines"
                                            : "GGUF of the unknown version " + std::to_string(version));
    }
}

} // namespace

GgufHeader readGgufHeader(const MappedFile& file) {
    GgufBytes bytes(file);
    checkVersion(bytes);
    const auto tensorCount = bytes.number<std::uint64_t>();
    const auto keyCount = bytes.number<std::uint64_t>();
    if (tensorCount > kMaxTensors) {
        bytes.fail("not GGUF: it would have " + std::to_string(tensorCount) + " tensors");
    }
    GgufMetadataReader metadata(bytes);
    metadata.read(keyCount);
    TensorList list(bytes, metadata);
    list.read(tensorCount);
    GgufHeader header;
    header.tensors = std::move(list).place(file);
    header.metadata = std::move(metadata).take();
    return header;
}

} // namespace generation
