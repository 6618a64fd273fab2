#include "generation/weights/Safetensors.h"

#include "generation/weights/WeightsError.h"
#include "tests/generation/Check.h"
#include "tests/generation/weights/Files.h"

#include <cmath>
#include <cstring>
#include <functional>
#include <vector>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace generation;
using generation::test::Checks;
using generation::test::safetensorsBytes;
using generation::test::TemporaryFolder;
using generation::test::writeFile;

namespace {

struct Hostile {
    const char* name;
    std::string bytes;
    const char* reason; ///< a part of the error's text
};

std::string entry(const std::string& name, const std::string& fields) {
    return "{\"" + name + "\":{" + fields + "}}";
}

std::string repeated(const std::string& part, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) {
        all += part;
    }
    return all;
}

/// A header of `count` empty tensors.
std::string manyTensors(int count) {
    std::string header = "{";
    for (int i = 0; i < count; ++i) {
        header += (i == 0 ? "\"" : ",\"") + std::to_string(i) + R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
    }
    return header + "}";
}

std::string file(const std::string& header, const std::string& data = {}) {
    return safetensorsBytes(header, data);
}

/// A tensor "a" of these fields, and four bytes of data.
std::string fields(const std::string& text) {
    return file(entry("a", text), std::string(4, '\0'));
}

/// Headers that are not what the format says.
std::vector<Hostile> misshapenHeaders() {
    return {
        {"not JSON", file("{\"a\":"), "not JSON"},
        {"not an object", file("[1,2]"), "not a JSON object"},
        {"text after the object", file("{} x"), "not JSON"},
        {"not UTF-8", file("{\"\xff\xfe\":{}}"), "not JSON"},
        {"an entry that is a number", file("{\"a\":1}"), "where none belongs"},
        {"an entry that is a list", file("{\"a\":[]}"), "where none belongs"},
        {"an entry that is null", file("{\"a\":null}"), "where none belongs"},
        {"nested too deeply", file(repeated("{\"a\":", 100'000)), "where none belongs"},
        {"lists nested too deeply", file("{\"a\":{\"shape\":" + repeated("[", 1'000'000)), "where none belongs"},
        {"metadata that is not text", file(R"({"__metadata__":{"a":1}})"), "where none belongs"},
        {"metadata twice", file(R"({"__metadata__":{},"__metadata__":{}})"), "twice"},
        {"a metadata key twice", file(R"({"__metadata__":{"a":"1","a":"2"}})"), "twice"},
        {"no type", fields(R"("shape":[1],"data_offsets":[0,4])"), "lacks"},
        {"no shape", fields(R"("dtype":"F32","data_offsets":[0,4])"), "lacks"},
        {"no offsets", fields(R"("dtype":"F32","shape":[1])"), "lacks"},
        {"one offset", fields(R"("dtype":"F32","shape":[1],"data_offsets":[0])"), "lacks"},
        {"three offsets", fields(R"("dtype":"F32","shape":[1],"data_offsets":[0,4,4])"), "where none belongs"},
        {"a type twice", fields(R"("dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4])"), "twice"},
        {"unknown type", fields(R"("dtype":"F3","shape":[1],"data_offsets":[0,4])"), "unknown type 'F3'"},
        {"type in lower case", fields(R"("dtype":"f32","shape":[1],"data_offsets":[0,4])"), "unknown type"},
    };
}

/// Headers whose numbers do not fit the file or each other.
std::vector<Hostile> impossibleRanges() {
    const std::string four(4, '\0');
    return {
        {"negative offset", fields(R"("dtype":"F32","shape":[1],"data_offsets":[-4,0])"), "negative"},
        {"negative dimension", fields(R"("dtype":"F32","shape":[-1],"data_offsets":[0,4])"), "negative"},
        {"fractional dimension", fields(R"("dtype":"F32","shape":[1.0],"data_offsets":[0,4])"), "not whole"},
        {"dimension above 2^63", fields(R"("dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4])"),
         "out of range"},
        {"dimension above 2^64", fields(R"("dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4])"),
         "not whole"},
        {"too many dimensions",
         fields(R"("dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4])"), "too many"},
        {"end before begin", fields(R"("dtype":"F32","shape":[1],"data_offsets":[4,0])"), "outside the file"},
        {"end behind the file", fields(R"("dtype":"F32","shape":[2],"data_offsets":[0,8])"), "outside the file"},
        {"offsets near 2^64",
         fields(R"("dtype":"F32","shape":[1],"data_offsets":[18446744073709551612,18446744073709551615])"), "outside"},
        {"smaller than its shape", fields(R"("dtype":"F32","shape":[2],"data_offsets":[0,4])"), "another size"},
        {"larger than its shape", fields(R"("dtype":"U8","shape":[2],"data_offsets":[0,4])"), "another size"},
        {"shape times size wraps to 4", fields(R"("dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4])"),
         "another size"},
        {"product of the shape wraps to 1",
         fields(R"("dtype":"F32","shape":[4294967297,4294967297],"data_offsets":[0,4])"), "another size"},
        {"a zero hides an overflow",
         fields(R"("dtype":"F32","shape":[0,4611686018427387904,4611686018427387904],"data_offsets":[0,0])"),
         "another size"},
        {"same name twice",
         file(
             R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}})",
             four),
         "twice"},
        {"overlap",
         file(
             R"({"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}})",
             four),
         "overlaps"},
        {"hole",
         file(
             R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}})",
             four),
         "hole"},
        {"begins with a hole", file(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}})", four), "hole"},
        {"trailing bytes", fields(R"("dtype":"U8","shape":[2],"data_offsets":[0,2])"), "2 bytes after"},
        {"data but no tensor", file("{}", four), "4 bytes after"},
    };
}

/// Headers that would take much memory or time.
/// "0":"","1":"", ...
std::string manyPairs(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":\"\"";
    }
    return text;
}

std::vector<Hostile> exhaustingHeaders() {
    return {
        {"a name of two million bytes", file("{\"" + std::string(2'000'000, 'a') + "\":{}}"), "a million bytes"},
        {"white space without end", file("{" + std::string(2'000'000, ' ') + "}"), "a million bytes"},
        {"metadata of 40 million bytes",
         file("{\"__metadata__\":{" +
              [] {
                  std::string text;
                  for (int i = 0; i < 50; ++i) {
                      text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":\"" + std::string(800'000, 'x') + "\"";
                  }
                  return text;
              }() +
              "}}"),
         "too long"},
        {"more metadata than any model", file("{\"__metadata__\":{" + manyPairs(1'001) + "}}"),
         "more than 1000 metadata"},
        {"a number of a million digits", fields("\"dtype\":\"F32\",\"shape\":[" + std::string(1'100'000, '1') + "]"),
         "a million bytes"},
        {"more tensors than any model", file(manyTensors(100'001)), "more than 100000 tensors"},
    };
}

std::vector<Hostile> hostileFiles() {
    return {
        {"empty file", "", "too short"},
        {"seven bytes", std::string(7, '\0'), "too short"},
        {"no header", test::littleEndian(0), "not a JSON object"},
        {"header longer than the file", test::littleEndian(1000) + "{}", "longer than the file"},
        {"header longer than the limit", test::littleEndian(100'000'001) + "{}", "not safetensors"},
        {"length in the other byte order", std::string("\0\0\0\0\0\0\0\2", 8) + "{}", "not safetensors"},
        {"length of all ones", std::string(8, '\xff') + "{}", "not safetensors"},
        {"zip of a checkpoint under another name", "PK\x03\x04" + std::string(60, '\0'), "pickle"},
        {"old pickle under another name", "\x80\x02}q" + std::string(60, '\0'), "pickle"},
        {"legacy checkpoint", "\x80\x02\x8a\nl\xfc\x9c" + std::string(60, '\0'), "pickle"},
        {"pickle of protocol 4", "\x80\x04\x95" + std::string(60, '\0'), "pickle"},
        {"pickle of protocol 5", "\x80\x05\x95" + std::string(60, '\0'), "pickle"},
        {"pickle of protocol 0", "ccopy_reg\n_reconstructor\n" + std::string(60, '\0'), "pickle"},
        {"pickle that runs a program", "c__builtin__\neval\n(S'1'\ntR.", "pickle"},
        {"pickle of a dictionary", "(dp0\nS'a'\np1\n" + std::string(60, '\0'), "pickle"},
        {"empty zip", "PK\x05\x06" + std::string(18, '\0'), "pickle"},
        {"zip that claims 2^40 bytes", "PK\x03\x04" + std::string(14, '\0') + std::string(8, '\xff') + "data.pkl",
         "pickle"},
        {"tar of the first versions", "tensors" + std::string(250, '\0') + "ustar" + std::string(200, '\0'), "pickle"},
        {"GGUF under another name", "GGUF" + std::string(60, '\0'), "GGUF"},
        {"Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "LFS pointer"},
        {"a web page", "<!DOCTYPE html><html></html>", "not safetensors"},
    };
}

long residentKilobytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

void checkRefused(Checks& checks, const std::vector<Hostile>& cases) {
    const TemporaryFolder folder;
    const std::string path = folder.file("model.safetensors");
    for (const Hostile& hostile : cases) {
        writeFile(path, hostile.bytes);
        std::string reason = "accepted";
        try {
            (void)Safetensors::open(path);
        } catch (const WeightsError& error) {
            reason = error.reason();
            CHECK_EQUAL(checks, error.file(), path);
        }
        if (reason.find(hostile.reason) == std::string::npos || reason.size() > 300) {
            checks.failed(hostile.name, 0, "unexpected verdict: " + reason.substr(0, 400));
        }
    }
}

void checkNotFiles(Checks& checks) {
    const TemporaryFolder folder;
    const std::string pipe = folder.file("pipe");
    CHECK_EQUAL(checks, mkfifo(pipe.c_str(), 0600), 0);
    CHECK_THROWS(checks, Safetensors::open(pipe), WeightsError); // and does not wait for a writer
    CHECK_THROWS(checks, Safetensors::open(folder.path()), WeightsError);
    CHECK_THROWS(checks, Safetensors::open("/dev/zero"), WeightsError);
    CHECK_THROWS(checks, Safetensors::open(folder.file("absent")), WeightsError);
}

/// A terabyte of nothing with a sane header before it, and a header of the largest size.
void checkMemory(Checks& checks) {
    const TemporaryFolder folder;
    const long before = residentKilobytes();
    const std::string large = folder.file("large.safetensors");
    const std::string header = entry("a", R"("dtype":"U8","shape":[1000000000000],"data_offsets":[0,1000000000000])");
    writeFile(large, safetensorsBytes(header, ""));
    std::error_code error;
    std::filesystem::resize_file(large, 8 + header.size() + 1'000'000'000'000ULL, error);
    if (!error) { // sparse files of this size are not for every file system
        CHECK_EQUAL(checks, Safetensors::open(large).tensor("a").numel(), 1'000'000'000'000LL);
    }
    const std::string claim = folder.file("claim.safetensors");
    writeFile(claim, test::littleEndian(100'000'000) + "{\"");
    std::filesystem::resize_file(claim, 200'000'000, error);
    CHECK_THROWS(checks, Safetensors::open(claim), WeightsError);
    CHECK(checks, residentKilobytes() - before < 100'000);
}

void checkValues(Checks& checks) {
    const TemporaryFolder folder;
    const std::string path = folder.file("good.safetensors");
    // c is not aligned to its type; d and e are a scalar and an empty tensor. The header ends with padding.
    const std::string header =
        R"({"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
        R"("b":{"dtype":"U8","shape":[1],"data_offsets":[8,9]},"c":{"dtype":"F32","shape":[1,1],"data_offsets":[9,13]},)"
        R"("d":{"dtype":"BF16","shape":[],"data_offsets":[13,15]},"e":{"dtype":"I64","shape":[3,0],"data_offsets":[15,15]},)"
        R"("f":{"dtype":"U16","shape":[1],"data_offsets":[15,17]}}      )";
    const float numbers[3] = {1.5F, -2.0F, 3.25F};
    std::string data(17, '\0');
    std::memcpy(data.data(), numbers, 8);
    data[8] = 7;
    std::memcpy(data.data() + 9, numbers + 2, 4);
    writeFile(path, safetensorsBytes(header, data));
    at::Tensor kept;
    {
        const Safetensors file = Safetensors::open(path);
        CHECK_EQUAL(checks, file.metadata("k"), "v");
        CHECK_EQUAL(checks, file.metadata("absent"), "");
        kept = file.tensor("a");
        CHECK_EQUAL(checks, file.tensor("b").data_ptr<std::uint8_t>()[0], 7);
        CHECK_EQUAL(checks, file.tensor("c").data_ptr<float>()[0], 3.25F);
        CHECK_EQUAL(checks, file.tensor("d").dim(), 0);
        CHECK_EQUAL(checks, file.tensor("e").numel(), 0);
        CHECK_THROWS(checks, file.tensor("f"), WeightsError);
        CHECK_THROWS(checks, file.tensor("absent"), WeightsError);
    }
    // A view outlives the object it came from.
    CHECK(checks, kept.data_ptr<float>()[0] == 1.5F && kept.data_ptr<float>()[1] == -2.0F);
}

void checkFloat8(Checks& checks) {
    const TemporaryFolder folder;
    const std::string path = folder.file("f8.safetensors");
    // OCP 8-bit floats: smallest subnormal, one, largest, NaN; -1.5 last.
    writeFile(path, safetensorsBytes(R"({"a":{"dtype":"F8_E4M3","shape":[5],"data_offsets":[0,5]},)"
                                     R"("b":{"dtype":"F8_E5M2","shape":[5],"data_offsets":[5,10]}})",
                                     std::string("\x01\x38\x7e\x7f\xbc\x01\x3c\x7b\x7c\xbe", 10)));
    const Safetensors file = Safetensors::open(path);
    const at::Tensor a = file.tensor("a");
    const at::Tensor b = file.tensor("b");
    const auto* four = a.data_ptr<float>();
    const auto* five = b.data_ptr<float>();
    CHECK(checks,
          four[0] == 0.001953125F && four[1] == 1.0F && four[2] == 448.0F && std::isnan(four[3]) && four[4] == -1.5F);
    CHECK(checks,
          five[0] == 0x1p-16F && five[1] == 1.0F && five[2] == 57344.0F && std::isinf(five[3]) && five[4] == -1.5F);
}

} // namespace

int main() {
    Checks checks;
    checks.run("misshapen headers are refused by name", [](Checks& c) { checkRefused(c, misshapenHeaders()); });
    checks.run("impossible ranges are refused by name", [](Checks& c) { checkRefused(c, impossibleRanges()); });
    checks.run("exhausting headers are refused by name", [](Checks& c) { checkRefused(c, exhaustingHeaders()); });
    checks.run("hostile files are refused by name", [](Checks& c) { checkRefused(c, hostileFiles()); });
    checks.run("what is not a regular file is refused", checkNotFiles);
    checks.run("memory does not grow with the file", checkMemory);
    checks.run("tensors and metadata come back", checkValues);
    checks.run("8-bit floats are widened", checkFloat8);
    return checks.finish();
}
