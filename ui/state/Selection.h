#pragma once

#include "timeline/model/Timeline.h"

#include <QObject>

#include <vector>

namespace ui {

/// The selected items, by id and in the order they were selected; the last one is the current one, which the panels
/// show. Thread: GUI.
class Selection : public QObject {
    Q_OBJECT

public:
    explicit Selection(QObject* parent = nullptr);

    const std::vector<timeline::ItemId>& items() const { return m_items; }
    bool isEmpty() const { return m_items.empty(); }
    bool contains(timeline::ItemId item) const;
    timeline::ItemId current() const; ///< invalid when nothing is selected

    void select(std::vector<timeline::ItemId> items);
    void selectOnly(timeline::ItemId item);
    void toggle(timeline::ItemId item);
    void clear();
    /// Forgets the items that the timeline no longer has.
    void prune(const timeline::Timeline& timeline);

Q_SIGNALS:
    void changed();

private:
    std::vector<timeline::ItemId> m_items;
};

} // namespace ui
