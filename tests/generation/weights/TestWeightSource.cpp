#include "generation/weights/WeightSource.h"

#include "generation/weights/JsonFile.h"
#include "generation/weights/WeightReader.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/weights/Writers.h"

#include "tests/generation/Check.h" // last: libtorch may have a CHECK of its own

#include <nlohmann/json.hpp>

using namespace generation;
using generation::test::Checks;
using generation::test::safetensorsBytes;
using generation::test::TemporaryFolder;
using generation::test::writeFile;

namespace {

/// One tensor of `count` bytes.
std::string oneTensor(const std::string& name, int count) {
    const std::string size = std::to_string(count);
    return safetensorsBytes("{\"" + name + R"(":{"dtype":"U8","shape":[)" + size + R"(],"data_offsets":[0,)" + size +
                                "]}}",
                            std::string(static_cast<std::size_t>(count), 'x'));
}

const char* const kIndex = "diffusion_pytorch_model.safetensors.index.json";

std::string reasonOf(const std::string& folder) {
    try {
        (void)WeightSource::openFolder(folder);
    } catch (const WeightsError& error) {
        return error.what();
    }
    return "accepted";
}

void expectReason(Checks& checks, const std::string& folder, const std::string& part) {
    const std::string reason = reasonOf(folder);
    if (reason.find(part) == std::string::npos) {
        checks.failed(part.c_str(), 0, "unexpected verdict: " + reason);
    }
}

void checkShards(Checks& checks) {
    const TemporaryFolder folder;
    writeFile(folder.file("m-1.safetensors"), oneTensor("a.x", 3));
    writeFile(folder.file("m-2.safetensors"), oneTensor("b", 5));
    writeFile(folder.file(kIndex),
              R"({"metadata":{"total_size":8},"weight_map":{"a.x":"m-1.safetensors","b":"m-2.safetensors"}})");
    const WeightSource source = WeightSource::openFolder(folder.path());
    CHECK_EQUAL(checks, source.names().size(), 2U);
    CHECK_EQUAL(checks, source.tensor("b").numel(), 5);
    const WeightSource part = source.under("a.");
    CHECK(checks, part.contains("x") && !part.contains("b"));
    CHECK_EQUAL(checks, part.tensor("x").numel(), 3);
}

/// The verdict on a JSON file of a model.
std::string jsonVerdict(const std::string& text) {
    const TemporaryFolder folder;
    writeFile(folder.file("config.json"), text);
    try {
        (void)readJsonFile(folder.file("config.json"));
    } catch (const WeightsError& error) {
        return error.reason();
    }
    return "accepted";
}

std::string repeated(const std::string& part, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += (i == 0 ? "" : ",") + part;
    }
    return text;
}

void checkJsonFiles(Checks& checks) {
    CHECK_EQUAL(checks, jsonVerdict(R"({"a":[1,{"a":2}],"b":{"a":3}})"), "accepted");
    CHECK_EQUAL(checks, jsonVerdict("{\"a\":[" + repeated("{}", 300'000) + "]}"),
                "accepted"); // minutes, were it quadratic
    CHECK_EQUAL(checks, jsonVerdict(R"({"a":{"b":1,"b":2}})"), "'b' is there twice");
    CHECK_EQUAL(checks, jsonVerdict("{\"a\":" + std::string(64, '[') + std::string(64, ']') + "}"),
                "JSON nested too deeply");
    CHECK_EQUAL(checks, jsonVerdict("[1]"), "not a JSON object");
    CHECK_EQUAL(checks, jsonVerdict("{\"a\":\"" + std::string(1'000'000, 'x') + "\"}"),
                "too long for a model's JSON file");
    CHECK(checks, jsonVerdict("{\"a\"").starts_with("not JSON at byte"));
    CHECK(checks, jsonVerdict("").starts_with("not JSON at byte"));
}

void checkIndexes(Checks& checks) {
    const TemporaryFolder folder;
    writeFile(folder.file("m-1.safetensors"), oneTensor("a", 3));
    const auto withIndex = [&](const std::string& text, const char* reason) {
        writeFile(folder.file(kIndex), text);
        expectReason(checks, folder.path(), reason);
    };
    withIndex("{", "not JSON");
    withIndex("[]", "not a JSON object");
    withIndex("{}", "no weight_map");
    withIndex(R"({"weight_map":{"a":"m-1.safetensors","a":"m-2.safetensors"}})", "'a' is there twice");
    withIndex(R"({"weight_map":{},"weight_map":{"a":"m-1.safetensors"}})", "'weight_map' is there twice");
    withIndex(R"({"weight_map":[]})", "no weight_map");
    withIndex(R"({"weight_map":{"a":1}})", "not a name");
    withIndex(R"({"weight_map":{"a":"../m-1.safetensors"}})", "plain file name");
    withIndex(R"({"weight_map":{"a":"/etc/passwd"}})", "plain file name");
    withIndex(R"({"weight_map":{"a":"x\\m"}})", "plain file name");
    withIndex(R"({"weight_map":{"a":".."}})", "plain file name");
    withIndex(R"({"weight_map":{"a":"m\u0000"}})", "plain file name");
    withIndex(R"({"weight_map":{"a":""}})", "plain file name");
    withIndex(R"({"weight_map":{"a":"m-9.safetensors"}})", "m-9.safetensors");
    withIndex(R"({"weight_map":{"other":"m-1.safetensors"}})", "no tensor 'other'");
    withIndex(std::string(200, '[') + std::string(200, ']'), "nested too deeply");
    withIndex(std::string(5'000'000, ' '), "too long");
}

void checkFolders(Checks& checks) {
    const TemporaryFolder folder;
    expectReason(checks, folder.path(), "no safetensors file");
    expectReason(checks, folder.file("absent"), "absent");
    writeFile(folder.file("pytorch_model.bin"), "PK\x03\x04");
    expectReason(checks, folder.path(), "pickle");
    writeFile(folder.file("anything.safetensors"), oneTensor("a", 1));
    CHECK(checks, WeightSource::openFolder(folder.path()).contains("a"));
    writeFile(folder.file("second.safetensors"), oneTensor("b", 1));
    expectReason(checks, folder.path(), "several");
    writeFile(folder.file("model.safetensors"), oneTensor("c", 1));
    CHECK(checks, WeightSource::openFolder(folder.path()).contains("c"));
    writeFile(folder.file("model.safetensors"), "PK\x03\x04" + std::string(100, 'x')); // renamed: its bytes count
    expectReason(checks, folder.path(), "pickle");
    const TemporaryFolder gguf;
    test::GgufWriter writer;
    writer.addTensor("g", {ElementType::F32, {1}, std::string(4, '\0')});
    writeFile(gguf.file("any.gguf"), writer.bytes());
    CHECK(checks, WeightSource::openFolder(gguf.path()).contains("g"));
    writeFile(gguf.file("other.gguf"), writer.bytes());
    expectReason(checks, gguf.path(), "several GGUF files");
}

void checkReports(Checks& checks) {
    const TemporaryFolder folder;
    writeFile(folder.file("m.safetensors"), oneTensor("a", 3));
    const WeightSource source = WeightSource::openFile(folder.file("m.safetensors"));
    WeightReader complete(source, referenceDevice());
    CHECK_EQUAL(checks, complete.vector("a", {3}).data_ptr<float>()[2], 120.0F);
    CHECK(checks, complete.finish().complete());

    WeightReader reader(source, referenceDevice());
    CHECK(checks, !reader.vector("absent", {3}).defined());
    CHECK(checks, !reader.vector("a", {4}).defined());
    try {
        (void)reader.finish();
        CHECK(checks, false);
    } catch (const WeightsError& error) {
        CHECK(checks, error.reason().find("absent") != std::string::npos);
        CHECK(checks, error.reason().find("stored [3], expected [4]") != std::string::npos);
    }

    WeightReader idle(source, referenceDevice());
    CHECK_EQUAL(checks, idle.finish().extra.size(), 1U);
}

} // namespace

int main() {
    Checks checks;
    checks.run("JSON files are bounded and plain", checkJsonFiles);
    checks.run("shards of an index are one source", checkShards);
    checks.run("hostile indexes are refused by name", checkIndexes);
    checks.run("a folder's file is found, or said what is wrong", checkFolders);
    checks.run("a reader reports what is missing and misshapen", checkReports);
    return checks.finish();
}
