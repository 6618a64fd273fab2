#include "generation/worker/ResultFolder.h"

#include "generation/pipeline/JobError.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace generation {
namespace {

namespace fs = std::filesystem;
constexpr const char* kFramesName = "frames.safetensors";
constexpr const char* kPreviewName = "preview.safetensors";

/// Whether the name is one that a job gives, or that of a file of a job that was killed while it wrote.
bool isOurs(const std::string& name) {
    return name.starts_with(kFramesName) || name.starts_with(kPreviewName);
}

/// Whether nothing is there, or a folder that holds nothing but what a job puts there. Throws JobError.
bool isFree(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(path, error);
    if (!fs::status_known(status)) {
        throw JobError("write-failed", path + ": " + error.message());
    }
    if (!fs::exists(status)) {
        return true;
    }
    fs::directory_iterator entries(path, error);
    return !error && std::all_of(begin(entries), end(entries), [](const fs::directory_entry& entry) {
        return isOurs(entry.path().filename().string());
    });
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
    for (const std::string& folder : {m_output, m_partial}) {
        if (!isFree(folder)) {
            throw JobError("bad-request", folder + ": is in the way");
        }
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
