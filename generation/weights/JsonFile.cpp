#include "generation/weights/JsonFile.h"

#include "generation/weights/MappedFile.h"
#include "generation/weights/WeightsError.h"

#include <nlohmann/json.hpp>

#include <set>
#include <vector>

namespace generation {

namespace {
constexpr std::size_t kMaxJsonBytes = 4'000'000;
constexpr int kMaxDepth = 64;
using Event = nlohmann::json::parse_event_t;
} // namespace

nlohmann::json readJsonFile(const std::string& path) {
    const MappedFile file(path);
    if (file.size() > kMaxJsonBytes) {
        throw WeightsError(path, "too long for a model's JSON file");
    }
    std::string text(file.size(), '\0');
    text.resize(file.read(0, text));
    nlohmann::json json;
    std::vector<std::set<std::string>> keys; // of the objects that are open
    try {
        json = nlohmann::json::parse(text, [&](int depth, Event event, nlohmann::json& value) {
            if (depth > kMaxDepth) {
                throw WeightsError(path, "JSON nested too deeply");
            }
            if (event == Event::object_start) {
                keys.emplace_back();
            } else if (event == Event::object_end) {
                keys.pop_back();
            } else if (event == Event::key && !keys.back().insert(value.get<std::string>()).second) {
                throw WeightsError(path, "'" + shownName(value.get<std::string>()) + "' is there twice");
            }
            return true;
        });
    } catch (const nlohmann::json::exception& error) {
        throw WeightsError(path, std::string("not JSON: ") + error.what());
    }
    if (!json.is_object()) {
        throw WeightsError(path, "not a JSON object");
    }
    return json;
}

} // namespace generation
