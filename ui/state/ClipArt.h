#pragma once

#include "timeline/model/MediaReference.h"

#include <QImage>
#include <QObject>

#include <vector>

namespace ui {

/// The loudness of a piece of sound: for each of equal slices of the asked range the largest absolute sample, 0 to 1.
using Peaks = std::vector<float>;

/// Pictures and waveforms of media for the timeline and the panels. Both functions answer at once: with what is there,
/// or with nothing while it is being made; changed() then says that asking again is worth it. Thread: GUI.
class ClipArt : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// @param url     as the project says it
    /// @param time    in the medium's own time
    /// @param height  of the picture in device pixels; the answer may have another size
    virtual QImage thumbnail(const std::string& url, timeline::RationalTime time, int height) = 0;
    virtual Peaks peaks(const std::string& url, const timeline::TimeRange& range, int slices) = 0;

Q_SIGNALS:
    void changed();
};

} // namespace ui
