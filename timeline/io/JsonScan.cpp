#include "timeline/io/JsonScan.h"

#include "timeline/base/Metadata.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace timeline {

namespace {

/// nlohmann's SAX interface. Returning false stops the parser.
/// Thread: one.
class Scanner {
public:
    explicit Scanner(const JsonLimits& limits) : m_limits(limits) {}

    bool null() { return count(); }
    bool boolean(bool) { return count(); }
    bool number_integer(std::int64_t) { return count(); }
    bool number_unsigned(std::uint64_t) { return count(); }
    bool number_float(double, const std::string&) { return count(); }
    bool string(std::string& text) {
        if (m_isSchema) {
            m_schema = text;
        }
        m_isSchema = false;
        return count();
    }
    bool binary(Json::binary_t&) { return count(); }
    bool key(std::string& name) {
        m_isSchema = m_depth == 1 && name == "OTIO_SCHEMA";
        return count();
    }
    bool start_object(std::size_t) { return enter(); }
    bool start_array(std::size_t) { return enter(); }
    bool end_object() { return leave(); }
    bool end_array() { return leave(); }

    bool parse_error(std::size_t position, const std::string&, const Json::exception& cause) {
        return fail(ErrorCode::ParseFailed, "byte " + std::to_string(position) + ": " + cause.what());
    }

    Result<std::string> result() const {
        return m_error ? Result<std::string>(*m_error) : Result<std::string>(m_schema);
    }

private:
    bool count() { return ++m_values <= m_limits.values || fail(ErrorCode::TooLarge, "values"); }
    bool enter() {
        m_isSchema = false;
        return (++m_depth <= m_limits.depth || fail(ErrorCode::TooLarge, "nesting")) && count();
    }
    bool leave() {
        --m_depth;
        return true;
    }
    bool fail(ErrorCode code, std::string detail) {
        m_error = Error{code, {}, std::move(detail)};
        return false;
    }

    const JsonLimits m_limits;
    std::size_t m_values = 0;
    std::size_t m_depth = 0;
    bool m_isSchema = false; ///< the next value is the outermost object's schema
    std::string m_schema;
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

Result<std::string> scanJson(std::string_view text, const JsonLimits& limits) {
    // Before the parser collects it in a buffer.
    if (longestString(text) > limits.stringBytes) {
        return Error{ErrorCode::TooLarge, {}, "text"};
    }
    Scanner scanner(limits);
    Json::sax_parse(text.begin(), text.end(), &scanner);
    return scanner.result();
}

} // namespace timeline
