#include "app/project/ProjectFolder.h"

namespace app {

ProjectFolder::ProjectFolder() : m_folder(std::make_shared<Shared>(std::make_shared<const std::filesystem::path>())) {}

void ProjectFolder::set(std::filesystem::path folder) {
    m_folder->store(std::make_shared<const std::filesystem::path>(std::move(folder)));
}

std::filesystem::path ProjectFolder::get() const {
    return *m_folder->load();
}

timeline::UrlResolver ProjectFolder::resolver() const {
    return [folder = m_folder](const std::string& url) { return timeline::projectUrls(*folder->load())(url); };
}

} // namespace app
