#pragma once

#include "generation/model/Configs.h"
#include "tests/generation/model/TensorFile.h"

namespace generation::test {

/// The tensors of a transformer's file, written down from engine spec 1.4 and not from the code under test.
ShapeList transformerShapes(const TransformerConfig& config);

/// The tensors of a UMT5 encoder's file (engine spec 1.4).
ShapeList textEncoderShapes(const TextEncoderConfig& config);

/// The tensors of an autoencoder's file, both types (engine spec 4.3, 4.4 and appendix A).
ShapeList vaeShapes(const VaeConfig& config);

/// The tensors of CLIP's picture tower as transformers saves it, all layers and the projection with it.
ShapeList imageEncoderShapes(const ImageEncoderConfig& config);

/// A list of fixtures/tensor-lists: a name and its sizes in each line.
ShapeList readShapeList(const std::string& file);

} // namespace generation::test
