#include "app/settings/Folders.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace app::folders {

namespace {

const QString kOwnName = QStringLiteral("fantascope");

QString under(QStandardPaths::StandardLocation location) {
    return QStandardPaths::writableLocation(location) + u'/' + kOwnName;
}

} // namespace

QString resources() {
    const QString wanted = qEnvironmentVariable("FANTASCOPE_RESOURCES");
    if (!wanted.isEmpty()) {
        return QFileInfo(wanted).isDir() ? QDir(wanted).absolutePath() : QString();
    }
    for (const QString& folder :
         {QCoreApplication::applicationDirPath() + QStringLiteral("/../share/fantascope/resources"),
          QStringLiteral(FANTASCOPE_SOURCE_RESOURCES)}) {
        if (QFileInfo(folder).isDir()) {
            return QDir::cleanPath(folder);
        }
    }
    return {};
}

QString config() {
    return under(QStandardPaths::GenericConfigLocation);
}

QString cache() {
    return under(QStandardPaths::GenericCacheLocation);
}

QString data() {
    return under(QStandardPaths::GenericDataLocation);
}

QString state() {
    // QStandardPaths knows the state folder from Qt 6.7 on.
    const QString root = qEnvironmentVariable("XDG_STATE_HOME", QDir::homePath() + QStringLiteral("/.local/state"));
    return root + u'/' + kOwnName;
}

QString workerProgram() {
    const QString wanted = qEnvironmentVariable("FANTASCOPE_WORKER");
    if (!wanted.isEmpty()) {
        return wanted;
    }
    const QString name = QStringLiteral("fantascope-worker");
    const QFileInfo beside(QCoreApplication::applicationDirPath() + u'/' + name);
    return beside.isExecutable() ? beside.absoluteFilePath() : QStandardPaths::findExecutable(name);
}

} // namespace app::folders
