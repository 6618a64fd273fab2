#include "ui/queue/JobDelegate.h"

#include "ui/queue/JobRoles.h"
#include "ui/style/Theme.h"
#include "ui/text/TimeText.h"

#include <QAbstractItemView>
#include <QPainter>

#include <algorithm>

namespace ui {
namespace {

JobPhase phaseOf(const QModelIndex& index) {
    return static_cast<JobPhase>(index.data(JobPhaseRole).toInt());
}

double progressOf(const QModelIndex& index) {
    return index.data(JobProgressRole).toDouble();
}

QString phaseText(JobPhase phase) {
    switch (phase) {
    case JobPhase::Queued:
        return JobDelegate::tr("Waiting");
    case JobPhase::Running:
        return JobDelegate::tr("Running");
    case JobPhase::Finished:
        return JobDelegate::tr("Done");
    case JobPhase::Failed:
        return JobDelegate::tr("Failed");
    case JobPhase::Cancelled:
        return JobDelegate::tr("Cancelled");
    case JobPhase::Paused:
        return JobDelegate::tr("Paused");
    }
    return {};
}

QRgb phaseColor(JobPhase phase) {
    switch (phase) {
    case JobPhase::Failed:
        return colors::kRed;
    case JobPhase::Finished:
        return colors::kGreen;
    case JobPhase::Running:
        return colors::kAccent;
    default:
        return colors::kDimText;
    }
}

QString stateText(const QModelIndex& index) {
    const JobPhase phase = phaseOf(index);
    const double progress = progressOf(index);
    if (phase == JobPhase::Running && progress >= 0.0) {
        return JobDelegate::tr("%1 %").arg(static_cast<int>(progress * 100.0));
    }
    return phaseText(phase);
}

QString detailText(const QModelIndex& index) {
    const QString detail = index.data(JobDetailRole).toString();
    const QVariant seconds = index.data(JobSecondsLeftRole);
    const QString left =
        phaseOf(index) == JobPhase::Running && seconds.isValid() ? timeLeftText(seconds.toDouble()) : QString();
    if (detail.isEmpty() || left.isEmpty()) {
        return detail + left;
    }
    return JobDelegate::tr("%1, %2", "detail, time left").arg(detail, left);
}

constexpr int kSideMargin = 8;

/// A selected job shows its whole detail: why it failed may be long.
bool isOpen(const QStyleOptionViewItem& option, const QModelIndex& index) {
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    return view && view->selectionModel() && view->selectionModel()->isSelected(index);
}

int detailHeight(const QStyleOptionViewItem& option, const QModelIndex& index) {
    const QFontMetrics metrics(option.font);
    if (!isOpen(option, index)) {
        return metrics.height();
    }
    const auto* view = static_cast<const QAbstractItemView*>(option.widget);
    const int width = std::max(40, view->viewport()->width() - 2 * kSideMargin);
    const QRect room(0, 0, width, 10'000);
    return std::max(metrics.height(),
                    metrics.boundingRect(room, Qt::TextWordWrap | Qt::AlignLeft, detailText(index)).height());
}

void paintBar(QPainter& painter, const QRect& bar, const QModelIndex& index) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor::fromRgb(colors::kLine));
    painter.drawRoundedRect(bar, 2, 2);
    const double progress = std::clamp(progressOf(index), 0.0, 1.0);
    painter.setBrush(QColor::fromRgb(colors::kAccent));
    painter.drawRoundedRect(
        QRect(bar.left(), bar.top(), std::max(4, static_cast<int>(bar.width() * progress)), bar.height()), 2, 2);
}

} // namespace

QString JobDelegate::fullText(const QModelIndex& index) {
    return QStringList{index.data().toString(), stateText(index), detailText(index)}.join(QLatin1Char('\n')).trimmed();
}

QString JobDelegate::spokenText(const QModelIndex& index) {
    return tr("%1. %2. %3", "job, state, detail").arg(index.data().toString(), stateText(index), detailText(index));
}

void JobDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, option.palette.highlight());
    }
    const QRect row = option.rect.adjusted(kSideMargin, 6, -kSideMargin, -6);
    const QFontMetrics metrics(option.font);
    const int line = metrics.height();
    const JobPhase phase = phaseOf(index);
    const QString state = stateText(index);
    const int stateWidth = metrics.horizontalAdvance(state) + 8;
    painter->setFont(option.font);
    painter->setPen(option.palette.text().color());
    painter->drawText(QRect(row.left(), row.top(), row.width() - stateWidth, line), Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data().toString(), Qt::ElideRight, row.width() - stateWidth));
    painter->setPen(QColor::fromRgb(phaseColor(phase)));
    painter->drawText(QRect(row.right() - stateWidth, row.top(), stateWidth, line), Qt::AlignRight | Qt::AlignVCenter,
                      state);
    painter->setPen(QColor::fromRgb(phase == JobPhase::Failed ? colors::kRed : colors::kDimText));
    const QRect detail(row.left(), row.top() + line + 2, row.width(), detailHeight(option, index));
    if (isOpen(option, index)) {
        painter->drawText(detail, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, detailText(index));
    } else {
        painter->drawText(detail, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(detailText(index), Qt::ElideRight, row.width()));
    }
    if (phase == JobPhase::Running || (phase == JobPhase::Paused && progressOf(index) > 0.0)) {
        paintBar(*painter, QRect(row.left(), row.bottom() - 3, row.width(), 4), index);
    }
    painter->restore();
}

QSize JobDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return {200, QFontMetrics(option.font).height() + detailHeight(option, index) + 24};
}

} // namespace ui
