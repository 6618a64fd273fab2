#include "ui/timeline/painters/PromptPainter.h"

#include "ui/style/Theme.h"

#include "timeline/model/Generators.h"
#include "timeline/model/Query.h"

#include <QCoreApplication>
#include <QPainter>

namespace ui {

QString promptText(const timeline::Clip& clip) {
    const timeline::MediaReference* active = timeline::activeReference(clip);
    const auto* generator = active ? std::get_if<timeline::GeneratorReference>(active) : nullptr;
    return generator && generator->kind == timeline::kPromptKind
               ? QString::fromStdString(timeline::promptFrom(generator->parameters).text)
               : QString();
}

void paintPromptClip(QPainter& painter, const ItemLook& look, const timeline::Clip& clip) {
    paintBody(painter, look, colors::kPromptClip);
    const QRectF place = look.visible.adjusted(6.0, 3.0, -5.0, -3.0);
    if (place.width() < 14.0) {
        return;
    }
    const QString text = promptText(clip).simplified();
    painter.save();
    painter.setClipRect(place);
    painter.setPen(QColor::fromRgb(text.isEmpty() || look.isDimmed ? 0xffcdbb9a : colors::kText));
    painter.drawText(place, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     text.isEmpty() ? QCoreApplication::translate("Painters", "Empty prompt") : text);
    painter.restore();
}

} // namespace ui
