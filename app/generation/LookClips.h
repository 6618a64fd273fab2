#pragma once

#include "app/media/MediaClips.h"
#include "app/models/ModelInfo.h"
#include "timeline/base/Result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

namespace app {

/// A clip or still that a look is to be learnt from.
/// Thread: a value.
struct LookClip {
    QString file;
    QString caption; ///< of the text file beside it; empty: there is none
    MediaFile media;
    std::vector<std::int64_t> starts; ///< of its stretches, in frames of the model's rate
    std::int64_t frames = 1;          ///< of each stretch

    bool isStill() const { return media.info.kind == timeline::MediaKind::Still; }
};

/// Probes the files and cuts each into stretches of at most the model's length: a few that overlap by half, or more
/// than that evenly spread over a long film. Stills are films of one frame. A text file of the same name beside a clip
/// ("waves.txt" beside "waves.mp4") says what it shows, in at most 2000 letters. Errors as timeline::probe(), and
/// NoVideoStream; TooLarge and ReadFailed for a text. Takes up to seconds.
timeline::Result<std::vector<LookClip>> readLookClips(const QStringList& files, const ModelInfo& model);

/// How many stretches all of them have.
std::int64_t stretchCount(const std::vector<LookClip>& clips);

/// A stretch as the worker reads it.
struct LookStretch {
    QString frames; ///< a frame file of the model's size and rate
    QString caption;
    std::size_t clip = 0; ///< which one it was cut from
};

/// Decodes all stretches into frame files in `folder`, which is there: covering the model's frame, at its rate. The
/// same clips give the same files. `show` hears of each one that is done.
timeline::Result<std::vector<LookStretch>> decodeLookClips(const std::vector<LookClip>& clips, const ModelInfo& model,
                                                           const QString& folder, const std::stop_token& stop,
                                                           const std::function<void(std::int64_t done)>& show);

} // namespace app
