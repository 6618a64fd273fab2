#include "tests/generation/protocol/Cases.h"

#include "generation/protocol/Event.h"
#include "generation/protocol/LineReader.h"
#include "generation/protocol/Protocol.h"
#include "generation/protocol/Request.h"

#include <thread>

#include <unistd.h>

using namespace generation;
using generation::test::Checks;

namespace {

GenerateRequest fullRequest() {
    return {.id = "job-1",
            .model = "/models/starter",
            .prompts = {{"a lake \"at\" dawn\n雨", 0, 12}, {"", 12, 25}},
            .negativePrompt = "blur",
            .basePath = "/b",
            .firstFramePath = "/f",
            .references = {{"/r0", 0.25}, {"/r1", 1.0}},
            .known = {{"/k", 3, 5, 20}, {"/l", 0, 1, 24}},
            .control = Control::Depth,
            .controlPath = "/c",
            .maskPath = "/m",
            .placement = Placement{1, 2, 30, 40},
            .retake = FrameRange{2, 9},
            .keeping = Keeping::Blend,
            .strength = 0.1,
            .width = 224,
            .height = 128,
            .frames = 25,
            .fpsNumerator = 24000,
            .fpsDenominator = 1001,
            .seed = 18446744073709551615U,
            .seeds = {1, 18446744073709551615U},
            .steps = 8,
            .guidance = 2.5,
            .shift = 3.0,
            .sampler = "unipc",
            .preset = "causvid",
            .timesteps = {1000.0, 757.25},
            .guidanceOptions = {.zeroStar = true, .zeroInit = 0.04, .from = 0.1, .to = 0.9},
            .stepCache = StepCache::FirstBlock,
            .stepCacheThreshold = 0.02,
            .windows = {.frames = 81, .overlap = 8},
            .loras = {{"/l", {{0.0, 1.0}, {0.5, 0.25}}}, {"/m", {{0.0, -2.0}}}},
            .promptBlend = 12,
            .branchPath = "/step",
            .checkpoints = Checkpoints::All,
            .tryAnyway = true,
            .outputPath = "/out",
            .wantsPreviews = false};
}

void requestsComeBack(Checks& c) {
    const Request generate = fullRequest();
    CHECK(c, parseRequest(toJsonLine(generate)) == generate);
    GenerateRequest smallest;
    smallest.id = "a";
    smallest.model = "m";
    smallest.prompts = {{"", 0, 0}};
    smallest.outputPath = "o";
    CHECK(c, parseRequest(toJsonLine(smallest)) == Request{smallest});
    CHECK(c, parseRequest(toJsonLine(CancelRequest{"a"})) == Request{CancelRequest{"a"}});
    CHECK(c, parseRequest(toJsonLine(QuitRequest{})) == Request{QuitRequest{}});
    CHECK(c, parseRequest(toJsonLine(PauseRequest{"a"})) == Request{PauseRequest{"a"}});
    CHECK(c, parseRequest(toJsonLine(ResumeRequest{"a"})) == Request{ResumeRequest{"a"}});
    CHECK(c, parseRequest(toJsonLine(PlanRequest{fullRequest()})) == Request{PlanRequest{fullRequest()}});
    CHECK(c, toJsonLine(generate).find('\n') == std::string::npos);
}

void eventsComeBack(Checks& c) {
    const Event events[] = {
        HelloEvent{1, "0.1", "cpu", "bf16", 2},
        AcceptedEvent{"a"},
        ProgressEvent{"a", Stage::Denoise, 3, 8, 12.5},
        ProgressEvent{"a", Stage::Save, 8, 8, -1.0},
        PreviewEvent{"a", 3, "/p"},
        FinishedEvent{"a", "/o/frames.safetensors", 224, 128, 25, 12, 1, 18446744073709551615U, 8, 2.5, 2.0, "euler",
                      "ab", 9.5},
        FinishedEvent{.id = "a",
                      .framesPath = "/o/frames.safetensors",
                      .sampler = "euler",
                      .modelHash = "ab",
                      .takes = {{1, "/o/frames.safetensors"}, {18446744073709551615U, "/o/frames-2.safetensors"}},
                      .checkpointFolder = "/o/checkpoints"},
        FailedEvent{"", "bad-request", "line: \"x\""},
        PausedEvent{"a", 3, 8},
        NoticeEvent{"a", "resumed", "3"},
        NoticeEvent{"a", "lora-keys", "", {{"file", "l.safetensors"}, {"keys", std::int64_t{1} << 40}, {"first", ""}}},
        PlannedEvent{.id = "a",
                     .fits = true,
                     .memoryBytes = std::int64_t{1} << 40,
                     .memoryFree = 2,
                     .cardBytes = 3,
                     .cardFree = 4,
                     .needsBytes = 5,
                     .residency = "sequential",
                     .seconds = 12.5,
                     .width = 225,
                     .height = 1,
                     .frames = 26,
                     .fpsNumerator = 24000,
                     .fpsDenominator = 1001,
                     .legalWidth = 256,
                     .legalHeight = 32,
                     .legalFrames = 29,
                     .windows = 2},
        CancelledEvent{"a"}};
    for (const Event& event : events) {
        CHECK(c, parseEvent(toJsonLine(event)) == event);
    }
    const Event broken = parseEvent(toJsonLine(FailedEvent{"a", "bad-input", "\xff\xfe name"}));
    CHECK(c, std::get<FailedEvent>(broken).detail.ends_with(" name"));
}

void factsAreChecked(Checks& c) {
    const std::string start = R"({"type":"notice","id":"a","code":"x","detail":"")";
    CHECK(c, std::get<NoticeEvent>(parseEvent(start + "}")).facts.empty());
    for (const char* facts : {"[]", "7", R"({"a":[]})", R"({"a":{}})", R"({"a":1.5})", R"({"a":1e300})",
                              R"({"a":true})", R"({"a":18446744073709551615})"}) {
        CHECK_THROWS(c, parseEvent(start + R"(,"facts":)" + facts + "}"), ProtocolError);
    }
}

/// A line that is no request may still tell whose it is.
void idsAreReadFromBadLines(Checks& c) {
    CHECK_EQUAL(c, jobIdIn(R"({"type":"plan","id":"a","shift":0})"), "a");
    CHECK_EQUAL(c, jobIdIn(R"({"type":"generate","id":"a"})"), "a");
    for (const char* line : {"", "not JSON", "[]", "{}", R"({"type":"plan"})", R"({"type":"plan","id":7})",
                             R"({"type":"cancel","id":"a"})", R"({"type":"dance","id":"a"})"}) {
        CHECK_EQUAL(c, jobIdIn(line), "");
    }
    CHECK_EQUAL(c, jobIdIn(std::string(kMaxLineBytes + 1, ' ')), "");
}

/// A field's value 400,000 arrays deep: what would overflow the stack of whoever copies it.
std::string nested(const std::string& before) {
    return before + std::string(400'000, '[') + std::string(400'000, ']') + "}";
}

void nastyLinesAreRefused(Checks& c) {
    const std::string lines[] = {"",
                                 "{",
                                 "null",
                                 "[]",
                                 "42",
                                 "{}",
                                 R"({"type":"fly"})",
                                 R"({"type":7})",
                                 R"({"type":"cancel"})",
                                 R"({"type":"cancel","id":5})",
                                 "{\"type\":\"cancel\",\"id\":\"\xff\xfe\"}",
                                 "{\"type\":\"quit\"}{\"type\":\"quit\"}",
                                 std::string(500000, '['),
                                 std::string(kMaxLineBytes + 1, ' '),
                                 nested(R"({"type":"cancel","id":"a","future":)"),
                                 nested(R"({"type":"generate","id":"a","model":"m","output":"o","prompts":)"),
                                 nested(R"({"type":"finished","id":"a","size":)")};
    for (const std::string& line : lines) {
        CHECK_THROWS(c, parseRequest(line), ProtocolError);
        CHECK_THROWS(c, parseEvent(line), ProtocolError);
    }
    CHECK(c, std::get<CancelRequest>(parseRequest(R"({"type":"cancel","id":"[[[[[[[[[[[[[[[[[[[[\"[["})")).id.size() ==
                 23);
}

const std::string kGoodStart = R"({"type":"generate","id":"a","model":"m","output":"o","prompts":[{"text":""}])";

void laterFieldsAreChecked(Checks& c) {
    const char* bad[] = {R"("known":[{}])",
                         R"("known":[{"path":"k","frames":0}])",
                         R"("known":[{"path":"k","frame":-1}])",
                         R"("placement":[1,2,3,4])",
                         R"("placement":{"x":0,"y":0,"width":0,"height":4})",
                         R"("retake":{"first":4,"end":4})",
                         R"("retake":{"first":4})",
                         R"("keeping":"maybe")",
                         R"("seeds":[-1])",
                         R"("seeds":[1.5])",
                         R"("timesteps":[0])",
                         R"("timesteps":[1001])",
                         R"("timesteps":["x"])",
                         R"("guidance_options":{"from":2})",
                         R"("guidance_options":5)",
                         R"("step_cache":"tea")",
                         R"("step_cache_threshold":-1)",
                         R"("windows":{"frames":-2000000})",
                         R"("windows":{"overlap":-1})",
                         R"("prompt_blend":-1)",
                         R"("loras":[{}])",
                         R"("loras":[{"path":"l","strength":1e9}])",
                         R"("loras":[{"path":"l","points":[{"position":0.5},{"position":0.4}]}])",
                         R"("checkpoints":"some")",
                         R"("try_anyway":1)"};
    for (const char* field : bad) {
        CHECK_THROWS(c, parseRequest(kGoodStart + "," + field + "}"), ProtocolError);
    }
}

void everyFieldIsChecked(Checks& c) {
    const std::string& good = kGoodStart;
    CHECK(c, std::holds_alternative<GenerateRequest>(parseRequest(good + R"(,"future_field":{}})")));
    const char* bad[] = {R"("width":-1)",
                         R"("width":1.5)",
                         R"("width":"1")",
                         R"("width":1e99)",
                         R"("height":99999)",
                         R"("frames":-1)",
                         R"("fps_denominator":0)",
                         R"("seed":-1)",
                         R"("seed":1.0)",
                         R"("steps":100000)",
                         R"("guidance":-1)",
                         R"("guidance":1e999)",
                         R"("shift":0)",
                         R"("strength":1.01)",
                         R"("control":"pose")",
                         R"("control":1)",
                         R"("prompts":[])",
                         R"("prompts":[{}])",
                         R"("prompts":"x")",
                         R"("prompts":[{"text":"","first_frame":5,"end_frame":5}])",
                         R"("references":[1])",
                         R"("references":[{}])",
                         R"("previews":1)",
                         R"("id":"")",
                         R"("model":"")",
                         R"("output":"a\u0000")",
                         R"("frames":9223372036854775808)"};
    for (const char* field : bad) {
        CHECK_THROWS(c, parseRequest(good + "," + field + "}"), ProtocolError);
    }
    GenerateRequest request = fullRequest();
    request.basePath = "/caf\xe9";
    CHECK_THROWS(c, toJsonLine(request), ProtocolError);
    CHECK_THROWS(c, parseEvent(R"({"type":"progress","id":"a","stage":"dream","step":1,"steps":2,"seconds_left":1})"),
                 ProtocolError);
    CHECK_THROWS(c, parseEvent(R"({"type":"progress","id":"a","stage":"load","step":-1,"steps":2,"seconds_left":1})"),
                 ProtocolError);
}

void linesAreSplitAndBounded(Checks& c) {
    int ends[2];
    CHECK_EQUAL(c, ::pipe(ends), 0);
    std::jthread writer([end = ends[1]] {
        writeLine(end, "one");
        writeLine(end, std::string(3 * kMaxLineBytes, 'x'));
        writeLine(end, "two\r");
        writeLine(end, "");
        writeLine(end, std::string(kMaxLineBytes, 'y'));
        [[maybe_unused]] const ssize_t put = ::write(end, "last", 4);
        ::close(end);
    });
    LineReader reader(ends[0]);
    CHECK(c, reader.next() == "one");
    CHECK_THROWS(c, reader.next(), ProtocolError);
    CHECK(c, reader.next() == "two");
    CHECK(c, reader.next() == "");
    CHECK(c, reader.next() == std::string(kMaxLineBytes, 'y'));
    CHECK(c, reader.next() == "last");
    CHECK(c, reader.next() == std::nullopt);
    CHECK(c, reader.next() == std::nullopt);
    ::close(ends[0]);
}

} // namespace

int main() {
    Checks checks;
    checks.run("requests come back", requestsComeBack);
    checks.run("events come back", eventsComeBack);
    checks.run("facts are checked", factsAreChecked);
    checks.run("ids are read from bad lines", idsAreReadFromBadLines);
    checks.run("nasty lines are refused", nastyLinesAreRefused);
    checks.run("every field is checked", everyFieldIsChecked);
    checks.run("later fields are checked", laterFieldsAreChecked);
    checks.run("lines are split and bounded", linesAreSplitAndBounded);
    frameFileCases(checks);
    requestKeyCases(checks);
    return checks.finish();
}
