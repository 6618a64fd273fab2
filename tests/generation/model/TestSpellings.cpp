// Each fixture's network, saved as other programs save it, loads and gives the same numbers.

#include "generation/model/Configs.h"
#include "generation/model/DerivedConfig.h"
#include "generation/model/TextEncoder.h"
#include "generation/model/VideoTransformer.h"
#include "generation/model/VideoVae.h"
#include "generation/weights/NetworkFinder.h"
#include "generation/weights/Safetensors.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/model/Spellings.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <functional>
#include <sstream>

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using generation::test::Checks;
using generation::test::fileOf;
using generation::test::FileTensor;
using generation::test::fileTensor;
using generation::test::FileTensors;
using generation::test::fixtureNetwork;
using generation::test::FixtureNetwork;
using generation::test::spelled;
using generation::test::Spelling;
using generation::test::TemporaryFolder;
using generation::test::writeFile;
using Json = nlohmann::json;

namespace {

constexpr std::array kSpellings{Spelling::Diffusers, Spelling::Authors, Spelling::Comfy, Spelling::Gguf};

Safetensors fixture(const std::string& name) {
    return Safetensors::open(std::string(FIXTURES_DIR) + "/engine/" + name + ".safetensors");
}

/// What a network of these tensors and this config makes of the fixture's inputs.
using Run = std::function<std::vector<at::Tensor>(const Safetensors&, const Json&, const WeightSource&)>;

template <class Network, class Config>
Network built(const Json& json, const WeightSource& source, Config (*parse)(const Json&, const std::string&)) {
    WeightReader reader(source, referenceDevice());
    Network network(parse(json, source.where()), reader);
    reader.finishExactly();
    return network;
}

std::vector<at::Tensor> runTransformer(const Safetensors& file, const Json& config, const WeightSource& source) {
    const auto transformer = built<VideoTransformer>(config, source, parseTransformerConfig);
    const at::Tensor image = file.contains("in.image") ? file.tensor("in.image") : at::Tensor();
    const PreparedText text = transformer.prepareText(file.tensor("in.text"), image);
    PreparedControl control;
    if (file.contains("in.control")) {
        control = transformer.prepareControl(file.tensor("in.control"));
    }
    return {transformer.forward({.latents = file.tensor("in.x"),
                                 .timestep = file.tensor("in.t"),
                                 .text = &text,
                                 .control = control.tokens.defined() ? &control : nullptr})};
}

std::vector<at::Tensor> runVae(const Safetensors& file, const Json& config, const WeightSource& source) {
    const auto vae = built<VideoVae>(config, source, parseVaeConfig);
    return {vae.encodeDistribution(file.tensor("in.video")).mean, vae.decodeRaw(file.tensor("in.latent"))};
}

std::vector<at::Tensor> runText(const Safetensors& file, const Json& config, const WeightSource& source) {
    const auto encoder = built<TextEncoder>(config, source, parseTextEncoderConfig);
    return {encoder.encodeMasked(file.tensor("in.ids"), file.tensor("in.mask"))};
}

struct Subject {
    const char* fixture;
    NetworkKind kind;
    Run run;
};

const std::vector<Subject>& subjects() {
    static const std::vector<Subject> all{{"wan_t2v_tiny", NetworkKind::Transformer, runTransformer},
                                          {"wan_ti2v_tiny", NetworkKind::Transformer, runTransformer},
                                          {"wan_vace_tiny", NetworkKind::Transformer, runTransformer},
                                          {"wan_i2v21_tiny", NetworkKind::Transformer, runTransformer},
                                          {"vae21_tiny", NetworkKind::Autoencoder, runVae},
                                          {"vae21_small", NetworkKind::Autoencoder, runVae},
                                          {"vae22_tiny", NetworkKind::Autoencoder, runVae},
                                          {"vae22_small", NetworkKind::Autoencoder, runVae},
                                          {"umt5_tiny", NetworkKind::TextEncoder, runText}};
    return all;
}

/// The only network in a file of these bytes.
FoundNetwork found(Checks& c, const TemporaryFolder& folder, const std::string& bytes, NetworkKind kind) {
    const std::string path = folder.file("whatever"); // the name does not matter
    writeFile(path, bytes);
    std::vector<FoundNetwork> networks = findNetworks(WeightSource::openFile(path));
    CHECK_EQUAL(c, networks.size(), 1U);
    if (networks.empty() || networks.front().kind != kind) {
        throw std::runtime_error("not recognised");
    }
    return networks.front();
}

bool same(const std::vector<at::Tensor>& a, const std::vector<at::Tensor>& b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](const at::Tensor& x, const at::Tensor& y) { return x.equal(y); });
}

void checkSubject(Checks& c, const Subject& subject) {
    const TemporaryFolder folder;
    const Safetensors file = fixture(subject.fixture);
    const FixtureNetwork network = fixtureNetwork(subject.fixture, subject.kind);
    const Json config = Json::parse(network.config);
    const auto expected = subject.run(file, config, WeightSource::openFile(file.path()).under("w."));
    for (const Spelling spelling : kSpellings) {
        const FoundNetwork loaded = found(c, folder, fileOf(network, spelling), subject.kind);
        CHECK_EQUAL(c, loaded.source.names().size(), network.tensors.size());
        CHECK(c, same(subject.run(file, config, loaded.source), expected));
        // The config that the shapes tell, with the heads as the only thing that they do not.
        Json hints = {{"num_attention_heads", config.value("num_attention_heads", 1)}};
        CHECK(c, same(subject.run(file, derivedConfig(loaded, hints), loaded.source), expected));
    }
}

/// Half of the matrices as Q8_0 blocks, as GGUF files have them, against the values the blocks stand for.
void checkQuantised(Checks& c) {
    const TemporaryFolder folder;
    const Safetensors file = fixture("umt5_tiny");
    const FixtureNetwork network = fixtureNetwork("umt5_tiny", NetworkKind::TextEncoder);
    FixtureNetwork rounded = network;
    const FileTensors plain = spelled(network, Spelling::Gguf);
    test::GgufWriter writer;
    int blocks = 0;
    const auto names = diffusersNames(NetworkKind::TextEncoder, [&] {
        std::vector<std::string> all;
        for (const auto& [name, tensor] : plain) {
            all.push_back(name);
        }
        return all;
    }());
    for (const auto& [name, tensor] : plain) {
        at::Tensor& values = rounded.tensors.at(names.at(name));
        if (values.dim() == 2 && values.size(1) % 32 == 0) {
            writer.addTensor(name, test::quantised8(values.clone(), values));
            ++blocks;
        } else {
            writer.addTensor(name, tensor);
        }
    }
    CHECK(c, blocks > 15);
    const Json config = Json::parse(network.config);
    const FoundNetwork quantised = found(c, folder, writer.bytes(), NetworkKind::TextEncoder);
    const auto actual = runText(file, config, quantised.source);
    const FoundNetwork dense = found(c, folder, fileOf(rounded, Spelling::Diffusers), NetworkKind::TextEncoder);
    CHECK(c, same(actual, runText(file, config, dense.source)));
    const at::Tensor exact = file.tensor("out.hidden");
    CHECK(c, (actual[0] - exact).norm().item<double>() < 0.1 * exact.norm().item<double>()); // and they are near
}

/// Several networks in one file, as ComfyUI's checkpoints have them.
void checkCheckpoint(Checks& c) {
    const TemporaryFolder folder;
    FileTensors all = spelled(fixtureNetwork("wan_t2v_tiny", NetworkKind::Transformer), Spelling::Comfy);
    for (const auto& [name, tensor] :
         spelled(fixtureNetwork("vae21_tiny", NetworkKind::Autoencoder), Spelling::Authors)) {
        all["first_stage_model." + name] = tensor;
    }
    for (const auto& [name, tensor] : spelled(fixtureNetwork("umt5_tiny", NetworkKind::TextEncoder), Spelling::Comfy)) {
        all["text_encoders.umt5xxl.transformer." + name] = tensor;
    }
    writeFile(folder.file("checkpoint"), test::safetensorsOf(all));
    const auto networks = findNetworks(WeightSource::openFile(folder.file("checkpoint")));
    CHECK_EQUAL(c, networks.size(), 3U);
    for (const FoundNetwork& network : networks) {
        const bool isVae = network.kind == NetworkKind::Autoencoder;
        const bool isText = network.kind == NetworkKind::TextEncoder;
        const Safetensors file = fixture(isVae ? "vae21_tiny" : isText ? "umt5_tiny" : "wan_t2v_tiny");
        const Json config = Json::parse(file.metadata("config"));
        const Run run = isVae ? Run(runVae) : isText ? Run(runText) : Run(runTransformer);
        CHECK(c, same(run(file, config, network.source),
                      run(file, config, WeightSource::openFile(file.path()).under("w."))));
    }
    writeFile(folder.file("lora"),
              test::safetensorsOf({{"blocks.0.self_attn.q.lora_A.weight", fileTensor(at::zeros({1, 2}))}}));
    CHECK(c, findNetworks(WeightSource::openFile(folder.file("lora"))).empty());
}

/// A file of tensors that have shapes but, but for holes in the file, no data.
WeightSource shapesOnly(const TemporaryFolder& folder, const std::map<std::string, std::vector<std::int64_t>>& shapes) {
    std::string header = "{";
    std::uint64_t end = 0;
    for (const auto& [name, shape] : shapes) {
        const std::uint64_t begin = end;
        end += *storedBytes(ElementType::BF16, shape);
        header += (header.size() == 1 ? "" : ",") + Json(name).dump() + ":" +
                  Json{{"dtype", "BF16"}, {"shape", shape}, {"data_offsets", {begin, end}}}.dump();
    }
    header += "}";
    const std::string path = folder.file("shapes");
    writeFile(path, test::safetensorsBytes(header, ""));
    std::filesystem::resize_file(path, 8 + header.size() + end);
    return WeightSource::openFile(path);
}

/// The list of a published autoencoder, with the biases that it leaves out.
std::map<std::string, std::vector<std::int64_t>> publishedShapes(const std::string& file) {
    std::ifstream stream(std::string(FIXTURES_DIR) + "/key-map/" + file);
    std::map<std::string, std::vector<std::int64_t>> shapes;
    std::string original;
    std::string ours;
    std::string sizes;
    while (stream >> original >> ours >> sizes) {
        std::istringstream parts(sizes);
        std::vector<std::int64_t>& shape = shapes[original];
        for (std::string part; std::getline(parts, part, ',');) {
            shape.push_back(std::stoll(part));
        }
        if (original.ends_with(".weight")) {
            shapes[original.substr(0, original.size() - 6) + "bias"] = {shape.front()};
        }
    }
    return shapes;
}

/// The real autoencoders, under their authors' names and without data: recognised, understood and complete.
void checkPublishedAutoencoders(Checks& c) {
    const TemporaryFolder folder;
    for (const char* name : {"vae21.txt", "vae22.txt"}) {
        const bool isNewer = std::string(name) == "vae22.txt";
        const WeightSource source = shapesOnly(folder, publishedShapes(name));
        CHECK_EQUAL(c, source.names().size(), isNewer ? 196U : 194U);
        const auto networks = findNetworks(source);
        CHECK_EQUAL(c, networks.size(), 1U);
        const Json json = derivedConfig(networks.front(), {});
        const VaeConfig config = parseVaeConfig(json, source.where());
        CHECK_EQUAL(c, config.baseDim, isNewer ? 160 : 96);
        CHECK_EQUAL(c, config.decoderBaseDim, isNewer ? 256 : 96);
        CHECK_EQUAL(c, config.latentChannels, isNewer ? 48 : 16);
        CHECK_EQUAL(c, config.patch, isNewer ? 2 : 1);
        CHECK_EQUAL(c, config.isResidual, isNewer);
        CHECK_EQUAL(c, config.residualBlocks, 2);
        CHECK(c, config.dimMultipliers == (std::vector<std::int64_t>{1, 2, 4, 4}));
        CHECK(c, config.temporalDownsample == (std::vector<bool>{false, true, true}));
        CHECK_EQUAL(c, config.latentsMean[0], isNewer ? -0.2289 : -0.7571);
        CHECK_EQUAL(c, config.spatialFactor(), isNewer ? 16 : 8);
        Device nowhere = referenceDevice();
        nowhere.where = at::Device(at::kMeta);
        WeightReader reader(networks.front().source, nowhere);
        const VideoVae vae(config, reader);
        reader.finishExactly();
    }
}

/// The real transformers' first tensors are enough to tell what they are.
void checkDerivedTransformers(Checks& c) {
    const TemporaryFolder folder;
    struct Known {
        std::int64_t width, ffn, layers, in, out, control;
        std::vector<std::int64_t> vaceLayers;
    };
    const std::vector<Known> all{
        {1536, 8960, 30, 16, 16, 0, {}},
        {5120, 13824, 40, 36, 16, 0, {}},
        {3072, 14336, 30, 48, 48, 0, {}},
        {1536, 8960, 30, 16, 16, 15, {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28}},
        {5120, 13824, 40, 16, 16, 8, {0, 5, 10, 15, 20, 25, 30, 35}},
    };
    for (const Known& known : all) {
        std::map<std::string, std::vector<std::int64_t>> shapes{
            {"head.modulation", {1, 2, known.width}},
            {"head.head.weight", {known.out * 4, known.width}},
            {"patch_embedding.weight", {known.width, known.in, 1, 2, 2}},
            {"text_embedding.0.weight", {known.width, 4096}},
            {"time_embedding.0.weight", {known.width, 256}},
            {"blocks.0.self_attn.q.weight", {known.width, known.width}},
            {"blocks.0.norm3.weight", {known.width}},
            {"blocks.0.ffn.0.weight", {known.ffn, known.width}}};
        for (std::int64_t i = 0; i < known.layers; ++i) {
            shapes["blocks." + std::to_string(i) + ".modulation"] = {1, 6, known.width};
        }
        for (std::int64_t i = 0; i < known.control; ++i) {
            shapes["vace_blocks." + std::to_string(i) + ".after_proj.weight"] = {known.width, known.width};
            shapes["vace_patch_embedding.weight"] = {known.width, 96, 1, 2, 2};
        }
        const WeightSource source = shapesOnly(folder, shapes);
        const auto networks = findNetworks(source);
        CHECK_EQUAL(c, networks.size(), 1U);
        const TransformerConfig config = parseTransformerConfig(derivedConfig(networks.front(), {}), source.where());
        CHECK(c, config.width() == known.width && config.headDim == 128 && config.ffnDim == known.ffn);
        CHECK(c, config.layers == known.layers && config.inChannels == known.in && config.outChannels == known.out);
        CHECK(c, config.textDim == 4096 && config.freqDim == 256 && config.crossAttentionNorm && config.imageDim == 0);
        CHECK(c, config.vaceLayers == known.vaceLayers && config.vaceInChannels == (known.control > 0 ? 96 : 0));
        shapes.erase("text_embedding.0.weight");
        const WeightSource lesser = shapesOnly(folder, shapes);
        CHECK_THROWS(c, derivedConfig(findNetworks(lesser).front(), {}), WeightsError);
    }
}

} // namespace

void spellingCases(Checks& checks) {
    for (const Subject& subject : subjects()) {
        checks.run(subject.fixture, [&](Checks& c) { checkSubject(c, subject); });
    }
    checks.run("quantised matrices give what their blocks stand for", checkQuantised);
    checks.run("several networks in one file", checkCheckpoint);
    checks.run("published autoencoders are understood", checkPublishedAutoencoders);
    checks.run("published transformers are understood", checkDerivedTransformers);
}
