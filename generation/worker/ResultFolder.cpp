#include "generation/worker/ResultFolder.h"

#include "generation/pipeline/JobError.h"

#include <filesystem>
#include <utility>

namespace generation {
namespace {

namespace fs = std::filesystem;
constexpr const char* kFramesName = "frames.safetensors";

/// Whether the folder holds nothing but what a job puts there.
bool isResult(const fs::path& folder) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().filename() != kFramesName) {
            return false;
        }
    }
    return !error;
}

std::string withoutTrailingSlash(std::string path) {
    while (path.size() > 1 && path.ends_with('/')) {
        path.pop_back();
    }
    return path;
}

} // namespace

ResultFolder::ResultFolder(std::string output)
    : m_output(withoutTrailingSlash(std::move(output))), m_partial(m_output + ".partial") {
    if (fs::exists(fs::symlink_status(m_output)) && !isResult(m_output)) {
        throw JobError("bad-request", m_output + ": is in the way");
    }
    std::error_code error;
    fs::remove_all(m_partial, error); // of a worker that was killed
    fs::create_directories(m_partial, error);
    if (error) {
        throw JobError("write-failed", m_partial + ": " + error.message());
    }
}

ResultFolder::~ResultFolder() {
    std::error_code error;
    fs::remove_all(m_partial, error);
}

std::string ResultFolder::publish(const FrameSet& frames) {
    try {
        fs::remove(previewPath());
        writeFrameFile(m_partial + "/" + kFramesName, frames);
        fs::remove_all(m_output);
        fs::rename(m_partial, m_output);
    } catch (const FrameFileError& error) {
        throw JobError("write-failed", error.what());
    } catch (const fs::filesystem_error& error) {
        throw JobError("write-failed", error.what());
    }
    return m_output + "/" + kFramesName;
}

} // namespace generation
