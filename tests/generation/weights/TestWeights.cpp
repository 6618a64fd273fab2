#include "tests/generation/weights/Cases.h"

int main() {
    generation::test::Checks checks;
    decodeCases(checks);
    ggufCases(checks);
    keyMapCases(checks);
    packedTensorCases(checks);
    scaledCases(checks);
    storedTensorCases(checks);
    return checks.finish();
}
