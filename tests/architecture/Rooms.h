#pragma once

#include <optional>
#include <string>
#include <vector>

namespace architecture {

/// The rooms of a folder in the order in which they may include each other: a room includes rooms to its left.
const std::vector<std::string>& roomsOf(const std::string& folder);

/// "timeline/edit/Overwrite.cpp" is in folder "timeline", room "edit"; a file beside the rooms has an empty room.
struct Place {
    std::string folder;
    std::string room;

    bool operator==(const Place&) const = default;
};

std::optional<Place> placeOf(const std::string& path);

/// Whether the place is one of roomsOf() its folder; what is not may include nothing and be included by nobody.
bool isRoom(const Place& place);

/// Whether a file in `from` may include a header in `to`.
bool mayInclude(const Place& from, const Place& to);

} // namespace architecture
