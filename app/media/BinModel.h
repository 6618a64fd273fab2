#pragma once

#include "app/jobs/Background.h"
#include "timeline/base/Result.h"
#include "timeline/document/TimelineDocument.h"
#include "timeline/media/MediaInfo.h"
#include "timeline/render/SequenceRenderer.h"
#include "ui/bin/BinRoles.h"
#include "ui/state/ClipArt.h"

#include <QAbstractListModel>
#include <QHash>

#include <string>
#include <vector>

namespace app {

/// The project's media as rows for the bin (roles in ui/bin/BinRoles.h): what mediaUrls() says, probed in the
/// background. Thread: GUI; probing on a thread of its own.
class BinModel : public QAbstractListModel {
    Q_OBJECT

public:
    BinModel(timeline::TimelineDocument& document, timeline::UrlResolver resolve, ui::ClipArt& art,
             QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Facts {
        ui::BinKind kind = ui::BinKind::Unknown;
        QString detail = {};
        QString problem = {};
    };

    void refresh();
    void probe(const std::string& url);
    QString pathOf(const std::string& url) const;
    static Facts factsOf(const timeline::Result<timeline::MediaInfo>& info);

    timeline::TimelineDocument& m_document;
    timeline::UrlResolver m_resolve;
    ui::ClipArt& m_art;
    std::vector<std::string> m_urls;
    QHash<QString, Facts> m_facts; ///< by path; without an entry: being probed
    Background m_background;
};

} // namespace app
