#pragma once

#include "generation/model/MemoryEstimate.h"
#include "generation/model/ModelFiles.h"
#include "generation/pipeline/ShotPlan.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace generation {

/// How a job shares the memory, from fast to frugal. Every rung gives the same bits as the one before, but for Frugal:
/// sums of what runs one by one round otherwise, and tiles blend where they overlap.
enum class Residency : std::uint8_t {
    Resident,   ///< all networks stay, also for the next job
    Sequential, ///< one network at a time: text encoder, autoencoder, transformer, autoencoder
    Packed,     ///< as Sequential; blocks lie on the card as the file stores them. On a CPU the file is where they lie
    Streamed,   ///< as Sequential, and blocks are read when their turn comes
    Frugal,     ///< as Streamed; takes and branches of guidance run one by one, the autoencoder works in tiles
};

const char* residencyName(Residency residency);

/// The next rung, or nothing below the last.
std::optional<Residency> moreFrugal(Residency residency, bool onCard);

/// Where a transformer's blocks are on a rung.
WeightResidency blocksOn(Residency residency);

/// What the job brings beside its plan.
struct JobTraits {
    std::int64_t textTokens = 512; ///< rows that the transformer reads for each prompt
    std::int64_t prompts = 1;      ///< distinct contexts
    std::int64_t references = 0;
    bool hasPictures = false;   ///< a base, known frames or a control clip
    std::int64_t loraBytes = 0; ///< of LoRAs, which stay beside the weights whatever these do
};

/// Peak bytes of a job.
struct MemoryNeeds {
    std::int64_t host = 0; ///< main memory, of what is not on the card; on a CPU everything
    std::int64_t card = 0; ///< 0 on a CPU

    std::int64_t deciding(bool onCard) const { return onCard ? card : host; }
};

/// What the job takes on a rung.
MemoryNeeds memoryNeeds(const ModelConfigs& model, const Device& device, const ShotPlan& plan, const JobTraits& job,
                        Residency residency);

/// Free bytes, with what this process could give back counted in.
struct MemoryBudget {
    std::int64_t host = 0;
    std::int64_t card = 0;
};

/// What was chosen. Nothing of the shot is ever changed to make it fit.
struct MemoryPlan {
    Residency residency = Residency::Resident;
    bool fits = true;
    MemoryNeeds needs;         ///< of the chosen rung
    MemoryNeeds leastPossible; ///< of the last rung
};

/// The first rung that fits into the budget; the last one with fits = false when none does. `factor` is what estimates
/// are multiplied by (MachineRecord).
MemoryPlan planMemory(const std::function<MemoryNeeds(Residency)>& needs, const MemoryBudget& budget, bool onCard,
                      double factor = 1.0);

/// Floating-point operations of the whole denoising, and pixels of the whole decoding: what time is predicted from.
double denoiseOperations(const TransformerConfig& config, const ShotPlan& plan, const JobTraits& job);
double decodedPixels(const ShotPlan& plan);

} // namespace generation
