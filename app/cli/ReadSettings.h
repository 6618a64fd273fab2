#pragma once

#include "app/cli/SettingSource.h"
#include "app/cli/Sketch.h"

#include <QString>

#include <optional>

namespace app::cli {

/// Reads how a sketch is made: control, keeping, sampler, guidance, caches, windows, LoRAs and so on. The names are
/// those of the options of `generate`; task documents write them with _ in place of -.
void readSettings(SettingSource& source, Sketch& sketch);

/// "look.safetensors", "look.safetensors=0.8" or, over the run, "look.safetensors=1@0,0.2@1"; nothing for what is no
/// such list. Positions rise from 0 (before the first step) to 1 (the last).
std::optional<timeline::RecipeLora> parseLora(const QString& text);

/// "128x72+48+28": size, and place of the upper left corner; nothing for what is no such place.
std::optional<generation::Placement> parsePlacement(const QString& text);

/// "12-24": frames from the first to the one after the last; nothing for what is no such range.
std::optional<generation::FrameRange> parseFrames(const QString& text);

} // namespace app::cli
