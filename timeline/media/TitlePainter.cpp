#include "timeline/media/TitlePainter.h"

#include <QColor>
#include <QFont>
#include <QImage>
#include <QPainter>

#include <algorithm>

namespace timeline {

namespace {

constexpr int kLargest = 16384;
/// The text's soft dark edge, in letter heights: white titles stay readable on white walls.
constexpr double kShadowOffset = 0.04;
constexpr double kShadowOpacity = 0.5;
constexpr double kLineHeight = 1.2;

bool isDrawableSize(int width, int height) {
    return width >= 1 && height >= 1 && width <= kLargest && height <= kLargest;
}

Error sizeError(int width, int height) {
    return {ErrorCode::InvalidArgument, {}, std::to_string(width) + "x" + std::to_string(height)};
}

/// "#rrggbb" or "#rrggbbaa"; opaque white for anything else.
QColor colorFromText(const std::string& text) {
    const QString name = QString::fromStdString(text);
    const bool hasAlpha = name.size() == 9 && name.startsWith(u'#');
    QColor color(hasAlpha ? name.left(7) : name);
    bool isNumber = false;
    const int alpha = hasAlpha ? name.right(2).toInt(&isNumber, 16) : 255;
    if (!color.isValid() || (hasAlpha && !isNumber)) {
        return Qt::white;
    }
    color.setAlpha(alpha);
    return color;
}

QFont titleFont(double pixelSize) {
    QFont font(
        QStringList{QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"), QStringLiteral("Noto Sans CJK JP")});
    font.setPixelSize(std::max(1, static_cast<int>(pixelSize)));
    font.setWeight(QFont::DemiBold);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(QFont::PreferAntialias);
    return font;
}

/// The lines of a text block about its centre.
void drawLines(QPainter& painter, const QString& text, QPointF centre, double letterHeight) {
    const QStringList lines = text.split(u'\n');
    const double lineHeight = letterHeight * kLineHeight;
    const double width = 4.0 * painter.device()->width();
    double top = centre.y() - lineHeight * static_cast<double>(lines.size()) / 2.0;
    for (const QString& line : lines) {
        painter.drawText(QRectF(centre.x() - width / 2.0, top, width, lineHeight), Qt::AlignCenter | Qt::TextDontClip,
                         line);
        top += lineHeight;
    }
}

PicturePtr pictureFromImage(const QImage& image, AlphaMode alpha) {
    auto picture = std::make_shared<Picture>();
    picture->width = image.width();
    picture->height = image.height();
    picture->model = ColorModel::Rgb;
    picture->alpha = alpha;
    picture->color.range = ColorRange::Full;
    const int channels = alpha == AlphaMode::None ? 3 : 4;
    const auto width = static_cast<std::size_t>(image.width());
    for (int channel = 0; channel < channels; ++channel) {
        Plane plane{image.width(), image.height(),
                    std::vector<std::byte>(width * static_cast<std::size_t>(image.height()))};
        for (int y = 0; y < image.height(); ++y) {
            const uchar* row = image.constScanLine(y) + channel;
            std::byte* out = plane.samples.data() + static_cast<std::size_t>(y) * width;
            for (std::size_t x = 0; x < width; ++x) {
                out[x] = static_cast<std::byte>(row[4 * x]);
            }
        }
        picture->planes.push_back(std::move(plane));
    }
    return picture;
}

} // namespace

Result<PicturePtr> TitlePainter::paint(const Title& title, int width, int height) const {
    if (!isDrawableSize(width, height)) {
        return sizeError(width, height);
    }
    QImage image(width, height, QImage::Format_RGBA8888_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    const double letterHeight = std::clamp(title.size, 0.005, 1.0) * height;
    painter.setFont(titleFont(letterHeight));
    const QString text = QString::fromStdString(title.text);
    const QPointF centre(title.x * width, title.y * height);
    const double shadow = std::max(1.0, letterHeight * kShadowOffset);
    painter.setPen(QColor::fromRgbF(0.0F, 0.0F, 0.0F, kShadowOpacity));
    drawLines(painter, text, centre + QPointF(shadow, shadow), letterHeight);
    painter.setPen(colorFromText(title.color));
    drawLines(painter, text, centre, letterHeight);
    painter.end();
    // Straight, because Qt has premultiplied code values, and the renderer wants light.
    return pictureFromImage(image.convertToFormat(QImage::Format_RGBA8888), AlphaMode::Straight);
}

Result<PicturePtr> TitlePainter::paintColor(const std::string& color, int width, int height) const {
    if (!isDrawableSize(width, height)) {
        return sizeError(width, height);
    }
    QImage image(width, height, QImage::Format_RGBA8888);
    const QColor filled = colorFromText(color);
    image.fill(filled);
    return pictureFromImage(image, filled.alpha() == 255 ? AlphaMode::None : AlphaMode::Straight);
}

Result<PicturePtr> TitlePainter::paintSlate(const std::string& name, int width, int height) const {
    if (!isDrawableSize(width, height)) {
        return sizeError(width, height);
    }
    QImage image(width, height, QImage::Format_RGBA8888);
    image.fill(QColor(0x26, 0x26, 0x26));
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    const double letterHeight = height / 16.0;
    const double margin = letterHeight;
    painter.setPen(QPen(QColor(0x60, 0x60, 0x60), std::max(1.0, height / 360.0)));
    painter.drawRect(QRectF(margin / 2.0, margin / 2.0, width - margin, height - margin));
    painter.setFont(titleFont(letterHeight));
    painter.setPen(QColor(0xb0, 0xb0, 0xb0));
    const QString text = painter.fontMetrics().elidedText(QString::fromStdString(name), Qt::ElideMiddle,
                                                          std::max(1, width - static_cast<int>(2.0 * margin)));
    drawLines(painter, text, QPointF(width / 2.0, height / 2.0), letterHeight);
    painter.end();
    return pictureFromImage(image, AlphaMode::None);
}

} // namespace timeline
