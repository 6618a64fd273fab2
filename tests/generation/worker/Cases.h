#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "tests/generation/Check.h"

/// Inbox, clock, result folder, model cache, failures: in this process.
void partCases(generation::test::Checks& checks);

inline std::string starterFolder() {
    const char* resources = std::getenv("FANTASCOPE_RESOURCES");
    return std::string(resources ? resources : SOURCE_ROOT "/resources") + "/models/starter";
}

/// A folder of its own that goes away with it.
struct TemporaryFolder {
    std::string path = (std::filesystem::temp_directory_path() / "fantascope-worker-XXXXXX").string();
    TemporaryFolder() {
        if (!::mkdtemp(path.data())) {
            throw std::runtime_error("no temporary folder");
        }
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
};
