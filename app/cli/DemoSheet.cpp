#include "app/cli/DemoSheet.h"

#include "app/generation/ShotRequest.h"
#include "app/media/ImageFrom.h"
#include "timeline/export/ContactSheet.h"
#include "timeline/model/Query.h"

#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QSaveFile>

#include <vector>

namespace app::cli {

using timeline::RationalTime;
using timeline::Result;

namespace {

constexpr int kCellWidth = 320;
constexpr int kCellHeight = 180;
constexpr int kGap = 12;
constexpr int kCaption = 30;
constexpr int kColumns = 5; ///< of the rows of one shot
constexpr int kMoments = 4; ///< at which base, style and result are compared

struct Text {
    Q_DECLARE_TR_FUNCTIONS(DemoSheet)
};

struct Row {
    QString caption;
    std::vector<QImage> pictures;
};

/// Pictures of moments of the demo, and of parts of it.
/// Thread: one.
class Photographer {
public:
    Photographer(timeline::SequenceRenderer& renderer) : m_renderer(renderer) {}

    Result<QImage> take(const timeline::Timeline& film, RationalTime time) {
        const timeline::PlanOptions options = timeline::fittedInto(film.format, kCellWidth, kCellHeight);
        const auto frame = m_renderer.render(film, time, options);
        if (!frame) {
            return frame.error();
        }
        return imageFrom(*frame->image);
    }

private:
    timeline::SequenceRenderer& m_renderer;
};

/// The demo with this track alone.
timeline::Timeline onlyTrackOf(timeline::Timeline film, timeline::ItemId clip) {
    const auto position = timeline::findItem(film, clip);
    for (std::size_t track = 0; track < film.tracks.size(); ++track) {
        film.tracks[track].enabled = track == position->track;
    }
    return film;
}

/// The part of a clip in which it shows alone: not in its dissolves.
timeline::TimeRange rangeAlone(const timeline::Timeline& film, timeline::ItemId clip) {
    const auto position = timeline::findItem(film, clip);
    const std::vector<timeline::ItemPtr>& items = film.tracks[position->track].items;
    RationalTime start = position->range.start;
    RationalTime end = position->range.end();
    if (const auto* before =
            position->index > 0 ? std::get_if<timeline::Transition>(items[position->index - 1].get()) : nullptr) {
        start = start + before->outOffset;
    }
    if (const auto* after = position->index + 1 < items.size()
                                ? std::get_if<timeline::Transition>(items[position->index + 1].get())
                                : nullptr) {
        end = end - after->inOffset;
    }
    return timeline::TimeRange::fromStartEnd(start, end);
}

/// Moments of a shot while it shows alone.
std::vector<RationalTime> momentsOf(const timeline::Timeline& film, timeline::ItemId shot, int count) {
    const timeline::TimeRange range = rangeAlone(film, shot);
    std::vector<RationalTime> moments;
    for (int i = 0; i < count; ++i) {
        const std::int64_t offset = range.duration.value() * (2 * i + 1) / (2 * count);
        moments.push_back(range.start + RationalTime(offset, range.start.rate()));
    }
    return moments;
}

Result<Row> rowOf(Photographer& photographer, const timeline::Timeline& film, const std::vector<RationalTime>& moments,
                  const QString& caption) {
    Row row{caption, {}};
    for (const RationalTime& moment : moments) {
        auto picture = photographer.take(film, moment);
        if (!picture) {
            return picture.error();
        }
        row.pictures.push_back(std::move(picture).value());
    }
    return row;
}

/// Base, style and result at one moment.
Result<Row> comparison(Photographer& photographer, const DemoProject& demo, const QImage& style, RationalTime moment) {
    auto base = photographer.take(onlyTrackOf(demo.timeline, demo.base), moment);
    auto result = photographer.take(onlyTrackOf(demo.timeline, demo.restyleShot), moment);
    if (!base || !result) {
        return base ? result.error() : base.error();
    }
    return Row{Text::tr("base  |  style  |  result, at %1 s").arg(moment.toSeconds(), 0, 'f', 2),
               {std::move(base).value(), style, std::move(result).value()}};
}

Result<std::vector<Row>> rowsOf(const DemoProject& demo, const timeline::RendererSetup& setup,
                                timeline::SequenceRenderer& renderer) {
    Photographer photographer(renderer);
    const auto stylePicture =
        timelineOf(*timeline::findClip(demo.timeline, demo.style), setup.resolveUrl, 2 * kCellWidth);
    if (!stylePicture) {
        return stylePicture.error();
    }
    auto style = photographer.take(*stylePicture, RationalTime(0, stylePicture->format.rate));
    if (!style) {
        return style.error();
    }
    std::vector<Result<Row>> made{rowOf(photographer, onlyTrackOf(demo.timeline, demo.promptShot),
                                        momentsOf(demo.timeline, demo.promptShot, kColumns),
                                        Text::tr("from the prompt \"%1\"").arg(QString::fromStdString(demo.prompt)))};
    for (const RationalTime& moment : momentsOf(demo.timeline, demo.restyleShot, kMoments)) {
        made.push_back(comparison(photographer, demo, *style, moment));
    }
    made.push_back(
        rowOf(photographer, demo.timeline, timeline::evenTimes(demo.timeline, kColumns), Text::tr("the film")));
    std::vector<Row> rows;
    for (Result<Row>& row : made) {
        if (!row) {
            return row.error();
        }
        rows.push_back(std::move(row).value());
    }
    return rows;
}

QImage draw(const std::vector<Row>& rows) {
    const int rowHeight = kCaption + kCellHeight + kGap;
    QImage sheet(kColumns * (kCellWidth + kGap) + kGap, static_cast<int>(rows.size()) * rowHeight + kGap,
                 QImage::Format_RGB32);
    sheet.fill(QColor(24, 25, 27));
    QPainter painter(&sheet);
    QFont font = painter.font();
    font.setPixelSize(17);
    painter.setFont(font);
    painter.setPen(QColor(225, 228, 232));
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const int top = kGap + static_cast<int>(r) * rowHeight;
        painter.drawText(QRect(kGap, top, sheet.width() - 2 * kGap, kCaption - 4), Qt::AlignLeft | Qt::AlignVCenter,
                         rows[r].caption);
        for (std::size_t c = 0; c < rows[r].pictures.size(); ++c) {
            const QRect cell(kGap + static_cast<int>(c) * (kCellWidth + kGap), top + kCaption, kCellWidth, kCellHeight);
            const QImage picture =
                rows[r].pictures[c].scaled(cell.size(), Qt::KeepAspectRatio, Qt::SmoothTransformation);
            painter.fillRect(cell, Qt::black);
            painter.drawImage(cell.left() + (cell.width() - picture.width()) / 2,
                              cell.top() + (cell.height() - picture.height()) / 2, picture);
        }
    }
    return sheet;
}

} // namespace

Result<void> writeDemoSheet(const DemoProject& demo, timeline::RendererSetup setup, const std::filesystem::path& file) {
    auto renderer = timeline::SequenceRenderer::create(setup);
    if (!renderer) {
        return renderer.error();
    }
    const auto rows = rowsOf(demo, setup, **renderer);
    if (!rows) {
        return rows.error();
    }
    QSaveFile output(QString::fromStdString(file.string())); // by rename: whole or not there
    if (!output.open(QIODevice::WriteOnly) || !draw(*rows).save(&output, "PNG") || !output.commit()) {
        return timeline::Error{timeline::ErrorCode::WriteFailed, file.string(), output.errorString().toStdString()};
    }
    return {};
}

} // namespace app::cli
