#include "ui/bin/MediaMime.h"

#include <QMimeData>
#include <QUrl>

namespace ui {

QMimeData* mimeFromPaths(const QStringList& paths) {
    QList<QUrl> urls;
    for (const QString& path : paths) {
        urls << QUrl::fromLocalFile(path);
    }
    auto* mime = new QMimeData;
    mime->setUrls(urls);
    mime->setData(QLatin1String(kMediaMimeType), paths.join(QLatin1Char('\n')).toUtf8());
    return mime;
}

QStringList pathsFromMime(const QMimeData* mime) {
    if (!mime) {
        return {};
    }
    if (mime->hasFormat(QLatin1String(kMediaMimeType))) {
        return QString::fromUtf8(mime->data(QLatin1String(kMediaMimeType)))
            .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }
    QStringList paths;
    for (const QUrl& url : mime->urls()) {
        if (url.isLocalFile()) {
            paths << url.toLocalFile();
        }
    }
    return paths;
}

bool hasPaths(const QMimeData* mime) {
    return mime && (mime->hasFormat(QLatin1String(kMediaMimeType)) || mime->hasUrls()) &&
           !pathsFromMime(mime).isEmpty();
}

} // namespace ui
