#include "ui/prompt/BaseView.h"

#include "ui/style/Theme.h"

#include <QPainter>

namespace ui {
namespace {

constexpr double kMaskOpacity = 0.6; ///< what is below stays to be seen

} // namespace

BaseView::BaseView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("baseView"));
    setFixedHeight(fontMetrics().height() * 6);
    setContext({});
}

void BaseView::setContext(const timeline::ShotContext& context) {
    m_kind = context.base;
    m_isMasked = timeline::isMasked(context);
    m_isBeside = context.leadIn.value() > 0 || context.leadOut.value() > 0;
    setAccessibleName(tr("Base: %1").arg(caption()));
    setToolTip(caption());
    update();
}

void BaseView::setImage(const QImage& image, const QImage& mask) {
    m_image = image;
    if (!mask.isNull()) {
        QImage red(mask.size(), QImage::Format_ARGB32);
        red.fill(QColor::fromRgb(colors::kRed));
        red.setAlphaChannel(mask.convertToFormat(QImage::Format_Grayscale8));
        m_image = image.convertToFormat(QImage::Format_RGB32);
        QPainter painter(&m_image);
        painter.setOpacity(kMaskOpacity);
        painter.drawImage(m_image.rect(), red);
    }
    update();
}

QString BaseView::caption() const {
    if (m_isMasked) {
        return tr("Masked: only what is red is made anew");
    }
    switch (m_kind) {
    case timeline::BaseKind::None:
        return m_isBeside ? tr("Film beside it: it goes on from there")
                          : tr("Nothing below: made from the prompt alone");
    case timeline::BaseKind::Still:
        return tr("Still below: it is brought to life");
    case timeline::BaseKind::Moving:
        return tr("Film below: it is redrawn");
    case timeline::BaseKind::Parts:
        return tr("Below a part of it: it goes on from there");
    }
    return {};
}

void BaseView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const int line = fontMetrics().height();
    const QRect picture = rect().adjusted(0, 0, 0, -line - 6);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor::fromRgb(0xff121314));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawRoundedRect(picture, 4, 4);
    if ((m_kind != timeline::BaseKind::None || m_isBeside) && !m_image.isNull()) {
        const QSize size = m_image.size().scaled(picture.size(), Qt::KeepAspectRatio);
        QRect place(QPoint(), size);
        place.moveCenter(picture.center());
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(place, m_image);
    } else {
        painter.setPen(QPen(QColor::fromRgb(0xff4a4d52), 1.0, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(picture.adjusted(1, 1, -1, -1), 4, 4);
    }
    painter.setPen(QColor::fromRgb(colors::kDimText));
    painter.drawText(QRect(0, picture.bottom() + 5, width(), line), Qt::AlignLeft,
                     fontMetrics().elidedText(caption(), Qt::ElideRight, width()));
}

} // namespace ui
