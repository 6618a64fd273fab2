#include "tests/generation/model/Cases.h"

int main() {
    generation::test::Checks checks;
    parityCases(checks);
    networkCases(checks);
    folderCases(checks);
    spellingCases(checks);
    looseCases(checks);
    expertCases(checks);
    extrasCases(checks);
    realShapeCases(checks);
    tinyDecoderCases(checks);
    loraCases(checks);
    streamingCases(checks);
    imageEncoderCases(checks);
    tileCases(checks);
    memoryCases(checks);
    return checks.finish();
}
