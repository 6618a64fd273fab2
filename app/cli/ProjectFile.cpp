#include "app/cli/ProjectFile.h"

#include "timeline/io/OtioReader.h"
#include "timeline/media/MediaPool.h"

#include <QFileInfo>

namespace app::cli {

timeline::RendererSetup rendererSetup(const QString& folder, timeline::CompositorChoice compositor) {
    return {.media = std::make_shared<timeline::MediaPool>(),
            .resolveUrl = timeline::projectUrls(QFileInfo(folder).absoluteFilePath().toStdString()),
            .live = nullptr,
            .compositor = compositor};
}

timeline::Result<ProjectFile> ProjectFile::open(const QString& path, timeline::CompositorChoice compositor) {
    auto read = timeline::readOtio(path.toStdString());
    if (!read) {
        return read.error();
    }
    return ProjectFile{std::make_shared<const timeline::Timeline>(std::move(read).value()),
                       rendererSetup(QFileInfo(path).absolutePath(), compositor)};
}

} // namespace app::cli
