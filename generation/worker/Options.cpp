#include "generation/worker/Options.h"

#include <cmath>
#include <cstdlib>

namespace generation {

Options::Options(const std::vector<std::string>& arguments, const std::set<std::string>& known) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (!argument.starts_with("--")) {
            m_words.push_back(argument);
            continue;
        }
        const std::string name = argument.substr(2);
        if (!known.contains(name)) {
            throw UsageError("no such option: " + argument);
        }
        if (++i == arguments.size()) {
            throw UsageError(argument + " needs a value");
        }
        m_values[name] = arguments[i];
    }
}

std::string Options::text(const std::string& name, const std::string& otherwise) const {
    const auto found = m_values.find(name);
    return found == m_values.end() ? otherwise : found->second;
}

double Options::number(const std::string& name, double otherwise) const {
    const auto found = m_values.find(name);
    if (found == m_values.end()) {
        return otherwise;
    }
    char* end = nullptr;
    const double value = std::strtod(found->second.c_str(), &end);
    if (end == found->second.c_str() || *end != '\0' || !std::isfinite(value) || value < 0.0) {
        throw UsageError("--" + name + " is not a number of 0 or more: " + found->second);
    }
    return value;
}

Device deviceOf(const Options& options) {
    const std::string wanted = options.text("device", "");
    if (wanted == "cpu") {
        setenv("FANTASCOPE_DEVICE", "cpu", 1);
    } else if (!wanted.empty() && wanted != "cuda") {
        throw UsageError("--device is cpu or cuda, not " + wanted);
    }
    Device device = chooseDevice();
    if (wanted == "cuda" && device.isCpu()) {
        throw UsageError("--device cuda: there is no card, or this program was built without CUDA");
    }
    return device;
}

} // namespace generation
