#pragma once

#include "tests/generation/Check.h"

// One executable for the room: linking libtorch costs seconds.
void parityCases(generation::test::Checks& checks);
void networkCases(generation::test::Checks& checks);
void folderCases(generation::test::Checks& checks);
void spellingCases(generation::test::Checks& checks);
void looseCases(generation::test::Checks& checks);
void expertCases(generation::test::Checks& checks);
void extrasCases(generation::test::Checks& checks);
void realShapeCases(generation::test::Checks& checks);
void tinyDecoderCases(generation::test::Checks& checks);
void loraCases(generation::test::Checks& checks);
void streamingCases(generation::test::Checks& checks);
void imageEncoderCases(generation::test::Checks& checks);
void tileCases(generation::test::Checks& checks);
void memoryCases(generation::test::Checks& checks);
