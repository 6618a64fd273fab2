#pragma once

#include "generation/model/Experts.h"

#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// How a model wants to be used: model_index.json, with the family table's values for what it leaves open, or those
/// alone for loose files. Reading one opens no weights.
/// Thread: a value.
struct ModelCard {
    std::string folder;
    std::string family; ///< a name in the family table
    std::string name;
    std::string licence;
    int width = 0;
    int height = 0;
    std::int64_t frames = 0;
    std::int64_t fpsNumerator = 0;
    std::int64_t fpsDenominator = 1;
    int maxTextTokens = 512;
    int steps = 0;
    double shift = 0.0;
    double shift480p = 0.0; ///< what the family publishes for 832x480 and 1280x720; 0: one shift serves all sizes
    double shift720p = 0.0;
    double guidance = 0.0;
    std::string sampler;                              ///< a name that sampling knows
    std::string negativePrompt;                       ///< for requests without one; empty: trained on empty text
    std::vector<std::vector<std::string>> conditions; ///< allowed combinations of "first_frame", "edges", "luma",
                                                      ///< "reference", ... ("any": all); none at all is always allowed
    bool hasControl = false;                          ///< has a VACE branch
    bool textOnlyWithoutControl = false; ///< text alone runs with the control branch off; else with an empty control
    bool fillsReference = false;         ///< reference images cover the frame; else whole on a white canvas
    double referenceGuidance = 1.0;  ///< how far a reference's effect is pushed where a control gives the structure;
                                     ///< 1: as the network has it
    double firstFrameStrength = 1.0; ///< of the run that brings a first frame alone to life: 1 begins with noise, less
                                     ///< with that picture held and as much noise over it
    Experts experts;                 ///< which of two transformers denoises when
    double secondGuidance = 0.0;     ///< of the second one
    bool perTokenTime = false;       ///< TI2V: the first frame is given by a timestep of its own (expand_timesteps)

    std::string tokenizerFolder() const { return folder + "/tokenizer"; }
    bool allows(std::vector<std::string> condition) const; ///< in any order
};

/// Throws WeightsError: no model_index.json, not a family we know, misshapen values.
ModelCard readModelCard(const std::string& folder);

struct Family;

/// What a family's models want where their files say nothing.
ModelCard cardOfFamily(const Family& family, const std::string& name);

} // namespace generation
