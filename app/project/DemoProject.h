#pragma once

#include "timeline/base/Result.h"
#include "timeline/model/Timeline.h"

#include <filesystem>
#include <string>

namespace app {

/// The demo: a shot from a prompt that dissolves into a restyled base clip, which then goes on as it was filmed; a
/// title, a pad and the base clip's own sound. Made with the same edits as a user makes.
///
///     Prompt    [ lake at sunset    ][ sea with a boat ]
///     Style                          [ style picture   ]
///     Video 3     [ title       ]
///     Video 2   [ shot             ]X shot             ]
///     Video 1                       [ boat.mp4                        ]
///     Audio 2                       [ boat.mp4                        ]
///     Audio 1   [ pad.flac                                            ]
///
/// Thread: a value.
struct DemoProject {
    timeline::Timeline timeline;
    timeline::ItemId promptShot;
    timeline::ItemId restyleShot;
    timeline::ItemId base;
    timeline::ItemId style;
    std::string prompt; ///< of the first shot
};

/// @param media          the folder of the demo's files
/// @param projectFolder  what the project's paths are relative to; empty: they are absolute
timeline::Result<DemoProject> buildDemo(const std::filesystem::path& media, const std::filesystem::path& projectFolder);

} // namespace app
