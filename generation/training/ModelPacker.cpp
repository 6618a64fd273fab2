#include "generation/training/ModelPacker.h"

#include "generation/training/Png.h"
#include "generation/training/TransformerTrainee.h"
#include "generation/training/WeightWriter.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace generation {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Below what code hosts and version control take without special care.
constexpr std::int64_t kShardBytes = std::int64_t{15} << 20U;

void writeJson(const fs::path& path, const json& value) {
    replaceFile(path.string(), value.dump(2) + "\n");
}

void writeNetwork(const fs::path& folder, const char* name, const json& config, const TensorMap& tensors) {
    fs::create_directories(folder);
    writeJson(folder / "config.json", config);
    writeShards(folder.string(), name, tensors, kShardBytes);
}

} // namespace

void packModel(const TrainedModel& model, const std::string& folder) {
    const fs::path target(folder);
    const fs::path made(folder + ".partial");
    fs::remove_all(made);
    fs::create_directories(made / "tokenizer");
    fs::create_directories(made / "scheduler");
    writeNetwork(made / "transformer", "diffusion_pytorch_model", model.transformer,
                 weightsUnder(model.generator, "transformer."));
    writeNetwork(made / "vae", "diffusion_pytorch_model", model.vae, model.autoencoder);
    writeNetwork(made / "text_encoder", "model", model.textEncoder, weightsUnder(model.generator, "text_encoder."));
    replaceFile((made / "tokenizer" / "spiece.model").string(), model.pieces);
    writeJson(made / "tokenizer" / "tokenizer_config.json",
              {{"tokenizer_class", "T5Tokenizer"},
               {"model_max_length", model.index.at("fantascope").at("max_text_tokens")},
               {"pad_token", "<pad>"},
               {"eos_token", "</s>"},
               {"unk_token", "<unk>"}});
    writeJson(made / "scheduler" / "scheduler_config.json", {{"_class_name", "FlowMatchEulerDiscreteScheduler"},
                                                             {"num_train_timesteps", 1000},
                                                             {"shift", model.index.at("fantascope").at("shift")}});
    writeJson(made / "model_index.json", model.index);
    replaceFile((made / "README.md").string(), model.readme);
    const fs::path old(folder + ".old");
    fs::remove_all(old);
    if (fs::exists(target)) {
        fs::rename(target, old);
    }
    fs::rename(made, target);
    fs::remove_all(old);
}

} // namespace generation
