#include "generation/weights/GgufMetadata.h"

#include "generation/weights/GgufBytes.h"
#include "generation/weights/WeightsError.h"

#include <array>
#include <bit>
#include <string_view>

namespace generation {

namespace {

constexpr std::uint64_t kMaxKeys = 65'536;
constexpr std::uint64_t kMaxKeyBytes = 1024;
constexpr std::uint64_t kMaxValueBytes = 65'536;
constexpr std::uint64_t kMaxListItems = 500'000; ///< the vocabulary of UMT5 has 256,384
constexpr std::size_t kMaxTextBytes = 12'000'000;
constexpr std::int64_t kMaxAlignment = 1 << 20;
constexpr std::string_view kShapePrefix = "comfy.gguf.orig_shape.";

enum Type : std::uint32_t { U8, I8, U16, I16, U32, I32, F32, Bool, Text, List, U64, I64, F64, TypeCount };

constexpr std::array<std::uint64_t, TypeCount> kSizes{1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

bool isWhole(std::uint32_t type) {
    return type < TypeCount && type != F32 && type != F64 && type != Text && type != List;
}

bool isOfUse(std::string_view key) {
    return key.starts_with("general.") || key.starts_with("tokenizer.ggml.") || key.starts_with(kShapePrefix);
}

} // namespace

void GgufMetadataReader::countText(std::size_t bytes) {
    m_textBytes += bytes;
    if (m_textBytes > kMaxTextBytes) {
        m_bytes.fail("its metadata has more than " + std::to_string(kMaxTextBytes / 1'000'000) + " MB of text");
    }
}

void GgufMetadataReader::read(std::uint64_t count) {
    if (count > kMaxKeys) {
        m_bytes.fail("not GGUF: it would have " + std::to_string(count) + " metadata values");
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string key = m_bytes.text(kMaxKeyBytes, "a metadata key");
        countText(key.size());
        if (!m_keys.insert(key).second) {
            m_bytes.fail("the metadata '" + shownName(key) + "' is there twice");
        }
        readValue(key);
    }
}

std::int64_t GgufMetadataReader::readWhole(std::uint32_t type) {
    switch (type) {
    case U8:
    case Bool:
        return m_bytes.number<std::uint8_t>();
    case I8:
        return m_bytes.number<std::int8_t>();
    case U16:
        return m_bytes.number<std::uint16_t>();
    case I16:
        return m_bytes.number<std::int16_t>();
    case U32:
        return m_bytes.number<std::uint32_t>();
    case I32:
        return m_bytes.number<std::int32_t>();
    default:
        return m_bytes.number<std::int64_t>(); // a U64 above 2^63 becomes negative, which no value of use may be
    }
}

void GgufMetadataReader::skipValue(std::uint32_t type) {
    if (type >= TypeCount) {
        m_bytes.fail("the metadata has a value of the unknown type " + std::to_string(type));
    }
    type == Text ? m_bytes.skipText() : m_bytes.skip(1, kSizes[type]);
}

void GgufMetadataReader::readValue(const std::string& key) {
    const auto type = m_bytes.number<std::uint32_t>();
    const bool isKept = isOfUse(key);
    if (type == List) {
        readList(key, isKept);
    } else if (isKept && type == Text) {
        const std::string value = m_bytes.text(kMaxValueBytes, "a metadata text");
        countText(value.size());
        m_kept.emplace(key, value);
    } else if (isKept && isWhole(type)) {
        const std::int64_t value = readWhole(type);
        if (key == "general.alignment") {
            setAlignment(value);
        }
        m_kept.emplace(key, value);
    } else {
        skipValue(type);
    }
}

void GgufMetadataReader::setAlignment(std::int64_t alignment) {
    if (alignment < 1 || alignment > kMaxAlignment || !std::has_single_bit(static_cast<std::uint64_t>(alignment))) {
        m_bytes.fail("the alignment " + std::to_string(alignment) + " is no power of two of a sane size");
    }
    m_alignment = static_cast<std::uint64_t>(alignment);
}

void GgufMetadataReader::readTexts(const std::string& key, std::uint64_t count, bool isKept) {
    m_bytes.require(count, sizeof(std::uint64_t));
    std::vector<std::string> texts;
    texts.reserve(isKept ? count : 0);
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!isKept) {
            m_bytes.skipText();
            continue;
        }
        texts.push_back(m_bytes.text(kMaxValueBytes, "a text in a list"));
        countText(texts.back().size());
    }
    if (isKept) {
        m_kept.emplace(key, std::move(texts));
    }
}

void GgufMetadataReader::readList(const std::string& key, bool isKept) {
    const auto type = m_bytes.number<std::uint32_t>();
    const auto count = m_bytes.number<std::uint64_t>();
    if (type >= TypeCount || type == List) {
        m_bytes.fail("the metadata '" + shownName(key) + "' is a list of " +
                     (type == List ? "lists" : "the unknown type " + std::to_string(type)));
    }
    if (isKept && count > kMaxListItems) {
        m_bytes.fail("the metadata '" + shownName(key) + "' has " + std::to_string(count) + " items");
    }
    if (type == Text) {
        return readTexts(key, count, isKept);
    }
    m_bytes.require(count, kSizes[type]);
    if (isKept && type == F32) {
        std::vector<float> numbers(count);
        for (float& number : numbers) {
            number = m_bytes.number<float>();
        }
        m_kept.emplace(key, std::move(numbers));
    } else if (isKept && isWhole(type)) {
        std::vector<std::int64_t> numbers(count);
        for (std::int64_t& number : numbers) {
            number = readWhole(type);
        }
        if (key.starts_with(kShapePrefix)) {
            if (count > kMaxDimensions) {
                m_bytes.fail("the metadata '" + shownName(key) + "' has too many dimensions");
            }
            m_originalShapes.emplace(key.substr(kShapePrefix.size()), std::move(numbers));
        } else {
            m_kept.emplace(key, std::move(numbers));
        }
    } else {
        m_bytes.skip(count, kSizes[type]);
    }
}

const std::vector<std::int64_t>* GgufMetadataReader::originalShape(const std::string& tensor) const {
    const auto found = m_originalShapes.find(tensor);
    return found == m_originalShapes.end() ? nullptr : &found->second;
}

} // namespace generation
