#include "generation/device/Device.h"
#include "tests/generation/training/Cases.h"

int main() {
    generation::configureLibtorch(generation::referenceDevice());
    generation::test::Checks checks;
    gradientCases(checks);
    loopCases(checks);
    taskCases(checks);
    lookCases(checks);
    starterCases(checks);
    commandCases(checks);
    return checks.finish();
}
