#pragma once

#include "generation/model/ModelFiles.h"

#include <string>

namespace generation::test {

/// A model with its three networks loaded.
struct OpenedModel {
    explicit OpenedModel(const std::string& place, const Device& device = referenceDevice())
        : files(place), textEncoder(files.loadTextEncoder(device, WeightResidency::Resident)),
          transformer(files.loadTransformer(0, device, WeightResidency::Resident)), vae(files.loadVae(device)) {}

    ModelFiles files;
    TextEncoder textEncoder;
    VideoTransformer transformer;
    VideoVae vae;
};

} // namespace generation::test
