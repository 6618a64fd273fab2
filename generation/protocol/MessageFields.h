#pragma once

#include "generation/protocol/Protocol.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace generation {

/// Checked access to the fields of one JSON object: wrong type, missing or out of range is a ProtocolError that names
/// the field. Absent optional fields give the fallback.
/// Thread: one; refers to the object it was made from.
class MessageFields {
public:
    /// Throws ProtocolError unless `object` is an object. `name` is used in messages.
    MessageFields(const nlohmann::json& object, std::string name);

    /// At most `maxBytes` long; no NUL inside.
    std::string text(const char* key, std::size_t maxBytes) const;
    std::string textOr(const char* key, std::size_t maxBytes, std::string fallback) const;
    std::int64_t integer(const char* key, std::int64_t lowest, std::int64_t highest) const;
    std::int64_t integerOr(const char* key, std::int64_t lowest, std::int64_t highest, std::int64_t fallback) const;
    std::uint64_t unsignedOr(const char* key, std::uint64_t fallback) const;
    /// Finite and within [lowest, highest].
    std::optional<double> number(const char* key, double lowest, double highest) const;
    bool booleanOr(const char* key, bool fallback) const;
    /// An array of at most `most` entries; an empty array when absent. Refers into the object.
    const nlohmann::json& arrayOr(const char* key, std::size_t most) const;
    /// The value, or null when absent or null.
    const nlohmann::json* find(const char* key) const;

private:
    [[noreturn]] void refuse(const char* key, const std::string& why) const;

    const nlohmann::json& m_object;
    std::string m_name;
};

/// Parses one line into an object. Throws ProtocolError: over kMaxLineBytes, nested deeper than any message is, not
/// JSON, invalid UTF-8, not an object.
nlohmann::json parseObjectLine(const std::string& line);

} // namespace generation
