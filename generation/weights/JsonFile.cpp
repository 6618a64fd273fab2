#include "generation/weights/JsonFile.h"

#include "generation/weights/MappedFile.h"
#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

#include <set>
#include <vector>

namespace generation {

namespace {

constexpr std::size_t kMaxJsonBytes = 1'000'000;
constexpr std::size_t kMaxDepth = 64;

/// Walks the text before anything is built from it: bounds the depth and finds keys that are there twice, in linear
/// time (the parser's own callbacks are quadratic in the members of a container).
/// Thread: one.
class StructureCheck final : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit StructureCheck(std::string file) : m_file(std::move(file)) {}

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return open(); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        if (!m_keys.back().insert(name).second) {
            throw WeightsError(m_file, "'" + shownName(name) + "' is there twice");
        }
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override {
        throw WeightsError(m_file, "not JSON at byte " + std::to_string(position));
    }

private:
    bool open() {
        if (m_keys.size() == kMaxDepth) {
            throw WeightsError(m_file, "JSON nested too deeply");
        }
        m_keys.emplace_back();
        return true;
    }

    bool close() {
        m_keys.pop_back();
        return true;
    }

    std::string m_file;
    std::vector<std::set<std::string>> m_keys; ///< of the containers that are open; arrays have none
};

} // namespace

nlohmann::json readJsonFile(const std::string& path) {
    const MappedFile file(path);
    if (file.size() > kMaxJsonBytes) {
        throw WeightsError(path, "too long for a model's JSON file");
    }
    std::string text(file.size(), '\0');
    text.resize(file.read(0, text));
    StructureCheck check(path);
    nlohmann::json::sax_parse(text, &check);
    nlohmann::json json = nlohmann::json::parse(text);
    if (!json.is_object()) {
        throw WeightsError(path, "not a JSON object");
    }
    return json;
}

} // namespace generation
