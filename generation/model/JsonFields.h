#pragma once

#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace generation {

/// The inclusive range a number must be in.
template <class Number>
struct Range {
    Number low;
    Number high;
};

/// Reads checked fields of a JSON object; an absent or null field takes the fallback, or is an error without one.
/// Everything misshapen is a WeightsError that names the file and the field.
/// Thread: one; refers to its arguments.
class JsonFields {
public:
    JsonFields(const nlohmann::json& json, const std::string& file) : m_json(json), m_file(file) {}

    bool has(const char* name) const {
        const auto found = m_json.find(name);
        return found != m_json.end() && !found->is_null();
    }

    std::int64_t integer(const char* name, Range<std::int64_t> range,
                         std::optional<std::int64_t> fallback = std::nullopt) const {
        if (!has(name) && fallback) {
            return *fallback;
        }
        return integerOf(value(name), name, range);
    }

    double number(const char* name, Range<double> range, std::optional<double> fallback = std::nullopt) const {
        if (!has(name) && fallback) {
            return *fallback;
        }
        return numberOf(value(name), name, range);
    }

    bool boolean(const char* name, bool fallback) const {
        if (!has(name)) {
            return fallback;
        }
        const nlohmann::json& found = value(name);
        return found.is_boolean() ? found.get<bool>() : fail<bool>(name, "is not true or false");
    }

    std::string text(const char* name, const std::string& fallback) const {
        if (!has(name)) {
            return fallback;
        }
        const nlohmann::json& found = value(name);
        return found.is_string() ? found.get<std::string>() : fail<std::string>(name, "is not a text");
    }

    const nlohmann::json& list(const char* name, std::size_t longest) const {
        const nlohmann::json& found = value(name);
        if (!found.is_array() || found.size() > longest) {
            fail<bool>(name, "is not a list of a sane length");
        }
        return found;
    }

    std::vector<std::int64_t> integers(const char* name, Range<std::int64_t> range, std::size_t longest) const {
        std::vector<std::int64_t> numbers;
        for (const nlohmann::json& item : list(name, longest)) {
            numbers.push_back(integerOf(item, name, range));
        }
        return numbers;
    }

    std::vector<double> numbers(const char* name, Range<double> range, std::size_t longest) const {
        std::vector<double> numbers;
        for (const nlohmann::json& item : list(name, longest)) {
            numbers.push_back(numberOf(item, name, range));
        }
        return numbers;
    }

    std::int64_t integerOf(const nlohmann::json& item, const char* name, Range<std::int64_t> range) const {
        if (!item.is_number_integer() || (item.is_number_unsigned() && item.get<std::uint64_t>() > INT64_MAX)) {
            return fail<std::int64_t>(name, "is not a whole number");
        }
        const auto number = item.get<std::int64_t>();
        return number >= range.low && number <= range.high ? number : fail<std::int64_t>(name, "is out of range");
    }

    double numberOf(const nlohmann::json& item, const char* name, Range<double> range) const {
        if (!item.is_number()) {
            return fail<double>(name, "is not a number");
        }
        const auto number = item.get<double>();
        return number >= range.low && number <= range.high ? number : fail<double>(name, "is out of range");
    }

    template <class Value>
    [[noreturn]] Value fail(const char* name, const std::string& reason) const {
        throw WeightsError(m_file, std::string("'") + name + "' " + reason);
    }

private:
    const nlohmann::json& value(const char* name) const {
        const auto found = m_json.find(name);
        if (found == m_json.end() || found->is_null()) {
            throw WeightsError(m_file, std::string("no '") + name + "'");
        }
        return *found;
    }

    const nlohmann::json& m_json;
    const std::string& m_file;
};

} // namespace generation
