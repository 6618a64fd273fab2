#include "app/media/MediaImporter.h"

#include "app/media/BinList.h"
#include "timeline/edit/Overwrite.h"
#include "timeline/edit/SetProperty.h"
#include "timeline/edit/Tracks.h"
#include "timeline/io/MediaUrl.h"
#include "timeline/media/ImageSequence.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"
#include "ui/text/ErrorText.h"

#include <algorithm>
#include <memory>

namespace app {

using timeline::Result;
using timeline::Timeline;
using timeline::TrackKind;

namespace {

bool isFree(const Timeline& timeline, std::size_t track, const timeline::TimeRange& range) {
    return timeline::clipsIn(timeline, track, range).empty();
}

QString newTrackName(const Timeline& timeline, TrackKind kind) {
    const auto same = std::ranges::count(timeline.tracks, kind, &timeline::Track::kind);
    const QString name = kind == TrackKind::Audio ? MediaImporter::tr("Audio") : MediaImporter::tr("Video");
    return same == 0 ? name : name + u' ' + QString::number(same + 1);
}

/// Whether its pictures steer shots and are not seen themselves.
bool isLane(TrackKind kind) {
    return kind == TrackKind::Style || kind == TrackKind::Mask;
}

/// What steers shots makes the film no longer than its pictures; a mask ends with the topmost clip that it lies over.
timeline::Clip withinFilm(timeline::Clip clip, const Timeline& timeline, TrackKind lane, timeline::RationalTime start) {
    timeline::RationalTime film(0, timeline.format.rate);
    std::optional<timeline::RationalTime> topmost;
    for (const timeline::Track& track : timeline.tracks) {
        if (track.kind == TrackKind::Video) {
            film = std::max(film, timeline::trackDuration(timeline, track));
            const auto shown = timeline::clipAt(timeline, track, start);
            topmost = shown ? shown->range.end() : topmost;
        }
    }
    const timeline::RationalTime end = lane == TrackKind::Mask ? topmost.value_or(film) : film;
    if (start < end) {
        clip.sourceRange.duration = std::min(clip.sourceRange.duration, end - start);
    }
    return clip;
}

/// The wanted track if it takes the clip, else the first of the kind that is not locked, else a new one. Sound that
/// comes along with a picture lies over no other sound: it looks for a free place.
Result<Timeline> layDown(const Timeline& timeline, const timeline::Clip& clip, timeline::TrackId wanted, TrackKind kind,
                         timeline::RationalTime start) {
    const timeline::Track* track = timeline::findTrack(timeline, wanted);
    if (track && timeline::accepts(track->kind, clip) &&
        (track->kind == kind || (kind == TrackKind::Video && isLane(track->kind)))) {
        return timeline::overwrite(timeline, wanted, clip, start);
    }
    const timeline::TimeRange range{start, clip.sourceRange.duration.rescaledTo(timeline.format.rate)};
    for (std::size_t i = 0; i < timeline.tracks.size(); ++i) {
        const timeline::Track& other = timeline.tracks[i];
        if (other.kind == kind && !other.locked && (kind != TrackKind::Audio || isFree(timeline, i, range))) {
            return timeline::overwrite(timeline, other.id, clip, start);
        }
    }
    timeline::Track added = timeline::makeTrack(kind, newTrackName(timeline, kind).toStdString());
    const timeline::TrackId id = added.id;
    return timeline::addTrack(timeline, std::move(added)).and_then([&](const Timeline& with) {
        return timeline::overwrite(with, id, clip, start);
    });
}

bool isEmpty(const Timeline& timeline) {
    return std::ranges::all_of(timeline.tracks, [](const timeline::Track& track) { return track.items.empty(); });
}

/// The sequence takes the shape of the first film that is laid on it.
Timeline shapedBy(const Timeline& timeline, const std::vector<MediaFile>& files) {
    const auto film = std::ranges::find_if(files, [](const MediaFile& file) {
        return file.info.kind == timeline::MediaKind::Video && file.info.hasVideo();
    });
    if (!isEmpty(timeline) || film == files.end()) {
        return timeline;
    }
    timeline::SequenceFormat format = timeline.format;
    const timeline::VideoStreamInfo& video = film->info.video.front();
    format.rate = video.rate;
    format.width = video.displayWidth / 2 * 2;
    format.height = video.displayHeight / 2 * 2;
    return timeline::setFormat(timeline, format).value_or(timeline);
}

/// Where the last of them ends when they lie one after another from `start` on, at its rate.
timeline::RationalTime endOf(const std::vector<MediaFile>& files, timeline::RationalTime start) {
    timeline::RationalTime end = start;
    for (const MediaFile& file : files) {
        const auto picture = file.pictureClip(start.rate());
        const auto sound = picture ? std::nullopt : file.soundClip(start.rate());
        end = end + (picture ? picture->sourceRange.duration
                     : sound ? sound->sourceRange.duration
                             : timeline::RationalTime(0, start.rate()));
    }
    return end;
}

Timeline withBin(const Timeline& timeline, const std::vector<MediaFile>& files) {
    std::vector<std::string> added;
    for (const MediaFile& file : files) {
        added.push_back(file.reference.url);
    }
    std::vector<std::string> urls = binUrls(timeline);
    addUrls(urls, added);
    return withBinUrls(timeline, urls);
}

std::vector<std::filesystem::path> asPaths(const QStringList& paths) {
    std::vector<std::filesystem::path> files;
    for (const QString& path : paths) {
        files.emplace_back(path.toStdString());
    }
    return files;
}

} // namespace

Result<Timeline> withFiles(Timeline timeline, const std::vector<MediaFile>& files, timeline::TrackId track,
                           timeline::RationalTime start) {
    timeline = shapedBy(timeline, files);
    start = start.rescaledTo(timeline.format.rate);
    for (const MediaFile& file : files) {
        auto picture = file.pictureClip(timeline.format.rate);
        auto sound = file.soundClip(timeline.format.rate);
        const timeline::Track* wanted = timeline::findTrack(timeline, track);
        if (picture && wanted && isLane(wanted->kind) && files.size() == 1) {
            picture = withinFilm(*picture, timeline, wanted->kind, start);
        }
        const bool soundAlone = wanted && wanted->kind == TrackKind::Audio && sound;
        timeline::RationalTime length(0, timeline.format.rate);
        if (picture && !soundAlone) {
            auto laid = layDown(timeline, *picture, track, TrackKind::Video, start);
            if (!laid) {
                return laid;
            }
            timeline = std::move(laid).value();
            length = picture->sourceRange.duration;
        }
        if (sound && !(picture && wanted && isLane(wanted->kind))) {
            if (picture && !soundAlone) {
                sound->sourceRange.duration = std::min(sound->sourceRange.duration, picture->sourceRange.duration);
            }
            auto laid = layDown(timeline, *sound, track, TrackKind::Audio, start);
            if (!laid) {
                return laid;
            }
            timeline = std::move(laid).value();
            length = std::max(length, sound->sourceRange.duration);
        }
        start = start + length;
    }
    return withBin(timeline, files);
}

MediaImporter::MediaImporter(timeline::TimelineDocument& document, QObject* parent)
    : QObject(parent), m_document(document) {
    connect(&document, &timeline::TimelineDocument::wasReset, this, &MediaImporter::cancel);
}

void MediaImporter::cancel() {
    for (std::stop_source& reading : m_reading) {
        reading.request_stop();
    }
    m_reading.clear();
}

void MediaImporter::read(const QStringList& paths, std::function<void(const std::vector<MediaFile>&)> then) {
    m_reading.push_back(m_background.start([this, paths, then = std::move(then)](std::stop_token stop) {
        auto files = std::make_shared<std::vector<MediaFile>>();
        QStringList problems;
        const std::vector<std::filesystem::path> found = timeline::withSequences(asPaths(paths));
        for (std::size_t i = 0; i < found.size() && !stop.stop_requested(); ++i) {
            if (found.size() > 1) {
                QMetaObject::invokeMethod(this, [this, number = i + 1, count = found.size()] {
                    Q_EMIT progressed(static_cast<int>(number), static_cast<int>(count));
                });
            }
            auto file = readMediaFile(found[i], {});
            if (file) {
                files->push_back(std::move(file).value());
            } else {
                problems << ui::errorText(file.error());
            }
        }
        return [this, files, problems, then, stop] {
            if (stop.stop_requested()) {
                return; // nobody waits for it
            }
            m_reading.erase(m_reading.begin());
            if (!problems.isEmpty()) {
                Q_EMIT failed(problems.join(u'\n'));
            }
            if (!files->empty()) {
                m_document.whenSettled([files, then] { then(*files); });
            }
        };
    }));
}

void MediaImporter::importFiles(const QStringList& paths) {
    read(paths, [this](const std::vector<MediaFile>& files) {
        if (auto applied = m_document.apply(tr("Import"), withBin(*m_document.timeline(), files)); !applied) {
            Q_EMIT failed(ui::errorText(applied.error()));
            return;
        }
        Q_EMIT imported(files.size() == 1 ? tr("1 file imported") : tr("%1 files imported").arg(files.size()));
    });
}

void MediaImporter::insertFiles(const QStringList& paths, timeline::TrackId track, timeline::RationalTime start) {
    read(paths, [this, track, start](const std::vector<MediaFile>& files) {
        if (auto applied = m_document.apply(tr("Insert Media"), withFiles(*m_document.timeline(), files, track, start));
            !applied) {
            Q_EMIT failed(ui::errorText(applied.error()));
        } else if (!track.isValid()) {
            Q_EMIT inserted(endOf(files, start.rescaledTo(m_document.timeline()->format.rate)));
        }
    });
}

void MediaImporter::removeFiles(const QStringList& paths) {
    std::vector<std::string> urls = binUrls(*m_document.timeline());
    const auto isMeant = [&](const std::string& url) {
        const auto file = timeline::resolveUrl(url, {});
        return file && paths.contains(QString::fromStdString(file->string()));
    };
    std::erase_if(urls, isMeant);
    if (auto applied = m_document.apply(tr("Remove from Bin"), withBinUrls(*m_document.timeline(), urls)); !applied) {
        Q_EMIT failed(ui::errorText(applied.error()));
        return;
    }
    QStringList used; // what is on the timeline shows in the bin, listed or not
    for (const std::string& url : mediaUrls(*m_document.timeline())) {
        if (isMeant(url)) {
            used << tr("%1 is used on the timeline, and stays in the bin.")
                        .arg(QString::fromStdString(timeline::resolveUrl(url, {})->filename().string()));
        }
    }
    if (!used.isEmpty()) {
        Q_EMIT failed(used.join(u'\n'));
    }
}

} // namespace app
