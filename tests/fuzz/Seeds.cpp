#include "tests/fuzz/Seeds.h"

#include <cstdlib>
#include <cstring>
#include <fstream>

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
    if (*count == 3 && std::strcmp((*arguments)[1], "--write-seeds") == 0) {
        for (const auto& [name, bytes] : generation::fuzz::seeds()) {
            std::ofstream((*arguments)[2] + std::string("/") + name, std::ios::binary) << bytes;
        }
        std::exit(0);
    }
    return 0;
}
