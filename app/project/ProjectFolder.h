#pragma once

#include "timeline/render/SequenceRenderer.h"

#include <atomic>
#include <filesystem>
#include <memory>

namespace app {

/// The folder that relative media paths of the open project start from. Renderers and players keep a resolver for as
/// long as they live, and follow when the project is saved elsewhere. Thread: any.
class ProjectFolder {
public:
    ProjectFolder();

    void set(std::filesystem::path folder);
    std::filesystem::path get() const;
    timeline::UrlResolver resolver() const;

private:
    using Shared = std::atomic<std::shared_ptr<const std::filesystem::path>>;

    std::shared_ptr<Shared> m_folder;
};

} // namespace app
