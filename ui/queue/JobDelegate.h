#pragma once

#include <QStyledItemDelegate>

namespace ui {

/// Draws a job: its name, a bar or a word for its phase, and the detail, in one line or, when selected, in full.
/// Thread: GUI.
class JobDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    /// "Restyle, Shot 3. Running, 28 %. Step 7 of 25, about 20 s left": the row for a screen reader.
    static QString spokenText(const QModelIndex& index);
    /// All that is known of the job, on a line each.
    static QString fullText(const QModelIndex& index);
};

} // namespace ui
