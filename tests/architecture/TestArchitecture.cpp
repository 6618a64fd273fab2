// The rules of the tree: what may include what, how long things may be, and what every room says of itself.
#include "tests/architecture/Rooms.h"
#include "tests/architecture/Rules.h"
#include "tests/generation/Check.h"

#include <cstdio>

using namespace architecture;
using generation::test::Checks;

namespace {

SourceFile sourceFrom(const std::string& path, const std::string& text) {
    const std::string root = "/tmp";
    std::FILE* stream = std::fopen((root + "/fantascope-architecture.cpp").c_str(), "wb");
    std::fwrite(text.data(), 1, text.size(), stream);
    std::fclose(stream);
    SourceFile file = readSource(root, "fantascope-architecture.cpp");
    std::remove((root + "/fantascope-architecture.cpp").c_str());
    file.path = path;
    return file;
}

void rulesSeeWhatTheyForbid(Checks& checks) {
    const SourceFile bad = sourceFrom("timeline/edit/Bad.cpp", R"cpp(#include "timeline/media/Picture.h"
#include <libavutil/frame.h>
namespace timeline {
// friend in prose is no friend
static int counter = 0;
std::atomic<int> shared{0};
int bare;
const char* movable = "x";
const int kFixed = 1;
constexpr std::array<int, 2> kTable{{1, 2}};
const char* const kName = "x";
int next() { static int n = 0; static const int m = 1; return n + m; }
struct Pair { friend int peek(const Pair&); };
int six(int a, int b, std::map<int, int> c, int d, int e, int f) { return a; }
QVariant q = tr("text");
}
)cpp");
    const Tree tree{"/tmp", {bad}};
    CHECK_EQUAL(checks, includeArrows(tree).size(), 1U);
    CHECK_EQUAL(checks, libraryHeaders(tree).size(), 1U);
    // friend; counter as a static and as a global; shared; bare; movable; q; n; QVariant
    CHECK_EQUAL(checks, forbiddenWords(tree).size(), 9U);
    CHECK_EQUAL(checks, caps(tree).size(), 1U);
    CHECK_EQUAL(checks, userStrings(tree).size(), 1U);
}

void shownWordsAreFound(Checks& checks) {
    const SourceFile file = sourceFrom("ui/Said.cpp", R"cpp(
void A::say(QLabel& label) {
    label.setText(tr("All is well, said %1").arg("nobody here"));
    Q_EMIT failed("Something broke");
    label.setObjectName("one.word");
}
)cpp");
    CHECK_EQUAL(checks, userStrings({"/tmp", {file}}).size(), 2U);
}

void functionsAreFound(Checks& checks) {
    const SourceFile file = sourceFrom("ui/A.cpp", R"cpp(
namespace ui {
A::A(int x) : m_x{x}, m_y(2) {
    auto f = [](int) { return 1; };
}
struct S {
    int get() const { return 1; }
    int v = 3;
};
const std::array<int, 2> table{{1, 2}};
const auto g = [](int a) { return a; };
bool operator==(const S& a, const S& b) { return true; }
}
)cpp");
    const std::vector<Function> functions = functionsIn(file);
    CHECK_EQUAL(checks, functions.size(), 3U);
    CHECK(checks, !functions.empty() && functions[0].lines == 3 && functions[0].parameters == 1);
}

void arrowsAreAsDesigned(Checks& checks) {
    CHECK(checks, mayInclude({"app", "cli"}, {"generation", "protocol"}));
    CHECK(checks, !mayInclude({"app", "cli"}, {"generation", "model"}));
    CHECK(checks, !mayInclude({"ui", "timeline"}, {"app", "jobs"}));
    CHECK(checks, mayInclude({"timeline", "render"}, {"timeline", "media"}));
    CHECK(checks, !mayInclude({"timeline", "media"}, {"timeline", "render"}));
    CHECK(checks, mayInclude({"app", "cli"}, {"app", "settings"}));
    CHECK(checks, !mayInclude({"app", "settings"}, {"app", "cli"}));
    CHECK(checks, !mayInclude({"app", "attic"}, {"app", "settings"}));
}

} // namespace

int main() {
    Checks checks;
    checks.run("the rules see what they forbid", rulesSeeWhatTheyForbid);
    checks.run("words that are shown are found", shownWordsAreFound);
    checks.run("functions are found", functionsAreFound);
    checks.run("arrows are as designed", arrowsAreAsDesigned);

    const Tree tree = readTree(SOURCE_ROOT);
    const auto holds = [&](const char* name, Violations (*rule)(const Tree&)) {
        checks.run(name, [&](Checks& c) {
            for (const std::string& violation : rule(tree)) {
                c.failed(name, 0, violation);
            }
        });
    };
    holds("include arrows", includeArrows);
    holds("link arrows", linkArrows);
    holds("caps on lengths", caps);
    holds("forbidden words", forbiddenWords);
    holds("headers of libraries", libraryHeaders);
    holds("a README in each room", roomReadmes);
    holds("user-visible strings", userStrings);
    holds("a Thread: line on each class", threadLines);
    return checks.finish();
}
