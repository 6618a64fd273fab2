#pragma once

#include "generation/training/measure/Footage.h"
#include "generation/training/measure/RidgeClassifier.h"

namespace generation::measure {

/// What a picture looks like, without what it shows: colours, how they are spread, edges and their directions, fine
/// texture, steps of tone, periodic blocks and dots, border and corners. About a hundred numbers; pictures of any size.
Features styleFeatures(const Picture& picture);

/// What a picture shows: colours by place, edges by place; with styleFeatures in front. `next` is the following frame:
/// what has changed tells rain and snow from texture.
Features sceneFeatures(const Picture& picture, const Picture& next);

} // namespace generation::measure
