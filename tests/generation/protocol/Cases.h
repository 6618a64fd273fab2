#pragma once

#include "tests/generation/Check.h"

// The cases of this folder are one executable: each file adds its own.
void frameFileCases(generation::test::Checks& checks);
void requestKeyCases(generation::test::Checks& checks);
