#pragma once

#include "generation/device/Cancelled.h"
#include "generation/device/Device.h"
#include "generation/pipeline/NetworkPool.h"
#include "generation/pipeline/ShotGenerator.h"
#include "generation/tokenizer/Tokenizer.h"

#include <memory>
#include <set>
#include <string>

namespace generation {

/// A model with what generating with it needs. Not movable: the generator refers to its neighbours.
struct LoadedModel {
    LoadedModel(const std::string& place, const Device& device, const std::string& cacheFolder);
    LoadedModel(const LoadedModel&) = delete;
    LoadedModel& operator=(const LoadedModel&) = delete;

    NetworkPool networks;
    Tokenizer tokenizer;
    ShotGenerator generator;
};

/// Keeps the last model in memory from job to job. It is loaded again when another folder is asked for or when a file
/// in the folder has changed. Thread: one.
class ModelCache {
public:
    /// `cacheFolder`: for text features; empty: none on disk.
    explicit ModelCache(Device device, std::string cacheFolder = {})
        : m_device(std::move(device)), m_cacheFolder(std::move(cacheFolder)) {}

    /// Opens it; its networks are loaded when a job needs them. Throws JobError "model-not-found", WeightsError.
    LoadedModel& get(const std::string& place);

    /// Has the model run in a type of more range than fp16 from now on. False: it does already.
    bool widen(const std::string& place);
    Device deviceFor(const std::string& place) const;

    /// Frees the networks and gives their memory back.
    void clear();

private:
    Device m_device;
    std::string m_cacheFolder;
    std::string m_fingerprint; ///< folder, and the sizes and times of its files
    std::unique_ptr<LoadedModel> m_loaded;
    std::set<std::string> m_widened; ///< places whose numbers overflowed in fp16
};

} // namespace generation
