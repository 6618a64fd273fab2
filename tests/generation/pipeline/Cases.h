#pragma once

#include "generation/pipeline/PipelineObserver.h"
#include "generation/pipeline/ShotPlan.h"

#include <cstdlib>
#include <string>

#include "tests/generation/Check.h"

// The cases of this folder are one executable: each file adds its own.
void denoiserCases(generation::test::Checks& checks);
void knownPixelCases(generation::test::Checks& checks);
void memoryPlanCases(generation::test::Checks& checks);
void pictureCases(generation::test::Checks& checks);
void shotPlanCases(generation::test::Checks& checks);
void runFileCases(generation::test::Checks& checks);
void starterCases(generation::test::Checks& checks);
void starterRunCases(generation::test::Checks& checks);
void tinyShotCases(generation::test::Checks& checks);

inline std::string starterFolder() {
    const char* resources = std::getenv("FANTASCOPE_RESOURCES");
    return std::string(resources ? resources : SOURCE_ROOT "/resources") + "/models/starter";
}
