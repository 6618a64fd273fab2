#include "tests/generation/protocol/Cases.h"

#include "generation/protocol/FrameFile.h"

#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

using namespace generation;
using generation::test::Checks;
namespace fs = std::filesystem;

namespace {

/// A folder of its own that goes away with it.
struct TemporaryFolder {
    std::string path = (fs::temp_directory_path() / "fantascope-frames-XXXXXX").string();
    TemporaryFolder() {
        if (!::mkdtemp(path.data())) {
            throw std::runtime_error("no temporary folder");
        }
    }
    ~TemporaryFolder() { fs::remove_all(path); }
};

FrameSet smallSet() {
    FrameSet set{.frames = 2, .width = 3, .height = 2, .fpsNumerator = 24000, .fpsDenominator = 1001, .samples = {}};
    for (int i = 0; i < 36; ++i) {
        set.samples.push_back(static_cast<std::uint16_t>(i * 1820));
    }
    return set;
}

void writeRaw(const std::string& path, const std::string& header, std::size_t dataBytes) {
    std::ofstream file(path, std::ios::binary);
    const std::uint64_t length = header.size();
    file.write(reinterpret_cast<const char*>(&length), 8);
    file << header << std::string(dataBytes, '\0');
}

void setsComeBack(Checks& c) {
    const TemporaryFolder folder;
    const std::string path = folder.path + "/a b.safetensors";
    writeFrameFile(path, smallSet());
    CHECK(c, readFrameFile(path) == smallSet());
    writeFrameFile(path, smallSet()); // over an old one
    CHECK_EQUAL(c, std::distance(fs::directory_iterator(folder.path), fs::directory_iterator{}), 1);
    struct stat info{};
    CHECK_EQUAL(c, ::stat(path.c_str(), &info), 0);
    CHECK_EQUAL(c, info.st_mode & 0777U, 0644U);
}

void badSetsAreNotWritten(Checks& c) {
    const TemporaryFolder folder;
    FrameSet set = smallSet();
    set.samples.pop_back();
    CHECK_THROWS(c, writeFrameFile(folder.path + "/a", set), FrameFileError);
    CHECK_THROWS(c, writeFrameFile(folder.path + "/missing/a", smallSet()), FrameFileError);
    fs::create_directory(folder.path + "/folder");
    CHECK_THROWS(c, writeFrameFile(folder.path + "/folder", smallSet()), FrameFileError);
    CHECK_EQUAL(c, std::distance(fs::directory_iterator(folder.path), fs::directory_iterator{}), 1);
}

void truncatedFilesAreRefused(Checks& c) {
    const TemporaryFolder folder;
    const std::string path = folder.path + "/a";
    writeFrameFile(path, smallSet());
    const auto size = fs::file_size(path);
    for (std::uintmax_t cut = 0; cut < size; ++cut) {
        fs::resize_file(path, cut);
        CHECK_THROWS(c, readFrameFile(path), FrameFileError);
        writeFrameFile(path, smallSet());
    }
    fs::resize_file(path, size + 1);
    CHECK_THROWS(c, readFrameFile(path), FrameFileError);
}

void hostileHeadersAreRefused(Checks& c) {
    const TemporaryFolder folder;
    const std::string path = folder.path + "/a";
    const std::string meta = R"("__metadata__":{"fps":"12/1"},)";
    const std::string headers[] = {
        "",
        "not json",
        "[]",
        R"({"frames":3})",
        "{" + meta + R"("frames":{"dtype":"F32","shape":[1,1,1,3],"data_offsets":[0,6]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[1,1,3],"data_offsets":[0,6]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[1,1,1,4],"data_offsets":[0,6]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[0,1,1,3],"data_offsets":[0,6]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[-1,-1,1,3],"data_offsets":[0,6]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[9223372036854775807,65536,65536,3],"data_offsets":[0,6]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[1.5,1,1,3],"data_offsets":[0,6]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[1e300,1,1,3],"data_offsets":[0,6]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[18446744073709551617,1,1,3],"data_offsets":[0,6]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[18446744073709551615,1,1,3],"data_offsets":[0,6]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[3074457345618258603,1,1,3],"data_offsets":[0,2]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[1,4294967297,4294967297,3],"data_offsets":[0,6]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[1,1,1,3],"data_offsets":[-6,0]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[1,1,1,3],"data_offsets":[0.0,6.0]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[1,1,1,3],"data_offsets":[1,7]}})",
        "{" + meta + R"("frames":{"dtype":"U16","shape":[1,1,1,3],"data_offsets":[0,4]}})",
        R"({"__metadata__":{"fps":"12"},"frames":{"dtype":"U16","shape":[1,1,1,3],"data_offsets":[0,6]}})",
        R"({"__metadata__":{"fps":"0/1"},"frames":{"dtype":"U16","shape":[1,1,1,3],"data_offsets":[0,6]}})",
        R"({"__metadata__":{"fps":"12/1x"},"frames":{"dtype":"U16","shape":[1,1,1,3],"data_offsets":[0,6]}})",
        R"({"frames":{"dtype":"U16","shape":[1,1,1,3],"data_offsets":[0,6]}})"};
    for (const std::string& header : headers) {
        writeRaw(path, header, 6);
        CHECK_THROWS(c, readFrameFile(path), FrameFileError);
    }
    writeRaw(path, "{" + meta + R"("frames":{"dtype":"U16","shape":[1,1,1,3],"data_offsets":[0,6]}})", 6);
    CHECK_EQUAL(c, readFrameFile(path).samples.size(), 3U);
    for (const std::int64_t most : {std::int64_t{-5}, std::int64_t{0}, std::int64_t{1}}) { // never none
        writeFrameFile(path, smallSet());
        CHECK(c, readFrameFile(path, most).frames == 1 && readFrameFile(path, most).samples.size() == 18);
    }
}

void whatIsNotAFileIsRefused(Checks& c) {
    const TemporaryFolder folder;
    CHECK_THROWS(c, readFrameFile(folder.path + "/missing"), FrameFileError);
    CHECK_THROWS(c, readFrameFile(folder.path), FrameFileError);
    const std::string fifo = folder.path + "/fifo";
    CHECK_EQUAL(c, ::mkfifo(fifo.c_str(), 0600), 0);
    CHECK_THROWS(c, readFrameFile(fifo), FrameFileError); // and does not wait
}

} // namespace

void frameFileCases(Checks& checks) {
    checks.run("frame sets come back", setsComeBack);
    checks.run("bad frame sets are not written", badSetsAreNotWritten);
    checks.run("truncated frame files are refused", truncatedFilesAreRefused);
    checks.run("hostile frame file headers are refused", hostileHeadersAreRefused);
    checks.run("what is not a file is refused", whatIsNotAFileIsRefused);
}
