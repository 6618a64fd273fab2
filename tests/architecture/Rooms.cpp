#include "tests/architecture/Rooms.h"

#include <algorithm>
#include <map>

namespace architecture {

namespace {

std::ptrdiff_t positionOf(const Place& place) {
    const std::vector<std::string>& rooms = roomsOf(place.folder);
    return std::find(rooms.begin(), rooms.end(), place.room) - rooms.begin();
}

} // namespace

const std::vector<std::string>& roomsOf(const std::string& folder) {
    static const std::map<std::string, std::vector<std::string>> rooms{
        {"app", {"settings", "jobs", "models", "media", "generation", "project", "exporting", "cli", ""}},
        {"timeline",
         {"base", "time", "model", "edit", "document", "io", "media", "render", "audio", "playback", "export"}},
        {"ui",
         {"state", "style", "text", "bin", "queue", "takes", "prompt", "monitor", "timeline", "dialogs", "menus", ""}},
        // world and measure lie in training's folder, as libraries of their own.
        {"generation",
         {"protocol", "device", "weights", "tokenizer", "nn", "model", "sampling", "pipeline", "world", "measure",
          "training", "worker"}},
    };
    static const std::vector<std::string> none;
    const auto found = rooms.find(folder);
    return found == rooms.end() ? none : found->second;
}

std::optional<Place> placeOf(const std::string& path) {
    const std::size_t first = path.find('/');
    if (first == std::string::npos) {
        return std::nullopt;
    }
    const std::string folder = path.substr(0, first);
    if (folder != "app" && folder != "ui" && folder != "timeline" && folder != "generation" && folder != "tests") {
        return std::nullopt;
    }
    const std::size_t second = path.find('/', first + 1);
    return Place{folder, second == std::string::npos ? std::string() : path.substr(first + 1, second - first - 1)};
}

bool isRoom(const Place& place) {
    return std::ranges::count(roomsOf(place.folder), place.room) > 0;
}

bool mayInclude(const Place& from, const Place& to) {
    if (from.folder == "tests") {
        return true;
    }
    if (from.folder == to.folder) {
        return isRoom(from) && isRoom(to) && positionOf(to) <= positionOf(from);
    }
    if (from.folder == "app") {
        return to.folder == "ui" || to.folder == "timeline" || to == Place{"generation", "protocol"};
    }
    return from.folder == "ui" && to.folder == "timeline";
}

} // namespace architecture
