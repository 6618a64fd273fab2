#pragma once

#include <stdexcept>
#include <string>
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

} // namespace generation
