// Models as people keep them: loose files of any program in one folder.

#include "generation/model/ModelParts.h"
#include "generation/tokenizer/Tokenizer.h"
#include "generation/weights/WeightsError.h"
#include "tests/generation/model/OpenedModel.h"
#include "tests/generation/model/Spellings.h"
#include "tests/generation/model/TinyModel.h"

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>

#include "tests/generation/model/Cases.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using generation::test::Checks;
using generation::test::fileOf;
using generation::test::fileTensor;
using generation::test::FileTensors;
using generation::test::fixtureNetwork;
using generation::test::OpenedModel;
using generation::test::spelled;
using generation::test::Spelling;
using generation::test::starterPieces;
using generation::test::TemporaryFolder;
using generation::test::writeFile;
namespace fs = std::filesystem;

namespace {

constexpr const char* kAuthorsConfig = R"({"_class_name":"WanModel","dim":24,"num_heads":2,"model_type":"t2v"})";

std::string transformerFile(Spelling spelling, const char* fixture = "wan_t2v_tiny") {
    return fileOf(fixtureNetwork(fixture, NetworkKind::Transformer), spelling);
}

std::string vaeFile(Spelling spelling, const char* fixture = "vae21_tiny") {
    return fileOf(fixtureNetwork(fixture, NetworkKind::Autoencoder), spelling);
}

std::string textFile(Spelling spelling) {
    return fileOf(fixtureNetwork("umt5_tiny", NetworkKind::TextEncoder), spelling);
}

/// A folder that loads, with names that say nothing.
void writeModel(const TemporaryFolder& folder) {
    writeFile(folder.file("a.safetensors"), transformerFile(Spelling::Authors));
    writeFile(folder.file("b.safetensors"), vaeFile(Spelling::Authors));
    writeFile(folder.file("c.safetensors"), textFile(Spelling::Comfy));
    writeFile(folder.file("config.json"), kAuthorsConfig);
    writeFile(folder.file("spiece.model"), starterPieces());
}

std::string verdict(const std::string& place) {
    try {
        (void)OpenedModel(place);
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

void checkLoads(Checks& c) {
    const TemporaryFolder folder;
    writeModel(folder);
    const OpenedModel model(folder.path());
    CHECK_EQUAL(c, model.files.card().family, "wan");
    CHECK_EQUAL(c, model.files.card().folder, folder.path());
    CHECK_EQUAL(c, model.transformer.config().heads, 2);
    CHECK_EQUAL(c, model.vae.config().latentChannels, 16);
    CHECK(c, model.files.card().steps == 50 && !model.files.card().negativePrompt.empty() &&
                 !model.files.card().hasControl);
    const Tokenizer tokenizer(readPieces(model.files.tokenizer()));
    CHECK(c, tokenizer.encode("a lake", 48).size() > 1);
    // The transformer's file stands for the folder.
    CHECK_EQUAL(c, ModelFiles(folder.file("a.safetensors")).paths(), model.files.paths());
    CHECK_EQUAL(c, modelRoot(folder.file("a.safetensors")), folder.path());
    CHECK(c, mayBeModel(folder.path()) && mayBeModel(folder.file("a.safetensors")));
    expect(c, folder.file("b.safetensors"), "not the file of a Wan transformer");
    expect(c, folder.file("spiece.model"), "spiece.model");
    expect(c, folder.file("absent"), "not found");
    // What is of no use does not matter, nor do names.
    writeFile(folder.file("lora.safetensors"), test::safetensorsOf({{"x.lora_A.weight", fileTensor(at::ones({1}))}}));
    writeFile(folder.file("picture.png"), "PNG");
    fs::rename(folder.file("b.safetensors"), folder.file("b.bin"));
    CHECK_EQUAL(c, ModelFiles(folder.path()).paths().size(), model.files.paths().size());
    fs::rename(folder.file("a.safetensors"), folder.file("no extension"));
    CHECK_EQUAL(c, ModelFiles(folder.file("no extension")).paths().size(), model.files.paths().size());
}

/// ComfyUI sorts files into folders; each may be pointed at.
void checkSortedFolders(Checks& c) {
    const TemporaryFolder folder;
    for (const char* name : {"diffusion_models", "vae", "text_encoders"}) {
        fs::create_directory(folder.file(name));
    }
    writeFile(folder.file("diffusion_models/t.gguf"), transformerFile(Spelling::Gguf));
    writeFile(folder.file("diffusion_models/config.json"), kAuthorsConfig);
    writeFile(folder.file("vae/v.safetensors"), vaeFile(Spelling::Authors));
    FileTensors text = spelled(fixtureNetwork("umt5_tiny", NetworkKind::TextEncoder), Spelling::Comfy);
    const std::string pieces = starterPieces();
    text["spiece_model"] = {ElementType::U8, {static_cast<std::int64_t>(pieces.size())}, pieces};
    writeFile(folder.file("text_encoders/e.safetensors"), test::safetensorsOf(text));
    const OpenedModel model(folder.path());
    CHECK_EQUAL(c, ModelFiles(folder.file("diffusion_models")).paths(), model.files.paths());
    CHECK_EQUAL(c, ModelFiles(folder.file("diffusion_models/t.gguf")).paths(), model.files.paths());
    CHECK_EQUAL(c, ModelFiles(folder.file("vae/")).paths(), model.files.paths());
    CHECK(c, std::holds_alternative<StoredTensor>(model.files.tokenizer()));
    const Tokenizer embedded(readPieces(model.files.tokenizer()));
    writeFile(folder.file("spiece.model"), pieces);
    const Tokenizer file(readPieces(folder.file("spiece.model")));
    CHECK_EQUAL(c, embedded.encode("a lake at dawn", 48), file.encode("a lake at dawn", 48));
}

/// The vocabulary in a GGUF file's metadata says the same as the file it was made from.
void checkGgufTokenizer(Checks& c) {
    const TemporaryFolder folder;
    writeModel(folder);
    fs::remove(folder.file("c.safetensors"));
    const PieceModel pieces = readPieces(folder.file("spiece.model"));
    const auto write = [&](const std::string& kind, std::size_t scoreCount) {
        test::GgufWriter writer;
        std::vector<std::string> texts;
        std::vector<float> scores;
        std::vector<std::int32_t> kinds;
        for (const PieceModel::Piece& piece : pieces.pieces) {
            texts.push_back(piece.text);
            scores.push_back(piece.score);
            kinds.push_back(static_cast<std::int32_t>(piece.kind));
        }
        scores.resize(scoreCount);
        writer.add("tokenizer.ggml.model", kind);
        writer.add("tokenizer.ggml.tokens", texts);
        writer.addList("tokenizer.ggml.scores", 6, scores);
        writer.addList("tokenizer.ggml.token_type", 5, kinds);
        writer.add("tokenizer.ggml.eos_token_id", static_cast<std::uint32_t>(pieces.endId));
        writer.addRaw("tokenizer.ggml.add_space_prefix", 7, std::string(1, pieces.addDummyPrefix ? '\1' : '\0'));
        writer.addRaw("tokenizer.ggml.remove_extra_whitespaces", 7,
                      std::string(1, pieces.removeExtraSpaces ? '\1' : '\0'));
        std::string map = test::GgufWriter::number(static_cast<std::uint32_t>(pieces.characterTrie.size() * 4));
        map.append(reinterpret_cast<const char*>(pieces.characterTrie.data()), pieces.characterTrie.size() * 4);
        map += pieces.replacements;
        writer.addList("tokenizer.ggml.precompiled_charsmap", 1, std::vector<char>(map.begin(), map.end()));
        for (const auto& [name, tensor] :
             spelled(fixtureNetwork("umt5_tiny", NetworkKind::TextEncoder), Spelling::Gguf)) {
            writer.addTensor(name, tensor);
        }
        writeFile(folder.file("c.gguf"), writer.bytes());
    };
    write("t5", pieces.pieces.size());
    const OpenedModel model(folder.path());
    CHECK(c, std::holds_alternative<std::shared_ptr<const WeightFile>>(model.files.tokenizer()));
    const Tokenizer ours(readPieces(model.files.tokenizer()));
    const Tokenizer theirs(readPieces(folder.file("spiece.model")));
    for (const char* text : {"a lake at dawn", "", "snowy  peaks, \u00e9\ufb01", "\u6d77 xyz \xff"}) {
        CHECK_EQUAL(c, ours.encode(text, 48), theirs.encode(text, 48));
    }
    write("gpt2", pieces.pieces.size());
    CHECK_THROWS(c, readPieces(openModelParts(folder.path()).tokenizer), WeightsError);
    write("t5", 3);
    CHECK_THROWS(c, readPieces(openModelParts(folder.path()).tokenizer), WeightsError);
}

void checkFamilies(Checks& c) {
    const TemporaryFolder vace;
    writeModel(vace);
    writeFile(vace.file("a.safetensors"), transformerFile(Spelling::Comfy, "wan_vace_tiny"));
    const OpenedModel control(vace.path());
    CHECK(c, control.files.card().family == "wan-vace" && control.files.card().hasControl &&
                 control.files.card().allows({"edges"}));
    CHECK(c, control.transformer.config().vaceLayers == (std::vector<std::int64_t>{0, 2}));
    const TemporaryFolder newer;
    writeModel(newer);
    writeFile(newer.file("a.safetensors"), transformerFile(Spelling::Authors, "wan_ti2v_tiny"));
    expect(c, newer.path(), "48 latent channels, which the transformer needs (b.safetensors: it has 16)");
    writeFile(newer.file("d.safetensors"), vaeFile(Spelling::Authors, "vae22_tiny")); // the one that fits is taken
    const OpenedModel second(newer.path());
    CHECK(c, second.files.card().family == "wan-ti2v" && second.files.card().perTokenTime &&
                 second.vae.config().isResidual);
}

void checkMissing(Checks& c) {
    const TemporaryFolder folder;
    expect(c, folder.path(), "no transformer here (no files of weights)");
    CHECK(c, !mayBeModel(folder.path()) && !mayBeModel(folder.file("absent")));
    writeModel(folder);
    const auto without = [&](const char* name, const std::string& part) {
        fs::rename(folder.file(name), folder.file("aside"));
        expect(c, folder.path(), part);
        fs::rename(folder.file("aside"), folder.file(name));
    };
    without("a.safetensors", "no transformer here (b.safetensors: autoencoder (VAE); c.safetensors: text encoder");
    without("b.safetensors", "no autoencoder (VAE) here");
    without("c.safetensors", "no text encoder (UMT5) here");
    without("spiece.model", "no tokenizer");
    without("config.json", "its width 24 does not tell the number of heads");
    // The authors' own repository: autoencoder and text encoder are pickles.
    fs::rename(folder.file("b.safetensors"), folder.file("aside"));
    writeFile(folder.file("Wan2.1_VAE.pth"), "PK\x03\x04" + std::string(100, 'x'));
    expect(c, folder.path(), "Wan2.1_VAE.pth: a PyTorch pickle");
    writeFile(folder.file("b.safetensors"), "PK\x03\x04" + std::string(100, 'x'));
    expect(c, folder.path(), "b.safetensors: a PyTorch pickle");
    writeFile(folder.file("b.safetensors"), vaeFile(Spelling::Authors).substr(0, 5000));
    expect(c, folder.path(), "b.safetensors: cut off");
    expect(c, folder.file("b.safetensors"), "cut off");
}

void checkAmbiguous(Checks& c) {
    const TemporaryFolder folder;
    writeModel(folder);
    writeFile(folder.file("other.gguf"), vaeFile(Spelling::Gguf));
    expect(c, folder.path(), "more than one autoencoder (VAE) here: b.safetensors, other.gguf");
    writeFile(folder.file("other.gguf"), textFile(Spelling::Gguf));
    expect(c, folder.path(), "more than one text encoder (UMT5) here: c.safetensors, other.gguf");
    writeFile(folder.file("other.gguf"), transformerFile(Spelling::Gguf));
    expect(c, folder.path(), "more than one transformer here: a.safetensors, other.gguf");
    CHECK_EQUAL(c, verdict(folder.file("other.gguf")), "accepted"); // pointing at one tells which
}

/// Right files of the wrong making: what does not fit is said tensor by tensor.
void checkMismatches(Checks& c) {
    const TemporaryFolder folder;
    writeModel(folder);
    const FileTensors good = spelled(fixtureNetwork("wan_t2v_tiny", NetworkKind::Transformer), Spelling::Authors);
    const auto with = [&](const std::function<void(FileTensors&)>& change, const char* part) {
        FileTensors tensors = good;
        change(tensors);
        writeFile(folder.file("a.safetensors"), test::safetensorsOf(tensors));
        expect(c, folder.path(), part);
    };
    with([](FileTensors& t) { t.erase("blocks.1.self_attn.k.weight"); },
         "1 tensors missing: blocks.1.attn1.to_k.weight");
    with([](FileTensors& t) { t["blocks.1.self_attn.k.weight"] = fileTensor(at::zeros({24, 12})); },
         "blocks.1.attn1.to_k.weight stored [24, 12], expected [24, 24]");
    with([](FileTensors& t) { t["blocks.0.audio.weight"] = fileTensor(at::zeros({1})); },
         "another kind of model: blocks.0.audio.weight");
    with([](FileTensors& t) { t["blocks.0.to_gate_compress.weight"] = fileTensor(at::zeros({24, 24})); }, "accepted");
    with([](FileTensors& t) { t["blocks.0.norm2.weight"] = fileTensor(at::zeros({24})); }, "blocks.0.norm3.weight");
    with([](FileTensors& t) { t["model.diffusion_model.x"] = fileTensor(at::zeros({1})); }, "model.diffusion_model.x");
    with([](FileTensors& t) { t["patch_embedding.weight"] = fileTensor(at::zeros({24, 20, 1, 2, 2})); },
         "no known family: 20 channels in, 16 out");
    with([](FileTensors& t) { t["patch_embedding.weight"] = fileTensor(at::zeros({24})); }, "too few dimensions");
    with([](FileTensors& t) { t["blocks.1.modulation"] = fileTensor(at::full({1, 6, 24}, NAN)); },
         "not finite: blocks.1.scale_shift_table");
}

/// Shards of the authors' repository, with the index beside the rest.
void checkShards(Checks& c) {
    const TemporaryFolder folder;
    writeModel(folder);
    const std::string whole = ModelFiles(folder.path()).card().family;
    FileTensors one = spelled(fixtureNetwork("wan_t2v_tiny", NetworkKind::Transformer), Spelling::Authors);
    FileTensors two;
    std::string map;
    for (auto item = one.begin(); item != one.end();) {
        const bool second = two.size() < one.size();
        map += (map.empty() ? "\"" : ",\"") + item->first + "\":\"m-" + (second ? "2" : "1") + ".safetensors\"";
        if (second) {
            two.insert(*item);
            item = one.erase(item);
        } else {
            ++item;
        }
    }
    fs::remove(folder.file("a.safetensors"));
    writeFile(folder.file("m-1.safetensors"), test::safetensorsOf(one));
    writeFile(folder.file("m-2.safetensors"), test::safetensorsOf(two));
    expect(c, folder.path(), "no transformer here"); // neither half is one
    writeFile(folder.file("m.safetensors.index.json"), "{\"weight_map\":{" + map + "}}");
    CHECK_EQUAL(c, ModelFiles(folder.path()).card().family, whole);
    fs::remove(folder.file("m-2.safetensors"));
    expect(c, folder.path(), "m.safetensors.index.json: ");
}

} // namespace

void looseCases(Checks& checks) {
    checks.run("loose files are a model", checkLoads);
    checks.run("files sorted into folders are a model", checkSortedFolders);
    checks.run("a tokenizer in GGUF metadata", checkGgufTokenizer);
    checks.run("the family is told by the tensors", checkFamilies);
    checks.run("what is missing is said", checkMissing);
    checks.run("what is there twice is said", checkAmbiguous);
    checks.run("what does not fit is said", checkMismatches);
    checks.run("shards beside the rest", checkShards);
}
