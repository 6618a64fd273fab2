// Models of two transformers (Wan 2.2 A14B): which file is which, and that both are read.

#include "generation/model/ModelFiles.h"
#include "generation/model/NoiseLevel.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/model/Networks.h"
#include "tests/generation/model/TinyModel.h"

#include <filesystem>
#include <utility>
#include <vector>

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;
namespace fs = std::filesystem;
using Level = NoiseLevel::Level;

namespace {

std::string verdict(const std::string& place) {
    try {
        (void)ModelFiles(place);
    } catch (const WeightsError& error) {
        return error.what();
    }
    return "accepted";
}

void expect(Checks& c, const std::string& place, const std::string& part) {
    const std::string what = verdict(place);
    if (what.find(part) == std::string::npos) {
        c.failed(part.c_str(), 0, "unexpected verdict: " + what);
    }
}

at::Tensor answer(const VideoTransformer& transformer) {
    at::manual_seed(5);
    const at::Tensor latents = at::randn({1, transformer.config().inChannels, 2, 4, 4});
    const PreparedText text = transformer.prepareText(at::randn({1, 6, 32}));
    return transformer.forward({.latents = latents, .timestep = at::full({1}, 500.0), .text = &text});
}

at::Tensor answer(const ModelFiles& files, std::size_t expert) {
    return answer(files.loadTransformer(expert, referenceDevice(), WeightResidency::Resident));
}

/// What an expert answers whose weights come straight from memory.
at::Tensor expected(const TinyModel& model, std::size_t expert) {
    const RandomWeights weights(tinyTransformer(model, expert).tensors);
    return answer(weights.build<VideoTransformer>(parseTransformerConfig(tinyTransformerConfig(model), "tiny"),
                                                  referenceDevice()));
}

TinyModel twoExperts() {
    TinyModel model;
    model.hasSecond = true;
    model.index = {{"boundary_ratio", 0.8}};
    return model;
}

void checkLevels(Checks& c) {
    const std::vector<std::pair<const char*, Level>> names{
        {"wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors", Level::High},
        {"wan2.2_i2v_low_noise_14B_fp16.safetensors", Level::Low},
        {"Wan2.2-T2V-A14B-HighNoise-Q4_K_M.gguf", Level::High},
        {"Wan2.2-T2V-A14B-LowNoise-Q4_K_M.gguf", Level::Low},
        {"Wan2_2-T2V-A14B-LOW_fp8_e4m3fn.safetensors", Level::Low},
        {"mixWan22_i2vHigh.safetensors", Level::High},
        {"high_noise_model/diffusion_pytorch_model.safetensors.index.json", Level::High},
        {"low_noise_model/diffusion_pytorch_model-00001-of-00006.safetensors", Level::Low},
        {"wan2.1_t2v_14B.safetensors", Level::Unsaid},
        {"overflow_slow_flowmatch.safetensors", Level::Unsaid},
        {"highlights_lowercase.safetensors", Level::Unsaid},
        {"high_to_low.safetensors", Level::Unsaid},
        {"low_poly_high_noise.safetensors", Level::High},
        {"high_noise/low_poly.safetensors", Level::High},
        {"", Level::Unsaid},
    };
    for (const auto& [name, level] : names) {
        if (noiseLevelOf(std::string("models/") + name).level != level) {
            c.failed(name, 0, "another level");
        }
    }
    const NoiseLevel high = noiseLevelOf("x/a_high_noise_q4.gguf");
    CHECK(c, high.isOppositeOf(noiseLevelOf("x/a_low_noise_q4.gguf")));
    CHECK(c, high.others == noiseLevelOf("x/a_low_noise_q4.gguf").others);
    CHECK(c, high.others != noiseLevelOf("x/b_low_noise_q4.gguf").others);
    CHECK(c, !high.isOppositeOf(high) && !high.isOppositeOf(NoiseLevel{}));
}

/// Styles and qualities are no levels of noise, unless both of a pair are there.
void checkLoraLevels(Checks& c) {
    using Levels = std::vector<Level>;
    for (const char* style : {"low_poly.safetensors", "high_contrast.safetensors", "high_quality/anime.safetensors",
                              "Wan22_LOW_style.safetensors"}) {
        CHECK(c, loraLevels({style}) == Levels{Level::Unsaid});
    }
    CHECK(c, loraLevels({"low_poly.safetensors", "high_contrast.safetensors"}) == Levels(2, Level::Unsaid));
    CHECK(c, loraLevels({"a_high_noise.safetensors", "x/lownoise_a.safetensors", "low-noise/a.safetensors"}) ==
                 (Levels{Level::High, Level::Low, Level::Low}));
    CHECK(c, loraLevels({"Wan22_HIGH_a.safetensors", "plain.safetensors", "Wan22_LOW_a.safetensors"}) ==
                 (Levels{Level::High, Level::Unsaid, Level::Low}));
    CHECK(c, loraLevels({"high/a.safetensors", "low/a.safetensors"}) == (Levels{Level::High, Level::Low}));
    CHECK(c, loraLevels({"high_quality/a.safetensors", "low_poly/b.safetensors"}) == Levels(2, Level::Unsaid));
    CHECK(c, loraLevels({}).empty());
}

/// Each expert of a folder in whatever spelling: the second one too.
void checkFolder(Checks& c) {
    for (const Spelling spelling : {Spelling::Diffusers, Spelling::Authors, Spelling::Comfy}) {
        const TemporaryFolder folder;
        TinyModel model = twoExperts();
        model.secondSpelling = spelling;
        writeTinyModel(folder.path(), model);
        const ModelFiles files(folder.path());
        CHECK(c, files.card().family == "wan-a14b" && files.experts().boundary == 0.8);
        CHECK(c, files.configs().transformers == 2 && files.decisions().empty());
        CHECK(c, answer(files, 0).equal(expected(model, 0)) && answer(files, 1).equal(expected(model, 1)));
        CHECK(c, !answer(files, 0).equal(answer(files, 1)));
    }
}

void checkBadFolders(Checks& c) {
    const TemporaryFolder folder;
    writeTinyModel(folder.path(), twoExperts());
    const std::string config = folder.file("transformer_2/config.json");
    TinyModel other;
    other.transformer = {{"ffn_dim", 48}};
    writeFile(config, tinyTransformerConfig(other).dump());
    expect(c, folder.path(), "transformer_2/config.json: is not made as the first transformer is");
    writeFile(config, tinyTransformerConfig(TinyModel{}).dump());
    FileTensors tensors = spelled(tinyTransformer(TinyModel{}, 1), Spelling::Authors);
    tensors.erase("blocks.1.ffn.0.weight");
    writeFile(folder.file("transformer_2/model.safetensors"), safetensorsOf(tensors));
    expect(c, folder.path(), "missing: blocks.1.ffn.net.0.proj.weight");
    fs::remove_all(folder.file("transformer_2"));
    expect(c, folder.path(), "transformer_2/config.json");
}

/// The other networks of a model of loose files.
void writeCompany(const TemporaryFolder& folder, const TinyModel& model) {
    writeFile(folder.file("v.safetensors"), fileOf(tinyVae(model), Spelling::Authors));
    writeFile(folder.file("t.safetensors"), fileOf(tinyText(model), Spelling::Comfy));
    writeFile(folder.file("spiece.model"), starterPieces());
    fs::create_directory(folder.file("diffusion_models"));
    writeFile(folder.file("diffusion_models/config.json"), R"({"num_heads":2})");
}

void checkLoose(Checks& c) {
    const TemporaryFolder folder;
    const TinyModel model;
    writeCompany(folder, model);
    const std::string high = folder.file("diffusion_models/wan2.2_t2v_high_noise_14B.safetensors");
    const std::string low = folder.file("diffusion_models/wan2.2_t2v_low_noise_14B.gguf");
    writeFile(high, fileOf(tinyTransformer(model, 0), Spelling::Comfy));
    writeFile(low, fileOf(tinyTransformer(model, 1), Spelling::Gguf));
    // The folder and each of the two files mean the pair.
    for (const std::string& place : {folder.path(), high, low}) {
        const ModelFiles files(place);
        CHECK(c, files.card().family == "wan-a14b" && files.card().experts.boundary == 0.875);
        CHECK(c, answer(files, 0).equal(expected(model, 0)) && answer(files, 1).equal(expected(model, 1)));
        CHECK(c, files.decisions() == (std::vector<ExpertChoice>{{"wan2.2_t2v_high_noise_14B.safetensors", Level::High},
                                                                 {"wan2.2_t2v_low_noise_14B.gguf", Level::Low}}));
        CHECK_EQUAL(c, files.paths().size(), 5U);
    }
    // More of them: what was pointed at, and the one whose name differs in the level alone.
    const std::string mix = folder.file("diffusion_models/other_low.safetensors");
    writeFile(mix, fileOf(tinyTransformer(model, 2), Spelling::Comfy));
    expect(c, folder.path(), "more than one transformer here");
    CHECK(c, answer(ModelFiles(high), 1).equal(expected(model, 1)));
    fs::remove(low);
    CHECK(c, answer(ModelFiles(high), 1).equal(expected(model, 2))); // the only other one
    // Names that do not tell.
    fs::rename(mix, folder.file("diffusion_models/b.safetensors"));
    expect(c, folder.path(), "more than one transformer here");
    // One of the two alone would be sampled as the older model that is built alike.
    expect(c, high, "one transformer of a model that has two");
    for (const char* name : {"Wan2_2-T2V-A14B-LOW_fp8.safetensors", "mixWan22_t2vHigh.safetensors"}) {
        const std::string alone = folder.file(std::string("diffusion_models/") + name);
        fs::rename(high, alone);
        expect(c, alone, "one transformer of a model that has two");
        fs::rename(alone, high);
    }
    const std::string older = folder.file("diffusion_models/wan2.1_high_quality.safetensors");
    fs::rename(high, older);
    CHECK(c, ModelFiles(older).card().family == "wan");
}

/// The authors' repository: a folder with an index for each.
void checkAuthorsFolders(Checks& c) {
    const TemporaryFolder folder;
    const TinyModel model;
    writeCompany(folder, model);
    for (std::size_t expert = 0; expert < 2; ++expert) {
        const std::string place = folder.file(expert == 0 ? "high_noise_model" : "low_noise_model");
        fs::create_directory(place);
        const FileTensors tensors = spelled(tinyTransformer(model, expert), Spelling::Authors);
        nlohmann::json map;
        for (const auto& [name, tensor] : tensors) {
            map[name] = "diffusion_pytorch_model-00001-of-00001.safetensors";
        }
        writeFile(place + "/diffusion_pytorch_model-00001-of-00001.safetensors", safetensorsOf(tensors));
        writeFile(place + "/diffusion_pytorch_model.safetensors.index.json",
                  nlohmann::json{{"weight_map", map}}.dump());
        writeFile(place + "/config.json", R"({"_class_name":"WanModel","num_heads":2})");
    }
    for (const std::string& place : {folder.path(), folder.file("low_noise_model")}) {
        const ModelFiles files(place);
        CHECK(c, answer(files, 0).equal(expected(model, 0)) && answer(files, 1).equal(expected(model, 1)));
    }
}

/// A picture's model of two experts has no image branch; one of them alone is none.
void checkLoosePictures(Checks& c) {
    const TemporaryFolder folder;
    TinyModel model;
    model.transformer = {{"in_channels", 36}};
    writeCompany(folder, model);
    const std::string high = folder.file("diffusion_models/i2v_high.safetensors");
    writeFile(high, fileOf(tinyTransformer(model, 0), Spelling::Authors));
    expect(c, high, "one transformer of a model that has two");
    writeFile(folder.file("diffusion_models/i2v_low.safetensors"),
              fileOf(tinyTransformer(model, 1), Spelling::Authors));
    const ModelFiles files(folder.path());
    CHECK(c, files.card().family == "wan-a14b-i2v" && files.card().experts.boundary == 0.9);
    // Two of different builds are no pair.
    model.transformer["ffn_dim"] = 48;
    writeFile(folder.file("diffusion_models/i2v_low.safetensors"),
              fileOf(tinyTransformer(model, 1), Spelling::Authors));
    expect(c, folder.path(), "more than one transformer here");
}

} // namespace

void expertCases(Checks& checks) {
    checks.run("experts: names that tell the level of noise", checkLevels);
    checks.run("experts: LoRAs that are for one of them", checkLoraLevels);
    checks.run("experts: a folder's second transformer in any spelling", checkFolder);
    checks.run("experts: second transformers that do not fit are refused", checkBadFolders);
    checks.run("experts: two loose files are one model", checkLoose);
    checks.run("experts: the authors' two folders are one model", checkAuthorsFolders);
    checks.run("experts: two loose files for pictures", checkLoosePictures);
}
