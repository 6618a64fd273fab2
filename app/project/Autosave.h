#pragma once

#include "app/jobs/Background.h"
#include "timeline/base/Result.h"
#include "timeline/document/TimelineDocument.h"

#include <QLockFile>
#include <QObject>
#include <QString>
#include <QTimer>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace app {

/// A project as a program that ended badly left it.
struct RecoveredProject {
    timeline::Timeline timeline;
    QString path; ///< of its file; empty: never saved
};

/// A journal of the open project's unsaved changes in the state folder: written some seconds after a change, gone when
/// the project is saved or the program ends well. Media paths in it are absolute. Thread: GUI; writing on a thread of
/// its own.
class Autosave : public QObject {
    Q_OBJECT

public:
    /// @param projectFolder  what relative paths of the document start from
    Autosave(timeline::TimelineDocument& document, const QString& folder,
             std::function<std::filesystem::path()> projectFolder, QObject* parent = nullptr);
    ~Autosave() override;

    /// Takes the newest journal of a program that is not running any more out of the folder.
    static std::optional<RecoveredProject> recover(const QString& folder);

    void writeNow();

private:
    void forget();

    timeline::TimelineDocument& m_document;
    QString m_file; ///< the journal; beside it a lock that lives as long as this program
    std::function<std::filesystem::path()> m_projectFolder;
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_timer;
    std::unique_ptr<Background> m_background;
};

} // namespace app
