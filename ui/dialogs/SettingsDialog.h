#pragma once

#include <QDialog>
#include <QStringList>

class QComboBox;
class QListWidget;
class QSpinBox;
class QPushButton;

namespace ui {

/// What the dialog asks for.
struct SettingsChoice {
    QString model;            ///< for shots that name none; empty: the first that can run
    QStringList modelFolders; ///< beside the program's own
    QString compositor;       ///< "auto", "cpu" or "vulkan"
    int cacheGigabytes = 20;

    bool operator==(const SettingsChoice&) const = default;
};

/// The program's settings. Not modal: editing goes on, and nothing changes until OK.
/// Thread: GUI.
class SettingsDialog : public QDialog {
    Q_OBJECT

public:
    explicit SettingsDialog(QWidget* parent = nullptr);

    /// Shows the settings as they are, with the models there are to choose from.
    void open(const SettingsChoice& now, const QStringList& models);

Q_SIGNALS:
    void chosen(const ui::SettingsChoice& choice);

private:
    void buildFields();
    void layOut();
    SettingsChoice choice() const;
    void addFolder();
    void removeFolder();

    QComboBox* m_model;
    QListWidget* m_folders;
    QPushButton* m_add;
    QPushButton* m_remove;
    QComboBox* m_compositor;
    QSpinBox* m_cache;
};

} // namespace ui
