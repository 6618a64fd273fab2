#pragma once

#include "tests/generation/Check.h"

// One executable for what reads the insides of files: linking libtorch costs seconds.
void decodeCases(generation::test::Checks& checks);
void ggufCases(generation::test::Checks& checks);
void keyMapCases(generation::test::Checks& checks);
void packedTensorCases(generation::test::Checks& checks);
void scaledCases(generation::test::Checks& checks);
void storedTensorCases(generation::test::Checks& checks);
