#include "generation/protocol/RequestKey.h"

#include "generation/protocol/RequestJson.h"
#include "generation/protocol/Sha256.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace generation {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::uint64_t kWholeFileLimit = std::uint64_t{64} << 20;
constexpr std::uint64_t kPart = std::uint64_t{1} << 20;
constexpr std::uint64_t kParts = 66;

/// Raised when the meaning of a field changes, so that old cache entries are not taken for new ones.
constexpr int kKeyVersion = 1;

void addRange(Sha256& hash, std::ifstream& file, std::uint64_t from, std::uint64_t bytes) {
    std::vector<char> buffer(kPart);
    file.seekg(static_cast<std::streamoff>(from));
    while (bytes > 0) {
        const auto want = std::min<std::uint64_t>(bytes, buffer.size());
        if (!file.read(buffer.data(), static_cast<std::streamsize>(want))) {
            throw HashError("short read");
        }
        hash.add(buffer.data(), want);
        bytes -= want;
    }
}

std::ifstream open(const std::string& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) { // a FIFO or a device would block
        throw HashError(path + ": not a file");
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw HashError(path + ": cannot be read");
    }
    return file;
}

void addSampled(Sha256& hash, const std::string& path, std::uint64_t size) {
    std::ifstream file = open(path);
    if (size <= kWholeFileLimit) {
        addRange(hash, file, 0, size);
        return;
    }
    for (std::uint64_t part = 0; part < kParts; ++part) {
        addRange(hash, file, (size - kPart) / (kParts - 1) * part, kPart);
    }
    addRange(hash, file, size - kPart, kPart);
}

constexpr int kDeepestFolder = 3;

/// Model folders on the hub carry documentation and caches beside the model; they do not change pixels.
bool countsForModel(const fs::path& path) {
    constexpr std::string_view kSuffixes[] = {".json", ".safetensors", ".gguf", ".model"};
    return std::any_of(std::begin(kSuffixes), std::end(kSuffixes),
                       [&](std::string_view suffix) { return path.extension() == suffix; });
}

/// Fields of later versions count only where they are used, so that keys from before stay what they were.
void addLaterFields(json& recipe, const GenerateRequest& request, const InputHashes& hashes) {
    const auto put = [&](const char* name, const std::string& hash) {
        if (!hash.empty()) {
            recipe[name] = hash;
        }
    };
    put("control_clip", hashes.control);
    put("mask", hashes.mask);
    put("branch", hashes.branch);
    if (!request.known.empty()) {
        recipe["known"] = json::array();
        for (std::size_t i = 0; i < request.known.size(); ++i) {
            const KnownFrames& span = request.known[i];
            recipe["known"].push_back({hashes.known[i], span.sourceFrame, span.frames, span.frame});
        }
    }
    for (std::size_t i = 0; i < request.loras.size(); ++i) {
        json points = json::array();
        for (const LoraUse::Point& point : request.loras[i].points) {
            points.push_back({point.position, point.strength});
        }
        recipe["loras"].push_back({hashes.loras[i], points});
    }
    if (!request.seeds.empty()) {
        recipe["seeds"] = request.seeds;
    }
    if (request.prompts.size() > 1) {
        recipe["prompts_by"] = "context"; // they were mixed as velocities before
    }
    recipe.update(addedRecipe(request));
}

} // namespace

InputHashes hashInputs(const GenerateRequest& request) {
    const auto hashed = [](const std::string& path) { return path.empty() ? std::string() : hashFile(path); };
    InputHashes hashes{.weights = {},
                       .base = hashed(request.basePath),
                       .firstFrame = hashed(request.firstFramePath),
                       .references = {},
                       .known = {},
                       .control = hashed(request.controlPath),
                       .mask = hashed(request.maskPath),
                       .branch = hashed(request.branchPath),
                       .loras = {}};
    for (const Reference& reference : request.references) {
        hashes.references.push_back(hashed(reference.path));
    }
    for (const KnownFrames& span : request.known) {
        hashes.known.push_back(hashed(span.path));
    }
    for (const LoraUse& lora : request.loras) {
        hashes.loras.push_back(hashed(lora.path));
    }
    return hashes;
}

std::string requestKey(const GenerateRequest& request, const InputHashes& hashes) {
    if (hashes.weights.empty() || hashes.references.size() != request.references.size() ||
        hashes.known.size() != request.known.size() || hashes.base.empty() != request.basePath.empty() ||
        hashes.firstFrame.empty() != request.firstFramePath.empty() ||
        hashes.control.empty() != request.controlPath.empty() || hashes.mask.empty() != request.maskPath.empty() ||
        hashes.branch.empty() != request.branchPath.empty() || hashes.loras.size() != request.loras.size()) {
        throw HashError("hashes do not fit the request");
    }
    json recipe{{"version", kKeyVersion},
                {"weights", hashes.weights},
                {"base", hashes.base},
                {"first_frame", hashes.firstFrame},
                {"negative_prompt", request.negativePrompt},
                {"control", static_cast<int>(request.control)},
                {"strength", request.strength},
                {"size", {request.width, request.height}},
                {"frames", request.frames},
                {"fps", {request.fpsNumerator, request.fpsDenominator}},
                {"seed", request.seed},
                {"steps", request.steps},
                {"sampler", request.sampler}};
    recipe["guidance"] = request.guidance ? json(*request.guidance) : json();
    recipe["shift"] = request.shift ? json(*request.shift) : json();
    recipe["prompts"] = json::array();
    for (const PromptSpan& span : request.prompts) {
        recipe["prompts"].push_back({span.text, span.firstFrame, span.endFrame});
    }
    recipe["references"] = json::array();
    for (std::size_t i = 0; i < request.references.size(); ++i) {
        recipe["references"].push_back({hashes.references[i], request.references[i].strength});
    }
    addLaterFields(recipe, request, hashes);
    Sha256 hash;
    // nlohmann sorts object keys and prints doubles by their shortest exact form: the text is canonical.
    hash.add(recipe.dump(-1, ' ', true, json::error_handler_t::replace));
    return hash.hex();
}

std::string hashFile(const std::string& path) {
    std::ifstream file = open(path);
    Sha256 hash;
    std::vector<char> buffer(kPart);
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        hash.add(buffer.data(), static_cast<std::size_t>(file.gcount()));
    }
    if (file.bad()) {
        throw HashError(path + ": cannot be read");
    }
    return hash.hex();
}

std::string hashFiles(const std::vector<std::string>& paths) {
    Sha256 hash;
    for (const std::string& path : paths) {
        std::error_code error;
        const std::uintmax_t size = fs::file_size(path, error);
        if (error) {
            throw HashError(path + ": " + error.message());
        }
        hash.add(std::to_string(size) + '\n');
        addSampled(hash, path, size);
    }
    return hash.hex();
}

std::string hashModelFolder(const std::string& folder) {
    struct Entry {
        std::string name;
        std::string path;
        std::uint64_t size = 0;
    };
    std::vector<Entry> entries;
    try {
        // Links are followed: models share components by them.
        constexpr auto kOptions =
            fs::directory_options::follow_directory_symlink | fs::directory_options::skip_permission_denied;
        fs::recursive_directory_iterator it(folder, kOptions);
        for (; it != fs::recursive_directory_iterator(); ++it) {
            if (it.depth() == kDeepestFolder) {
                it.disable_recursion_pending(); // a link may lead back
            }
            if (it->is_regular_file() && countsForModel(it->path())) {
                entries.push_back(
                    {it->path().lexically_relative(folder).generic_string(), it->path().string(), it->file_size()});
            }
        }
    } catch (const fs::filesystem_error& error) {
        throw HashError(folder + ": " + error.what());
    }
    if (entries.empty()) {
        throw HashError(folder + ": no model files");
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    Sha256 hash;
    for (const Entry& entry : entries) {
        hash.add(entry.name + '\n' + std::to_string(entry.size) + '\n');
        addSampled(hash, entry.path, entry.size);
    }
    return hash.hex();
}

} // namespace generation
