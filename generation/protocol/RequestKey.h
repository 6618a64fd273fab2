#pragma once

#include "generation/protocol/Request.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace generation {

/// Content hashes of what a request names by path, in the request's order. Empty where the request names nothing.
struct InputHashes {
    std::string weights;
    std::string base;
    std::string firstFrame;
    std::vector<std::string> references;
    std::vector<std::string> known = {};
    std::string control = {}; ///< of the control clip
    std::string mask = {};
    std::string branch = {}; ///< of the checkpoint
    std::vector<std::string> loras = {};

    bool operator==(const InputHashes&) const = default;
};

/// A file could not be read to hash it. what() names it.
/// Thread: a value.
class HashError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// 64 hex digits that are equal exactly when two requests must give the same pixels: paths, the job's id, the output
/// folder and the wish for previews do not count, the contents behind the paths do. Throws HashError when `hashes`
/// does not fit the request. Of a request for several takes it is the key of all of them; a take's own is that of the
/// request with its seed alone.
std::string requestKey(const GenerateRequest& request, const InputHashes& hashes);

/// Hashes what a request names by path, but for the weights. Throws HashError.
InputHashes hashInputs(const GenerateRequest& request);

/// SHA-256 of a file's bytes.
std::string hashFile(const std::string& path);

/// The same of several files, by contents alone; large ones are sampled as below.
std::string hashFiles(const std::vector<std::string>& paths);

/// Identity of a model folder: the names, sizes and contents of its files. Files over 64 MiB are sampled (their first
/// and last MiB and 64 parts between), which tells any two trainings apart without reading tens of gigabytes.
std::string hashModelFolder(const std::string& folder);

} // namespace generation
