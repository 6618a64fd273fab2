#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace generation {

/// A job that cannot be done, with the protocol's code for it ("bad-request", "bad-input", "unsupported-condition",
/// "not-finite", "write-failed"). what() holds the facts.
/// Thread: a value.
class JobError : public std::runtime_error {
public:
    JobError(std::string code, const std::string& detail) : std::runtime_error(detail), m_code(std::move(code)) {}

    const std::string& code() const { return m_code; }

private:
    std::string m_code;
};

} // namespace generation
