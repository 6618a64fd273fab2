#pragma once

#include "tests/generation/Check.h"

// One executable for the room: linking libtorch costs seconds.
void gradientCases(generation::test::Checks& checks);
void loopCases(generation::test::Checks& checks);
void lookCases(generation::test::Checks& checks);
void commandCases(generation::test::Checks& checks);
void taskCases(generation::test::Checks& checks);
void starterCases(generation::test::Checks& checks);
