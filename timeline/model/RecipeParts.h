#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace timeline {

/// What of the picture below steers the result. Auto: what suits the base, strength and model; None is the user's word
/// that nothing does. Depth and Guide: the film below is such a picture already (a rendering of depth; of poses, of
/// anything else). Keep: what lies below stays as it is, and the rest of the shot is made.
enum class RecipeControl : std::uint8_t { None, Edges, Luma, Auto, Blur, Depth, Guide, Keep };

/// Who holds what is given to a shot as it is. Model: only models that learnt it. Blend: it is put back after every
/// step, which any model bears. Auto: the model where it learnt it, else by blending.
enum class RecipeKeeping : std::uint8_t { Auto, Model, Blend };

/// What may be taken over from one denoising step to the next.
enum class RecipeCache : std::uint8_t { None, Auto, Easy, FirstBlock };

/// A LoRA, and how strongly it counts over the run: straight lines between its points.
/// Thread: a value.
struct RecipeLora {
    struct Point {
        double position = 0.0; ///< 0: before the first step, 1: at the last
        double strength = 1.0;

        bool operator==(const Point&) const = default;
    };

    std::string file;                         ///< its name in a loras folder, or an absolute path
    std::vector<Point> points = {{0.0, 1.0}}; ///< by rising position, at least one

    bool operator==(const RecipeLora&) const = default;
};

/// Settings of sampling that few people touch. The defaults are the model's own.
/// Thread: a value.
struct RecipeTuning {
    std::string preset;        ///< a set of sampling values by name; empty: none
    bool zeroStar = false;     ///< guidance by CFG-Zero*
    double zeroInit = 0.0;     ///< share of the steps at the beginning that it leaves out
    double guidanceFrom = 0.0; ///< guidance counts in this part of the run
    double guidanceTo = 1.0;
    RecipeCache cache = RecipeCache::None;
    int windowFrames = -1; ///< of the pieces of a long shot, in the model's frames; 0: all at once, -1: its own
    int windowOverlap = 16;
    int promptBlend = 4; ///< frames over which one prompt gives way to the next

    bool operator==(const RecipeTuning&) const = default;
};

} // namespace timeline
