#include "generation/worker/ResultFolder.h"

#include "generation/pipeline/JobError.h"

#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace generation {
namespace {

namespace fs = std::filesystem;
constexpr const char* kCheckpoints = "checkpoints";

/// frames.safetensors, frames-2.safetensors, ...
std::string takeName(std::size_t take) {
    return take == 0 ? "frames.safetensors" : "frames-" + std::to_string(take + 1) + ".safetensors";
}

/// Whether the folder holds nothing but what a job puts there, whole or while it writes.
bool isResult(const fs::path& folder) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename();
        const bool isFrames = (name.starts_with("frames") || name.starts_with("preview")) &&
                              name.find(".safetensors") != std::string::npos;
        if (!isFrames && !(name == kCheckpoints && entry.is_directory(error))) {
            return false;
        }
    }
    return !error;
}

void refuseOthers(const std::string& folder) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(folder, error);
    if (error && status.type() != fs::file_type::not_found) {
        throw JobError("write-failed", folder + ": " + error.message());
    }
    if (fs::exists(status) && !isResult(folder)) {
        throw JobError("bad-request", folder + ": is in the way");
    }
}

std::string withoutTrailingSlash(std::string path) {
    while (path.size() > 1 && path.ends_with('/')) {
        path.pop_back();
    }
    return path;
}

std::string partialOf(const std::string& output) {
    return output + ".partial";
}

/// So that the rename outlives a power cut.
void syncParent(const std::string& path) {
    const std::string parent = fs::path(path).parent_path().string();
    const int folder = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
}

} // namespace

ResultFolder::ResultFolder(std::string output)
    : m_output(withoutTrailingSlash(std::move(output))), m_partial(partialOf(m_output)) {
    refuseOthers(m_output);
    refuseOthers(m_partial);
    removeAllBut(kCheckpoints); // of a worker that was killed, or of a job that paused
    std::error_code error;
    fs::create_directories(m_partial, error);
    if (error) {
        throw JobError("write-failed", m_partial + ": " + error.message());
    }
}

ResultFolder::~ResultFolder() {
    std::error_code error;
    if (m_keeps && fs::exists(checkpointFolder(), error)) {
        removeAllBut(kCheckpoints);
    } else {
        fs::remove_all(m_partial, error);
    }
}

void ResultFolder::removeAllBut(const std::string& name) const {
    std::error_code error;
    std::vector<fs::path> others;
    for (const auto& entry : fs::directory_iterator(m_partial, error)) {
        if (entry.path().filename() != name) {
            others.push_back(entry.path());
        }
    }
    for (const fs::path& path : others) {
        fs::remove_all(path, error);
    }
}

void ResultFolder::dropCheckpoints() const {
    std::error_code error;
    fs::remove_all(checkpointFolder(), error);
}

void ResultFolder::discard(const std::string& output) {
    std::error_code error;
    fs::remove_all(partialOf(withoutTrailingSlash(output)), error);
}

ResultFolder::Published ResultFolder::publish(const std::vector<FrameSet>& takes, bool withCheckpoints) {
    Published published;
    try {
        removeAllBut(withCheckpoints ? kCheckpoints : "");
        for (std::size_t i = 0; i < takes.size(); ++i) {
            writeFrameFile(m_partial + "/" + takeName(i), takes[i]);
            published.takes.push_back(m_output + "/" + takeName(i));
        }
        fs::remove_all(m_output);
        fs::rename(m_partial, m_output);
        syncParent(m_output);
    } catch (const FrameFileError& error) {
        throw JobError("write-failed", error.what());
    } catch (const fs::filesystem_error& error) {
        throw JobError("write-failed", error.what());
    }
    if (withCheckpoints && fs::exists(m_output + "/" + kCheckpoints)) {
        published.checkpoints = m_output + "/" + kCheckpoints;
    }
    return published;
}

} // namespace generation
