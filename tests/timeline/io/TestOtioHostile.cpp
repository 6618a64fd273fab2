// Damaged and hostile files: a typed error, no crash, no hang, little memory.
#include "timeline/io/OtioReader.h"
#include "timeline/io/OtioWriter.h"
#include "timeline/model/Invariants.h"
#include "timeline/model/MakeClip.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <functional>
#include <malloc.h>
#include <sstream>

using namespace timeline;

namespace {

std::string fixture() {
    std::ifstream file(FIXTURES_DIR "/otio/foreign.otio");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// A timeline with one track that has these children, as JSON.
std::string withChildren(const std::string& children) {
    return R"({"OTIO_SCHEMA":"Timeline.1","tracks":{"OTIO_SCHEMA":"Stack.1","children":[{"OTIO_SCHEMA":"Track.1","kind":"Video","children":[)" +
           children + "]}]}}";
}

std::string clipWith(const std::string& value, const std::string& rate, const std::string& more = {}) {
    const std::string time = R"({"OTIO_SCHEMA":"RationalTime.1","value":)" + value + R"(,"rate":)" + rate + "}";
    return R"({"OTIO_SCHEMA":"Clip.2","source_range":{"start_time":)" + time + R"(,"duration":)" + time + "}" + more +
           "}";
}

std::string outcome(const std::string& text) {
    const auto timeline = parseOtio(text);
    if (!timeline) {
        return errorCodeName(timeline.error().code);
    }
    return checkInvariants(*timeline) ? "ok" : "broken";
}

std::string repeated(const std::string& text, std::size_t count) {
    std::string all;
    all.reserve(text.size() * count);
    for (std::size_t i = 0; i < count; ++i) {
        all += text;
    }
    return all;
}

long peakMegabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

struct Trial {
    std::string outcome;
    long megabytes = 0; ///< that it took more, at its peak
};

/// Reads in a process of its own: a peak is one for the whole life of a process.
Trial triedAlone(const std::string& text) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        return {"no pipe", 0};
    }
    const pid_t child = ::fork();
    if (child == 0) {
        ::malloc_trim(0);
        const long before = peakMegabytes();
        const std::string result = outcome(text);
        const std::string report = result + " " + std::to_string(peakMegabytes() - before);
        const bool isWritten = ::write(ends[1], report.data(), report.size()) > 0;
        ::_exit(isWritten ? 0 : 1);
    }
    ::close(ends[1]);
    std::array<char, 200> report{};
    const ssize_t size = child > 0 ? ::read(ends[0], report.data(), report.size() - 1) : 0;
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    if (size <= 0) {
        return {"crash", 0};
    }
    std::istringstream words(std::string(report.data(), static_cast<std::size_t>(size)));
    Trial trial;
    words >> trial.outcome >> trial.megabytes;
    return trial;
}

/// As a large project would be: each clip with a file, an id and a setting.
Timeline largeTimeline(int clips) {
    Timeline timeline;
    Track track = makeTrack(TrackKind::Video, "V1");
    for (int i = 0; i < clips; ++i) {
        ExternalReference reference;
        reference.url = "film.media/a folder of a day/recording number " + std::to_string(i) + ".mov";
        reference.availableRange =
            TimeRange{RationalTime(0, timeline.format.rate), RationalTime(900, timeline.format.rate)};
        Clip clip = makeMediaClip(
            reference, {RationalTime(i % 500, timeline.format.rate), RationalTime(48, timeline.format.rate)});
        clip.name = "recording number " + std::to_string(i);
        clip.properties.opacity = 0.5;
        track.items.push_back(makeItem(std::move(clip)));
    }
    timeline.tracks.push_back(std::move(track));
    return timeline;
}

void row(const char* name, std::string text, const char* expected) {
    QTest::addRow("%s", name) << std::move(text) << std::string(expected);
}

/// Refused for their size, or whatever their size.
void largeRows() {
    row("an item that is nothing", withChildren("{}"), "ParseFailed");
    row("a million items that are nothing", withChildren(repeated("{},", 1'000'000) + "{}"), "ParseFailed");
    row("half a million empty gaps", withChildren(repeated(R"({"OTIO_SCHEMA":""},)", 500'000) + "{}"), "TooLarge");
    row("10^6 arrays", repeated("[", 1'000'000), "TooLarge");
    row("10^6 objects", repeated("{\"a\":", 1'000'000), "TooLarge");
    row("10^6 stacks", repeated(R"({"OTIO_SCHEMA":"Stack.1","children":[)", 1'000'000) + repeated("]}", 1'000'000),
        "TooLarge");
    row("too many values", "[" + repeated("0,", 5'000'000) + "0]", "TooLarge");
    row("a million zeros", "[" + repeated("0,", 1'000'000) + "0]", "ParseFailed");
    row("schema only further in", R"({"a":{"OTIO_SCHEMA":"Timeline.1"},"OTIO_SCHEMA":["Timeline.1"]})", "ParseFailed");
    row("a long text", "\"" + std::string(9'000'000, 'a') + "\"", "TooLarge");
    const std::string stack = R"("tracks":{"OTIO_SCHEMA":"Stack.1","children":[]})";
    const auto lists = [](std::size_t count) { return R"("metadata":{"a":[)" + repeated("[0],", count) + "0]}"; };
    row("no stack, and much beside it", R"({"OTIO_SCHEMA":"Timeline.1","tracks":null,)" + lists(300'000) + "}",
        "ParseFailed");
    row("a stack that is replaced",
        R"({"OTIO_SCHEMA":"Timeline.1",)" + stack + "," + lists(300'000) + R"(,"tracks":null})", "ParseFailed");
    row("newer fantascope, and much beside it",
        R"({"OTIO_SCHEMA":"Timeline.1","metadata":{"fantascope":{"version":99},"a":[)" +
            repeated(R"({"a":{}},)", 200'000) + "0]}," + stack + "}",
        "UnsupportedVersion");
    row("two million lists", R"({"OTIO_SCHEMA":"Timeline.1",)" + stack + "," + lists(1'900'000) + "}", "TooLarge");
    row("a million objects",
        R"({"OTIO_SCHEMA":"Timeline.1",)" + stack + R"(,"a":[)" + repeated(R"({"a":0},)", 1'000'000) + "0]}",
        "TooLarge");
    row("a quarter million clips and a number", withChildren(repeated(clipWith("1", "24") + ",", 250'000) + "5"),
        "TooLarge");
    row("an endless text", "\"" + std::string(9'000'000, '\\'), "TooLarge");
}

} // namespace

class TestOtioHostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusals_data();
    void refusals();
    void truncationAtAnyByte();
    void flippedBytes();
    void duplicateIdsAreReplaced();
    void filesThatAreNone();
    void hugeFilesAreNotRead();
    void largeProjectsOpen();
};

void TestOtioHostile::refusals_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    row("empty", "", "ParseFailed");
    row("a number", "42", "ParseFailed");
    row("an array", "[]", "ParseFailed");
    row("no schema", "{}", "ParseFailed");
    row("not UTF-8", "{\"OTIO_SCHEMA\":\"Timeline.1\",\"name\":\"\xFF\xFE\"}", "ParseFailed");
    row("lone surrogate", R"({"OTIO_SCHEMA":"Timeline.1","name":"\ud800"})", "ParseFailed");
    row("NUL bytes", std::string(1000, '\0'), "ParseFailed");
    row("two values", withChildren("") + withChildren(""), "ParseFailed");
    row("collection", R"({"OTIO_SCHEMA":"SerializableCollection.1","children":[]})", "UnsupportedFormat");
    row("newer timeline", R"({"OTIO_SCHEMA":"Timeline.2","tracks":{"OTIO_SCHEMA":"Stack.1","children":[]}})",
        "UnsupportedVersion");
    row("newer fantascope", R"({"OTIO_SCHEMA":"Timeline.1","metadata":{"fantascope":{"version":99}}})",
        "UnsupportedVersion");
    row("huge fantascope", R"({"OTIO_SCHEMA":"Timeline.1","metadata":{"fantascope":{"version":1e300}}})",
        "ParseFailed");
    row("no stack", R"({"OTIO_SCHEMA":"Timeline.1","tracks":[]})", "ParseFailed");
    row("children no list", R"({"OTIO_SCHEMA":"Timeline.1","tracks":{"OTIO_SCHEMA":"Stack.1","children":{}}})",
        "ParseFailed");
    row("track of numbers", withChildren("1,2,3"), "ParseFailed");
    row("markers no list", withChildren(clipWith("1", "24", R"(,"markers":{"a":1})")), "ParseFailed");
    row("format out of range",
        R"({"OTIO_SCHEMA":"Timeline.1","metadata":{"fantascope":{"version":1,"format":{"rate_numerator":25,"rate_denominator":0}}},)"
        R"("tracks":{"OTIO_SCHEMA":"Stack.1","children":[]}})",
        "ParseFailed");
    row("NaN", withChildren(clipWith("NaN", "24")), "ParseFailed");
    row("Infinity", withChildren(clipWith("Infinity", "24")), "ParseFailed");
    row("1e999", withChildren(clipWith("1e999", "24")), "ParseFailed");
    row("1e300", withChildren(clipWith("1e300", "24")), "ParseFailed");
    row("max int64", withChildren(clipWith("9223372036854775807", "24")), "ParseFailed");
    row("max uint64", withChildren(clipWith("18446744073709551615", "24")), "ParseFailed");
    row("rate 0", withChildren(clipWith("1", "0")), "ParseFailed");
    row("rate -24", withChildren(clipWith("1", "-24")), "ParseFailed");
    row("rate 1e-300", withChildren(clipWith("1", "1e-300")), "ParseFailed");
    row("rate as text", withChildren(clipWith("1", "\"24\"")), "ParseFailed");
    row("too long", withChildren(repeated(clipWith("900000000", "24") + ",", 3) + clipWith("1", "24")), "ParseFailed");
    row("negative length", withChildren(clipWith("-5", "24")), "ok");
    row("wrong types everywhere",
        withChildren(
            R"({"OTIO_SCHEMA":"Clip.2","name":7,"metadata":[],"enabled":"yes","media_references":[1],"active_media_reference_key":null,)"
            R"("source_range":null},{"OTIO_SCHEMA":"Gap.1","source_range":null},{"OTIO_SCHEMA":"Transition.1"},{"OTIO_SCHEMA":5})"),
        "ok");
    largeRows();
}

void TestOtioHostile::refusals() {
    QFETCH(std::string, text);
    QFETCH(std::string, expected);
    const Trial trial = triedAlone(text);
    QCOMPARE(trial.outcome, expected);
#ifndef __SANITIZE_ADDRESS__ // which keeps what is freed
    QVERIFY2(trial.megabytes < 100, qPrintable(QString("%1 MB").arg(trial.megabytes)));
#endif
}

void TestOtioHostile::truncationAtAnyByte() {
    const std::string text = fixture();
    const std::size_t end = text.find_last_of('}');
    for (std::size_t length = 0; length < end; length += length < 600 ? 1 : 7) {
        QCOMPARE(outcome(text.substr(0, length)), std::string("ParseFailed"));
    }
}

void TestOtioHostile::flippedBytes() {
    // Whatever it becomes, it is refused or it is sound, and what is sound can be written.
    const std::string text = fixture();
    std::uint32_t random = 7;
    int sound = 0;
    for (int round = 0; round < 1500; ++round) {
        std::string damaged = text;
        for (int flip = 0; flip < 1 + round % 3; ++flip) {
            random = random * 1664525U + 1013904223U;
            damaged[random % damaged.size()] = "0123456789\"{}[]:,-.eE "[random / 65536U % 22U];
        }
        const auto timeline = parseOtio(damaged);
        if (timeline) {
            QVERIFY(checkInvariants(*timeline).has_value());
            QCOMPARE(Json::parse(otioText(*timeline)).dump(), Json::parse(damaged).dump());
            ++sound;
        }
    }
    QVERIFY(sound > 100);
}

void TestOtioHostile::duplicateIdsAreReplaced() {
    const std::string id = R"(,"metadata":{"fantascope":{"id":"00000000000000aa"}})";
    const auto timeline = parseOtio(withChildren(clipWith("5", "24", id) + "," + clipWith("5", "24", id)));
    QVERIFY(timeline.has_value());
    QCOMPARE(itemId(*timeline->tracks[0].items[0]).value, 0xAAU);
    QVERIFY(itemId(*timeline->tracks[0].items[1]).value != 0xAAU);
    // The new id is kept from then on.
    QCOMPARE(itemId(*parseOtio(otioText(*timeline))->tracks[0].items[1]), itemId(*timeline->tracks[0].items[1]));
}

void TestOtioHostile::filesThatAreNone() {
    const QTemporaryDir folder;
    const std::filesystem::path base(folder.path().toStdString());
    QCOMPARE(readOtio(base / "none.otio").error().code, ErrorCode::FileNotFound);
    QCOMPARE(readOtio(base).error().code, ErrorCode::NotAFile);
    QCOMPARE(::mkfifo((base / "fifo.otio").c_str(), 0600), 0);
    QCOMPARE(readOtio(base / "fifo.otio").error().code, ErrorCode::NotAFile);
    std::filesystem::create_symlink("/dev/zero", base / "zero.otio");
    QCOMPARE(readOtio(base / "zero.otio").error().code, ErrorCode::NotAFile);
    std::filesystem::create_symlink("loop.otio", base / "loop.otio");
    QCOMPARE(readOtio(base / "loop.otio").error().code, ErrorCode::NotAFile);
    QCOMPARE(readOtio(base / std::string(5000, 'a')).error().code, ErrorCode::FileNotFound);
    std::ofstream(base / "empty.otio").close();
    QCOMPARE(readOtio(base / "empty.otio").error().code, ErrorCode::ParseFailed);
    QCOMPARE(readOtio(base / "empty.otio").error().subject, (base / "empty.otio").string());
}

void TestOtioHostile::hugeFilesAreNotRead() {
    const QTemporaryDir folder;
    const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "huge.otio";
    std::ofstream(file).close();
    std::filesystem::resize_file(file, 1ULL << 40); // sparse
    QCOMPARE(readOtio(file).error().code, ErrorCode::TooLarge);
}

void TestOtioHostile::largeProjectsOpen() {
    const Timeline large = largeTimeline(10'000);
    const auto again = parseOtio(otioText(large));
    QVERIFY2(again.has_value(), again ? "" : again.error().detail.c_str());
    QVERIFY(*again == large);
}

QTEST_APPLESS_MAIN(TestOtioHostile)
#include "TestOtioHostile.moc"
