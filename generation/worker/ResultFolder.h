#pragma once

#include "generation/protocol/FrameFile.h"

#include <string>

namespace generation {

/// The folder a job writes to: "<output>.partial" while it runs, renamed to "<output>" when everything in it is safe on
/// disk. Unpublished, it goes away with the object. A result from before is replaced; any other folder is left alone.
/// Thread: one.
class ResultFolder {
public:
    /// Makes the partial folder (and its parents). Throws JobError: "bad-request" when something that is not a result
    /// is in the way, "write-failed".
    explicit ResultFolder(std::string output);
    ~ResultFolder();
    ResultFolder(const ResultFolder&) = delete;
    ResultFolder& operator=(const ResultFolder&) = delete;

    std::string previewPath() const { return m_partial + "/preview.safetensors"; }

    /// Writes the frames and publishes the folder; returns the frame file's path. Throws JobError "write-failed".
    std::string publish(const FrameSet& frames);

private:
    std::string m_output;
    std::string m_partial;
};

} // namespace generation
