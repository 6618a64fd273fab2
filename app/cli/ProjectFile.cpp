#include "app/cli/ProjectFile.h"

#include "app/media/BinList.h"
#include "timeline/export/SourceFiles.h"
#include "timeline/io/OtioReader.h"
#include "timeline/media/MediaPool.h"
#include "timeline/model/Query.h"
#include "timeline/time/Timecode.h"
#include "ui/text/ErrorText.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <iterator>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ProjectFile)
};

} // namespace

timeline::RendererSetup rendererSetup(const QString& folder, timeline::CompositorChoice compositor) {
    return {.media = std::make_shared<timeline::MediaPool>(),
            .resolveUrl = timeline::projectUrls(QFileInfo(folder).absoluteFilePath().toStdString()),
            .live = nullptr,
            .compositor = compositor};
}

std::optional<QString> ProjectFile::problemWithOutput(const QString& output) const {
    std::vector<std::filesystem::path> files = timeline::sourceFiles(*timeline, renderer.resolveUrl);
    std::ranges::copy(mediaFiles(*timeline, renderer.resolveUrl), std::back_inserter(files));
    if (!timeline::isAmong(output.toStdString(), files)) {
        return std::nullopt;
    }
    return ui::errorText({timeline::ErrorCode::WouldReplaceSource, output.toStdString(), {}});
}

std::optional<QString> ProjectFile::problemWithEnd(timeline::RationalTime end) const {
    const timeline::RationalTime length = timeline::timelineDuration(*timeline);
    if (end <= length) {
        return std::nullopt;
    }
    return Text::tr("The film ends before that: it is %1 long, %2 frames.")
        .arg(QString::fromStdString(timeline::timecodeFrom(length)))
        .arg(length.value());
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
