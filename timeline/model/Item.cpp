#include "timeline/model/Item.h"

namespace timeline {

ItemId itemId(const Item& item) {
    return std::visit([](const auto& value) { return value.id; }, item);
}

RationalTime itemDuration(const Item& item) {
    if (const auto* clip = std::get_if<Clip>(&item)) {
        return clip->sourceRange.duration;
    }
    if (const auto* gap = std::get_if<Gap>(&item)) {
        return gap->duration;
    }
    if (const auto* foreign = std::get_if<ForeignItem>(&item)) {
        return foreign->duration;
    }
    return {0, std::get<Transition>(item).inOffset.rate()};
}

const std::string& itemName(const Item& item) {
    return std::visit([](const auto& value) -> const std::string& { return value.name; }, item);
}

} // namespace timeline
