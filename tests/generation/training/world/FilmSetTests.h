#pragma once

#include "tests/generation/Check.h"

void captionTests(generation::test::Checks& checks);
