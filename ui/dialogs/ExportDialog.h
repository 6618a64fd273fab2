#pragma once

#include "timeline/time/TimeRange.h"

#include <QDialog>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QRadioButton;

namespace ui {

struct ExportPresetChoice {
    QString name;        ///< what the export calls it
    QString label;       ///< for people
    QString description; ///< one line
    QString extension;   ///< without the dot

    bool operator==(const ExportPresetChoice&) const = default;
};

struct ExportChoice {
    QString preset;
    QString path;
    std::optional<timeline::TimeRange> range; ///< absent: the whole film

    bool operator==(const ExportChoice&) const = default;
};

/// Asks for preset, range and file, then shows the export's progress. A file that is there is written over only after a
/// second press. Not modal: editing goes on, and the export works on the film as it was when it began. Thread: GUI.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    explicit ExportDialog(std::vector<ExportPresetChoice> presets, QWidget* parent = nullptr);

    /// Call before show(): where to propose the file, and the marked range if there is one.
    void prepare(const QString& proposedPath, std::optional<timeline::TimeRange> marked);

    void choosePreset(const QString& name); ///< nothing when there is none of that name
    void bringUp();                         ///< to the front

    bool isExporting() const { return m_isExporting; }
    int percent() const;
    void setStarted();
    void setProgress(double fraction, double secondsLeft); ///< below 0: unknown
    void setFinished(const QString& path);
    void setFailed(const QString& text);
    void setCancelled();

Q_SIGNALS:
    void exportRequested(const ui::ExportChoice& choice);
    void cancelRequested();
    void stateChanged(); ///< began, went on or ended
    /// How it ended, in words; somebody has to say it when the dialog is closed.
    void ended(const QString& text, bool isProblem);

private:
    void buildForm();
    void buildButtons();
    void chooseFile();
    void followPreset();
    void start();
    void setBusy(bool busy);
    void end(const QString& text, bool isProblem);
    QString withExtension(const QString& path) const;

    std::vector<ExportPresetChoice> m_presets;
    std::optional<timeline::TimeRange> m_marked;
    QString m_wanted;      ///< what was proposed before it was made free
    QString m_proposed;    ///< the name that prepare() has put in
    QString m_replaceable; ///< a file that is there, and may be written over
    bool m_isExporting = false;
    QComboBox* m_preset = nullptr;
    QLabel* m_description = nullptr;
    QRadioButton* m_whole = nullptr;
    QRadioButton* m_range = nullptr;
    QLineEdit* m_path = nullptr;
    QPushButton* m_browse = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_status = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_cancel = nullptr;
};

} // namespace ui
