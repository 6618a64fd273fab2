#include "ui/bin/MediaMime.h"

#include <QMimeData>
#include <QUrl>

namespace ui {

QMimeData* mimeFromPaths(const QStringList& paths) {
    QList<QUrl> urls;
    QByteArrayList lines;
    for (const QString& path : paths) {
        urls << QUrl::fromLocalFile(path);
        lines << urls.back().toEncoded();
    }
    auto* mime = new QMimeData;
    mime->setUrls(urls);
    mime->setData(QLatin1String(kMediaMimeType), lines.join('\n'));
    return mime;
}

QStringList pathsFromMime(const QMimeData* mime) {
    if (!mime) {
        return {};
    }
    QList<QUrl> urls = mime->urls();
    if (mime->hasFormat(QLatin1String(kMediaMimeType))) {
        urls.clear();
        for (const QByteArray& line : mime->data(QLatin1String(kMediaMimeType)).split('\n')) {
            urls << QUrl::fromEncoded(line);
        }
    }
    QStringList paths;
    for (const QUrl& url : urls) {
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
