#pragma once

#include "tests/generation/Check.h"

// One executable for the room: linking libtorch costs seconds.
void parityCases(generation::test::Checks& checks);
void networkCases(generation::test::Checks& checks);
void folderCases(generation::test::Checks& checks);
void spellingCases(generation::test::Checks& checks);
void looseCases(generation::test::Checks& checks);
