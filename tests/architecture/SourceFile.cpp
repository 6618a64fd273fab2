#include "tests/architecture/SourceFile.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

namespace architecture {

namespace {

/// Overwrites [begin, end) with spaces, leaving line breaks.
void blank(std::string& text, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < std::min(end, text.size()); ++i) {
        if (text[i] != '\n') {
            text[i] = ' ';
        }
    }
}

std::size_t endOfQuoted(const std::string& text, std::size_t begin) {
    std::size_t i = begin + 1;
    while (i < text.size() && text[i] != text[begin] && text[i] != '\n') {
        i += text[i] == '\\' ? 2 : 1;
    }
    return i;
}

bool isRawString(const std::string& text, std::size_t quote) {
    return quote > 0 && text[quote - 1] == 'R' && text[quote] == '"';
}

std::size_t endOfRawString(const std::string& text, std::size_t quote) {
    const std::size_t open = text.find('(', quote);
    if (open == std::string::npos) {
        return text.size();
    }
    const std::string close = ")" + text.substr(quote + 1, open - quote - 1) + "\"";
    const std::size_t end = text.find(close, open);
    return end == std::string::npos ? text.size() : end + close.size() - 1;
}

/// A quote between two digits or hex digits separates them: 1'000.
bool isDigitSeparator(const std::string& text, std::size_t i) {
    return text[i] == '\'' && i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0;
}

std::string withoutProse(const std::string& text) {
    std::string code = text;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 2, "//") == 0) {
            const std::size_t end = std::min(text.find('\n', i), text.size());
            blank(code, i, end);
            i = end;
        } else if (text.compare(i, 2, "/*") == 0) {
            const std::size_t end = std::min(text.find("*/", i + 2), text.size());
            blank(code, i, end + 2);
            i = end + 1;
        } else if ((text[i] == '"' || text[i] == '\'') && !isDigitSeparator(text, i)) {
            const std::size_t end = isRawString(text, i) ? endOfRawString(text, i) : endOfQuoted(text, i);
            blank(code, i + 1, end);
            i = end;
        }
    }
    return code;
}

std::vector<std::string> includes(const SourceFile& file, const std::regex& pattern) {
    std::vector<std::string> found;
    for (std::sregex_iterator it(file.text.begin(), file.text.end(), pattern), end; it != end; ++it) {
        const bool isInLiteral = file.code[static_cast<std::size_t>(it->position())] != '#';
        if (!isInLiteral) {
            found.push_back((*it)[1].str());
        }
    }
    return found;
}

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t\n");
    const std::size_t end = text.find_last_not_of(" \t\n");
    return begin == std::string::npos ? std::string() : text.substr(begin, end - begin + 1);
}

bool isWordCharacter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Whether the brace after `head` opens a member's initialiser in a constructor: "Foo() : m_a" {1}.
bool opensMemberInitialiser(const std::string& head) {
    static const std::regex list(R"(\)\s*(noexcept\s*)?:[^:])");
    static const std::regex specifier(R"((^|[^\w])(const|noexcept|override|final|mutable|try)$)");
    return std::regex_search(head, list) && (isWordCharacter(head.back()) || head.back() == '>') &&
           !std::regex_search(head, specifier);
}

enum class Block { Namespace, Type, Function, Other };

Block kindOf(const std::string& head, Block around) {
    static const std::regex space(R"((^|\s)(namespace|extern\s+"\s*")\b)");
    static const std::regex type(R"((^|[\s>])(class|struct|union|enum)\s[^()]*$)");
    static const std::regex assigned(R"((^|[^=!<>*/+\-|&^%])=\s*($|\[|[^=]))");
    if (around == Block::Function || around == Block::Other) {
        return Block::Other;
    }
    if (std::regex_search(head, space)) {
        return Block::Namespace;
    }
    if (std::regex_search(head, type)) {
        return Block::Type;
    }
    const std::size_t open = head.find('(');
    if (open == std::string::npos) {
        return Block::Other;
    }
    const bool isOperator = head.find("operator") != std::string::npos;
    return !isOperator && std::regex_search(head.substr(0, open), assigned) ? Block::Other : Block::Function;
}

int countParameters(const std::string& head) {
    std::size_t open = head.find('(');
    if (const std::size_t call = head.find("operator()"); call != std::string::npos) {
        open = head.find('(', call + std::string("operator()").size());
    }
    if (open == std::string::npos) {
        return 0;
    }
    int depth = 0;
    int angles = 0;
    int commas = 0;
    bool any = false;
    for (std::size_t i = open; i < head.size(); ++i) {
        const char c = head[i];
        depth += (c == '(' || c == '[' || c == '{') ? 1 : (c == ')' || c == ']' || c == '}') ? -1 : 0;
        if (depth == 0) {
            break;
        }
        angles += c == '<' ? 1 : c == '>' && head[i - 1] != '-' ? -1 : 0;
        commas += c == ',' && depth == 1 && angles == 0 ? 1 : 0;
        any = any || (i > open && c != ' ' && c != '\n');
    }
    return any ? commas + 1 : 0;
}

/// Walks the braces of a file and collects functions, and what stands beside them.
class BraceScanner {
public:
    explicit BraceScanner(const SourceFile& file) : m_file(file) {
        for (std::size_t i = 0; i < m_file.code.size(); ++i) {
            step(i);
        }
    }

    const std::vector<Function>& functions() const { return m_found; }
    const std::vector<Statement>& statements() const { return m_statements; }

private:
    struct Open {
        Block kind;
        std::size_t begin;
        std::string head;
    };

    void step(std::size_t i) {
        const char c = m_file.code[i];
        if (c == '(' || c == ')') {
            m_parentheses += c == '(' ? 1 : -1;
        } else if (c == '#' && (i == 0 || m_file.code[i - 1] == '\n')) {
            m_headBegin = std::min(m_file.code.find('\n', i), m_file.code.size());
        } else if (c == ';' && m_parentheses == 0) {
            noteStatement(i);
            m_headBegin = i + 1;
        } else if (c == '{') {
            open(i);
        } else if (c == '}') {
            close(i);
        }
    }

    Block innermost() const { return m_stack.empty() ? Block::Namespace : m_stack.back().kind; }

    std::string headBefore(std::size_t i) const {
        return trimmed(m_file.code.substr(std::min(m_headBegin, i), i - std::min(m_headBegin, i)));
    }

    void noteStatement(std::size_t i) {
        const std::string head = headBefore(i);
        if (innermost() == Block::Namespace && !head.empty()) {
            m_statements.push_back({head.substr(0, head.find('=')), m_file.lineOf(i)});
        }
    }

    void open(std::size_t i) {
        const std::string head = headBefore(i);
        const Block around = innermost();
        const bool isInitialiser = m_parentheses > 0 || (!head.empty() && opensMemberInitialiser(head));
        const Block kind = isInitialiser ? Block::Other : kindOf(head, around);
        if (kind == Block::Other && m_parentheses == 0) {
            noteStatement(i);
        }
        m_stack.push_back({kind, i, head});
        m_keepsHead = isInitialiser;
        if (!isInitialiser) {
            m_headBegin = i + 1;
        }
    }

    void close(std::size_t i) {
        if (m_stack.empty()) {
            return;
        }
        const Open closed = m_stack.back();
        m_stack.pop_back();
        if (closed.kind == Block::Function) {
            const int first = m_file.lineOf(closed.begin);
            m_found.push_back({closed.head, first, m_file.lineOf(i) - first + 1, countParameters(closed.head)});
        }
        if (!m_keepsHead) {
            m_headBegin = i + 1;
        }
        m_keepsHead = false;
    }

    const SourceFile& m_file;
    std::vector<Open> m_stack;
    std::vector<Function> m_found;
    std::vector<Statement> m_statements;
    std::size_t m_headBegin = 0;
    int m_parentheses = 0;
    bool m_keepsHead = false;
};

} // namespace

int SourceFile::lineOf(std::size_t offset) const {
    return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

int SourceFile::lineCount() const {
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

SourceFile readSource(const std::string& root, const std::string& path) {
    std::ifstream stream(root + "/" + path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    return {path, text, withoutProse(text)};
}

std::vector<SourceFile> readSources(const std::string& root, const std::vector<std::string>& folders) {
    std::vector<std::string> paths;
    for (const std::string& folder : folders) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root + "/" + folder)) {
            const std::string name = entry.path().generic_string();
            if (entry.is_regular_file() && (name.ends_with(".h") || name.ends_with(".cpp"))) {
                paths.push_back(name.substr(root.size() + 1));
            }
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<SourceFile> files;
    for (const std::string& path : paths) {
        files.push_back(readSource(root, path));
    }
    return files;
}

std::vector<std::string> quotedIncludes(const SourceFile& file) {
    static const std::regex pattern(R"re(#\s*include\s*"([^"]+)")re");
    return includes(file, pattern);
}

std::vector<std::string> systemIncludes(const SourceFile& file) {
    static const std::regex pattern(R"re(#\s*include\s*<([^>]+)>)re");
    return includes(file, pattern);
}

std::vector<Function> functionsIn(const SourceFile& file) {
    return BraceScanner(file).functions();
}

std::vector<Statement> namespaceStatements(const SourceFile& file) {
    return BraceScanner(file).statements();
}

std::vector<Literal> literalsIn(const SourceFile& file) {
    std::vector<Literal> found;
    std::vector<std::string> calls;
    for (std::size_t i = 0; i < file.code.size(); ++i) {
        const char c = file.code[i];
        if (c == '"') {
            const std::size_t end = std::min(file.code.find('"', i + 1), file.code.size());
            found.push_back({file.text.substr(i + 1, end - i - 1), calls.empty() ? "" : calls.back(), file.lineOf(i)});
            i = end;
        } else if (c == '(') {
            const std::size_t end = file.code.find_last_not_of(" \n", i == 0 ? 0 : i - 1) + 1;
            std::size_t begin = end;
            while (begin > 0 && isWordCharacter(file.code[begin - 1])) {
                --begin;
            }
            calls.push_back(file.code.substr(begin, end - begin));
        } else if (c == ')' && !calls.empty()) {
            calls.pop_back();
        }
    }
    return found;
}

} // namespace architecture
