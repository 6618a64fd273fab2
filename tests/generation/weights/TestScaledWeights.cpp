// ComfyUI's 8-bit files with scales.

#include "generation/weights/WeightSource.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/weights/Writers.h"

#include "tests/generation/weights/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using generation::test::Checks;
using generation::test::FileTensor;
using generation::test::fileTensor;
using generation::test::FileTensors;
using generation::test::safetensorsOf;
using generation::test::TemporaryFolder;
using generation::test::writeFile;

namespace {

/// Bytes 0x38 to 0x3d: 1 to 1.625 in steps of an eighth.
const FileTensor kWeight{ElementType::F8_E4M3, {3, 2}, "\x38\x39\x3a\x3b\x3c\x3d"};
const at::Tensor& weightValues() {
    static const at::Tensor values = at::arange(6, at::kFloat).mul(0.125).add(1.0).view({3, 2});
    return values;
}

FileTensor text(const std::string& bytes) {
    return {ElementType::U8, {static_cast<std::int64_t>(bytes.size())}, bytes};
}

FileTensor scale(float value) {
    return fileTensor(at::scalar_tensor(value, at::kFloat));
}

WeightSource sourceOf(const TemporaryFolder& folder, const FileTensors& tensors) {
    writeFile(folder.file("m"), safetensorsOf(tensors));
    return WeightSource::openFile(folder.file("m"));
}

void checkScales(Checks& c) {
    const TemporaryFolder folder;
    const FileTensor marker{ElementType::F8_E4M3, {0}, ""};
    const WeightSource old = sourceOf(folder, {{"model.a.weight", kWeight},
                                               {"model.a.scale_weight", scale(0.5F)},
                                               {"model.a.scale_input", scale(3.0F)},
                                               {"model.scaled_fp8", marker},
                                               {"model.b.weight", kWeight}});
    CHECK_EQUAL(c, old.names(), (std::vector<std::string>{"model.a.weight", "model.b.weight"}));
    CHECK(c, old.tensor("model.a.weight").equal(weightValues() * 0.5));
    CHECK(c, old.under("model.").tensor("b.weight").equal(weightValues()));
    CHECK(c, converted(old.stored("model.a.weight"), at::kBFloat16).equal((weightValues() * 0.5).to(at::kBFloat16)));

    const WeightSource newer =
        sourceOf(folder, {{"a.weight", kWeight},
                          {"a.weight_scale", fileTensor(at::tensor({{2.0F}, {3.0F}, {-1.0F}}).view({3, 1}))},
                          {"a.comfy_quant", text(R"({"format":"float8_e4m3fn","full_precision_matrix_mult":true})")}});
    CHECK_EQUAL(c, newer.names().size(), 1U);
    const at::Tensor expected = weightValues() * at::tensor({2.0F, 3.0F, -1.0F}).view({3, 1});
    CHECK(c, newer.tensor("a.weight").equal(expected));
    const at::Tensor ids = at::tensor({2, 1}, at::kLong);
    CHECK(c, newer.rows("a.weight", ids).equal(expected.index_select(0, ids)));
}

void checkRefused(Checks& c) {
    const TemporaryFolder folder;
    const auto expect = [&](const FileTensors& tensors, const char* part) {
        std::string reason = "accepted";
        try {
            (void)sourceOf(folder, tensors);
        } catch (const WeightsError& error) {
            reason = error.reason();
        }
        if (reason.find(part) == std::string::npos || reason.size() > 300) {
            c.failed(part, 0, "unexpected verdict: " + reason.substr(0, 400));
        }
    };
    expect({{"a.scale_weight", scale(1)}}, "not there");
    expect({{"a.weight", kWeight}, {"a.scale_weight", fileTensor(at::ones({2}))}}, "one for each row");
    expect({{"a.weight", kWeight}, {"a.scale_weight", text("x")}}, "one for each row");
    expect({{"a.weight", kWeight}, {"a.scale_weight", scale(INFINITY)}}, "not finite");
    expect({{"a.weight", kWeight}, {"a.scale_weight", scale(1)}, {"a.weight_scale", scale(1)}}, "two scales");
    expect({{"a.weight", {ElementType::I8, {2}, "ab"}}, {"a.weight_scale", scale(1)}}, "the type I8");
    const auto quantised = [](const std::string& format) {
        return FileTensors{{"a.weight", kWeight}, {"a.comfy_quant", text(format)}};
    };
    expect(quantised(R"({"format":"int8_tensorwise","convrot":256})"), "'int8_tensorwise'");
    expect(quantised(R"({"format":"float8_e4m3fn","convrot":256})"), "cannot be read");
    expect(quantised(R"({"format":7})"), "of no name");
    expect(quantised(R"(["float8_e4m3fn"])"), "of no name");
    expect(quantised("{"), "of no name");
    expect(quantised("\xff\xfe"), "of no name");
    expect(quantised(std::string(5000, ' ')), "not a short text");
    expect({{"a.comfy_quant", scale(1)}}, "not a short text");
}

} // namespace

void scaledCases(Checks& checks) {
    checks.run("scales are part of their weights", checkScales);
    checks.run("ways of scaling that are not known are refused", checkRefused);
}
