#include "generation/weights/SafetensorsHeader.h"

#include "generation/weights/FileKind.h"
#include "generation/weights/MappedFile.h"
#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

namespace generation {

namespace {

/// The types of the format: those of one element a block.
std::optional<ElementType> typeOfName(std::string_view name) {
    for (auto type = ElementType::F64; !isQuantised(type);
         type = static_cast<ElementType>(static_cast<int>(type) + 1)) {
        if (elementTypeName(type) == name) {
            return type;
        }
    }
    return std::nullopt;
}

/// What a parser has to have read since it last reported something: bounds the memory of one token.
struct TokenBudget {
    std::size_t used = 0;
};

/// The header's bytes, read through a small buffer.
class HeaderBytes {
public:
    HeaderBytes(const MappedFile& file, std::uint64_t length, TokenBudget& budget)
        : m_file(&file), m_left(length), m_budget(&budget) {
        refill();
    }

    bool atEnd() const { return m_position == m_filled; }
    char current() const { return m_buffer[m_position]; }

    void advance() {
        if (++m_budget->used > kMaxTokenBytes) {
            throw WeightsError(m_file->path(), "the header has a name or value of more than a million bytes");
        }
        if (++m_position == m_filled) {
            refill();
        }
    }

private:
    void refill() {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, m_buffer.size()));
        m_filled = wanted == 0 ? 0 : m_file->read(m_offset, {m_buffer.data(), wanted});
        m_offset += m_filled;
        m_left = m_filled < wanted ? 0 : m_left - m_filled;
        m_position = 0;
    }

    const MappedFile* m_file;
    std::uint64_t m_offset = sizeof(std::uint64_t);
    std::uint64_t m_left;
    TokenBudget* m_budget;
    std::array<char, 65536> m_buffer{};
    std::size_t m_position = 0;
    std::size_t m_filled = 0;
};

/// The input iterator the JSON parser takes. Copies share the position, as input iterators do.
class HeaderIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    HeaderIterator() = default;
    explicit HeaderIterator(HeaderBytes& bytes) : m_bytes(&bytes) {}

    char operator*() const { return m_bytes->current(); }
    HeaderIterator& operator++() {
        m_bytes->advance();
        return *this;
    }
    HeaderIterator operator++(int) {
        HeaderIterator old = *this;
        ++*this;
        return old;
    }
    bool operator==(const HeaderIterator& other) const { return ended() == other.ended(); }

private:
    bool ended() const { return m_bytes == nullptr || m_bytes->atEnd(); }

    HeaderBytes* m_bytes = nullptr;
};

/// Takes the parser's reports and builds the header, refusing at the first thing that does not belong.
class HeaderBuilder {
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    HeaderBuilder(std::string file, TokenBudget& budget) : m_file(std::move(file)), m_budget(budget) {}

    SafetensorsHeader take() && { return std::move(m_header); }

    bool null() { return refuse("null"); }
    bool boolean(bool) { return refuse("a boolean"); }
    bool number_integer(number_integer_t) { return refuse("a negative number"); }
    bool number_float(number_float_t, const string_t&) { return refuse("a number that is not whole"); }
    bool binary(binary_t&) { return refuse("binary data"); }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
        throw WeightsError(m_file, "the header is not JSON at byte " + std::to_string(position));
    }

    bool number_unsigned(number_unsigned_t value) {
        m_budget.used = 0;
        if (m_state == State::Shape) {
            if (m_entry.shape.size() == kMaxDimensions) {
                return fail("has too many dimensions");
            }
            if (value > static_cast<number_unsigned_t>(INT64_MAX)) {
                return fail("has a dimension out of range");
            }
            m_entry.shape.push_back(static_cast<std::int64_t>(value));
            return true;
        }
        if (m_state == State::Offsets && m_offsets < 2) {
            (m_offsets == 0 ? m_entry.begin : m_entry.end) = value;
            ++m_offsets;
            return true;
        }
        return refuse("a number");
    }

    bool string(string_t& value) {
        m_budget.used = 0;
        if (m_state == State::Metadata) {
            countText(value.size() + m_key.size());
            if (m_header.metadata.size() == kMaxMetadata) {
                throw WeightsError(m_file,
                                   "the header has more than " + std::to_string(kMaxMetadata) + " metadata entries");
            }
            if (!m_header.metadata.emplace(m_key, std::move(value)).second) {
                throw WeightsError(m_file, "the header has the metadata '" + shownName(m_key) + "' twice");
            }
            return true;
        }
        if (m_state == State::Tensor && m_key == "dtype") {
            const auto type = typeOfName(value);
            if (!type) {
                return fail("has the unknown type '" + shownName(value) + "'");
            }
            return once(m_hasType) && (m_entry.type = *type, true);
        }
        return refuse("a string");
    }

    bool start_object(std::size_t) {
        m_budget.used = 0;
        switch (m_state) {
        case State::Start:
            m_state = State::Top;
            return true;
        case State::Top:
            if (m_key == "__metadata__") {
                m_state = State::Metadata;
                return once(m_hasMetadata);
            }
            m_state = State::Tensor;
            countText(m_key.size());
            m_name = m_key;
            m_entry = {};
            m_offsets = 0;
            m_hasType = m_hasShape = m_hasOffsets = false;
            return true;
        default:
            return refuse("an object");
        }
    }

    bool key(string_t& value) {
        m_budget.used = 0;
        m_key = std::move(value);
        return true;
    }

    bool end_object() {
        if (m_state == State::Metadata) {
            m_state = State::Top;
            return true;
        }
        if (m_state == State::Top) {
            m_state = State::End;
            return true;
        }
        m_state = State::Top;
        if (!m_hasType || !m_hasShape || !m_hasOffsets || m_offsets != 2) {
            return fail("lacks its dtype, shape or data_offsets");
        }
        if (m_header.tensors.size() == kMaxTensors) {
            throw WeightsError(m_file, "the header has more than " + std::to_string(kMaxTensors) + " tensors");
        }
        if (!m_header.tensors.emplace(m_name, m_entry).second) {
            return fail("is there twice");
        }
        return true;
    }

    bool start_array(std::size_t) {
        m_budget.used = 0;
        if (m_state == State::Tensor && m_key == "shape") {
            m_state = State::Shape;
            return once(m_hasShape);
        }
        if (m_state == State::Tensor && m_key == "data_offsets") {
            m_state = State::Offsets;
            return once(m_hasOffsets);
        }
        return refuse("an array");
    }

    bool end_array() {
        m_state = State::Tensor;
        return true;
    }

private:
    enum class State : std::uint8_t { Start, Top, Metadata, Tensor, Shape, Offsets, End };

    [[noreturn]] bool fail(const std::string& reason) const {
        throw WeightsError(m_file, "tensor '" + shownName(m_name) + "' " + reason);
    }
    [[noreturn]] bool refuse(const std::string& what) const {
        throw WeightsError(m_file, "the header has " + what + " where none belongs, at '" + shownName(m_key) + "'");
    }
    void countText(std::size_t bytes) {
        m_textBytes += bytes;
        if (m_textBytes > kMaxTextBytes) {
            throw WeightsError(m_file, "the header's names and metadata are too long");
        }
    }
    bool once(bool& seen) const {
        if (seen) {
            throw WeightsError(m_file, "the header has '" + shownName(m_key) + "' twice");
        }
        return seen = true;
    }

    std::string m_file;
    TokenBudget& m_budget;
    SafetensorsHeader m_header;
    State m_state = State::Start;
    std::string m_key;
    std::string m_name;
    TensorEntry m_entry;
    int m_offsets = 0;
    bool m_hasType = false;
    bool m_hasShape = false;
    bool m_hasOffsets = false;
    bool m_hasMetadata = false;
    std::size_t m_textBytes = 0;
};

/// Checks every range, that they follow each other without hole or overlap and end with the file, and moves them from
/// the header's end to the file's start.
void checkRanges(SafetensorsHeader& header, const MappedFile& file, std::uint64_t dataBegin) {
    const std::uint64_t available = file.size() - dataBegin;
    std::vector<std::pair<const std::string*, TensorEntry*>> order;
    for (auto& [name, entry] : header.tensors) {
        const auto fail = [&, &tensor = name](const std::string& reason) {
            throw WeightsError(file.path(), "tensor '" + shownName(tensor) + "' " + reason);
        };
        if (entry.begin > entry.end || entry.end > available) {
            fail("lies outside the file: it is cut off, or was never whole");
        }
        const auto bytes = storedBytes(entry.type, entry.shape);
        if (!bytes || *bytes != entry.end - entry.begin) {
            fail("has another size than its shape and type ask for");
        }
        order.emplace_back(&name, &entry);
    }
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return std::pair(a.second->begin, a.second->end) < std::pair(b.second->begin, b.second->end);
    });
    std::uint64_t position = 0;
    for (auto& [name, entry] : order) {
        if (entry->begin != position) {
            throw WeightsError(
                file.path(), "tensor '" + shownName(*name) +
                                 (entry->begin < position ? "' overlaps the one before it" : "' has a hole before it"));
        }
        position = entry->end;
        entry->begin += dataBegin;
        entry->end += dataBegin;
    }
    if (position != available) {
        throw WeightsError(file.path(),
                           "there are " + std::to_string(available - position) + " bytes after the last tensor");
    }
}

} // namespace

SafetensorsHeader readSafetensorsHeader(const MappedFile& file) {
    if (fileKind(file) != FileKind::Safetensors) {
        throw WeightsError(file.path(), "a GGUF file; safetensors is needed");
    }
    std::array<char, 8> raw{};
    file.read(0, raw);
    std::uint64_t length = 0;
    for (std::size_t i = raw.size(); i-- > 0;) {
        length = length << 8U | static_cast<unsigned char>(raw[i]);
    }
    if (length > kMaxHeaderBytes) {
        throw WeightsError(file.path(), "not safetensors: its header would have " + std::to_string(length) + " bytes");
    }
    if (length > file.size() - raw.size()) {
        throw WeightsError(file.path(), "cut off: the header alone is longer than the file");
    }
    TokenBudget budget;
    HeaderBytes bytes(file, length, budget);
    if (bytes.atEnd() || bytes.current() != '{') {
        throw WeightsError(file.path(), "not safetensors: the header is not a JSON object");
    }
    HeaderBuilder builder(file.path(), budget);
    if (!nlohmann::json::sax_parse(HeaderIterator(bytes), HeaderIterator(), &builder)) {
        throw WeightsError(file.path(), "the header is not JSON");
    }
    SafetensorsHeader header = std::move(builder).take();
    checkRanges(header, file, raw.size() + length);
    return header;
}

} // namespace generation
