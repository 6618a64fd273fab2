// A model of loose files: choosing those that belong together.

#include "generation/model/Configs.h"
#include "generation/model/DerivedConfig.h"
#include "generation/model/Families.h"
#include "generation/model/LooseFiles.h"
#include "generation/model/ModelParts.h"
#include "generation/model/NoiseLevel.h"
#include "generation/weights/JsonFile.h"
#include "generation/weights/WeightsError.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

namespace generation {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

constexpr std::array kTokenizerFiles{"tokenizer/spiece.model", "google/umt5-xxl/spiece.model", "spiece.model"};

/// A network that may become a part of the model, and the file it is in.
struct Candidate {
    const LooseFile* file;
    ModelPart part;
    std::string problem; ///< why its config cannot be told; empty: it can
};

std::string shortName(const LooseFile& file) {
    return shownName(fs::path(file.path).filename().string());
}

/// What a file says beside its tensors: the config in its metadata, and the config.json in its folder. The authors call
/// the heads otherwise than diffusers.
Json hintsFor(const LooseFile& file) {
    constexpr std::size_t kLongest = 65'536;
    Json hints = Json::object();
    const auto add = [&](const Json& config) {
        if (config.is_object()) {
            hints.update(config);
        }
        if (const auto heads = hints.find("num_heads"); heads != hints.end()) {
            hints["num_attention_heads"] = *heads;
        }
    };
    const fs::path beside = fs::path(file.path).parent_path() / "config.json";
    std::error_code error;
    if (fs::exists(beside, error)) {
        add(readJsonFile(beside.string()));
    }
    for (const auto& weights : file.source.files()) {
        const std::string text = weights->metadata("config");
        if (!text.empty() && text.size() <= kLongest) {
            add(Json::parse(text, nullptr, false));
        }
    }
    return hints;
}

std::vector<Candidate> candidates(const LooseFile& file, NetworkKind kind) {
    std::vector<Candidate> found;
    for (const FoundNetwork& network : file.networks) {
        if (network.kind != kind) {
            continue;
        }
        Candidate candidate{&file, {kind, file.path, {}, network.source}, {}};
        try {
            candidate.part.config = derivedConfig(network, hintsFor(file));
        } catch (const WeightsError& error) {
            candidate.problem = error.reason();
        }
        found.push_back(std::move(candidate));
    }
    return found;
}

/// What was found instead, for someone who looks for what is missing.
std::string inventory(const std::vector<LooseFile>& files) {
    constexpr std::size_t kShown = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(files.size(), kShown); ++i) {
        std::string what = files[i].problem;
        for (const FoundNetwork& network : files[i].networks) {
            what += (what.empty() ? "" : ", ") + std::string(networkName(network.kind));
        }
        text += (i == 0 ? "" : "; ") + shortName(files[i]) + ": " + (what.empty() ? "something else" : what);
    }
    return files.empty() ? "no files of weights" : text + (files.size() > kShown ? "; ..." : "");
}

/// The files of one place, and the choice among them.
class Assembly {
public:
    explicit Assembly(const std::string& place) : m_place(place) {
        m_root = modelRoot(place);
        m_files = lookThrough(m_root);
        std::error_code error;
        if (!fs::is_directory(place, error)) {
            choose(place);
        }
    }

    ModelParts choose() const {
        ModelParts parts;
        const std::vector<Candidate> transformers = chooseTransformers(parts.decisions);
        for (const Candidate& one : transformers) {
            parts.transformers.push_back(one.part);
        }
        const Candidate& transformer = transformers.front();
        const auto config = parseTransformerConfig(transformer.part.config, transformer.part.configPlace);
        parts.card = describe(transformer, config, transformers.size());
        const Candidate vae =
            fitting(NetworkKind::Autoencoder, transformer, {"z_dim", config.outChannels, "latent channels"});
        parts.vae = vae.part;
        const Candidate text =
            fitting(NetworkKind::TextEncoder, transformer, {"d_model", config.textDim, "features of a token"});
        parts.textEncoder = text.part;
        parts.tokenizer = tokenizerFor(*text.file);
        if (config.imageDim > 0) {
            parts.imageEncoder = fitting(NetworkKind::ImageEncoder, transformer,
                                         {"hidden_size", config.imageDim, "features of a picture"})
                                     .part;
        }
        parts.tinyDecoder = tinyDecoderFor(config);
        return parts;
    }

private:
    /// The field of a config that must be the transformer's number.
    struct Fit {
        const char* field;
        std::int64_t wanted;
        const char* unit;
    };

    [[noreturn]] void fail(const std::string& reason) const { throw WeightsError(m_place, reason); }

    [[noreturn]] void failMissing(NetworkKind kind) const {
        fail("no " + std::string(networkName(kind)) + " here (" + inventory(m_files) + ")");
    }

    [[noreturn]] void failAmbiguous(NetworkKind kind, const std::vector<Candidate>& several) const {
        std::string names;
        for (const Candidate& candidate : several) {
            names += (names.empty() ? "" : ", ") + shortName(*candidate.file);
        }
        fail("more than one " + std::string(networkName(kind)) + " here: " + names);
    }

    std::vector<Candidate> all(NetworkKind kind) const {
        std::vector<Candidate> found;
        for (const LooseFile& file : m_files) {
            for (Candidate& candidate : candidates(file, kind)) {
                found.push_back(std::move(candidate));
            }
        }
        return found;
    }

    /// Remembers the file that was pointed at, which may lie and be called anyhow.
    void choose(const std::string& path) {
        std::error_code error;
        const auto same = [&](const LooseFile& file) { return fs::equivalent(file.path, path, error); };
        auto found = std::find_if(m_files.begin(), m_files.end(), same);
        if (found == m_files.end()) {
            found = m_files.insert(m_files.end(), openLoose(path));
        }
        if (!found->problem.empty()) {
            throw WeightsError(path, found->problem);
        }
        m_chosen = &*found;
    }

    /// The only one, the one that was pointed at, or the two experts of one model, that for high noise first.
    std::vector<Candidate> chooseTransformers(std::vector<ExpertChoice>& decisions) const {
        const NetworkKind kind = NetworkKind::Transformer;
        std::vector<Candidate> found = m_chosen != nullptr ? candidates(*m_chosen, kind) : all(kind);
        if (found.empty() && m_chosen != nullptr) {
            fail("not the file of a Wan transformer");
        }
        if (found.empty()) {
            failMissing(kind);
        }
        if (m_chosen != nullptr && found.size() == 1) {
            addPartner(found);
        }
        if (found.size() > 2 || (found.size() == 2 && !areExperts(found[0], found[1]))) {
            failAmbiguous(kind, found);
        }
        for (const Candidate& one : found) {
            if (!one.problem.empty()) {
                throw WeightsError(one.file->path, one.problem);
            }
        }
        if (found.size() == 2) {
            if (noiseLevelOf(found[0].file->path).level == NoiseLevel::Level::Low) {
                std::swap(found[0], found[1]);
            }
            decisions = {{shortName(*found[0].file), NoiseLevel::Level::High},
                         {shortName(*found[1].file), NoiseLevel::Level::Low}};
        }
        return found;
    }

    /// Two networks of the same build of which one is named for high noise and the other for low.
    static bool areExperts(const Candidate& a, const Candidate& b) {
        return a.problem.empty() && b.problem.empty() && a.part.config == b.part.config &&
               noiseLevelOf(a.file->path).isOppositeOf(noiseLevelOf(b.file->path));
    }

    /// The other expert of the one that was pointed at: the one whose name differs in the level alone, else the only
    /// one of the other level.
    void addPartner(std::vector<Candidate>& found) const {
        const NoiseLevel own = noiseLevelOf(found.front().file->path);
        std::vector<Candidate> others;
        for (const Candidate& candidate : all(NetworkKind::Transformer)) {
            if (candidate.file != found.front().file && areExperts(found.front(), candidate)) {
                others.push_back(candidate);
            }
        }
        const auto twin = std::find_if(others.begin(), others.end(), [&](const Candidate& candidate) {
            return noiseLevelOf(candidate.file->path).isTwinOf(own);
        });
        if (twin != others.end()) {
            found.push_back(*twin);
        } else if (others.size() == 1) {
            found.push_back(others.front());
        }
    }

    /// The network of this kind in the transformer's own file, else the only one that fits the transformer.
    Candidate fitting(NetworkKind kind, const Candidate& transformer, const Fit& fit) const {
        std::vector<Candidate> fits;
        std::string others;
        for (const Candidate& candidate : all(kind)) {
            const bool isKnown = candidate.problem.empty();
            const auto number = isKnown ? candidate.part.config.value(fit.field, std::int64_t{0}) : 0;
            if (isKnown && number == fit.wanted) {
                fits.push_back(candidate);
                continue;
            }
            others += (others.empty() ? "" : "; ") + shortName(*candidate.file) + ": " +
                      (isKnown ? "it has " + std::to_string(number) : candidate.problem);
        }
        const auto own = std::find_if(fits.begin(), fits.end(), [&](const Candidate& candidate) {
            return candidate.file->path == transformer.file->path;
        });
        if (own != fits.end()) {
            return *own;
        }
        if (fits.empty() && !others.empty()) {
            fail("no " + std::string(networkName(kind)) + " of " + std::to_string(fit.wanted) + " " + fit.unit +
                 ", which the transformer needs (" + others + ")");
        }
        if (fits.empty()) {
            failMissing(kind);
        }
        if (fits.size() > 1) {
            failAmbiguous(kind, fits);
        }
        return fits.front();
    }

    ModelCard describe(const Candidate& transformer, const TransformerConfig& config, std::size_t experts) const {
        const Family* family = familyOf(config, experts);
        if (experts == 1 && familyOf(config, 2) != nullptr &&
            (family == nullptr || isNamedOneOfTwo(transformer.file->path))) {
            fail("one transformer of a model that has two; the other is not here, or their names do not say which of "
                 "them is for high noise and which for low");
        }
        if (family == nullptr) {
            fail("a Wan transformer of no known family: " + std::to_string(config.inChannels) + " channels in, " +
                 std::to_string(config.outChannels) + " out" + (config.imageDim > 0 ? ", with an image branch" : ""));
        }
        const fs::path place = m_chosen != nullptr ? fs::path(m_place).stem() : fs::path(m_root).filename();
        ModelCard card = cardOfFamily(*family, place.string());
        card.folder = m_root;
        return card;
    }

    TokenizerPlace tokenizerFor(const LooseFile& text) const {
        for (const std::string& name : text.source.names()) {
            if (name.ends_with("spiece_model") && text.source.entry(name).type == ElementType::U8) {
                return text.source.stored(name);
            }
        }
        for (const auto& file : text.source.files()) {
            if (file->ggufMetadata().contains("tokenizer.ggml.tokens")) {
                return file;
            }
        }
        for (const char* name : kTokenizerFiles) {
            const fs::path file = fs::path(m_root) / name;
            std::error_code error;
            if (fs::is_regular_file(file, error)) {
                return file.string();
            }
        }
        fail("no tokenizer: neither in " + shortName(text) + " nor as spiece.model beside it");
    }

    /// A preview is not worth a refusal: the first that fits, if any.
    std::string tinyDecoderFor(const TransformerConfig& config) const {
        for (const LooseFile& file : m_files) {
            for (const FoundNetwork& network : file.networks) {
                if (network.kind == NetworkKind::TinyAutoencoder && network.source.contains("decoder.1.weight") &&
                    network.source.entry("decoder.1.weight").shape.size() == 4 &&
                    network.source.entry("decoder.1.weight").shape[1] == config.outChannels) {
                    return file.path;
                }
            }
        }
        return {};
    }

    std::string m_place;
    std::string m_root;
    std::vector<LooseFile> m_files;
    const LooseFile* m_chosen = nullptr; ///< the transformer, where its file was pointed at
};

} // namespace

ModelParts openLooseParts(const std::string& place) {
    return Assembly(place).choose();
}

} // namespace generation
