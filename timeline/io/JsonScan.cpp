#include "timeline/io/JsonScan.h"

#include "timeline/base/Metadata.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace timeline {

namespace {

/// What malloc takes for a block.
std::size_t blockBytes(std::size_t size) {
    constexpr std::size_t least = 32;
    return size == 0 ? 0 : std::max(least, (size + 8 + 15) / 16 * 16);
}

std::size_t heapBytes(const std::string& text) {
    constexpr std::size_t inPlace = 15;
    return text.size() > inPlace ? blockBytes(text.size() + 1) : 0;
}

/// nlohmann's SAX interface. Returning false stops the parser.
/// Thread: one.
class Scanner {
public:
    Scanner(const JsonLimits& limits, std::span<const JsonPath> wanted)
        : m_limits(limits), m_wanted(wanted), m_facts(wanted.size()) {}

    bool null() { return add("null"); }
    bool boolean(bool value) { return add(value ? "true" : "false"); }
    bool number_integer(std::int64_t value) { return add(isWanted() ? std::to_string(value) : ""); }
    bool number_unsigned(std::uint64_t value) { return add(isWanted() ? std::to_string(value) : ""); }
    bool number_float(double, const std::string& text) { return add(text); }
    bool string(std::string& text) {
        m_treeBytes += blockBytes(sizeof text) + heapBytes(text);
        return add(text, true);
    }
    bool binary(Json::binary_t&) { return add("binary"); }
    bool key(std::string& name) {
        m_treeBytes += heapBytes(name);
        m_isTracks = m_open.size() == 1 && name == "tracks";
        m_isChildren = name == "children";
        m_open.back().hasSchema = m_open.back().hasSchema || name == "OTIO_SCHEMA";
        if (m_open.size() <= kJsonPathKeys) {
            m_keys[m_open.size() - 1] = name;
            forgetWhatIsReplaced();
        }
        return count();
    }
    bool start_object(std::size_t) {
        const Role around = m_open.empty() ? Role::Other : m_open.back().role;
        const bool isItem = around == Role::List || (m_isTracks && m_open.size() == 1);
        m_treeBytes += isItem ? m_limits.itemBytes : 0;
        return enter({sizeof(std::string) + sizeof(Json), 0, isItem ? Role::Item : Role::Other}, "{}");
    }
    bool start_array(std::size_t) {
        const bool isList = m_isChildren && !m_open.empty() && m_open.back().role == Role::Item;
        return enter({sizeof(Json), 0, isList ? Role::List : Role::Other}, "[]");
    }
    bool end_object() {
        const bool isNothing = m_open.back().role == Role::Item && !m_open.back().hasSchema;
        return leave() && (!isNothing || fail(ErrorCode::ParseFailed, "an item without OTIO_SCHEMA"));
    }
    bool end_array() { return leave(); }

    bool parse_error(std::size_t position, const std::string&, const Json::exception& cause) {
        return fail(ErrorCode::ParseFailed, "byte " + std::to_string(position) + ": " + cause.what());
    }

    Result<std::vector<JsonFact>> result() && {
        return m_error ? Result<std::vector<JsonFact>>(*m_error) : Result<std::vector<JsonFact>>(std::move(m_facts));
    }

private:
    enum class Role : std::uint8_t { Other, Item, List }; ///< List: of items

    /// An object or array under way: its elements lie in a vector that doubles when it is full.
    struct Container {
        std::size_t elementBytes;
        std::size_t elements;
        Role role;
        bool hasSchema = false;
    };

    bool count() {
        return (++m_values <= m_limits.values || fail(ErrorCode::TooLarge, "values")) &&
               (m_treeBytes <= m_limits.treeBytes || fail(ErrorCode::TooLarge, "memory"));
    }

    bool add(std::string_view text, bool isString = false) {
        for (std::size_t i = 0; i < m_wanted.size(); ++i) {
            if (isHere(m_wanted[i])) {
                m_facts[i] = {true, isString, std::string(text)};
            }
        }
        if (!m_open.empty()) {
            Container& container = m_open.back();
            if ((container.elements & (container.elements - 1)) == 0) { // 0 or a power of two: full
                const std::size_t capacity = std::max<std::size_t>(2 * container.elements, 1);
                m_treeBytes += blockBytes(capacity * container.elementBytes) -
                               blockBytes(container.elements * container.elementBytes);
            }
            ++container.elements;
        }
        return count();
    }

    bool enter(Container container, std::string_view text) {
        m_treeBytes += blockBytes(sizeof(Json::array_t));
        const bool isAdded = add(text);
        m_open.push_back(container);
        if (m_open.size() <= kJsonPathKeys) {
            m_keys[m_open.size() - 1].clear(); // the elements of an array have no keys
        }
        return (m_open.size() <= m_limits.depth || fail(ErrorCode::TooLarge, "nesting")) && isAdded;
    }

    bool leave() {
        m_open.pop_back();
        return true;
    }

    /// Whether the keys so far are the path's, or its first ones.
    bool leadsTo(const JsonPath& path) const {
        const std::size_t count = m_open.size();
        return count > 0 && count <= path.size() &&
               std::equal(m_keys.begin(), m_keys.begin() + static_cast<std::ptrdiff_t>(count), path.begin());
    }
    bool isHere(const JsonPath& path) const { return path.size() == m_open.size() && leadsTo(path); }
    bool isWanted() const {
        return std::ranges::any_of(m_wanted, [this](const JsonPath& path) { return isHere(path); });
    }

    void forgetWhatIsReplaced() {
        for (std::size_t i = 0; i < m_wanted.size(); ++i) {
            if (leadsTo(m_wanted[i])) {
                m_facts[i] = {};
            }
        }
    }

    bool fail(ErrorCode code, std::string detail) {
        m_error = Error{code, {}, std::move(detail)};
        return false;
    }

    const JsonLimits m_limits;
    const std::span<const JsonPath> m_wanted;
    std::vector<JsonFact> m_facts;
    std::vector<Container> m_open;
    std::array<std::string, kJsonPathKeys> m_keys; ///< of the outermost open objects; empty in arrays
    bool m_isTracks = false;                       ///< the last key was the outermost object's "tracks"
    bool m_isChildren = false;                     ///< the last key was "children"
    std::size_t m_values = 0;
    std::size_t m_treeBytes = 0;
    std::optional<Error> m_error;
};

std::size_t longestString(std::string_view text) {
    std::size_t longest = 0;
    std::size_t from = text.find('"');
    while (from != std::string_view::npos) {
        std::size_t to = text.find_first_of("\"\\", from + 1);
        while (to != std::string_view::npos && text[to] == '\\') {
            to = text.find_first_of("\"\\", to + 2);
        }
        longest = std::max(longest, std::min(to, text.size()) - from - 1);
        from = to == std::string_view::npos ? to : text.find('"', to + 1);
    }
    return longest;
}

} // namespace

Result<std::vector<JsonFact>> scanJson(std::string_view text, const JsonLimits& limits,
                                       std::span<const JsonPath> wanted) {
    // Before the parser collects it in a buffer.
    if (longestString(text) > limits.stringBytes) {
        return Error{ErrorCode::TooLarge, {}, "text"};
    }
    Scanner scanner(limits, wanted);
    Json::sax_parse(text.begin(), text.end(), &scanner);
    return std::move(scanner).result();
}

} // namespace timeline
