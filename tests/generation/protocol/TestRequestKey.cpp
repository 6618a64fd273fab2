#include "tests/generation/protocol/Cases.h"

#include "generation/protocol/RequestKey.h"
#include "generation/protocol/Sha256.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include <stdlib.h>

using namespace generation;
using generation::test::Checks;
namespace fs = std::filesystem;

namespace {

std::string sha(const std::string& text) {
    Sha256 hash;
    hash.add(text);
    return hash.hex();
}

GenerateRequest textRequest() {
    GenerateRequest request;
    request.id = "1";
    request.model = "m";
    request.prompts = {{"a lake", 0, 25}};
    request.outputPath = "/o";
    return request;
}

void shaAgreesWithTheStandard(Checks& c) {
    CHECK_EQUAL(c, sha(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK_EQUAL(c, sha("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK_EQUAL(c, sha("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK_EQUAL(c, sha(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    for (std::size_t length = 50; length < 70; ++length) { // padding around the block's end, fed byte by byte
        Sha256 hash;
        for (std::size_t i = 0; i < length; ++i) {
            hash.add("z");
        }
        CHECK_EQUAL(c, hash.hex(), sha(std::string(length, 'z')));
    }
}

/// One change of each field that decides pixels.
std::vector<std::function<void(GenerateRequest&)>> recipeChanges() {
    return {[](auto& r) { r.prompts[0].text += " "; },
            [](auto& r) { r.prompts[0].endFrame = 24; },
            [](auto& r) { r.negativePrompt = "x"; },
            [](auto& r) { r.references[0].strength = 0.5; },
            [](auto& r) { r.control = Control::Luma; },
            [](auto& r) { r.strength = 0.5; },
            [](auto& r) { r.width = 8; },
            [](auto& r) { r.height = 8; },
            [](auto& r) { r.frames = 8; },
            [](auto& r) { r.fpsNumerator = 8; },
            [](auto& r) { r.fpsDenominator = 8; },
            [](auto& r) { r.seed = 8; },
            [](auto& r) { r.steps = 8; },
            [](auto& r) { r.guidance = 1.0; },
            [](auto& r) { r.shift = 1.0; },
            [](auto& r) { r.sampler = "unipc"; },
            [](auto& r) { r.placement = Placement{0, 0, 8, 8}; },
            [](auto& r) { r.retake = FrameRange{1, 2}; },
            [](auto& r) { r.keeping = Keeping::Blend; },
            [](auto& r) { r.seeds = {1, 2}; },
            [](auto& r) { r.preset = "causvid"; },
            [](auto& r) { r.timesteps = {500.0}; },
            [](auto& r) { r.guidanceOptions.zeroStar = true; },
            [](auto& r) { r.guidanceOptions.to = 0.5; },
            [](auto& r) { r.stepCache = StepCache::Easy; },
            [](auto& r) { r.stepCacheThreshold = 0.1; },
            [](auto& r) { r.windows.frames = 9; },
            [](auto& r) { r.windows.overlap = 9; },
            [](auto& r) { r.promptBlend = 9; }};
}

void keysFollowWhatDecidesThePixels(Checks& c) {
    GenerateRequest base = textRequest();
    base.basePath = "/b";
    base.references = {{"/r", 1.0}};
    const InputHashes hashes{.weights = "w", .base = "b", .firstFrame = "", .references = {"r"}};
    const std::string key = requestKey(base, hashes);
    CHECK_EQUAL(c, key.size(), 64U);

    GenerateRequest same = base;
    same.id = "2";
    same.model = "elsewhere";
    same.basePath = "/moved";
    same.references[0].path = "/moved";
    same.outputPath = "/other";
    same.wantsPreviews = false;
    same.checkpoints = Checkpoints::All;
    same.tryAnyway = true;
    CHECK_EQUAL(c, requestKey(same, hashes), key);

    std::set<std::string> keys{key};
    for (const auto& change : recipeChanges()) {
        GenerateRequest request = base;
        change(request);
        CHECK(c, keys.insert(requestKey(request, hashes)).second);
    }
    for (const InputHashes& other :
         {InputHashes{"x", "b", "", {"r"}}, InputHashes{"w", "x", "", {"r"}}, InputHashes{"w", "b", "", {"x"}}}) {
        CHECK(c, keys.insert(requestKey(base, other)).second);
    }
    CHECK_THROWS(c, requestKey(base, InputHashes{.weights = "w", .base = "b", .firstFrame = "", .references = {}}),
                 HashError);
    CHECK_THROWS(c, requestKey(base, InputHashes{.weights = "w", .base = "", .firstFrame = "", .references = {"r"}}),
                 HashError);
}

void laterFilesCountByTheirContents(Checks& c) {
    GenerateRequest request = textRequest();
    request.controlPath = "/c";
    request.control = Control::Depth;
    request.maskPath = "/m";
    request.branchPath = "/s";
    request.known = {{"/k", 0, 1, 0}};
    request.loras = {{"/l", {{0.0, 0.5}}}};
    InputHashes hashes{.weights = "w", .base = "", .firstFrame = "", .references = {}};
    CHECK_THROWS(c, requestKey(request, hashes), HashError);
    hashes.control = "c";
    hashes.mask = "m";
    hashes.branch = "s";
    hashes.known = {"k"};
    hashes.loras = {"l"};
    std::set<std::string> keys{requestKey(request, hashes)};
    const std::function<void(InputHashes&)> changes[] = {
        [](auto& h) { h.control = "x"; }, [](auto& h) { h.mask = "x"; }, [](auto& h) { h.branch = "x"; },
        [](auto& h) { h.known[0] = "x"; }, [](auto& h) { h.loras[0] = "x"; }};
    for (const auto& change : changes) {
        InputHashes other = hashes;
        change(other);
        CHECK(c, keys.insert(requestKey(request, other)).second);
    }
    GenerateRequest moved = request;
    moved.known[0].path = moved.maskPath = moved.controlPath = moved.branchPath = "/elsewhere";
    CHECK(c, keys.contains(requestKey(moved, hashes)));
    GenerateRequest stronger = request;
    stronger.loras[0].points[0].strength = 0.6;
    CHECK(c, !keys.contains(requestKey(stronger, hashes)));
    moved.known[0].frame = 5;
    CHECK(c, !keys.contains(requestKey(moved, hashes)));
}

void keysAreStable(Checks& c) {
    CHECK_EQUAL(c,
                requestKey(textRequest(), InputHashes{.weights = "w", .base = "", .firstFrame = "", .references = {}}),
                "8b4382f1447f885248095328dc82319938916b2bfee2df03959012853456c33a");
}

void modelFoldersAreHashedByContent(Checks& c) {
    std::string folder = (fs::temp_directory_path() / "fantascope-hash-XXXXXX").string();
    CHECK(c, ::mkdtemp(folder.data()) != nullptr);
    CHECK_THROWS(c, hashModelFolder(folder), HashError);
    CHECK_THROWS(c, hashModelFolder(folder + "/missing"), HashError);
    fs::create_directory(folder + "/vae");
    std::ofstream(folder + "/model_index.json") << "{}";
    std::ofstream(folder + "/vae/a.safetensors") << "weights";
    const std::string before = hashModelFolder(folder);
    std::ofstream(folder + "/README.md") << "not part of the model";
    CHECK_EQUAL(c, hashModelFolder(folder), before);
    std::ofstream(folder + "/vae/a.safetensors") << "weightz";
    CHECK(c, hashModelFolder(folder) != before);
    CHECK_EQUAL(c, hashFile(folder + "/vae/a.safetensors"), sha("weightz"));
    // Sparse, over the limit of whole hashing: a change at the end is seen.
    fs::resize_file(folder + "/vae/a.safetensors", std::uintmax_t{70} << 20);
    const std::string large = hashModelFolder(folder);
    std::ofstream(folder + "/vae/a.safetensors", std::ios::in | std::ios::out | std::ios::ate).seekp(-1, std::ios::end)
        << "x";
    CHECK(c, hashModelFolder(folder) != large);
    fs::remove_all(folder);
}

} // namespace

void requestKeyCases(Checks& checks) {
    checks.run("SHA-256 agrees with the standard", shaAgreesWithTheStandard);
    checks.run("keys follow what decides the pixels", keysFollowWhatDecidesThePixels);
    checks.run("later files count by their contents", laterFilesCountByTheirContents);
    checks.run("keys are stable", keysAreStable);
    checks.run("model folders are hashed by content", modelFoldersAreHashedByContent);
}
