#pragma once

#include "generation/sampling/RunState.h"

#include <optional>
#include <string>

namespace generation {

/// A run after one of its steps, as a file: all that is needed to go on from there with the same bits.
/// Thread: a value.
struct LatentCheckpoint {
    std::string key;      ///< of the request; equal keys give equal pixels
    std::string schedule; ///< sampler, levels and sizes in words; what a branch must have in common with it
    int step = 0;         ///< steps done
    RunState state;
};

/// Throws JobError "write-failed".
void writeCheckpoint(const std::string& path, const LatentCheckpoint& checkpoint);

/// Throws WeightsError for what is not a whole checkpoint.
LatentCheckpoint readCheckpoint(const std::string& path);

/// The checkpoints of one job: files step-0001.safetensors, ... in a folder, each one written whole or not at all.
/// Thread: one.
class CheckpointFolder {
public:
    /// `keepsAll`: else only the newest stays.
    CheckpointFolder(std::string folder, bool keepsAll) : m_folder(std::move(folder)), m_keepsAll(keepsAll) {}

    void add(const LatentCheckpoint& checkpoint);

    /// The same for a part of the job: a folder inside this one.
    CheckpointFolder part(int number) const;

    /// The furthest step saved under this key. Files that are damaged or of other jobs are passed over.
    std::optional<LatentCheckpoint> newest(const std::string& key) const;

    std::string pathOf(int step) const;

private:
    std::string m_folder;
    bool m_keepsAll;
    std::string m_last;
};

} // namespace generation
