#pragma once

#include "generation/device/Device.h"

#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace generation {

/// The command line cannot be understood.
/// Thread: a value.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// `--name value` pairs and the words between them, of a subcommand.
/// Thread: a value.
class Options {
public:
    /// Throws UsageError for names that are not known and for ones without a value.
    Options(const std::vector<std::string>& arguments, const std::set<std::string>& known);

    const std::vector<std::string>& words() const { return m_words; }
    std::string text(const std::string& name, const std::string& otherwise) const;
    /// Throws UsageError for what is not a number of 0 or more.
    double number(const std::string& name, double otherwise) const;

private:
    std::map<std::string, std::string> m_values;
    std::vector<std::string> m_words;
};

/// chooseDevice(), or what --device cpu|cuda says. Throws UsageError where there is no such device.
Device deviceOf(const Options& options);

} // namespace generation
