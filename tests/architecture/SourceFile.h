#pragma once

#include <string>
#include <vector>

namespace architecture {

/// A source file as the rules see it. `code` is the text with comments and the insides of string and character
/// literals blanked out (line breaks and columns kept), so that words in prose are not taken for code.
struct SourceFile {
    std::string path; ///< from the root, with '/': "timeline/edit/Overwrite.cpp"
    std::string text;
    std::string code;

    bool isHeader() const { return path.ends_with(".h"); }
    bool isUnder(const std::string& folder) const { return path.starts_with(folder + "/"); }
    int lineOf(std::size_t offset) const;
    int lineCount() const;
};

/// A function's definition.
struct Function {
    std::string head; ///< from the end of what stands before it up to its brace
    int firstLine = 0;
    int lines = 0;
    int parameters = 0;
};

/// What stands outside of functions and types: a declaration, or a variable's definition up to its '=' or brace or ';'.
struct Statement {
    std::string head;
    int line = 0;
};

/// A string literal's inside, and the name before the innermost parenthesis that is open around it ("tr", or empty).
struct Literal {
    std::string text;
    std::string call;
    int line = 0;
};

SourceFile readSource(const std::string& root, const std::string& path);

/// All .h and .cpp files under the folders that hold the product's code and its tests, sorted.
std::vector<SourceFile> readSources(const std::string& root, const std::vector<std::string>& folders);

/// Quoted includes, as written.
std::vector<std::string> quotedIncludes(const SourceFile& file);
/// Angle-bracket includes, as written.
std::vector<std::string> systemIncludes(const SourceFile& file);

std::vector<Function> functionsIn(const SourceFile& file);
std::vector<Statement> namespaceStatements(const SourceFile& file);
std::vector<Literal> literalsIn(const SourceFile& file);

} // namespace architecture
