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
    CHECK_EQUAL(c, requestKey(same, hashes), key);

    const std::function<void(GenerateRequest&)> changes[] = {[](auto& r) { r.prompts[0].text += " "; },
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
                                                             [](auto& r) { r.sampler = "unipc"; }};
    std::set<std::string> keys{key};
    for (const auto& change : changes) {
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
    checks.run("keys are stable", keysAreStable);
    checks.run("model folders are hashed by content", modelFoldersAreHashedByContent);
}
