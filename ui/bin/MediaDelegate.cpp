#include "ui/bin/MediaDelegate.h"

#include "ui/bin/BinRoles.h"
#include "ui/style/Icons.h"
#include "ui/style/Theme.h"

#include <QPainter>

namespace ui {
namespace {

QImage thumbnailOf(const QModelIndex& index) {
    const QVariant decoration = index.data(Qt::DecorationRole);
    return decoration.canConvert<QImage>() ? decoration.value<QImage>() : QImage();
}

QIcon kindIcon(const QModelIndex& index) {
    switch (static_cast<BinKind>(index.data(BinKindRole).toInt())) {
    case BinKind::Film:
        return icon("film");
    case BinKind::Still:
        return icon("picture");
    case BinKind::Sound:
        return icon("sound");
    case BinKind::Unknown:
        break;
    }
    return icon("file");
}

void paintThumbnail(QPainter& painter, const QRect& box, const QModelIndex& index) {
    painter.fillRect(box, QColor::fromRgb(0xff121314));
    const QImage image = thumbnailOf(index);
    if (image.isNull()) {
        kindIcon(index).paint(&painter, box.adjusted(0, box.height() / 5, 0, -box.height() / 5));
        return;
    }
    const QSize size = image.size().scaled(box.size(), Qt::KeepAspectRatio);
    QRect place(QPoint(), size);
    place.moveCenter(box.center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(place, image);
}

} // namespace

void MediaDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    const bool isSelected = option.state & QStyle::State_Selected;
    if (isSelected) {
        painter->fillRect(option.rect, option.palette.highlight());
    }
    const QRect row = option.rect.adjusted(6, 4, -6, -4);
    const QRect box(row.left(), row.top(), row.height() * 16 / 9, row.height());
    paintThumbnail(*painter, box, index);

    const QRect text = row.adjusted(box.width() + 10, 0, 0, 0);
    const QRect upper(text.left(), text.top(), text.width(), text.height() / 2);
    const QRect lower(text.left(), upper.bottom() + 1, text.width(), text.height() - upper.height());
    const QFontMetrics metrics(option.font);
    painter->setFont(option.font);
    painter->setPen(isSelected ? option.palette.highlightedText().color() : option.palette.text().color());
    painter->drawText(upper, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data().toString(), Qt::ElideMiddle, upper.width()));
    const QString problem = index.data(BinProblemRole).toString();
    const QString detail = problem.isEmpty() ? index.data(BinDetailRole).toString() : problem;
    painter->setPen(QColor::fromRgb(problem.isEmpty() ? (isSelected ? 0xffd5dae2 : colors::kDimText) : colors::kRed));
    painter->drawText(lower, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(detail, Qt::ElideRight, lower.width()));
    painter->restore();
}

QSize MediaDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {180, QFontMetrics(option.font).height() * 2 + 16};
}

} // namespace ui
