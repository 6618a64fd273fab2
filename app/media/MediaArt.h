#pragma once

#include "app/jobs/Background.h"
#include "timeline/media/Waveform.h"
#include "timeline/render/SequenceRenderer.h"
#include "ui/state/ClipArt.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <memory>

namespace app {

/// Thumbnails and waveforms, made in the background by the renderer and the media room, kept in memory within limits.
/// Thread: GUI; the making on a thread of its own.
class MediaArt : public ui::ClipArt {
    Q_OBJECT

public:
    MediaArt(std::shared_ptr<timeline::MediaPool> media, timeline::UrlResolver resolve, QObject* parent = nullptr);

    QImage thumbnail(const std::string& url, timeline::RationalTime time, int height) override;
    ui::Peaks peaks(const std::string& url, const timeline::TimeRange& range, int slices) override;

private:
    using WaveformPtr = std::shared_ptr<const timeline::Waveform>;

    void makeThumbnail(const QString& key, const timeline::FramePlan& plan);
    void makeWaveform(const QString& key, const std::string& url);

    timeline::UrlResolver m_resolve;
    std::shared_ptr<timeline::SequenceRenderer> m_renderer; ///< used by the background thread alone
    QHash<QString, QImage> m_thumbnails;
    QHash<QString, WaveformPtr> m_waveforms; ///< null: the file has no sound
    QSet<QString> m_pending;
    QTimer m_changed; ///< many small changes are told as one
    Background m_background;
};

} // namespace app
