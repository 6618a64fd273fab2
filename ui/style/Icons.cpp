#include "ui/style/Icons.h"

#include "ui/style/Theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include <algorithm>

namespace ui {
namespace {

/// Draws one SVG, with "currentColor" filled in for the mode asked for.
class SvgIcon : public QIconEngine {
public:
    explicit SvgIcon(QByteArray svg) : m_svg(std::move(svg)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        QColor color = QColor::fromRgb(state == QIcon::On ? colors::kAccent : colors::kText);
        if (mode == QIcon::Disabled) {
            color = QColor::fromRgb(0xff63676d);
        }
        QSvgRenderer renderer(QByteArray(m_svg).replace("currentColor", color.name().toLatin1()));
        QRectF square(0, 0, std::min(rect.width(), rect.height()), std::min(rect.width(), rect.height()));
        square.moveCenter(QRectF(rect).center());
        renderer.render(painter, square);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new SvgIcon(m_svg); }

private:
    QByteArray m_svg;
};

} // namespace

QIcon icon(const char* name) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? QIcon(new SvgIcon(file.readAll())) : QIcon();
}

} // namespace ui
