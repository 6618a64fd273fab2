// Model folders: what they say of themselves, and what is refused.

#include "generation/model/ModelFiles.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/model/Cases.h"
#include "tests/generation/weights/Files.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <sstream>

using namespace generation;
using generation::test::Checks;
using generation::test::TemporaryFolder;
using generation::test::writeFile;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

fs::path starterFolder() {
    const char* resources = std::getenv("FANTASCOPE_RESOURCES");
    return fs::path(resources ? std::string(resources) : std::string(SOURCE_ROOT) + "/resources") / "models/starter";
}

Json readJson(const fs::path& path) {
    std::ifstream stream(path);
    return Json::parse(stream);
}

/// A copy of the starter whose weights are links.
void linkStarter(const TemporaryFolder& folder) {
    for (const auto& item : fs::recursive_directory_iterator(starterFolder())) {
        const fs::path to = fs::path(folder.path()) / fs::relative(item.path(), starterFolder());
        if (item.is_directory()) {
            fs::create_directories(to);
        } else if (item.path().extension() == ".json") {
            fs::copy_file(item.path(), to);
        } else {
            fs::create_symlink(item.path(), to);
        }
    }
}

std::string verdict(const std::function<void()>& action) {
    try {
        action();
    } catch (const WeightsError& error) {
        return error.what();
    }
    return "accepted";
}

void expect(Checks& checks, const std::string& what, const std::string& part) {
    if (what.find(part) == std::string::npos) {
        checks.failed(part.c_str(), 0, "unexpected verdict: " + what);
    }
}

void checkStarterCard(Checks& c) {
    const ModelCard card = readModelCard(starterFolder().string());
    const Json ours = readJson(starterFolder() / "model_index.json")["fantascope"];
    CHECK_EQUAL(c, card.family, "wan-vace");
    CHECK_EQUAL(c, card.name, ours["name"].get<std::string>());
    CHECK(c, card.width == ours["size"][0] && card.height == ours["size"][1] && card.frames == ours["frames"]);
    CHECK(c, card.steps == ours["steps"] && card.shift == ours["shift"] && card.guidance == ours["guidance"]);
    CHECK(c, card.hasControl && card.textOnlyWithoutControl && !card.perTokenTime);
    CHECK(c, card.allows({}) && card.allows({"reference", "edges"}) && card.allows({"luma"}));
    CHECK(c, !card.allows({"first_frame", "edges"}) && !card.allows({"depth"}));
}

/// A published folder says little: the family table has the rest.
void checkPublishedCards(Checks& c) {
    const TemporaryFolder folder;
    const std::string index = folder.file("model_index.json");
    writeFile(index, R"({"_class_name":"WanPipeline","expand_timesteps":true})");
    const ModelCard ti2v = readModelCard(folder.path());
    CHECK(c, ti2v.family == "wan-ti2v" && ti2v.perTokenTime && ti2v.frames == 121 && ti2v.fpsNumerator == 24 &&
                 ti2v.allows({"first_frame"}));
    fs::create_directory(folder.file("scheduler"));
    writeFile(folder.file("scheduler/scheduler_config.json"), R"({"flow_shift":7.5})");
    writeFile(index, R"({"_class_name":"WanPipeline"})");
    const ModelCard wan = readModelCard(folder.path());
    CHECK(c, wan.family == "wan" && wan.sampler == "unipc" && wan.shift == 7.5 && !wan.hasControl &&
                 !wan.allows({"edges"}));
    writeFile(index, R"({"_class_name":"WanPipeline","transformer_2":[null,null],"boundary_ratio":null})");
    CHECK_EQUAL(c, readModelCard(folder.path()).family, "wan");
    const std::string two = R"("transformer_2":["diffusers","WanTransformer3DModel"])";
    writeFile(index, R"({"_class_name":"WanPipeline",)" + two + R"(,"boundary_ratio":0.8})");
    const ModelCard experts = readModelCard(folder.path());
    CHECK(c, experts.family == "wan-a14b" && experts.experts.boundary == 0.8 && experts.guidance == 4.0 &&
                 experts.secondGuidance == 3.0);
    writeFile(index, R"({"_class_name":"WanImageToVideoPipeline",)" + two + "}");
    const ModelCard pictures = readModelCard(folder.path());
    CHECK(c, pictures.family == "wan-a14b-i2v" && pictures.experts.boundary == 0.9 &&
                 pictures.secondGuidance == pictures.guidance && pictures.allows({"first_frame"}));
    writeFile(index, R"({"_class_name":"WanImageToVideoPipeline"})");
    const ModelCard image = readModelCard(folder.path());
    CHECK(c, image.family == "wan-i2v" && !image.experts.areTwo() && image.allows({"last_frame", "first_frame"}));
    writeFile(index, R"({"_class_name":"WanVACEPipeline"})");
    CHECK(c, readModelCard(folder.path()).allows({"reference", "luma"}));
    for (const auto& [words, is] :
         {std::pair{R"("without the control branch")", true}, {"true", true}, {"false", false}}) {
        writeFile(index, R"({"_class_name":"WanVACEPipeline","fantascope":{"text_only":)" + std::string(words) + "}}");
        CHECK_EQUAL(c, readModelCard(folder.path()).textOnlyWithoutControl, is);
    }
}

/// Published models have habits; ours say how they were trained, or were trained without.
void checkReferencesInCards(Checks& c) {
    const TemporaryFolder folder;
    const std::string index = folder.file("model_index.json");
    writeFile(index, R"({"_class_name":"WanVACEPipeline"})");
    const ModelCard published = readModelCard(folder.path());
    CHECK(c, !published.fillsReference && published.referenceGuidance == 1.0 && !published.negativePrompt.empty());
    writeFile(index, R"({"_class_name":"WanVACEPipeline","fantascope":{}})");
    const ModelCard plain = readModelCard(folder.path());
    CHECK(c, plain.fillsReference && plain.referenceGuidance == 1.0 && plain.negativePrompt.empty());
    writeFile(index, R"({"_class_name":"WanVACEPipeline","fantascope":)"
                     R"({"reference_fit":"canvas","reference_guidance":1.75,"negative_prompt":"blur"}})");
    const ModelCard told = readModelCard(folder.path());
    CHECK(c, !told.fillsReference && told.referenceGuidance == 1.75 && told.negativePrompt == "blur");
}

void checkBadCards(Checks& c) {
    const TemporaryFolder folder;
    expect(c, verdict([&] { readModelCard(folder.path()); }), "model_index.json");
    const auto with = [&](const std::string& text, const char* part) {
        writeFile(folder.file("model_index.json"), text);
        expect(c, verdict([&] { readModelCard(folder.path()); }), part);
    };
    with("", "not JSON");
    with("[]", "not a JSON object");
    with("{}", "not a model of a known family");
    with(R"({"_class_name":"StableDiffusionPipeline"})", "'StableDiffusionPipeline'");
    with(R"({"_class_name":7})", "'_class_name'");
    with(R"({"_class_name":"WanPipeline","fantascope":[]})", "'fantascope'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"family":"other"}})", "'other'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"size":[224]}})", "'size'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"size":[224,-1]}})", "'size'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"frames":1e30}})", "'frames'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"fps":0}})", "'fps'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"steps":1000000}})", "'steps'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"guidance":-1}})", "'guidance'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"sampler":"magic"}})", "'sampler'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"conditions":["edges"]}})", "'conditions'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"reference_guidance":-1}})", "'reference_guidance'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"reference_guidance":"much"}})", "'reference_guidance'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"negative_prompt":3}})", "'negative_prompt'");
    with(R"({"_class_name":"WanPipeline","fantascope":{"conditions":[[1]]}})", "'conditions'");
}

struct Change {
    const char* file;
    const char* pointer; ///< of the value to replace
    Json value;
    const char* part; ///< of the refusal
};

const std::vector<Change>& hostileChanges() {
    static const std::vector<Change> changes{
        {"transformer/config.json", "/num_layers", 11, "missing: blocks.10."},
        {"transformer/config.json", "/ffn_dim", 2048, "expected [2048, 256]"},
        {"transformer/config.json", "/num_layers", 1'000'000'000, "'num_layers' is out of range"},
        {"transformer/config.json", "/num_attention_heads", -4, "'num_attention_heads' is out of range"},
        {"transformer/config.json", "/attention_head_dim", 63, "'attention_head_dim'"},
        {"transformer/config.json", "/attention_head_dim", 1024, "wrong shape"},
        {"transformer/config.json", "/patch_size", Json::array({1, 2}), "'patch_size'"},
        {"transformer/config.json", "/patch_size", Json::array({1, 2, 0}), "'patch_size'"},
        {"transformer/config.json", "/eps", "small", "'eps' is not a number"},
        {"transformer/config.json", "/vace_layers", Json::array({0, 2, 2}), "'vace_layers'"},
        {"transformer/config.json", "/vace_layers", Json::array({0, 99}), "'vace_layers'"},
        {"transformer/config.json", "/vace_layers", nullptr, "disagree"},
        {"transformer/config.json", "/qk_norm", "none", "'qk_norm'"},
        {"transformer/config.json", "/text_dim", 64, "is not the transformer's text_dim"},
        {"vae/config.json", "/base_dim", 0, "'base_dim'"},
        {"vae/config.json", "/dim_mult", Json::array(), "'dim_mult' is empty"},
        {"vae/config.json", "/dim_mult", Json::array({1, 2, 4}), "'temperal_downsample'"},
        {"vae/config.json", "/z_dim", 16, "'latents_mean'"},
        {"vae/config.json", "/dim_mult", Json::array({1, 3, 4, 4}), "do not divide"},
        {"vae/config.json", "/dim_mult", Json::array({1, 2, 2, 4}), "do not divide"},
        {"vae/config.json", "/dim_mult", Json::array({7, 2, 4, 4}), "do not divide"},
        {"vae/config.json", "/latents_std/3", 0.0, "'latents_std' is out of range"},
        {"vae/config.json", "/patch_size", 4, "'in_channels'"},
        {"vae/config.json", "/is_residual", false, "missing"},
        {"vae/config.json", "/latent_rgb_bias", Json::array({1}), "'latent_rgb_bias'"},
        {"text_encoder/config.json", "/vocab_size", 513, "expected [513, 128]"},
        {"text_encoder/config.json", "/num_heads", 0, "'num_heads'"},
        {"text_encoder/config.json", "/feed_forward_proj", "relu", "'feed_forward_proj'"},
        {"text_encoder/config.json", "/relative_attention_max_distance", 2, "'relative_attention_max_distance'"},
    };
    return changes;
}

void checkBadFolders(Checks& c) {
    const TemporaryFolder folder;
    linkStarter(folder);
    const auto load = [&] { (void)ModelFiles(folder.path()); };
    for (const Change& change : hostileChanges()) {
        const std::string path = folder.file(change.file);
        const Json good = readJson(path);
        Json bad = good;
        bad[Json::json_pointer(change.pointer)] = change.value;
        writeFile(path, bad.dump());
        expect(c, verdict(load), change.part);
        writeFile(path, good.dump());
    }
    const std::string weights = folder.file("vae/diffusion_pytorch_model.safetensors");
    std::vector<fs::path> shards;
    for (const auto& entry : fs::directory_iterator(folder.file("vae"))) {
        if (entry.path().filename() != "config.json") {
            shards.push_back(entry.path());
        }
    }
    for (const fs::path& shard : shards) {
        fs::remove(shard);
    }
    expect(c, verdict(load), "no safetensors file");
    writeFile(weights, "PK\x03\x04 and so on");
    expect(c, verdict(load), "pickle");
    fs::remove(weights);
    fs::create_symlink(starterFolder() / "transformer/diffusion_pytorch_model-00001-of-00003.safetensors", weights);
    expect(c, verdict(load), "missing"); // the right format, another network
}

} // namespace

void folderCases(Checks& checks) {
    checks.run("the starter says how it wants to be used", checkStarterCard);
    checks.run("published folders take the family's values", checkPublishedCards);
    checks.run("cards say how references are read", checkReferencesInCards);
    checks.run("hostile cards are refused by name", checkBadCards);
    checks.run("folders whose parts do not fit are refused by name", checkBadFolders);
}
