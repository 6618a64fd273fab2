#include "ui/text/TimeText.h"

#include "timeline/time/Timecode.h"

#include <QCoreApplication>

#include <cmath>

namespace ui {

QString timecodeText(timeline::RationalTime time) {
    return QString::fromStdString(timeline::timecodeFrom(time));
}

QString timeLeftText(double seconds) {
    if (!(seconds >= 0.0) || seconds > 1e7) {
        return {};
    }
    if (seconds < 90.0) {
        return QCoreApplication::translate("TimeText", "about %1 s left").arg(std::ceil(seconds));
    }
    if (seconds < 90.0 * 60.0) {
        return QCoreApplication::translate("TimeText", "about %1 min left").arg(std::round(seconds / 60.0));
    }
    return QCoreApplication::translate("TimeText", "about %1 h left").arg(seconds / 3600.0, 0, 'f', 1);
}

} // namespace ui
