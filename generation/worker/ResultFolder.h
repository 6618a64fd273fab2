#pragma once

#include "generation/protocol/FrameFile.h"

#include <string>
#include <vector>

namespace generation {

/// The folder a job writes to: "<output>.partial" while it runs, renamed to "<output>" when everything in it is safe on
/// disk. Unpublished, it goes away with the object, unless the job is to go on later: then its checkpoints stay, and
/// the next object for the same output finds them. A result from before is replaced; any other folder is left alone.
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
    std::string checkpointFolder() const { return m_partial + "/checkpoints"; }

    /// The checkpoints outlive the object.
    void keep() { m_keeps = true; }

    /// The job begins anew.
    void dropCheckpoints() const;

    /// Where publish() puts the takes and, if they stay, the checkpoints.
    struct Published {
        std::vector<std::string> takes;
        std::string checkpoints; ///< empty: they are gone
    };

    /// Writes the takes and publishes the folder. Throws JobError "write-failed".
    Published publish(const std::vector<FrameSet>& takes, bool withCheckpoints = false);

    /// Removes what an unfinished job left for this output.
    static void discard(const std::string& output);

private:
    void removeAllBut(const std::string& name) const;

    std::string m_output;
    std::string m_partial;
    bool m_keeps = false;
};

} // namespace generation
