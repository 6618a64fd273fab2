#pragma once

#include "ui/state/ClipArt.h"

#include <QPainter>

#include <cmath>

namespace testing {

/// Thumbnails and waveforms without files: a sky whose colour comes from the name.
class DrawnArt : public ui::ClipArt {
public:
    QImage thumbnail(const std::string& url, timeline::RationalTime time, int height) override {
        QImage image(height * 16 / 9, height, QImage::Format_RGB32);
        const int hue = static_cast<int>(std::hash<std::string>{}(url) % 360);
        QLinearGradient sky(0, 0, 0, height);
        sky.setColorAt(0.0, QColor::fromHsv(hue, 150, 170));
        sky.setColorAt(0.6, QColor::fromHsv((hue + 40) % 360, 80, 220));
        sky.setColorAt(0.61, QColor::fromHsv((hue + 180) % 360, 90, 90));
        sky.setColorAt(1.0, QColor::fromHsv((hue + 180) % 360, 120, 50));
        QPainter painter(&image);
        painter.fillRect(image.rect(), sky);
        painter.setBrush(QColor(255, 240, 200));
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(QPointF(image.width() * (0.3 + 0.1 * std::sin(time.toSeconds())), height * 0.35),
                            height * 0.1, height * 0.1);
        return image;
    }

    ui::Peaks peaks(const std::string&, const timeline::TimeRange& range, int slices) override {
        ui::Peaks peaks;
        for (int i = 0; i < slices; ++i) {
            const double at = range.start.toSeconds() + range.duration.toSeconds() * i / slices;
            peaks.push_back(static_cast<float>(0.15 + 0.6 * std::abs(std::sin(at * 3.1) * std::sin(at * 17.0))));
        }
        return peaks;
    }
};

} // namespace testing
