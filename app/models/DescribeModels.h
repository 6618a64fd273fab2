#pragma once

#include "app/models/ModelInfo.h"

#include <QStringList>

#include <optional>
#include <stop_token>
#include <vector>

namespace app {

/// Asks the worker what the models at these places are: folders in a published layout without a description of ours,
/// folders of loose files, files of transformers. A folder of several transformers is several models. What is none is
/// there with its problem. What can be used is remembered in the cache folder as long as the worker and the files that
/// it names are the same; problems never are. Thread: any; starting the worker takes up to seconds.
std::vector<ModelInfo> describeModels(const QStringList& places, const std::stop_token& stop = {});

/// What is remembered of a place; nothing when the worker has to be asked. Quick.
std::optional<std::vector<ModelInfo>> rememberedModels(const QString& place);

/// Whether a folder has files of weights where tools put them (itself, diffusion_models, unet, transformer). Opens
/// nothing.
bool hasWeights(const QString& folder);

} // namespace app
