#pragma once

#include "app/cli/Command.h"
#include "app/models/ModelInfo.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace app::cli {

/// Where models are looked for, those folders of the settings included.
QStringList modelRoots();

/// A model that can be used, by its name, its folder or its file; empty: the one of the settings, else the first there
/// is. The worker is asked only for what does not describe itself. What is wrong is reported already.
std::optional<ModelInfo> findModel(const QString& name, const Streams& streams);

} // namespace app::cli
