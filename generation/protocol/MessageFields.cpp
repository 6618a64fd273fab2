#include "generation/protocol/MessageFields.h"

#include <cmath>
#include <limits>
#include <utility>

namespace generation {

using nlohmann::json;

namespace {

/// No message has more than three levels; what the parser builds is taken apart by recursion.
constexpr int kMaxDepth = 16;

bool isNestedDeeperThan(int depth, const std::string& text) {
    int open = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') {
            inString = !inString;
        } else if (inString) {
            i += c == '\\' ? 1 : 0;
        } else if (c == '[' || c == '{') {
            if (++open > depth) {
                return true;
            }
        } else if (c == ']' || c == '}') {
            --open;
        }
    }
    return false;
}

} // namespace

MessageFields::MessageFields(const json& object, std::string name) : m_object(object), m_name(std::move(name)) {
    if (!object.is_object()) {
        throw ProtocolError(m_name + ": not an object");
    }
}

const json* MessageFields::find(const char* key) const {
    const auto it = m_object.find(key);
    return it == m_object.end() || it->is_null() ? nullptr : &*it;
}

void MessageFields::refuse(const char* key, const std::string& why) const {
    throw ProtocolError(m_name + "." + key + ": " + why);
}

std::string MessageFields::text(const char* key, std::size_t maxBytes) const {
    const json* value = find(key);
    if (!value) {
        refuse(key, "missing");
    }
    if (!value->is_string()) {
        refuse(key, "not a string");
    }
    const auto& string = value->get_ref<const std::string&>();
    if (string.size() > maxBytes) {
        refuse(key, "longer than " + std::to_string(maxBytes) + " bytes");
    }
    if (string.find('\0') != std::string::npos) {
        refuse(key, "holds a NUL");
    }
    return string;
}

std::string MessageFields::textOr(const char* key, std::size_t maxBytes, std::string fallback) const {
    return find(key) ? text(key, maxBytes) : std::move(fallback);
}

std::int64_t MessageFields::integer(const char* key, std::int64_t lowest, std::int64_t highest) const {
    const json* value = find(key);
    if (!value) {
        refuse(key, "missing");
    }
    if (!value->is_number_integer()) {
        refuse(key, "not an integer");
    }
    // A number above the signed range is stored unsigned and must not wrap.
    if (value->is_number_unsigned() &&
        value->get<std::uint64_t>() > std::uint64_t(std::numeric_limits<std::int64_t>::max())) {
        refuse(key, "out of range");
    }
    const auto number = value->get<std::int64_t>();
    if (number < lowest || number > highest) {
        refuse(key, "not within " + std::to_string(lowest) + " to " + std::to_string(highest));
    }
    return number;
}

std::int64_t MessageFields::integerOr(const char* key, std::int64_t lowest, std::int64_t highest,
                                      std::int64_t fallback) const {
    return find(key) ? integer(key, lowest, highest) : fallback;
}

std::uint64_t MessageFields::unsignedOr(const char* key, std::uint64_t fallback) const {
    const json* value = find(key);
    if (!value) {
        return fallback;
    }
    if (!value->is_number_unsigned()) {
        refuse(key, "not an unsigned integer");
    }
    return value->get<std::uint64_t>();
}

std::optional<double> MessageFields::number(const char* key, double lowest, double highest) const {
    const json* value = find(key);
    if (!value) {
        return std::nullopt;
    }
    if (!value->is_number()) {
        refuse(key, "not a number");
    }
    const double number = value->get<double>();
    if (!std::isfinite(number) || number < lowest || number > highest) {
        refuse(key, "not within " + std::to_string(lowest) + " to " + std::to_string(highest));
    }
    return number;
}

bool MessageFields::booleanOr(const char* key, bool fallback) const {
    const json* value = find(key);
    if (!value) {
        return fallback;
    }
    if (!value->is_boolean()) {
        refuse(key, "not true or false");
    }
    return value->get<bool>();
}

const json& MessageFields::arrayOr(const char* key, std::size_t most) const {
    static const json empty = json::array();
    const json* value = find(key);
    if (!value) {
        return empty;
    }
    if (!value->is_array()) {
        refuse(key, "not an array");
    }
    if (value->size() > most) {
        refuse(key, "more than " + std::to_string(most) + " entries");
    }
    return *value;
}

json parseObjectLine(const std::string& line) {
    if (line.size() > kMaxLineBytes) {
        throw ProtocolError("line of more than " + std::to_string(kMaxLineBytes) + " bytes");
    }
    if (isNestedDeeperThan(kMaxDepth, line)) {
        throw ProtocolError("line: nested deeper than " + std::to_string(kMaxDepth) + " levels");
    }
    try {
        json value = json::parse(line);
        if (!value.is_object()) {
            throw ProtocolError("line: not an object");
        }
        return value;
    } catch (const json::exception& error) {
        throw ProtocolError(std::string("line: ") + error.what());
    }
}

} // namespace generation
