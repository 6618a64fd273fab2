#include "tests/generation/model/Cases.h"

int main() {
    generation::test::Checks checks;
    parityCases(checks);
    networkCases(checks);
    folderCases(checks);
    spellingCases(checks);
    looseCases(checks);
    return checks.finish();
}
