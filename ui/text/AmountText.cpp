#include "ui/text/AmountText.h"

#include <QCoreApplication>

#include <cmath>

namespace ui {

QString bytesText(std::int64_t bytes) {
    if (bytes < 950'000'000) { // "1.0 GB" from there on
        const double megabytes = std::ceil(static_cast<double>(bytes) / 1e6);
        return QCoreApplication::translate("AmountText", "%1 MB").arg(megabytes, 0, 'f', 0);
    }
    return QCoreApplication::translate("AmountText", "%1 GB").arg(static_cast<double>(bytes) / 1e9, 0, 'f', 1);
}

QString durationText(double seconds) {
    if (!(seconds >= 0.0)) {
        return {};
    }
    if (seconds < 90.0) {
        return QCoreApplication::translate("AmountText", "about %1 s").arg(std::ceil(seconds));
    }
    if (seconds < 90.0 * 60.0) {
        return QCoreApplication::translate("AmountText", "about %1 min").arg(std::round(seconds / 60.0));
    }
    return QCoreApplication::translate("AmountText", "about %1 h").arg(seconds / 3600.0, 0, 'f', 1);
}

} // namespace ui
