#include "tests/architecture/Rules.h"

#include "tests/architecture/Rooms.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace architecture {

namespace {

constexpr int kHeaderLines = 250;
constexpr int kSourceLines = 500;
constexpr int kFunctionLines = 60;
constexpr int kParameters = 5;

/// Files and functions that may be longer, each with its reason.
const std::map<std::string, std::string>& exceptions() {
    static const std::map<std::string, std::string> list{
        {"timeline/base/Error.cpp", "one case for each code"},
        {"ui/text/ErrorText.cpp", "one case for each code"},
    };
    return list;
}

std::string at(const SourceFile& file, int line, const std::string& what) {
    return file.path + ":" + std::to_string(line) + ": " + what;
}

std::string readText(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
}

/// The rooms of app, ui, timeline and generation, and those folders themselves where they hold sources beside the
/// rooms.
std::set<std::string> roomFolders(const Tree& tree) {
    std::set<std::string> folders;
    for (const SourceFile& file : tree.files) {
        const auto place = placeOf(file.path);
        if (place && place->folder != "tests") {
            folders.insert(place->room.empty() ? place->folder : place->folder + "/" + place->room);
        }
    }
    return folders;
}

void findWord(const SourceFile& file, const std::regex& word, const std::string& what, Violations& found) {
    for (std::sregex_iterator it(file.code.begin(), file.code.end(), word), end; it != end; ++it) {
        found.push_back(at(file, file.lineOf(static_cast<std::size_t>(it->position())), what));
    }
}

bool isInDocumentOrRight(const SourceFile& file) {
    static const std::set<std::string> left{"base", "time", "model", "edit"};
    const auto place = placeOf(file.path);
    return !place || place->folder != "timeline" || left.count(place->room) == 0;
}

} // namespace

Tree readTree(const std::string& root) {
    return {root, readSources(root, {"app", "ui", "timeline", "generation", "tests"})};
}

Violations includeArrows(const Tree& tree) {
    Violations found;
    for (const SourceFile& file : tree.files) {
        for (const std::string& include : quotedIncludes(file)) {
            const auto from = placeOf(file.path);
            const auto to = placeOf(include);
            if (include.find("../") != std::string::npos) {
                found.push_back(at(file, 1, "includes by a relative path: " + include));
            } else if (from && to && !mayInclude(*from, *to)) {
                found.push_back(at(file, 1, "may not include " + include));
            }
        }
    }
    return found;
}

Violations linkArrows(const Tree& tree) {
    static const std::regex room(R"(fantascope_room\(\s*(\w+)_(\w+)([^)]*)\))");
    static const std::regex target(R"(\b(app|ui|timeline|generation)_(\w+))");
    Violations found;
    for (const std::string& folder : roomFolders(tree)) {
        const std::string path = folder + "/CMakeLists.txt";
        const std::string text = readText(tree.root + "/" + path);
        for (std::sregex_iterator it(text.begin(), text.end(), room), end; it != end; ++it) {
            const Place from{(*it)[1].str(), (*it)[2].str()};
            const std::string links = (*it)[3].str();
            for (std::sregex_iterator link(links.begin(), links.end(), target); link != end; ++link) {
                const Place to{(*link)[1].str(), (*link)[2].str()};
                if (!mayInclude(from, to)) {
                    found.push_back(path + ": " + from.folder + "_" + from.room + " may not link " + link->str());
                }
            }
        }
    }
    return found;
}

Violations caps(const Tree& tree) {
    Violations found;
    for (const SourceFile& file : tree.files) {
        if (exceptions().count(file.path) > 0) {
            continue;
        }
        const int most = file.isHeader() ? kHeaderLines : kSourceLines;
        if (file.lineCount() > most) {
            found.push_back(at(file, 1, std::to_string(file.lineCount()) + " lines, allowed " + std::to_string(most)));
        }
        for (const Function& function : functionsIn(file)) {
            if (function.lines > kFunctionLines) {
                found.push_back(
                    at(file, function.firstLine, std::to_string(function.lines) + " lines: " + function.head));
            }
            if (function.parameters > kParameters) {
                found.push_back(at(file, function.firstLine,
                                   std::to_string(function.parameters) + " parameters: " + function.head));
            }
        }
    }
    return found;
}

Violations forbiddenWords(const Tree& tree) {
    static const std::regex ownInstance(R"(\b\w+\s*[&*]\s*instance\s*\(\s*\))");
    static const std::regex friendship(R"(\bfriend\b)");
    static const std::regex qobject(R"(\b(QObject|QVariant)\b)");
    static const std::regex dynamicCast(R"(\bdynamic_cast\b)");
    static const std::regex mutableGlobal(
        R"(\n(static|inline|thread_local)\s+(?!const|inline const|constexpr|constinit const)[^;(){}]*(=[^;]*)?;)");
    static const std::regex keywords(R"(\b(Q_FOREACH|emit|signals:|slots:)\s)");
    Violations found;
    for (const SourceFile& file : tree.files) {
        if (file.isUnder("tests")) {
            continue;
        }
        findWord(file, ownInstance, "instance(): pass the object instead", found);
        findWord(file, friendship, "friend", found);
        findWord(file, mutableGlobal, "a mutable global", found);
        findWord(file, keywords, "Qt's keyword macros are off (QT_NO_KEYWORDS)", found);
        if (!isInDocumentOrRight(file)) {
            findWord(file, qobject, "no QObject or QVariant below document/", found);
        }
        if (file.isUnder("timeline")) {
            findWord(file, dynamicCast, "dynamic_cast in timeline/", found);
        }
    }
    return found;
}

Violations libraryHeaders(const Tree& tree) {
    struct Rule {
        std::regex header;
        std::vector<std::string> folders;
        std::string library;
    };
    static const std::vector<Rule> rules{
        {std::regex("^(torch|ATen|c10|caffe2)/"), {"generation"}, "libtorch"},
        {std::regex("^lib(av|sw)[a-z]+/"), {"timeline/media", "timeline/export"}, "FFmpeg"},
        {std::regex("^(vulkan/|QVulkan)"), {"timeline/render/vulkan", "ui/monitor"}, "Vulkan"},
        {std::regex("^OpenImageIO/"), {"timeline/media"}, "OpenImageIO"},
        {std::regex("^(Qt?[A-Z])"), {"timeline", "ui", "app"}, "Qt"},
    };
    Violations found;
    for (const SourceFile& file : tree.files) {
        const std::string path = file.isUnder("tests") ? file.path.substr(6) : file.path;
        for (const std::string& include : systemIncludes(file)) {
            for (const Rule& rule : rules) {
                bool allowed = file.isUnder("tests") && rule.library == "Qt";
                for (const std::string& folder : rule.folders) {
                    allowed = allowed || path.starts_with(folder + "/") || path.starts_with("app/Test");
                }
                allowed = allowed && !(rule.library == "libtorch" && path.starts_with("generation/protocol/"));
                if (std::regex_search(include, rule.header) && !allowed) {
                    found.push_back(at(file, 1, "may not include " + rule.library + ": " + include));
                }
            }
        }
    }
    return found;
}

Violations roomReadmes(const Tree& tree) {
    static const std::regex named(R"re(`([\w./-]+\.(h|cpp|md|comp|frag|vert|json|txt))`)re");
    Violations found;
    for (const std::string& folder : roomFolders(tree)) {
        const std::string path = tree.root + "/" + folder + "/README.md";
        if (!std::filesystem::exists(path)) {
            found.push_back(folder + ": has no README.md");
            continue;
        }
        const std::string text = readText(path);
        for (std::sregex_iterator it(text.begin(), text.end(), named), end; it != end; ++it) {
            const std::string name = (*it)[1].str();
            if (!std::filesystem::exists(tree.root + "/" + folder + "/" + name) &&
                !std::filesystem::exists(tree.root + "/" + name)) {
                found.push_back(folder + "/README.md: names " + name + ", which does not exist");
            }
        }
    }
    return found;
}

Violations userStrings(const Tree& tree) {
    static const std::regex shown(
        R"((setText|setWindowTitle|setToolTip|setStatusTip|setPlaceholderText|setAccessibleName|setAccessibleDescription|addAction|addMenu|addTab|setTitle|showMessage|QAction|QLabel|QPushButton|QMenu)\s*\(\s*(QStringLiteral\(|u|QString\()?"[^"]*[A-Za-z]{2})");
    static const std::regex qtTr(R"(\btr\s*\()");
    Violations found;
    for (const SourceFile& file : tree.files) {
        if (file.isUnder("ui") || file.isUnder("app")) {
            for (std::sregex_iterator it(file.text.begin(), file.text.end(), shown), end; it != end; ++it) {
                found.push_back(
                    at(file, file.lineOf(static_cast<std::size_t>(it->position())), "outside tr(): " + it->str()));
            }
        } else if (file.isUnder("timeline") || file.isUnder("generation")) {
            findWord(file, qtTr, "user text belongs to ui/ and app/", found);
        }
    }
    return found;
}

Violations threadLines(const Tree& tree) {
    static const std::regex documented(
        R"(\n(?:///[^\n]*\n)+(?:template[^\n]*\n)?class (?:\[\[nodiscard\]\] )?(\w+)[^;{]*\{)");
    static const std::regex undocumented(R"(\n(?:template[^\n]*\n)?class (?:\[\[nodiscard\]\] )?(\w+)[^;{]*\{)");
    Violations found;
    for (const SourceFile& file : tree.files) {
        if (!file.isHeader() || file.isUnder("tests")) {
            continue;
        }
        std::set<std::string> withThread;
        for (std::sregex_iterator it(file.text.begin(), file.text.end(), documented), end; it != end; ++it) {
            if (it->str().find("Thread:") != std::string::npos) {
                withThread.insert((*it)[1].str());
            }
        }
        for (std::sregex_iterator it(file.text.begin(), file.text.end(), undocumented), end; it != end; ++it) {
            if (withThread.count((*it)[1].str()) == 0) {
                found.push_back(at(file, file.lineOf(static_cast<std::size_t>(it->position()) + 1),
                                   "class " + (*it)[1].str() + " has no comment with a Thread: line"));
            }
        }
    }
    return found;
}

} // namespace architecture
