// Writing without ever losing a file, and the names of media.
#include "timeline/io/AtomicWrite.h"
#include "timeline/io/MediaUrl.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

using namespace timeline;
namespace fs = std::filesystem;

namespace {

std::string contentOf(const fs::path& file) {
    std::ifstream stream(file);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::size_t filesIn(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

std::string resolved(const std::string& url) {
    const auto path = resolveUrl(url, "/project");
    return path ? path->string() : errorCodeName(path.error().code);
}

} // namespace

class TestProjectFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesAtomically();
    void followsLinksAndKeepsPermissions();
    void failuresLeaveNothing();
    void fullDiskIsNamed();
    void urls_data();
    void urls();
    void urlsComeBack();
    void namesWithEscapesAreFound();
};

void TestProjectFiles::writesAtomically() {
    const QTemporaryDir folder;
    const fs::path base(folder.path().toStdString());
    QVERIFY(writeFileAtomically(base / "a", "one").has_value());
    QVERIFY(writeFileAtomically(base / "a", "two").has_value());
    QCOMPARE(contentOf(base / "a"), std::string("two"));
    QVERIFY(writeFileAtomically(base / std::string(255, 'n'), "long name").has_value());
    QCOMPARE(filesIn(base), 2U);
}

void TestProjectFiles::followsLinksAndKeepsPermissions() {
    const QTemporaryDir folder;
    const fs::path base(folder.path().toStdString());
    QVERIFY(writeFileAtomically(base / "real", "one").has_value());
    QCOMPARE(::chmod((base / "real").c_str(), 0640), 0);
    fs::create_symlink("real", base / "link");
    QVERIFY(writeFileAtomically(base / "link", "two").has_value());
    QVERIFY(fs::is_symlink(base / "link"));
    QCOMPARE(contentOf(base / "real"), std::string("two"));
    QCOMPARE(static_cast<int>(fs::status(base / "real").permissions()), 0640);
    fs::create_symlink("not yet", base / "ahead");
    QVERIFY(writeFileAtomically(base / "ahead", "three").has_value());
    QCOMPARE(contentOf(base / "not yet"), std::string("three"));
    fs::create_symlink("round", base / "round");
    QCOMPARE(writeFileAtomically(base / "round", "x").error().code, ErrorCode::NotAFile);
}

void TestProjectFiles::failuresLeaveNothing() {
    const QTemporaryDir folder;
    const fs::path base(folder.path().toStdString());
    QCOMPARE(writeFileAtomically(base / "no" / "such" / "folder", "x").error().code, ErrorCode::FileNotFound);
    QCOMPARE(writeFileAtomically(base, "x").error().code, ErrorCode::NotAFile);
    QVERIFY(writeFileAtomically(base / "file", "x").has_value());
    QCOMPARE(writeFileAtomically(base / "file" / "below", "x").error().code, ErrorCode::FileNotFound);
    fs::permissions(base / "file", fs::perms::owner_read);
    QCOMPARE(writeFileAtomically(base / "file", "y").error().code, ErrorCode::PermissionDenied);
    fs::permissions(base / "file", fs::perms::owner_read | fs::perms::owner_write);
    if (::geteuid() != 0) {
        fs::permissions(base, fs::perms::owner_read | fs::perms::owner_exec);
        QCOMPARE(writeFileAtomically(base / "file", "y").error().code, ErrorCode::PermissionDenied);
        fs::permissions(base, fs::perms::owner_all);
    }
    QCOMPARE(contentOf(base / "file"), std::string("x"));
    QCOMPARE(filesIn(base), 1U);
}

void TestProjectFiles::fullDiskIsNamed() {
    // A device: refused as it is no file, and above all not replaced.
    QCOMPARE(writeFileAtomically("/dev/full", "x").error().code, ErrorCode::NotAFile);
    QVERIFY(fs::is_character_file("/dev/full"));
}

void TestProjectFiles::urls_data() {
    QTest::addColumn<std::string>("url");
    QTest::addColumn<std::string>("path");
    const auto row = [](const char* url, const char* path) {
        QTest::addRow("%s", url) << std::string(url) << std::string(path);
    };
    row("a.mov", "/project/a.mov");
    row("./b/../a.mov", "/project/a.mov");
    row("../a.mov", "/a.mov");
    row("/media/a.mov", "/media/a.mov");
    row("a%20b.mov", "/project/a b.mov");
    row("100%.mov", "/project/100%.mov");
    row("%zz.mov", "/project/%zz.mov");
    row("frames.%04d.png", "/project/frames.%04d.png");
    row("frames.%4d.png", "/project/frames.%4d.png");
    row("frames.%25d.png", "/project/frames.%d.png");
    row("my%20dog.png", "/project/my dog.png");
    row("-rf", "/project/-rf");
    row("file:///media/a%20b.mov", "/media/a b.mov");
    row("FILE:///media/a.mov", "/media/a.mov");
    row("file:/media/a.mov", "/media/a.mov");
    row("file://localhost/media/a.mov", "/media/a.mov");
    row("file:///media/%E9%9B%AA.mov", "/media/\xE9\x9B\xAA.mov");
    row("file://server/share/a.mov", "RefusedProtocol");
    row("http://example.org/a.mov", "RefusedProtocol");
    row("HTTPS://example.org/a.mov", "RefusedProtocol");
    row("concat:/etc/passwd|a.mov", "RefusedProtocol");
    row("data:text/plain,x", "RefusedProtocol");
    row("file:relative", "InvalidArgument");
    row("file://", "InvalidArgument");
    row("file:///a%00b", "InvalidArgument");
    row("a%00b", "InvalidArgument");
    row("", "InvalidArgument");
}

void TestProjectFiles::urls() {
    QFETCH(std::string, url);
    QFETCH(std::string, path);
    QCOMPARE(resolved(url), path);
}

void TestProjectFiles::urlsComeBack() {
    for (const char* name : {"a b.mov", "100%.mov", "100%25.mov", "frames.%04d.png", "http:x", "\xFF\xFE raw bytes",
                             "new\nline", "雪 🎬.mkv", "-rf", "a#b?c.mov", "trailing ", "'\"`$(x)"}) {
        for (const fs::path folder : {"/project", "/project/sub", "/elsewhere"}) {
            const fs::path file = folder / name;
            const std::string url = urlFor(file, "/project");
            QCOMPARE(resolveUrl(url, "/project").value_or(fs::path()), file);
            QVERIFY(std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 127; }));
        }
    }
    QCOMPARE(urlFor("/project/film.media/a b.mkv", "/project"), std::string("film.media/a%20b.mkv"));
    QCOMPARE(urlFor("/project/a.mkv", "/project/"), std::string("a.mkv"));
    QCOMPARE(urlFor("/media/a.mov", "/project"), std::string("file:///media/a.mov"));
    // Never saved: nothing lies beside it, not even what lies in the working folder.
    QVERIFY(urlFor(fs::current_path() / "a.mov", {}).starts_with("file:///"));
}

void TestProjectFiles::namesWithEscapesAreFound() {
    // Written by hand, not as a URL: the file that is there wins.
    const QTemporaryDir folder;
    const fs::path base(folder.path().toStdString());
    std::ofstream(base / "50%20.mov").close();
    std::ofstream(base / "12:30.mov").close();
    QCOMPARE(*resolveUrl("50%20.mov", base), base / "50%20.mov");
    QCOMPARE(*resolveUrl("12:30.mov", base), base / "12:30.mov");
}

QTEST_APPLESS_MAIN(TestProjectFiles)
#include "TestProjectFiles.moc"
