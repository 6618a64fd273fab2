// GGUF files: what a good one holds, and every way to be a bad one.

#include "generation/weights/Decode.h"
#include "generation/weights/MappedFile.h"
#include "generation/weights/StoredTensor.h"
#include "generation/weights/WeightFile.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/weights/Writers.h"

#include <chrono>
#include <cmath>
#include <functional>

#include <sys/resource.h>

#include "tests/generation/weights/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using generation::test::Checks;
using generation::test::FileTensor;
using generation::test::fileTensor;
using generation::test::GgufWriter;
using generation::test::TemporaryFolder;
using generation::test::writeFile;

namespace {

at::Tensor counted(std::vector<std::int64_t> shape) {
    std::int64_t count = 1;
    for (const std::int64_t size : shape) {
        count *= size;
    }
    return at::arange(count, at::kFloat).view(shape);
}

void checkGoodFile(Checks& c) {
    const TemporaryFolder folder;
    const std::string path = folder.file("any name");
    for (const std::uint32_t alignment : {32U, 64U, 8U}) {
        GgufWriter writer;
        writer.add("general.alignment", alignment);
        writer.add("general.architecture", std::string("wan"));
        writer.add("other.text", std::string(100'000, 'x')); // of no use, walked over
        writer.addRaw("other.double", 12, GgufWriter::number(1.5));
        writer.add("other.list", std::vector<std::string>(1000, "word"));
        writer.addList<std::int32_t>("comfy.gguf.orig_shape.conv", 5, {2, 3, 1, 2, 2});
        writer.add("tokenizer.ggml.tokens", std::vector<std::string>{"a", "", "b"});
        writer.addList<float>("tokenizer.ggml.scores", 6, {0.5F, -1.0F, 2.0F});
        writer.addTensor("matrix", fileTensor(counted({3, 5})));
        writer.addTensor("conv", {ElementType::F32, {6, 4}, fileTensor(counted({24})).bytes});
        writer.addTensor("half", fileTensor(counted({7}).to(at::kHalf)));
        writer.addTensor("brain", fileTensor(counted({1, 6, 2}).to(at::kBFloat16)), true);
        writeFile(path, writer.bytes(alignment == 64 ? 2 : 3));
        const auto file = WeightFile::open(path);
        CHECK_EQUAL(c, file->tensors().size(), 4U);
        CHECK_EQUAL(c, file->metadata("general.architecture"), "wan");
        CHECK(c, !file->ggufMetadata().contains("other.text"));
        CHECK_EQUAL(c, std::get<std::vector<std::string>>(file->ggufMetadata().at("tokenizer.ggml.tokens"))[2], "b");
        CHECK_EQUAL(c, std::get<std::vector<float>>(file->ggufMetadata().at("tokenizer.ggml.scores"))[1], -1.0F);
        const auto tensor = [&](const char* name) {
            return asStored({file->mapping(), name, file->tensors().at(name), nullptr});
        };
        CHECK(c, tensor("matrix").equal(counted({3, 5})));
        CHECK(c, tensor("conv").equal(counted({2, 3, 1, 2, 2}))); // the shape the file remembers
        CHECK(c, tensor("half").equal(counted({7}).to(at::kHalf)));
        CHECK(c, tensor("brain").equal(counted({6, 2}).to(at::kBFloat16)));
    }
}

struct Hostile {
    const char* name;
    std::string bytes;
    const char* reason;
};

/// The information of a tensor: dimensions as in the file, type and offset.
std::string info(const std::string& name, const std::vector<std::uint64_t>& sizes, std::uint32_t type,
                 std::uint64_t offset) {
    std::string bytes =
        GgufWriter::text(name) + GgufWriter::number<std::uint32_t>(static_cast<std::uint32_t>(sizes.size()));
    for (const std::uint64_t size : sizes) {
        bytes += GgufWriter::number(size);
    }
    return bytes + GgufWriter::number(type) + GgufWriter::number(offset);
}

/// A file of these tensors and 64 bytes of data.
std::string withInfos(const std::vector<std::string>& infos) {
    GgufWriter writer;
    for (const std::string& one : infos) {
        writer.addInfo(one);
    }
    return writer.bytes() + std::string(64, '\1');
}

/// A file of one key with a raw value.
std::string withKey(const std::string& key, std::uint32_t type, const std::string& value) {
    GgufWriter writer;
    writer.addRaw(key, type, value);
    return writer.bytes();
}

std::string list(std::uint32_t type, std::uint64_t count, const std::string& items = {}) {
    return GgufWriter::number(type) + GgufWriter::number(count) + items;
}

constexpr std::uint64_t kHuge = ~std::uint64_t{0};

std::vector<Hostile> hostileStarts() {
    const auto start = [](std::uint64_t tensors, std::uint64_t keys) {
        return "GGUF" + GgufWriter::number<std::uint32_t>(3) + GgufWriter::number(tensors) + GgufWriter::number(keys);
    };
    return {
        {"the magic alone", "GGUF", "cut off"},
        {"no counts", "GGUF" + GgufWriter::number<std::uint32_t>(3) + "ab", "cut off"},
        {"version 1", GgufWriter().bytes(1), "version 1"},
        {"version 4", GgufWriter().bytes(4), "version 4"},
        {"the other byte order", GgufWriter().bytes(0x03000000), "big-endian"},
        {"2^64 tensors", start(kHuge, 0), "tensors"},
        {"2^40 tensors", start(1ULL << 40U, 0), "tensors"},
        {"100,000 tensors that are not there", start(100'000, 0), "cut off"},
        {"2^64 keys", start(0, kHuge), "metadata values"},
        {"a key of 2^64 bytes", start(0, 1) + GgufWriter::number(kHuge), "cut off"},
        {"a key of 2^63 bytes", start(0, 1) + GgufWriter::number(1ULL << 63U), "cut off"},
        {"a key of 2000 bytes", start(0, 1) + GgufWriter::text(std::string(2000, 'k')), "more than 1024"},
        {"a key and no more", start(0, 1) + GgufWriter::text("general.name"), "cut off"},
    };
}

std::vector<Hostile> hostileMetadata() {
    const auto number32 = [](std::uint32_t value) { return GgufWriter::number(value); };
    GgufWriter twice;
    twice.add("general.name", std::string("a"));
    twice.add("general.name", std::string("b"));
    GgufWriter texts;
    for (int i = 0; i < 300; ++i) {
        texts.add("general." + std::to_string(i), std::string(60'000, 'x'));
    }
    return {
        {"a value of unknown type", withKey("k", 13, std::string(8, '\0')), "unknown type 13"},
        {"a key twice", twice.bytes(), "twice"},
        {"a text beyond the end", withKey("k", 8, GgufWriter::number(kHuge)), "cut off"},
        {"a kept text of a million bytes", withKey("general.name", 8, GgufWriter::text(std::string(1'000'000, 'x'))),
         "more than 65536"},
        {"a list of unknown type", withKey("k", 9, list(77, 1)), "unknown type 77"},
        {"a list of lists", withKey("k", 9, list(9, 1, list(4, 0))), "list of lists"},
        {"a list whose size wraps", withKey("k", 9, list(10, (1ULL << 61U) + 1, std::string(8, '\0'))), "cut off"},
        {"a list of 2^64 texts", withKey("k", 9, list(8, kHuge)), "cut off"},
        {"a list of 2^64 bytes", withKey("k", 9, list(0, kHuge)), "cut off"},
        {"a vocabulary of a million tokens",
         withKey("tokenizer.ggml.tokens", 9, list(8, 1'000'000, std::string(8'000'000, '\0'))), "1000000 items"},
        {"a million scores", withKey("tokenizer.ggml.scores", 9, list(6, 1'000'000, std::string(4'000'000, '\0'))),
         "1000000 items"},
        {"an original shape of 17 dimensions",
         withKey("comfy.gguf.orig_shape.a", 9, list(5, 17, std::string(68, '\0'))), "too many dimensions"},
        {"18 MB of texts", texts.bytes(), "MB of text"},
        {"alignment 0", withKey("general.alignment", 4, number32(0)), "alignment 0"},
        {"alignment 3", withKey("general.alignment", 4, number32(3)), "alignment 3"},
        {"alignment 2^31", withKey("general.alignment", 4, number32(1U << 31U)), "alignment 2147483648"},
    };
}

std::vector<Hostile> hostileTensors() {
    GgufWriter shape;
    shape.addList<std::int32_t>("comfy.gguf.orig_shape.a", 5, {-2, -8});
    shape.addInfo(info("a", {16}, 0, 0));
    GgufWriter size;
    size.addList<std::int32_t>("comfy.gguf.orig_shape.a", 5, {2, 9});
    size.addInfo(info("a", {16}, 0, 0));
    const std::string data(64, '\1');
    return {
        {"nine dimensions", withInfos({info("a", std::vector<std::uint64_t>(9, 1), 0, 0)}), "too many dimensions"},
        {"2^32 dimensions", withInfos({GgufWriter::text("a") + GgufWriter::number(~std::uint32_t{0})}),
         "too many dimensions"},
        {"a dimension of 2^63", withInfos({info("a", {1ULL << 63U}, 0, 0)}), "out of range"},
        {"a product that wraps to 16", withInfos({info("a", {(1ULL << 32U), (1ULL << 32U), 16}, 0, 0)}), "cannot have"},
        {"bytes that wrap", withInfos({info("a", {(1ULL << 62U) + 16}, 0, 0)}), "cannot have"},
        {"a zero that hides an overflow", withInfos({info("a", {0, 1ULL << 40U, 1ULL << 40U}, 0, 0)}), "cannot have"},
        {"half a block", withInfos({info("a", {48}, 8, 0)}), "cannot have"},
        {"rows of half a block", withInfos({info("a", {16, 2}, 8, 0)}), "cannot have"},
        {"an unknown type", withInfos({info("a", {16}, 99, 0)}), "unknown type 99"},
        {"a type that was taken back", withInfos({info("a", {16}, 4, 0)}), "unknown type 4"},
        {"a type that is not read", withInfos({info("a", {256}, 20, 0)}), "IQ4_NL"},
        {"behind the end", withInfos({info("a", {32}, 0, 0)}), "outside the file"},
        {"an offset behind the end", withInfos({info("a", {1}, 0, 96)}), "outside the file"},
        {"an offset near 2^64", withInfos({info("a", {16}, 0, kHuge - 31)}), "outside the file"},
        {"an offset that is not aligned", withInfos({info("a", {15}, 0, 4)}), "not aligned"},
        {"two in one place", withInfos({info("a", {16}, 0, 0), info("b", {8}, 0, 32)}), "overlaps"},
        {"the same twice", withInfos({info("a", {16}, 0, 0), info("a", {8}, 0, 0)}), "twice"},
        {"a hole", withInfos({info("a", {8}, 0, 32)}), "hole"},
        {"bytes behind the last", withInfos({info("a", {8}, 0, 0)}) + std::string(64, 'x'), "bytes after"},
        {"a name of 2000 bytes", withInfos({info(std::string(2000, 'n'), {16}, 0, 0)}), "more than 1024"},
        {"a negative original shape", shape.bytes() + data, "original shape"},
        {"an original shape of another size", size.bytes() + data, "original shape"},
    };
}

long residentKilobytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

void checkRefused(Checks& c, const std::vector<Hostile>& cases) {
    const TemporaryFolder folder;
    const std::string path = folder.file("model.gguf");
    for (const Hostile& hostile : cases) {
        writeFile(path, hostile.bytes);
        std::string reason = "accepted";
        try {
            (void)WeightFile::open(path);
        } catch (const WeightsError& error) {
            reason = error.reason();
            CHECK_EQUAL(c, error.file(), path);
        }
        if (reason.find(hostile.reason) == std::string::npos || reason.size() > 300) {
            c.failed(hostile.name, 0, "unexpected verdict: " + reason.substr(0, 400));
        }
    }
}

/// Cut anywhere, a file is refused, and no byte changed makes it crash.
void checkCuts(Checks& c) {
    const TemporaryFolder folder;
    const std::string path = folder.file("model.gguf");
    GgufWriter writer;
    writer.add("general.architecture", std::string("wan"));
    writer.add("tokenizer.ggml.tokens", std::vector<std::string>{"a", "b"});
    writer.addTensor("a", fileTensor(counted({3, 5})));
    writer.addTensor("b", {ElementType::Q8_0, {32}, std::string(34, '\1')});
    const std::string good = writer.bytes();
    const std::size_t lastByte = good.size() - 64 + 34; // padding may be missing
    for (std::size_t size = 0; size < good.size(); ++size) {
        writeFile(path, good.substr(0, size));
        if (size < lastByte) {
            CHECK_THROWS(c, WeightFile::open(path), WeightsError);
        }
    }
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
            std::string bad = good;
            bad[i] = static_cast<char>(static_cast<unsigned char>(bad[i]) ^ flip);
            writeFile(path, bad);
            try {
                (void)WeightFile::open(path);
            } catch (const WeightsError&) {
            }
        }
    }
}

/// Sparse files with headers that claim much: refused or read within bounds of memory and time.
void checkBounds(Checks& c) {
    const TemporaryFolder folder;
    const long before = residentKilobytes();
    const auto begin = std::chrono::steady_clock::now();
    const auto sparse = [&](const std::string& bytes, std::uint64_t size, const char* part) {
        const std::string path = folder.file("sparse.gguf");
        writeFile(path, bytes);
        std::error_code error;
        std::filesystem::resize_file(path, size, error);
        std::string reason = "accepted";
        try {
            (void)WeightFile::open(path);
        } catch (const WeightsError& refusal) {
            reason = refusal.reason();
        }
        if (!error && reason.find(part) == std::string::npos) {
            c.failed(part, 0, "unexpected verdict: " + reason);
        }
    };
    constexpr std::uint64_t kTerabyte = 1'000'000'000'000ULL;
    sparse(withKey("k", 9, list(8, 100'000'000'000ULL)), kTerabyte, "longer than 100 MB");
    sparse(withKey("k", 9, list(0, 900'000'000'000ULL)), kTerabyte, "longer than 100 MB");
    sparse(withKey("k", 9, list(8, 13'000'000ULL)), kTerabyte, "longer than 100 MB");
    sparse(withKey("k", 8, GgufWriter::number<std::uint64_t>(500'000'000'000ULL)), kTerabyte, "longer than 100 MB");
    sparse("GGUF" + GgufWriter::number<std::uint32_t>(3) + GgufWriter::number<std::uint64_t>(100'000) +
               GgufWriter::number<std::uint64_t>(65'536),
           kTerabyte, "twice"); // zeros: empty keys
    sparse(withInfos({info("a", {250'000'000'000ULL - 1000}, 0, 0)}), kTerabyte, "bytes after");
    CHECK(c, residentKilobytes() - before < 100'000);
    CHECK(c, std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}

} // namespace

void ggufCases(Checks& checks) {
    checks.run("a good file is read", checkGoodFile);
    checks.run("hostile starts are refused by name", [](Checks& c) { checkRefused(c, hostileStarts()); });
    checks.run("hostile metadata is refused by name", [](Checks& c) { checkRefused(c, hostileMetadata()); });
    checks.run("hostile tensors are refused by name", [](Checks& c) { checkRefused(c, hostileTensors()); });
    checks.run("cut and flipped files", checkCuts);
    checks.run("memory and time are bounded", checkBounds);
}
