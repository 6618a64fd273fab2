// The tiny autoencoder beside what its fixtures show: streaming, batches, files.

#include "generation/model/TinyDecoder.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/model/Networks.h"

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;

namespace {

/// The published layout with other widths: (8, 6, 4, 4) channels, 4 latent channels, patches of 2.
ShapeList tinyShapes() {
    ShapeList shapes;
    const auto conv = [&](const std::string& name, std::vector<std::int64_t> shape, bool hasBias) {
        if (hasBias) {
            shapes[name + ".bias"] = {shape.front()};
        }
        shapes[name + ".weight"] = std::move(shape);
    };
    const auto blocks = [&](const std::string& half, int first, std::int64_t n) {
        for (int i = first; i < first + 3; ++i) {
            const std::string name = half + std::to_string(i) + ".conv.";
            conv(name + "0", {n, 2 * n, 3, 3}, true);
            conv(name + "2", {n, n, 3, 3}, true);
            conv(name + "4", {n, n, 3, 3}, true);
        }
    };
    conv("decoder.1", {8, 4, 3, 3}, true);
    blocks("decoder.", 3, 8);
    conv("decoder.7.conv", {8, 8, 1, 1}, false);
    conv("decoder.8", {6, 8, 3, 3}, false);
    blocks("decoder.", 9, 6);
    conv("decoder.13.conv", {12, 6, 1, 1}, false);
    conv("decoder.14", {4, 6, 3, 3}, false);
    blocks("decoder.", 15, 4);
    conv("decoder.19.conv", {8, 4, 1, 1}, false);
    conv("decoder.20", {4, 4, 3, 3}, false);
    conv("decoder.22", {12, 4, 3, 3}, true);
    conv("encoder.0", {4, 12, 3, 3}, true);
    const std::int64_t pooled[3] = {8, 8, 4};
    for (int i = 0; i < 3; ++i) {
        const int first = 2 + 5 * i;
        conv("encoder." + std::to_string(first) + ".conv", {4, pooled[i], 1, 1}, false);
        conv("encoder." + std::to_string(first + 1), {4, 4, 3, 3}, false);
        blocks("encoder.", first + 2, 4);
    }
    conv("encoder.17", {4, 4, 3, 3}, true);
    return shapes;
}

TinyDecoder tiny(const RandomWeights& weights) {
    const WeightSource source = weights.source();
    WeightReader reader(source, referenceDevice());
    TinyDecoder decoder(reader);
    reader.finish();
    return decoder;
}

void checkStreaming(Checks& c) {
    const RandomWeights weights(tinyShapes(), 3);
    const TinyDecoder decoder = tiny(weights);
    CHECK(c, decoder.latentChannels() == 4 && decoder.patch() == 2 && decoder.spatialFactor() == 16);
    const at::Tensor latents = at::randn({2, 4, 3, 2, 3});
    std::vector<std::int64_t> counts;
    std::vector<at::Tensor> groups;
    decoder.decode(latents, TinyDecoder::Detail::Whole, [&](const at::Tensor& frames) {
        counts.push_back(frames.size(2));
        groups.push_back(frames);
    });
    CHECK(c, counts == (std::vector<std::int64_t>{1, 4, 4}));
    const at::Tensor whole = decoder.decode(latents);
    CHECK(c, whole.sizes() == (std::vector<std::int64_t>{2, 3, 9, 32, 48}));
    CHECK_EQUAL(c, distance(at::cat(groups, 2), whole), 0.0);
    CHECK(c, distance(whole.slice(0, 1, 2), decoder.decode(latents.slice(0, 1, 2))) <= 1e-6);
    CHECK(c, distance(decoder.decode(latents.slice(2, 0, 2)), whole.slice(2, 0, 5)) <= 1e-6);
    CHECK(c, whole.min().item<float>() >= 0.0F && whole.max().item<float>() <= 1.0F);
    CHECK(c, whole.std().item<float>() > 0.01F);
    // All frames at once is the same as one latent frame after the other.
    const at::Tensor raw = decoder.decodeRaw(latents);
    CHECK(c, raw.sizes() == (std::vector<std::int64_t>{2, 12, 12, 16, 24}));
    CHECK_EQUAL(c, decoder.decode(latents, TinyDecoder::Detail::FrameOfEachLatent).size(2), 3);
    const at::Tensor video = at::rand({1, 3, 6, 32, 16});
    CHECK(c, decoder.encode(video).sizes() == (std::vector<std::int64_t>{1, 4, 2, 2, 1}));
    CHECK(c, distance(decoder.encode(video.slice(2, 0, 4)), decoder.encode(video).slice(2, 0, 1)) <= 1e-6);
    CHECK_THROWS(c, decoder.decode(at::zeros({1, 5, 1, 2, 2})), std::invalid_argument);
    CHECK_THROWS(c, decoder.encode(at::zeros({1, 3, 1, 8, 16})), std::invalid_argument);
}

void checkAbandoning(Checks& c) {
    const RandomWeights weights(tinyShapes(), 4);
    const TinyDecoder decoder = tiny(weights);
    int calls = 0;
    int groups = 0;
    const Checkpoint second = [&] {
        if (++calls == 2) {
            throw Cancelled();
        }
    };
    CHECK_THROWS(
        c,
        (decoder.decode(
             at::zeros({1, 4, 3, 2, 2}), TinyDecoder::Detail::Whole, [&](const at::Tensor&) { ++groups; }, second),
         0),
        Cancelled);
    CHECK_EQUAL(c, groups, 1);
}

void checkFiles(Checks& c) {
    const TemporaryFolder folder;
    CHECK(c, !TinyDecoder::findFile(folder.path()));
    std::filesystem::create_directory(folder.file("taehv"));
    CHECK(c, !TinyDecoder::findFile(folder.path()));
    writeFile(folder.file("taehv/any name.safetensors"), "");
    CHECK_EQUAL(c, TinyDecoder::findFile(folder.path()).value_or(""), folder.file("taehv/any name.safetensors"));
    writeFile(folder.file("taew2_2.safetensors"), "");
    CHECK_EQUAL(c, TinyDecoder::findFile(folder.path()).value_or(""), folder.file("taew2_2.safetensors"));
    // A decoder alone decodes; what is no such network is refused by name.
    std::map<std::string, at::Tensor> tensors = randomTensors(tinyShapes(), 3);
    std::erase_if(tensors, [](const auto& item) { return item.first.starts_with("encoder."); });
    const TinyDecoder half = tiny(RandomWeights(tensors));
    CHECK_EQUAL(c, half.decode(at::zeros({1, 4, 1, 2, 2})).size(2), 1);
    CHECK_THROWS(c, half.encode(at::zeros({1, 3, 1, 16, 16})), std::invalid_argument);
    CHECK_THROWS(c, tiny(RandomWeights({{"other.weight", at::ones({2, 2})}})), WeightsError);
    tensors["decoder.13.conv.weight"] = at::ones({13, 6, 1, 1});
    CHECK_THROWS(c, tiny(RandomWeights(tensors)), WeightsError);
    tensors["decoder.13.conv.weight"] = at::ones({13});
    CHECK_THROWS(c, tiny(RandomWeights(tensors)), WeightsError);
}

} // namespace

void tinyDecoderCases(Checks& checks) {
    checks.run("tiny decoder: frames come group by group", checkStreaming);
    checks.run("tiny decoder: a checkpoint abandons the work", checkAbandoning);
    checks.run("tiny decoder: its files", checkFiles);
}
