#include "ui/timeline/TimelineView.h"

#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/text/ErrorText.h"
#include "ui/timeline/NewPrompt.h"
#include "ui/timeline/TimelineCanvas.h"
#include "ui/timeline/TimelineRuler.h"
#include "ui/timeline/ToolButtons.h"
#include "ui/timeline/TrackHeaders.h"

#include "timeline/document/TimelineDocument.h"
#include "timeline/edit/Tracks.h"
#include "timeline/model/MakeClip.h"
#include "timeline/model/Query.h"

#include <QGridLayout>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr int kHeaderWidth = 172;
constexpr int kRulerAndBars = 56; ///< above and below the rows

} // namespace

TimelineView::TimelineView(const Sources& sources, QWidget* parent)
    : QWidget(parent), m_sources(sources), m_canvas(new TimelineCanvas(sources, this)),
      m_horizontal(new QScrollBar(Qt::Horizontal, this)), m_vertical(new QScrollBar(Qt::Vertical, this)) {
    setObjectName(QStringLiteral("timelineView"));
    m_headers = new TrackHeaders(sources.document, *m_canvas, this);
    m_ruler = new TimelineRuler(*m_canvas, sources.playhead, this);
    m_tools = new ToolButtons(this);
    m_tools->setTool(ToolKind::Select);
    m_tools->setSnapping(true);
    m_headers->setFixedWidth(kHeaderWidth);
    setTabOrder(m_tools->lastButton(), m_canvas); // tools, heads, tracks
    m_headers->tabAfter(m_tools->lastButton());
    m_horizontal->setObjectName(QStringLiteral("timelineHorizontal"));
    m_horizontal->setAccessibleName(tr("Scroll through time"));
    m_vertical->setObjectName(QStringLiteral("timelineVertical"));
    m_vertical->setAccessibleName(tr("Scroll through tracks"));

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    grid->addWidget(m_tools, 0, 0);
    grid->addWidget(m_ruler, 0, 1);
    grid->addWidget(m_headers, 1, 0);
    grid->addWidget(m_canvas, 1, 1);
    grid->addWidget(m_vertical, 1, 2);
    grid->addWidget(m_horizontal, 2, 1);
    grid->setRowStretch(1, 1);
    grid->setColumnStretch(1, 1);

    connect(m_canvas, &TimelineCanvas::layoutChanged, this, &TimelineView::refreshScrollBars);
    connect(m_canvas, &TimelineCanvas::filesDropped, this, &TimelineView::filesDropped);
    connect(m_canvas, &TimelineCanvas::errorRaised, this, &TimelineView::errorRaised);
    connect(m_canvas, &TimelineCanvas::contextMenuRequested, this, &TimelineView::contextMenuRequested);
    connect(m_headers, &TrackHeaders::errorRaised, this, &TimelineView::errorRaised);
    connect(m_tools, &ToolButtons::toolRequested, this, &TimelineView::setTool);
    connect(m_tools, &ToolButtons::snappingRequested, this, &TimelineView::setSnapping);
    connect(m_horizontal, &QScrollBar::valueChanged, this, [this](int value) {
        TimelineScale scale = m_canvas->layout().scale();
        scale.left = value;
        m_canvas->setScale(scale);
    });
    connect(m_vertical, &QScrollBar::valueChanged, this, [this](int value) {
        TimelineScale scale = m_canvas->layout().scale();
        scale.top = value;
        m_canvas->setScale(scale);
    });
    refreshScrollBars();
}

QSize TimelineView::sizeHint() const {
    return {900, kRulerAndBars + m_canvas->layout().contentHeight()};
}

void TimelineView::refreshScrollBars() {
    const TimelineLayout& layout = m_canvas->layout();
    const QSignalBlocker blockHorizontal(m_horizontal);
    const QSignalBlocker blockVertical(m_vertical);
    const double shown = layout.viewport().width() / layout.scale().pixelsPerFrame;
    const double end = std::max(static_cast<double>(layout.endFrame()) + shown * 0.5, layout.scale().left + shown);
    m_horizontal->setRange(0, static_cast<int>(std::min(end - shown, 2e9)));
    m_horizontal->setPageStep(std::max(1, static_cast<int>(std::min(shown, 2e9))));
    m_horizontal->setSingleStep(std::max(1, m_horizontal->pageStep() / 20));
    m_horizontal->setValue(static_cast<int>(std::min(layout.scale().left, 2e9)));
    m_vertical->setRange(0, std::max(0, layout.contentHeight() - layout.viewport().height()));
    m_vertical->setPageStep(layout.viewport().height());
    m_vertical->setSingleStep(24);
    m_vertical->setValue(layout.scale().top);
    m_vertical->setVisible(m_vertical->maximum() > 0);
}

void TimelineView::setTool(ToolKind tool) {
    if (tool != m_canvas->tool()) {
        m_canvas->setTool(tool);
        m_tools->setTool(tool);
        Q_EMIT toolChanged(tool);
    }
}

ToolKind TimelineView::tool() const {
    return m_canvas->tool();
}

void TimelineView::setSnapping(bool snaps) {
    if (snaps != isSnapping()) {
        m_canvas->setSnapping(snaps);
        m_tools->setSnapping(snaps);
        Q_EMIT snappingChanged(snaps);
    }
}

bool TimelineView::isSnapping() const {
    return m_canvas->isSnapping();
}

void TimelineView::zoomBy(double factor) {
    const TimelineLayout& layout = m_canvas->layout();
    const double playhead =
        layout.xAt(static_cast<double>(m_sources.playhead.position().rescaledTo(layout.rate()).value()));
    const double width = layout.viewport().width();
    m_canvas->setScale(layout.zoomed(factor, playhead >= 0.0 && playhead <= width ? playhead : width / 2.0));
}

void TimelineView::zoomToFit() {
    m_canvas->fit();
}

void TimelineView::revealPlayhead() {
    const TimelineLayout& layout = m_canvas->layout();
    const TimelineScale scale = layout.revealing(m_sources.playhead.position().rescaledTo(layout.rate()).value());
    if (scale != layout.scale()) {
        m_canvas->setScale(scale);
    }
}

void TimelineView::writePrompt() {
    const TimelineLayout& layout = m_canvas->layout();
    const timeline::RationalTime here =
        m_sources.playhead.position().rescaledTo(layout.rate(), timeline::Rounding::Floor);
    const auto track = topPromptTrack(layout.timeline());
    const auto& marked = m_sources.playhead.range();
    const auto shown =
        track && !marked ? timeline::clipAt(layout.timeline(), layout.timeline().tracks[*track], here) : std::nullopt;
    if (shown) {
        const timeline::ItemId clip = shown->clip->id; // the clip itself lives as long as this layout
        m_sources.selection.selectOnly(clip);
        m_canvas->openPrompt(clip);
        return;
    }
    auto made = newPrompt(layout.timeline(), track, marked ? *marked : promptRoom(layout, track, here.value()));
    const timeline::GestureId gesture = timeline::newGesture();
    const auto applied = made ? m_sources.document.apply(tr("Write Prompt"), made->timeline, gesture)
                              : timeline::Result<void>(made.error());
    if (!applied) {
        Q_EMIT errorRaised(errorText(applied.error()));
        return;
    }
    m_sources.selection.selectOnly(made->clip);
    m_canvas->editPrompt(made->clip, gesture);
}

timeline::TrackId TimelineView::laneOf(timeline::TrackKind kind) {
    const timeline::Timeline& now = *m_sources.document.timeline();
    for (const timeline::Track& track : now.tracks) {
        if (track.kind == kind && track.enabled && !track.locked) {
            return track.id;
        }
    }
    const QString name = kind == timeline::TrackKind::Mask ? tr("Mask") : tr("Style");
    timeline::Track added = timeline::makeTrack(kind, name.toStdString());
    const timeline::TrackId id = added.id;
    const auto applied = m_sources.document.apply(tr("Add Track"), timeline::addTrack(now, std::move(added)));
    if (!applied) {
        Q_EMIT errorRaised(errorText(applied.error()));
        return {};
    }
    return id;
}

void TimelineView::reveal(timeline::ItemId item) {
    m_canvas->reveal(item);
}

void TimelineView::flush() {
    m_canvas->commitPrompt();
    m_headers->flush();
}

void TimelineView::editPrompt(timeline::ItemId promptClip) {
    m_canvas->openPrompt(promptClip);
}

} // namespace ui
