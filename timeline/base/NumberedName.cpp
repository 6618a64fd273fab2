#include "timeline/base/NumberedName.h"

namespace timeline {

namespace {

constexpr int kMostDigits = 18; ///< of a 64-bit number

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

std::optional<NumberField> NumberField::startOf(std::string_view text) {
    if (!text.starts_with('%')) {
        return std::nullopt;
    }
    NumberField field{1, 0};
    for (; field.length < text.size() && isDigit(text[field.length]); ++field.length) {
        field.digits = field.digits * 10 + (text[field.length] - '0');
        if (field.digits > kMostDigits) {
            return std::nullopt;
        }
    }
    if (field.length >= text.size() || text[field.length] != 'd') {
        return std::nullopt;
    }
    ++field.length;
    return field;
}

std::optional<NumberedName> NumberedName::parse(std::string_view name) {
    const std::size_t percent = name.find('%');
    if (percent == std::string_view::npos || name.find('%', percent + 1) != std::string_view::npos) {
        return std::nullopt;
    }
    const auto field = NumberField::startOf(name.substr(percent));
    if (!field) {
        return std::nullopt;
    }
    return NumberedName{std::string(name.substr(0, percent)), std::string(name.substr(percent + field->length)),
                        field->digits};
}

std::string NumberedName::text() const {
    return prefix + (digits > 1 ? "%0" + std::to_string(digits) + "d" : "%d") + suffix;
}

} // namespace timeline
