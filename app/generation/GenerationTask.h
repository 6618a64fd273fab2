#pragma once

#include "app/generation/JobFailure.h"
#include "generation/protocol/Event.h"
#include "generation/protocol/FrameFile.h"
#include "generation/protocol/Request.h"
#include "timeline/base/Result.h"
#include "timeline/model/Ids.h"
#include "timeline/model/Recipe.h"

#include <QString>

#include <functional>
#include <stop_token>
#include <string>

namespace app {

/// A request with its inputs written and hashed, ready for the worker.
struct PreparedRequest {
    generation::GenerateRequest request; ///< id and outputPath are the queue's to fill
    std::string key;                     ///< equal keys give equal pixels
    timeline::TakeRecord record;         ///< what the take will say of itself; facts still to come
};

/// What a job made.
struct GeneratedFrames {
    const PreparedRequest& prepared;
    const generation::FinishedEvent& facts;
    const generation::FrameSet& frames;
};

/// One job for the queue. Both functions run on the queue's own thread and must not touch what belongs to the GUI's:
/// they work on snapshots.
struct GenerationTask {
    QString title;
    timeline::ItemId shot; ///< invalid: none
    std::function<timeline::Result<PreparedRequest>(std::stop_token)> prepare;
    /// Makes of the frames what is wanted (a take, a film); the result is handed to finished().
    std::function<timeline::Result<QString>(const GeneratedFrames&, std::stop_token)> deliver;
};

/// The end of a job that went well.
struct GenerationResult {
    QString jobId;
    timeline::ItemId shot;
    QString path;                ///< what deliver() returned
    timeline::TakeRecord record; ///< complete
    generation::FinishedEvent facts;
    QString framesPath = {}; ///< of the frames in the cache; the states after each step, if kept, lie beside it
    bool fromCache = false;
};

} // namespace app
