#pragma once

#include "app/project/Relocate.h"
#include "timeline/base/Result.h"
#include "timeline/document/TimelineDocument.h"
#include "ui/MainWindow.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <stop_token>
#include <vector>

namespace app {

/// The file behind the document: new, open, save, save as, the demo. The document's urls are absolute; what is written
/// says the same relative to its file. A project that was never saved keeps its takes in the user's data folder until
/// the program ends; saving takes them along. Invariant: what cannot be read or written leaves the document, and the
/// file, as they were. Thread: GUI; large copies on a thread of their own, while the window stays alive.
class ProjectController : public QObject, public ui::ProjectKeeper {
    Q_OBJECT

public:
    explicit ProjectController(timeline::TimelineDocument& document, QObject* parent = nullptr);
    ~ProjectController() override;

    bool createProject() override;
    bool openProject(const QString& path) override;
    bool saveProject(const QString& path) override;
    bool openDemo() override;
    QString projectPath() const override;

    /// Where takes go.
    std::filesystem::path mediaFolder() const;
    /// The takes of a project that a crash left are this one's now.
    void adoptUnsavedMedia();
    /// The save that is copying fails with Cancelled.
    void cancelCopying() { m_stopCopying.request_stop(); }

Q_SIGNALS:
    void failed(const QString& text);
    void pathChanged(const QString& path);
    /// Takes are being copied by saveProject(), which returns after copyingEnded(). 0 to 1.
    void copying(double fraction);
    void copyingEnded();

private:
    bool fail(const timeline::Error& error);
    void follow();
    void startAnew();
    bool isOwn(const std::filesystem::path& file) const;
    timeline::Result<timeline::Timeline> withTakesAt(const std::filesystem::path& file);
    timeline::Result<void> copy(std::vector<FileCopy> copies);

    timeline::TimelineDocument& m_document;
    std::filesystem::path m_unsavedMedia;                ///< of this project while it has no file
    std::vector<std::filesystem::path> m_ownMedia;       ///< media folders that this project has had
    std::vector<std::filesystem::path> m_temporaryMedia; ///< goes with the program
    std::stop_source m_stopCopying;
    bool m_isSaving = false;
};

/// A project with nothing in it: Prompt, Style, two Video tracks and an Audio track.
timeline::Timeline emptyProject();

} // namespace app
