#pragma once

#include <QStyledItemDelegate>

namespace ui {

/// Draws a row of the media bin: thumbnail, name, and the facts or the problem under it.
/// Thread: GUI.
class MediaDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace ui
