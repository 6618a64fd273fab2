#pragma once

#include <QString>

#include <vector>

namespace ui {

/// A model to generate with, as the catalogue describes it.
struct ModelChoice {
    QString name;   ///< what a recipe calls it
    QString label;  ///< for people
    int steps = 25; ///< its own, used where a recipe says 0
    double guidance = 1.0;
    bool knowsEdges = false; ///< can follow the edges of the base clip
    bool knowsLuma = false;  ///< and its brightness
    bool knowsBlur = false;
    bool knowsDepth = false;
    bool knowsGuide = false; ///< any other rendering of the structure
    double seconds = 2.0;    ///< how long its clips are
    double shift = 1.0;      ///< its own, as is the sampler
    QString sampler = {};    ///< by the name that recipes use

    bool operator==(const ModelChoice&) const = default;
};

/// What can be said of a shot before it is generated, in the user's language.
struct ShotCheck {
    QString problem; ///< why it cannot be generated as it is; empty: it can
    QString note;    ///< what is to be known of how it will be made; empty: nothing
};

} // namespace ui
