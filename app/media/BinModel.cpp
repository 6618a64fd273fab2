#include "app/media/BinModel.h"

#include "app/media/BinList.h"
#include "timeline/media/Probe.h"
#include "ui/text/ErrorText.h"

#include <QFileInfo>
#include <QImage>

namespace app {

namespace {

constexpr int kThumbnailHeight = 48;

QString lengthText(double seconds) {
    return BinModel::tr("%1 s").arg(seconds, 0, 'f', 1);
}

} // namespace

BinModel::BinModel(timeline::TimelineDocument& document, timeline::UrlResolver resolve, ui::ClipArt& art,
                   QObject* parent)
    : QAbstractListModel(parent), m_document(document), m_resolve(std::move(resolve)), m_art(art) {
    connect(&document, &timeline::TimelineDocument::changed, this, &BinModel::refresh);
    connect(&document, &timeline::TimelineDocument::wasReset, this, &BinModel::refresh);
    connect(&art, &ui::ClipArt::changed, this, [this] {
        if (!m_urls.empty()) {
            Q_EMIT dataChanged(index(0), index(static_cast<int>(m_urls.size()) - 1), {Qt::DecorationRole});
        }
    });
    refresh();
}

int BinModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_urls.size());
}

QVariant BinModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const std::string& url = m_urls[static_cast<std::size_t>(index.row())];
    const QString path = pathOf(url);
    const Facts facts = m_facts.value(path);
    switch (role) {
    case Qt::DisplayRole:
        return QFileInfo(path).fileName();
    case Qt::ToolTipRole:
        return facts.problem.isEmpty() ? path + u'\n' + facts.detail : path + u'\n' + facts.problem;
    case Qt::DecorationRole:
        if (facts.kind == ui::BinKind::Film || facts.kind == ui::BinKind::Still) {
            return m_art.thumbnail(url, timeline::RationalTime(), kThumbnailHeight);
        }
        return {};
    case ui::BinPathRole:
        return path;
    case ui::BinKindRole:
        return static_cast<int>(facts.kind);
    case ui::BinDetailRole:
        return facts.detail;
    case ui::BinProblemRole:
        return facts.problem;
    default:
        return {};
    }
}

void BinModel::refresh() {
    std::vector<std::string> urls = mediaUrls(*m_document.timeline());
    if (urls == m_urls) {
        return;
    }
    beginResetModel();
    m_urls = std::move(urls);
    endResetModel();
    for (const std::string& url : m_urls) {
        if (!m_facts.contains(pathOf(url))) {
            probe(url);
        }
    }
}

void BinModel::probe(const std::string& url) {
    const QString path = pathOf(url);
    m_background.start([this, path](std::stop_token stop) {
        const auto info = timeline::probe(path.toStdString(), std::move(stop));
        return [this, path, facts = factsOf(info)] {
            m_facts.insert(path, facts);
            for (int row = 0; row < rowCount(); ++row) {
                if (pathOf(m_urls[static_cast<std::size_t>(row)]) == path) {
                    Q_EMIT dataChanged(index(row), index(row));
                }
            }
        };
    });
}

QString BinModel::pathOf(const std::string& url) const {
    return QString::fromStdString(m_resolve(url).string());
}

BinModel::Facts BinModel::factsOf(const timeline::Result<timeline::MediaInfo>& info) {
    Facts facts;
    if (!info) {
        facts.problem = ui::errorText(info.error());
        return facts;
    }
    const bool isStill = info->kind == timeline::MediaKind::Still;
    facts.kind = isStill ? ui::BinKind::Still : info->hasVideo() ? ui::BinKind::Film : ui::BinKind::Sound;
    QStringList parts;
    if (!isStill) {
        parts << lengthText(info->duration.toSeconds());
    }
    if (info->hasVideo()) {
        parts << tr("%1 × %2").arg(info->video.front().displayWidth).arg(info->video.front().displayHeight);
    }
    if (info->hasVideo() && !isStill) {
        parts << tr("%1 fps").arg(info->video.front().rate.toDouble(), 0, 'g', 5);
    }
    if (info->hasAudio()) {
        parts << tr("%1 kHz").arg(info->audio.front().sampleRate / 1000.0);
    }
    if (info->isDamaged) {
        parts << tr("damaged");
    }
    facts.detail = parts.join(tr(", "));
    return facts;
}

} // namespace app
