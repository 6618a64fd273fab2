#include "generation/pipeline/JobError.h"
#include "generation/pipeline/LatentCheckpoint.h"
#include "generation/pipeline/TensorFile.h"
#include "generation/pipeline/TextFeatures.h"
#include "generation/sampling/Noise.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>

#include <filesystem>
#include <fstream>

#include <stdlib.h>

#include "tests/generation/pipeline/Cases.h"

using namespace generation;
using generation::test::Checks;
namespace fs = std::filesystem;

namespace {

struct Folder {
    std::string path = (fs::temp_directory_path() / "fantascope-files-XXXXXX").string();
    Folder() { ::mkdtemp(path.data()); }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
};

LatentCheckpoint checkpointAt(int step, const std::string& key = "k") {
    LatentCheckpoint checkpoint{.key = key, .schedule = "euler 8", .step = step, .state = {}};
    checkpoint.state.tensors = {{"latents", seededNoise(static_cast<std::uint64_t>(step), {1, 2, 3})},
                                {"a\"b", at::full({1}, 0.1F)}};
    checkpoint.state.numbers = {{"third", 1.0 / 3.0}, {"tiny", 5e-324}};
    checkpoint.state.integers = {{"sampler.index", step}};
    return checkpoint;
}

void changeByte(const std::string& path, std::int64_t fromEnd) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(-fromEnd, std::ios::end);
    const auto byte = static_cast<char>(file.get() ^ 0x10);
    file.seekp(-fromEnd, std::ios::end);
    file.put(byte);
}

void checkpointsComeBackExactly(Checks& c) {
    const Folder folder;
    const std::string path = folder.path + "/step";
    const LatentCheckpoint written = checkpointAt(3);
    writeCheckpoint(path, written);
    const LatentCheckpoint read = readCheckpoint(path);
    CHECK(c, read.key == written.key && read.schedule == written.schedule && read.step == 3);
    CHECK(c, read.state.numbers == written.state.numbers && read.state.integers == written.state.integers);
    CHECK_EQUAL(c, read.state.tensors.size(), 2U);
    for (const auto& [name, tensor] : written.state.tensors) {
        CHECK(c, read.state.tensors.at(name).equal(tensor));
    }
    CHECK_EQUAL(c, std::distance(fs::directory_iterator(folder.path), fs::directory_iterator{}), 1);
    for (const std::int64_t place : {1, 20, 200}) { // in the data and in the header
        changeByte(path, place);
        CHECK_THROWS(c, readCheckpoint(path), WeightsError);
        changeByte(path, place);
    }
    fs::resize_file(path, fs::file_size(path) - 4);
    CHECK_THROWS(c, readCheckpoint(path), WeightsError);
    for (const char* info : {"", "[]", R"({"version":"one"})", R"({"version":1})"}) {
        writeTensorFile(path, {{"x", at::ones({2})}}, {{"fantascope.checkpoint", info}});
        CHECK_THROWS(c, readCheckpoint(path), WeightsError);
    }
    CHECK_THROWS(c, readCheckpoint(folder.path + "/none"), WeightsError);
    CHECK_THROWS(c, writeCheckpoint(folder.path + "/none/step", written), JobError);
}

void foldersKnowTheNewestWholeOne(Checks& c) {
    const Folder folder;
    CheckpointFolder all(folder.path + "/all", true);
    CHECK(c, !all.newest("k"));
    for (int step = 1; step <= 12; ++step) {
        all.add(checkpointAt(step));
    }
    CHECK_EQUAL(c, all.newest("k")->step, 12);
    CHECK(c, !all.newest("other"));
    changeByte(all.pathOf(12), 1);
    CHECK_EQUAL(c, all.newest("k")->step, 11); // half a file is passed over
    std::ofstream(folder.path + "/all/step-0099.safetensors") << "garbage";
    all.add(checkpointAt(13, "other"));
    CHECK_EQUAL(c, all.newest("k")->step, 11);

    CheckpointFolder last(folder.path + "/last", false);
    for (int step = 1; step <= 3; ++step) {
        last.add(checkpointAt(step));
    }
    CHECK_EQUAL(c, std::distance(fs::directory_iterator(folder.path + "/last"), fs::directory_iterator{}), 1);
    CHECK_EQUAL(c, last.newest("k")->step, 3);
}

void featuresAreAskedForOnce(Checks& c) {
    const Folder folder;
    int asked = 0;
    const auto encode = [&](const std::string& prompt) {
        ++asked;
        at::Tensor features = at::zeros({1, 8, 4});
        features.narrow(1, 0, 3).copy_(seededNoise(prompt.size(), {1, 3, 4}));
        return features;
    };
    TextFeatures first(folder.path + "/text", "encoder");
    const at::Tensor features = first.get("a lake", 8, encode);
    CHECK(c, features.sizes() == at::IntArrayRef({1, 8, 4}) && features.narrow(1, 3, 5).eq(0.0).all().item<bool>());
    CHECK(c, first.get("a lake", 8, encode).equal(features) && asked == 1);
    TextFeatures second(folder.path + "/text", "encoder"); // another session
    CHECK(c, second.get("a lake", 8, encode).equal(features) && asked == 1);
    TextFeatures other(folder.path + "/text", "another encoder");
    CHECK(c, other.get("a lake", 8, encode).equal(features) && asked == 2);
    second.get("a lake ", 8, encode);
    CHECK_EQUAL(c, asked, 3);
    for (const auto& entry : fs::directory_iterator(folder.path + "/text")) {
        changeByte(entry.path().string(), 1);
    }
    TextFeatures third(folder.path + "/text", "encoder");
    CHECK(c, third.get("a lake", 8, encode).equal(features) && asked == 4); // damaged: made again
    TextFeatures nowhere(folder.path + "/text-" + std::string(300, 'x'), "encoder");
    CHECK(c, nowhere.get("a lake", 8, encode).equal(features) && asked == 5); // cannot be kept
    TextFeatures memory({}, "encoder");
    memory.get("a", 8, encode);
    memory.get("a", 8, encode);
    CHECK_EQUAL(c, asked, 6);
}

} // namespace

void runFileCases(Checks& checks) {
    checks.run("checkpoints come back exactly", checkpointsComeBackExactly);
    checks.run("folders know the newest whole one", foldersKnowTheNewestWholeOne);
    checks.run("features are asked for once", featuresAreAskedForOnce);
}
