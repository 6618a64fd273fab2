#include "tests/generation/model/Cases.h"

int main() {
    generation::test::Checks checks;
    parityCases(checks);
    networkCases(checks);
    folderCases(checks);
    return checks.finish();
}
