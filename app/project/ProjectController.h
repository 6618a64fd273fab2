#pragma once

#include "app/project/ProjectFolder.h"
#include "timeline/base/Result.h"
#include "timeline/document/TimelineDocument.h"
#include "ui/MainWindow.h"

#include <QObject>
#include <QString>

#include <filesystem>

namespace app {

/// The file behind the document: new, open, save, save as, the demo. A project that was never saved keeps its takes in
/// the user's data folder; saving copies them beside the project file. Invariant: the document is never half of one
/// project and half of another: what cannot be read or written leaves it, and the file, as they were. Thread: GUI.
class ProjectController : public QObject, public ui::ProjectKeeper {
    Q_OBJECT

public:
    explicit ProjectController(timeline::TimelineDocument& document, QObject* parent = nullptr);

    bool createProject() override;
    bool openProject(const QString& path) override;
    bool saveProject(const QString& path) override;
    bool openDemo() override;
    QString projectPath() const override;

    const ProjectFolder& folder() const { return m_folder; }
    /// Where takes go.
    std::filesystem::path mediaFolder() const;

Q_SIGNALS:
    void failed(const QString& text);
    void pathChanged(const QString& path);

private:
    bool fail(const timeline::Error& error);
    void follow();
    timeline::Result<void> write(const std::filesystem::path& file);

    timeline::TimelineDocument& m_document;
    ProjectFolder m_folder;
    std::filesystem::path m_unsavedMedia; ///< of this project while it has no file
};

/// A project with nothing in it: Prompt, Style, two Video tracks and an Audio track.
timeline::Timeline emptyProject();

} // namespace app
