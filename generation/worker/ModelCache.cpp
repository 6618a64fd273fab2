#include "generation/worker/ModelCache.h"

#include "generation/model/ModelParts.h"
#include "generation/pipeline/JobError.h"
#include "generation/weights/WeightsError.h"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace generation {
namespace {

namespace fs = std::filesystem;

std::string fingerprint(const std::string& folder) {
    std::vector<std::string> lines;
    std::error_code error;
    for (fs::recursive_directory_iterator it(modelRoot(folder), error), end; !error && it != end; it.increment(error)) {
        std::error_code ignored;
        if (it->is_regular_file(ignored)) {
            lines.push_back(it->path().string() + '\t' + std::to_string(it->file_size(ignored)) + '\t' +
                            std::to_string(it->last_write_time(ignored).time_since_epoch().count()));
        }
    }
    std::sort(lines.begin(), lines.end());
    std::string text = folder;
    for (const std::string& line : lines) {
        text += '\n' + line;
    }
    return text;
}

} // namespace

LoadedModel::LoadedModel(const std::string& folder, const Device& device, const Checkpoint& checkpoint)
    : model(loadModel(folder, device, checkpoint)), tokenizer(readPieces(model.tokenizer)),
      generator(model, tokenizer) {
    if (tokenizer.pieces() > model.textEncoder.config().vocabulary) {
        throw WeightsError(folder, "its tokenizer has " + std::to_string(tokenizer.pieces()) +
                                       " pieces, but the text encoder knows " +
                                       std::to_string(model.textEncoder.config().vocabulary));
    }
}

LoadedModel& ModelCache::get(const std::string& folder, const Checkpoint& checkpoint) {
    std::error_code error;
    if (!fs::exists(folder, error)) {
        throw JobError("model-not-found", folder);
    }
    std::string now = fingerprint(folder);
    if (!m_loaded || now != m_fingerprint) {
        clear(); // before the next one is read, so that both never share the memory
        m_loaded = std::make_unique<LoadedModel>(folder, m_device, checkpoint);
        m_fingerprint = std::move(now);
    }
    return *m_loaded;
}

void ModelCache::clear() {
    m_loaded.reset();
    m_fingerprint.clear();
}

} // namespace generation
