#pragma once

#include "app/jobs/Background.h"
#include "timeline/document/TimelineDocument.h"

#include <QLockFile>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <optional>

namespace app {

/// A project as a program that ended badly left it. While this lives no other program takes it up.
struct RecoveredProject {
    timeline::Timeline timeline;
    QString path; ///< of its file; empty: never saved
    QString stem; ///< of its journal
    std::shared_ptr<QLockFile> lock;
};

/// What there was of journals.
struct Recovery {
    std::optional<RecoveredProject> project;
    QStringList unreadable; ///< files that were set aside
};

/// A journal of the open project's unsaved changes in the state folder: written some seconds after a change, gone when
/// the project is saved or the program ends well. Thread: GUI; writing on a thread of its own.
class Autosave : public QObject {
    Q_OBJECT

public:
    Autosave(timeline::TimelineDocument& document, const QString& folder, QObject* parent = nullptr);
    ~Autosave() override;

    /// The newest journal of a program that is not running any more. It stays until adopt(); one that cannot be read is
    /// set aside under another name.
    static Recovery recover(const QString& folder);
    /// The document is that project now: its journal goes as soon as ours is written, or there is nothing to keep.
    void adopt(const RecoveredProject& project);

    void writeNow();

private:
    struct Inherited {
        QString stem;
        std::shared_ptr<QLockFile> lock;
    };

    void forget();

    timeline::TimelineDocument& m_document;
    QString m_file; ///< the journal; beside it a lock that lives as long as this program
    std::unique_ptr<QLockFile> m_lock;
    std::shared_ptr<Inherited> m_inherited; ///< a journal that ours will replace
    QTimer m_timer;
    std::unique_ptr<Background> m_background;
};

} // namespace app
