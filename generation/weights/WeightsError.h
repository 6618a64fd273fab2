#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace generation {

/// A model file that cannot be used, and why. `file` is the path, `what()` reads "file: reason".
/// Thread: a value.
class WeightsError : public std::runtime_error {
public:
    WeightsError(std::string file, std::string reason)
        : std::runtime_error(file + ": " + reason), m_file(std::move(file)), m_reason(std::move(reason)) {}

    const std::string& file() const { return m_file; }
    const std::string& reason() const { return m_reason; }

private:
    std::string m_file;
    std::string m_reason;
};

/// A name from a file as a message may show it: not too long, nothing that would break a line or a text.
inline std::string shownName(std::string_view name) {
    constexpr std::size_t kLongest = 80;
    std::string shown(name.substr(0, kLongest));
    for (char& c : shown) {
        c = static_cast<unsigned char>(c) < 0x20 ? '?' : c;
    }
    return name.size() <= kLongest ? shown : shown + "...";
}

} // namespace generation
