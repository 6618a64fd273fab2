#include "generation/model/LooseFiles.h"

#include "generation/weights/FileKind.h"
#include "generation/weights/ShardIndex.h"
#include "generation/weights/WeightsError.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

namespace generation {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostFiles = 256;
constexpr std::array kFolders{
    "transformer",   "transformer_2", "high_noise_model", "low_noise_model", "diffusion_models",
    "unet",          "vae",           "vae_approx",       "taehv",           "text_encoder",
    "text_encoders", "clip",          "clip_vision",      "image_encoder",
};

bool isSortedFolder(const fs::path& folder) {
    const std::string name = folder.filename().string();
    return std::find(kFolders.begin(), kFolders.end(), name) != kFolders.end();
}

bool isIndex(const fs::path& path) {
    return path.string().ends_with(".safetensors.index.json");
}

/// Names of files that may hold weights. What they hold is for their bytes to say; this only keeps pictures and texts
/// from being opened.
bool mayHoldWeights(const fs::path& path) {
    const std::string extension = path.extension().string();
    return extension == ".safetensors" || extension == ".sft" || extension == ".gguf" || hasPickleName(path);
}

/// Regular files of a folder by name, so that messages and choices do not depend on the file system.
std::vector<fs::path> filesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& item : fs::directory_iterator(folder, error)) {
        std::error_code ignored;
        if (item.is_regular_file(ignored) && (isIndex(item.path()) || mayHoldWeights(item.path()))) {
            files.push_back(item.path());
        }
    }
    if (error) {
        throw WeightsError(folder.string(), error.message());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// A root and the folders in it that are looked through.
std::vector<fs::path> foldersOf(const fs::path& root) {
    std::vector<fs::path> folders{root};
    for (const char* name : kFolders) {
        std::error_code error;
        if (fs::is_directory(root / name, error)) {
            folders.push_back(root / name);
        }
    }
    return folders;
}

template <class Open>
LooseFile opened(const std::string& path, const Open& open) {
    LooseFile file;
    file.path = path;
    try {
        file.source = open(path);
        file.networks = findNetworks(file.source);
    } catch (const WeightsError& error) {
        file.problem = error.reason();
    }
    return file;
}

/// A folder's indexes with their shards, then its other files.
void addFolder(const fs::path& folder, std::vector<LooseFile>& found) {
    const std::vector<fs::path> files = filesIn(folder);
    if (found.size() + files.size() > kMostFiles) {
        throw WeightsError(folder.string(), "more than " + std::to_string(kMostFiles) + " files of weights");
    }
    std::set<std::string> shards;
    for (const fs::path& path : files) {
        if (!isIndex(path)) {
            continue;
        }
        found.push_back(opened(path.string(), WeightSource::openIndex));
        try {
            for (const auto& [tensor, shard] : readShardIndex(path.string())) {
                shards.insert(shard);
            }
        } catch (const WeightsError&) {
            // the file above has the reason
        }
    }
    for (const fs::path& path : files) {
        if (!isIndex(path) && !shards.contains(path.filename().string())) {
            found.push_back(openLoose(path.string()));
        }
    }
}

} // namespace

LooseFile openLoose(const std::string& path) {
    return opened(path, WeightSource::openFile);
}

std::string looseRoot(const std::string& folder) {
    fs::path path = fs::path(folder).lexically_normal();
    if (!path.has_filename()) { // a slash at the end
        path = path.parent_path();
    }
    return isSortedFolder(path) && path.has_parent_path() ? path.parent_path().string() : path.string();
}

std::vector<LooseFile> lookThrough(const std::string& root) {
    std::vector<LooseFile> found;
    for (const fs::path& folder : foldersOf(root)) {
        addFolder(folder, found);
    }
    return found;
}

bool hasLooseFiles(const std::string& root) {
    const std::vector<fs::path> folders = foldersOf(root);
    return std::any_of(folders.begin(), folders.end(), [](const fs::path& folder) { return !filesIn(folder).empty(); });
}

} // namespace generation
