#pragma once

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace app {

/// The LoRA files in the "loras" folders beside the models. A recipe names one by its file name where it lies in such a
/// folder, so that a project means the same on another machine, else by its path.
/// Thread: a value.
class LoraFiles {
public:
    /// Looks into `root`/loras of each root, two folders deep, in the order of names; a root of that name counts too.
    static LoraFiles scan(const QStringList& roots);

    const QStringList& paths() const { return m_paths; }
    /// The path of what a recipe names; empty when there is no such file.
    QString find(const std::string& file) const;
    /// What a recipe calls the file at `path`.
    std::string nameOf(const QString& path) const;

    bool operator==(const LoraFiles&) const = default;

private:
    QStringList m_paths;
};

} // namespace app
