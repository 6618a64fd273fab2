#include "generation/worker/ModelCache.h"

#include "generation/device/ProcessMemory.h"
#include "generation/model/ModelParts.h"
#include "generation/pipeline/JobError.h"
#include "generation/weights/WeightsError.h"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace generation {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepestFolder = 3;

std::string fingerprint(const std::string& folder) {
    std::vector<std::string> lines;
    std::error_code error;
    // Links are followed: models share components by them.
    for (fs::recursive_directory_iterator it(modelRoot(folder), fs::directory_options::follow_directory_symlink, error),
         end;
         !error && it != end; it.increment(error)) {
        std::error_code ignored;
        if (it.depth() == kDeepestFolder) {
            it.disable_recursion_pending(); // a link may lead back
        }
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

LoadedModel::LoadedModel(const std::string& place, const Device& device, const std::string& cacheFolder)
    : networks(place, device), tokenizer(readPieces(networks.files().tokenizer())),
      generator(networks, tokenizer, {.cacheFolder = cacheFolder, .budget = {}}) {
    if (tokenizer.pieces() > networks.configs().textEncoder.vocabulary) {
        throw WeightsError(place, "its tokenizer has " + std::to_string(tokenizer.pieces()) +
                                      " pieces, but the text encoder knows " +
                                      std::to_string(networks.configs().textEncoder.vocabulary));
    }
}

LoadedModel& ModelCache::get(const std::string& place) {
    if (!mayBeModel(place)) {
        throw JobError("model-not-found", place);
    }
    std::string now = fingerprint(place);
    if (!m_loaded || now != m_fingerprint) {
        clear(); // before the next one is read, so that both never share the memory
        m_loaded = std::make_unique<LoadedModel>(place, deviceFor(place), m_cacheFolder);
        m_fingerprint = std::move(now);
    }
    return *m_loaded;
}

bool ModelCache::widen(const std::string& place) {
    if (m_device.compute != at::kHalf || !m_widened.insert(place).second) {
        return false;
    }
    clear();
    return true;
}

Device ModelCache::deviceFor(const std::string& place) const {
    Device device = m_device;
    device.compute = m_widened.contains(place) ? widerThanHalf(m_device) : m_device.compute;
    return device;
}

void ModelCache::clear() {
    m_loaded.reset();
    m_fingerprint.clear();
    giveBackMemory();
}

} // namespace generation
