// Tensors in files: views that copy nothing, conversions in one pass, rows alone.

#include "generation/weights/StoredTensor.h"
#include "generation/weights/WeightReader.h"
#include "generation/weights/WeightSource.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/weights/Writers.h"

#include <cmath>
#include <limits>

#include "tests/generation/weights/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using generation::test::Checks;
using generation::test::FileTensor;
using generation::test::fileTensor;
using generation::test::FileTensors;
using generation::test::GgufWriter;
using generation::test::quantised8;
using generation::test::safetensorsOf;
using generation::test::TemporaryFolder;
using generation::test::writeFile;

namespace {

bool isInside(const at::Tensor& tensor, const StoredTensor& stored) {
    const auto* data = static_cast<const std::byte*>(tensor.data_ptr());
    const auto file = stored.file->bytes();
    return data >= file.data() && data < file.data() + file.size();
}

/// Large tensors are the file's own pages; small ones, and those of another type, are not.
void checkViews(Checks& c) {
    const TemporaryFolder folder;
    const at::Tensor large = at::randn({512, 1024});
    const at::Tensor small = at::randn({8, 8});
    writeFile(folder.file("m"), safetensorsOf({{"large", fileTensor(large)}, {"small", fileTensor(small)}}));
    const WeightSource source = WeightSource::openFile(folder.file("m"));
    WeightReader reader(source, referenceDevice());
    const at::Tensor view = reader.matrix("large", {512, 1024});
    CHECK(c, isInside(view, source.stored("large")) && view.equal(large));
    const at::Tensor copy = reader.matrix("small", {8, 8});
    CHECK(c, !isInside(copy, source.stored("small")) && copy.equal(small));
    Device half = referenceDevice();
    half.compute = at::kBFloat16;
    WeightReader narrow(source, half);
    CHECK(c, narrow.matrix("large", {512, 1024}).equal(large.to(at::kBFloat16)));
    CHECK(c, isInside(narrow.vector("large", {512, 1024}), source.stored("large")));
    // The file's pages may go; the view fetches them again.
    source.expectPages("large");
    source.forgetPages("large");
    CHECK(c, view.equal(large));
}

/// Every type to every type that networks compute in, over chunk borders.
void checkConversions(Checks& c) {
    const TemporaryFolder folder;
    const at::Tensor values = at::randn({37, 1024});
    at::Tensor rounded;
    GgufWriter writer;
    writer.addTensor("q", quantised8(values, rounded));
    writer.addTensor("f", fileTensor(values));
    writer.addTensor("h", fileTensor(values.to(at::kHalf)));
    writer.addTensor("b", fileTensor(values.to(at::kBFloat16)));
    writer.addTensor("d", {ElementType::F64, {2}, GgufWriter::number(1.5) + GgufWriter::number(-2.25)});
    writeFile(folder.file("m"), writer.bytes());
    const WeightSource source = WeightSource::openFile(folder.file("m"));
    const std::map<std::string, at::Tensor> expected{
        {"q", rounded}, {"f", values}, {"h", values.to(at::kHalf)}, {"b", values.to(at::kBFloat16)}};
    for (const auto& [name, tensor] : expected) {
        for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kHalf, at::kDouble}) {
            CHECK(c, converted(source.stored(name), type).equal(tensor.to(type)));
        }
        CHECK(c, source.tensor(name).equal(tensor));
        const at::Tensor ids = at::tensor({36, 0, 7, 7}, at::kLong);
        CHECK(c, source.rows(name, ids).equal(tensor.index_select(0, ids).to(at::kFloat)));
    }
    CHECK(c, source.tensor("d").equal(at::tensor({1.5, -2.25}, at::kDouble)));
    CHECK_THROWS(c, source.rows("q", at::tensor({37}, at::kLong)), c10::Error);
    CHECK_THROWS(c, source.rows("q", at::tensor({-1}, at::kLong)), c10::Error);
}

/// ggml's tools drop leading dimensions of one; only there they do not count.
void checkLeadingOnes(Checks& c) {
    const TemporaryFolder folder;
    const FileTensor table = fileTensor(at::randn({1, 6, 4}));
    GgufWriter writer;
    writer.addTensor("table", table, true);
    writeFile(folder.file("g"), writer.bytes());
    writeFile(folder.file("s"), safetensorsOf({{"table", {table.type, {6, 4}, table.bytes}}}));
    const WeightSource gguf = WeightSource::openFile(folder.file("g"));
    WeightReader lenient(gguf, referenceDevice());
    CHECK(c, lenient.vector("table", {1, 6, 4}).sizes() == at::IntArrayRef({1, 6, 4}));
    CHECK(c, !lenient.vector("table", {1, 4, 6}).defined());
    const WeightSource safetensors = WeightSource::openFile(folder.file("s"));
    WeightReader strict(safetensors, referenceDevice());
    CHECK(c, !strict.vector("table", {1, 6, 4}).defined());
}

void checkDamage(Checks& c) {
    const TemporaryFolder folder;
    at::Tensor bad = at::ones({4, 4});
    bad[2][3] = std::numeric_limits<float>::quiet_NaN();
    writeFile(folder.file("m"), safetensorsOf({{"bad", fileTensor(bad)}, {"good", fileTensor(at::zeros({3}))}}));
    const WeightSource source = WeightSource::openFile(folder.file("m"));
    WeightReader reader(source, referenceDevice());
    (void)reader.matrix("bad", {4, 4});
    (void)reader.vector("good", {3});
    try {
        (void)reader.finish();
        CHECK(c, false);
    } catch (const WeightsError& error) {
        CHECK_EQUAL(c, error.reason(), "1 not finite: bad");
    }
    WeightReader less(source, referenceDevice());
    (void)less.vector("good", {3});
    CHECK_EQUAL(c, less.finish().extra, std::vector<std::string>{"bad"});
    CHECK_THROWS(c, less.finishExactly(), WeightsError);
}

void checkRenaming(Checks& c) {
    const TemporaryFolder folder;
    writeFile(folder.file("m"), safetensorsOf({{"a", fileTensor(at::ones({1}))}, {"b", fileTensor(at::ones({2}))}}));
    const WeightSource source = WeightSource::openFile(folder.file("m"));
    const WeightSource other = source.renamed({{"a", "x"}, {"b", ""}});
    CHECK(c, other.names() == std::vector<std::string>{"x"} && other.tensor("x").numel() == 1);
    CHECK_THROWS(c, source.renamed({{"a", "b"}}), WeightsError);
}

} // namespace

void storedTensorCases(Checks& checks) {
    checks.run("large tensors are views of the file", checkViews);
    checks.run("conversions in one pass", checkConversions);
    checks.run("leading ones that GGUF drops", checkLeadingOnes);
    checks.run("values that are no numbers are found", checkDamage);
    checks.run("tensors under other names", checkRenaming);
}
