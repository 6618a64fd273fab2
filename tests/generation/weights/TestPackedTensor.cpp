// Tensors as they are stored in a device's memory: made into numbers there, the same bits as from the file.

#include "generation/weights/PackedTensor.h"
#include "generation/weights/WeightReader.h"
#include "generation/weights/WeightSource.h"
#include "tests/generation/weights/Writers.h"

#include <random>

#include "tests/generation/weights/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using generation::test::Checks;
using generation::test::FileTensor;
using generation::test::fileTensor;
using generation::test::GgufWriter;
using generation::test::quantised8;
using generation::test::safetensorsOf;
using generation::test::TemporaryFolder;
using generation::test::writeFile;

namespace {

constexpr std::int64_t kRows = 5;
constexpr std::int64_t kColumns = 512;

/// Any bytes: numbers that are none among them.
FileTensor anything(ElementType type) {
    FileTensor tensor{type, {kRows, kColumns}, {}};
    tensor.bytes.resize(*storedBytes(type, tensor.shape));
    std::mt19937 random(static_cast<unsigned>(type) + 1);
    for (char& byte : tensor.bytes) {
        byte = static_cast<char>(random());
    }
    return tensor;
}

bool sameBits(const at::Tensor& a, const at::Tensor& b) {
    const at::Tensor none = at::isnan(a);
    return a.sizes() == b.sizes() && a.scalar_type() == b.scalar_type() && none.equal(at::isnan(b)) &&
           a.masked_fill(none, 0.0).equal(b.masked_fill(none, 0.0));
}

bool comesBack(const StoredTensor& stored) {
    const PackedTensor there = packed(stored, at::Device(at::kCPU));
    bool same = true;
    for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
        same = same && sameBits(unpacked(there, type), converted(stored, type));
    }
    return same;
}

void everyTypeComesBack(Checks& c) {
    const TemporaryFolder folder;
    for (const ElementType type : {ElementType::F32, ElementType::F16, ElementType::BF16, ElementType::Q4_0,
                                   ElementType::Q4_1, ElementType::Q5_0, ElementType::Q5_1, ElementType::Q8_0,
                                   ElementType::Q4_K, ElementType::Q5_K, ElementType::Q6_K}) {
        GgufWriter writer;
        writer.addTensor("w", anything(type));
        writeFile(folder.file("m"), writer.bytes());
        CHECK(c, isPackable(type));
        if (!comesBack(WeightSource::openFile(folder.file("m")).stored("w"))) {
            c.failed(std::string(elementTypeName(type)).c_str(), 0, "other bits");
        }
    }
    for (const ElementType type : {ElementType::F8_E4M3, ElementType::F8_E5M2}) {
        for (const at::Tensor& scale :
             {at::Tensor(), at::full({}, 0.3F), at::linspace(0.5, 2.0, kRows).view({kRows, 1})}) {
            generation::test::FileTensors tensors{{"a.weight", anything(type)}};
            if (scale.defined()) {
                tensors.emplace("a.weight_scale", fileTensor(scale.contiguous()));
            }
            writeFile(folder.file("m"), safetensorsOf(tensors));
            CHECK(c, comesBack(WeightSource::openFile(folder.file("m")).stored("a.weight")));
        }
    }
    CHECK(c, !isPackable(ElementType::Q2_K) && !isPackable(ElementType::I32));
}

/// Only what is meant, and readers do not notice.
void readersTakeThem(Checks& c) {
    const TemporaryFolder folder;
    at::Tensor rounded;
    GgufWriter writer;
    for (const char* name : {"blocks.0.q", "blocks.0.k", "head"}) {
        writer.addTensor(name, quantised8(at::randn({8, 64}), rounded));
    }
    writeFile(folder.file("m"), writer.bytes());
    const WeightSource plain = WeightSource::openFile(folder.file("m"));
    const WeightSource there = plain.packedOn(at::Device(at::kCPU), {"blocks."});
    CHECK(c, there.packed("blocks.0.q") != nullptr && there.packed("head") == nullptr);
    CHECK(c, plain.packed("blocks.0.q") == nullptr && there.names() == plain.names());
    WeightReader expected(plain, referenceDevice());
    WeightReader reader(there, referenceDevice());
    CHECK(c, reader.matrix("blocks.0.q", {8, 64}).equal(expected.matrix("blocks.0.q", {8, 64})));
    CHECK(c, reader.stackedMatrices({"blocks.0.q", "blocks.0.k"}, 8, 64)
                 .equal(expected.stackedMatrices({"blocks.0.q", "blocks.0.k"}, 8, 64)));
    CHECK(c, reader.matrix("head", {8, 64}).equal(rounded));
    CHECK(c, reader.finish().complete());
}

} // namespace

void packedTensorCases(Checks& checks) {
    checks.run("packed: every type comes back", everyTypeComesBack);
    checks.run("packed: readers take them", readersTakeThem);
}
