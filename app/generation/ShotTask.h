#pragma once

#include "app/generation/GenerationTask.h"
#include "app/generation/ShotRequest.h"
#include "app/media/MediaCache.h"

#include <QString>

#include <filesystem>

namespace app {

/// The job that makes a take of a shot: prepareShot(), the worker, writeTake() into `folder`.
GenerationTask shotTask(const ShotSnapshot& snapshot, const QString& title, const MediaCache& cache,
                        const std::filesystem::path& folder);

} // namespace app
