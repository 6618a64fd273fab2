#pragma once

#include "generation/protocol/Event.h"
#include "generation/protocol/FrameFile.h"
#include "timeline/base/Result.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace app {

/// Frames that were generated before, and the facts of their making.
struct CachedFrames {
    QString framesPath;
    generation::FinishedEvent facts;
};

/// A frame file named after its own content.
struct StoredInput {
    QString path;
    std::string hash;
};

/// Generated frames by request key, and the inputs of requests by content, in the user's cache folder:
///     generated/<key>/   frames.safetensors, finished.json
///     inputs/<hash>.safetensors
///     work/<job>/        what the worker writes before it is adopted
/// Everything appears by rename and is complete; anything may be deleted at any time.
/// Thread: any; different programs may share the folder.
class MediaCache {
public:
    explicit MediaCache(QString folder);

    std::optional<CachedFrames> find(const std::string& key) const;

    /// Where the worker is to put the result of a job; does not exist yet.
    QString workFolder(const QString& jobId) const;
    /// Makes the finished work of a job what find(key) gives.
    timeline::Result<CachedFrames> adopt(const std::string& key, const generation::FinishedEvent& facts) const;
    /// Another job goes on from the steps that one left.
    void takeOverWork(const QString& fromJob, const QString& toJob) const;
    /// Deletes whatever a job left.
    void discardWork(const QString& jobId) const;
    void remove(const std::string& key) const;

    timeline::Result<StoredInput> storeInput(const generation::FrameSet& frames) const;

    /// Deletes the least recently used entries until no more than `bytes` are left, and what programs that ended badly
    /// left of their work: what nobody has written to for a day.
    void prune(std::uint64_t bytes) const;

private:
    QString entryFolder(const std::string& key) const;

    QString m_folder;
};

} // namespace app
