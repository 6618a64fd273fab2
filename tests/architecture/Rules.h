#pragma once

#include "tests/architecture/SourceFile.h"

#include <string>
#include <vector>

namespace architecture {

/// What breaks a rule, a line each: "path:line: what". Empty: the rule holds.
using Violations = std::vector<std::string>;

/// The tree the rules look at.
struct Tree {
    std::string root;
    std::vector<SourceFile> files; ///< of app, ui, timeline, generation and tests
};

Tree readTree(const std::string& root);

Violations includeArrows(const Tree& tree);
Violations linkArrows(const Tree& tree);
Violations caps(const Tree& tree);
Violations forbiddenWords(const Tree& tree);
Violations libraryHeaders(const Tree& tree);
Violations roomReadmes(const Tree& tree);
Violations userStrings(const Tree& tree);
Violations threadLines(const Tree& tree);

} // namespace architecture
