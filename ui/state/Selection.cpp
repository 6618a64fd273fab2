#include "ui/state/Selection.h"

#include "timeline/model/Query.h"

#include <algorithm>

namespace ui {

Selection::Selection(QObject* parent) : QObject(parent) {}

bool Selection::contains(timeline::ItemId item) const {
    return std::find(m_items.begin(), m_items.end(), item) != m_items.end();
}

timeline::ItemId Selection::current() const {
    return m_items.empty() ? timeline::ItemId{} : m_items.back();
}

void Selection::select(std::vector<timeline::ItemId> items) {
    if (items != m_items) {
        m_items = std::move(items);
        Q_EMIT changed();
    }
}

void Selection::selectOnly(timeline::ItemId item) {
    select({item});
}

void Selection::toggle(timeline::ItemId item) {
    auto items = m_items;
    if (std::erase(items, item) == 0) {
        items.push_back(item);
    }
    select(std::move(items));
}

void Selection::clear() {
    select({});
}

void Selection::prune(const timeline::Timeline& timeline) {
    if (m_items.empty()) {
        return;
    }
    auto items = m_items;
    std::erase_if(items, [&](timeline::ItemId item) { return !timeline::findItem(timeline, item); });
    select(std::move(items));
}

} // namespace ui
