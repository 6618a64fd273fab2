#include "ui/timeline/TimelineCanvas.h"

#include "ui/bin/MediaMime.h"
#include "ui/state/ClipArt.h"
#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/text/ErrorText.h"
#include "ui/timeline/CanvasPainter.h"
#include "ui/timeline/Neighbour.h"
#include "ui/timeline/PromptBox.h"
#include "ui/timeline/SpokenItem.h"
#include "ui/timeline/TakeMenu.h"
#include "ui/timeline/TimelineAccess.h"
#include "ui/timeline/painters/PromptPainter.h"
#include "ui/timeline/tools/BladeTool.h"
#include "ui/timeline/tools/HandTool.h"
#include "ui/timeline/tools/PromptPenTool.h"
#include "ui/timeline/tools/SelectTool.h"
#include "ui/timeline/tools/TrimTool.h"

#include "timeline/edit/SetProperty.h"
#include "timeline/model/Generators.h"
#include "timeline/model/Query.h"

#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {

TimelineCanvas::TimelineCanvas(const TimelineView::Sources& sources, QWidget* parent)
    : QWidget(parent), m_sources(sources) {
    setObjectName(QStringLiteral("timelineCanvas"));
    setAccessibleName(tr("Timeline"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAcceptDrops(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    TimelineAccess::install();
    m_tools[ToolKind::Select] = std::make_unique<SelectTool>(*this);
    m_tools[ToolKind::Trim] = std::make_unique<TrimTool>(*this);
    m_tools[ToolKind::Blade] = std::make_unique<BladeTool>(*this);
    m_tools[ToolKind::PromptPen] = std::make_unique<PromptPenTool>(*this);
    m_tools[ToolKind::Hand] = std::make_unique<HandTool>(*this);

    const auto redraw = [this] { update(); };
    connect(&sources.document, &timeline::TimelineDocument::changed, this, [this] {
        m_isFitted = false;
        rebuildLayout();
    });
    connect(&sources.document, &timeline::TimelineDocument::wasReset, this, &TimelineCanvas::rebuildLayout);
    connect(&sources.selection, &Selection::changed, this, [this] {
        describe();
        TimelineAccess::tellCurrent(*this);
    });
    connect(&sources.playhead, &Playhead::moved, this, redraw);
    connect(&sources.playhead, &Playhead::rangeChanged, this, redraw);
    connect(&sources.states, &ShotStates::changed, this, [this](timeline::ItemId shot) {
        describe();
        TimelineAccess::tellChanged(*this, shot);
    });
    if (sources.art) {
        connect(sources.art, &ClipArt::changed, this, redraw);
    }
    rebuildLayout();
}

TimelineCanvas::~TimelineCanvas() = default;

void TimelineCanvas::rebuildLayout() {
    const TimelineScale scale = m_layout.scale();
    m_layout = TimelineLayout(m_sources.document.timeline(), fontMetrics().height());
    m_layout.setViewport(size());
    m_layout.setScale(scale);
    m_sources.selection.prune(*m_sources.document.timeline());
    if (m_box && !timeline::findClip(m_layout.timeline(), m_box->clip())) {
        closePrompt(false);
    }
    placeBox();
    describe();
    Q_EMIT layoutChanged();
}

void TimelineCanvas::setTool(ToolKind kind) {
    if (m_pressed) {
        activeTool().cancel();
        m_pressed = false;
    }
    m_toolKind = kind;
    setOverlay({});
    setCursor(activeTool().cursor({}));
}

void TimelineCanvas::setScale(const TimelineScale& scale) {
    m_isFitted = false;
    applyScale(scale);
}

void TimelineCanvas::fit() {
    m_isFitted = true;
    applyScale(m_layout.fitted());
}

void TimelineCanvas::applyScale(const TimelineScale& scale) {
    m_layout.setScale(scale);
    placeBox();
    update();
    Q_EMIT layoutChanged();
}

void TimelineCanvas::setOverlay(const ToolOverlay& overlay) {
    if (overlay != m_overlay) {
        m_overlay = overlay;
        update();
    }
}

void TimelineCanvas::raiseError(const timeline::Error& error) {
    Q_EMIT errorRaised(errorText(error));
}

void TimelineCanvas::openPrompt(timeline::ItemId clip) {
    editPrompt(clip, timeline::newGesture());
}

void TimelineCanvas::editPrompt(timeline::ItemId item, timeline::GestureId gesture) {
    closePrompt(true);
    const timeline::Clip* clip = timeline::findClip(m_layout.timeline(), item);
    if (!clip) {
        return;
    }
    reveal(item);
    m_box = new PromptBox(item, gesture, promptText(*clip), this);
    // Queued: the box must not be deleted inside its own event handler.
    connect(m_box, &PromptBox::accepted, this, [this] { closePrompt(true); }, Qt::QueuedConnection);
    connect(m_box, &PromptBox::rejected, this, [this] { closePrompt(false); }, Qt::QueuedConnection);
    placeBox();
    m_box->show();
    m_box->setFocus(Qt::OtherFocusReason);
}

void TimelineCanvas::placeBox() {
    const auto rect = m_box ? m_layout.itemRect(m_box->clip()) : std::nullopt;
    if (!rect) {
        return;
    }
    const int width = std::min(std::max(static_cast<int>(rect->width()), 240), std::max(240, this->width()));
    const int left = std::clamp(static_cast<int>(rect->left()), 0, std::max(0, this->width() - width));
    m_box->setGeometry(left, static_cast<int>(rect->top()), width,
                       std::max(static_cast<int>(rect->height()), fontMetrics().height() * 3 + 12));
}

void TimelineCanvas::closePrompt(bool accept) {
    if (!m_box) {
        return;
    }
    PromptBox* box = std::exchange(m_box, nullptr);
    const timeline::Clip* clip = timeline::findClip(m_layout.timeline(), box->clip());
    const timeline::MediaReference* active = clip ? timeline::activeReference(*clip) : nullptr;
    const auto* generator = active ? std::get_if<timeline::GeneratorReference>(active) : nullptr;
    const bool hadFocus = box->hasFocus();
    if (accept && generator) {
        timeline::Prompt prompt = timeline::promptFrom(generator->parameters);
        prompt.text = box->toPlainText().toStdString();
        const auto applied = m_sources.document.apply(
            tr("Write Prompt"), timeline::setPrompt(m_layout.timeline(), box->clip(), prompt), box->gesture());
        if (!applied) {
            raiseError(applied.error());
        }
    }
    box->hide();
    box->deleteLater();
    if (hadFocus) {
        setFocus(Qt::OtherFocusReason);
    }
}

void TimelineCanvas::offerTakes(timeline::ItemId shot) {
    const auto rect = m_layout.itemRect(shot);
    if (!rect) {
        return;
    }
    m_pressed = false;
    const QRectF badge = m_layout.badgeRect(*rect);
    auto* menu = new TakeMenu(m_sources.document, shot, this);
    connect(menu, &TakeMenu::errorRaised, this, &TimelineCanvas::errorRaised);
    menu->popup(mapToGlobal(badge.bottomLeft().toPoint()));
}

void TimelineCanvas::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    const CanvasLook look{m_layout,
                          m_sources.selection,
                          m_sources.states,
                          m_sources.art,
                          m_overlay,
                          m_sources.playhead.position().rescaledTo(m_layout.rate(), timeline::Rounding::Floor).value(),
                          m_sources.playhead.range()};
    paintCanvas(painter, look, event->rect());
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().highlight().color(), 1.0));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void TimelineCanvas::resizeEvent(QResizeEvent*) {
    m_layout.setViewport(size());
    applyScale(m_isFitted ? m_layout.fitted() : m_layout.scale());
}

void TimelineCanvas::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        rebuildLayout();
    }
}

ToolEvent TimelineCanvas::toolEvent(QPointF position, Qt::KeyboardModifiers modifiers) const {
    return {position, m_layout.hitTest(position), modifiers};
}

void TimelineCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::RightButton) {
        const TimelineHit hit = m_layout.hitTest(event->position());
        if (hit.item.isValid() && !m_sources.selection.contains(hit.item)) {
            m_sources.selection.selectOnly(hit.item);
        } else if (!hit.item.isValid() || hit.zone == HitZone::Gap) {
            m_sources.selection.clear(); // the menu is about what is under the pointer
        }
        return;
    }
    if (m_pressed) {
        return; // one button at a time: the first one's release ends what it began
    }
    closePrompt(true);
    m_button = event->button();
    m_panning = m_button == Qt::MiddleButton;
    m_pressed = true;
    activeTool().press(toolEvent(event->position(), event->modifiers()));
}

void TimelineCanvas::mouseMoveEvent(QMouseEvent* event) {
    const ToolEvent moved = toolEvent(event->position(), event->modifiers());
    if (m_pressed) {
        activeTool().drag(moved);
        return;
    }
    activeTool().hover(moved);
    setCursor(activeTool().cursor(moved.hit));
}

void TimelineCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (m_pressed && event->button() == m_button) {
        m_pressed = false;
        activeTool().release(toolEvent(event->position(), event->modifiers()));
        m_panning = false;
    }
}

void TimelineCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    const TimelineHit hit = m_layout.hitTest(event->position());
    const bool isPrompt = hit.track && m_layout.timeline().tracks[*hit.track].kind == timeline::TrackKind::Prompt;
    if (event->button() == Qt::LeftButton && isPrompt && hit.zone != HitZone::Gap && hit.item.isValid()) {
        openPrompt(hit.item);
        return;
    }
    mousePressEvent(event);
}

void TimelineCanvas::leaveEvent(QEvent*) {
    if (!m_pressed) {
        setOverlay({});
    }
}

void TimelineCanvas::wheelEvent(QWheelEvent* event) {
    const QPoint turn = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        setScale(m_layout.zoomed(std::pow(1.0015, turn.y()), event->position().x()));
    } else {
        const bool sideways = event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier);
        TimelineScale scale = m_layout.scale();
        const int across = sideways && turn.x() == 0 ? turn.y() : turn.x();
        scale.left -= across / scale.pixelsPerFrame;
        scale.top -= sideways ? 0 : turn.y() / 2;
        setScale(scale);
    }
    event->accept();
}

void TimelineCanvas::turn(const QWheelEvent& event) {
    QPointF here = mapFromGlobal(event.globalPosition());
    here.setX(std::max(0.0, here.x())); // beside the track heads: the left edge
    QWheelEvent own(here, event.globalPosition(), event.pixelDelta(), event.angleDelta(), event.buttons(),
                    event.modifiers(), event.phase(), event.inverted());
    wheelEvent(&own);
}

void TimelineCanvas::keyPressEvent(QKeyEvent* event) {
    const bool alt = event->modifiers() & Qt::AltModifier;
    static const std::map<int, Towards> ways{{Qt::Key_Left, Towards::Earlier},
                                             {Qt::Key_Right, Towards::Later},
                                             {Qt::Key_Up, Towards::RowAbove},
                                             {Qt::Key_Down, Towards::RowBelow}};
    if (event->key() == Qt::Key_Escape) {
        if (m_pressed) {
            activeTool().cancel();
            m_pressed = false;
        } else {
            m_sources.selection.clear();
        }
    } else if (const auto way = ways.find(event->key()); alt && way != ways.end()) {
        walk(way->second);
    } else if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown) {
        TimelineScale scale = m_layout.scale();
        scale.top += (event->key() == Qt::Key_PageUp ? -1 : 1) * height() / 2;
        setScale(scale);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_F2) {
        const timeline::ItemId current = m_sources.selection.current();
        const auto place = timeline::findItem(m_layout.timeline(), current);
        if (place && m_layout.timeline().tracks[place->track].kind == timeline::TrackKind::Prompt) {
            openPrompt(current);
        } else if (const timeline::Clip* clip = timeline::findClip(m_layout.timeline(), current);
                   clip && timeline::isShot(*clip)) {
            offerTakes(current);
        }
    } else {
        QWidget::keyPressEvent(event);
    }
}

void TimelineCanvas::walk(Towards way) {
    const timeline::ItemId next = neighbourOf(m_layout, m_sources.selection.current(), way);
    if (next.isValid()) {
        m_sources.selection.selectOnly(next);
        reveal(next);
    }
}

void TimelineCanvas::reveal(timeline::ItemId item) {
    if (const TimelineScale scale = m_layout.revealing(item); scale != m_layout.scale()) {
        setScale(scale);
    }
}

void TimelineCanvas::describe() {
    const timeline::ItemId current = m_sources.selection.current();
    const auto place = timeline::findItem(m_layout.timeline(), current);
    const QString text =
        place ? tr("Selected: %1. %2", "what, where")
                    .arg(spokenItem(m_layout.timeline().tracks[place->track].items[place->index], stateOf(current)),
                         spokenPlace(m_layout.timeline(), current))
              : tr("Nothing selected");
    if (text != accessibleDescription()) {
        setAccessibleDescription(text);
    }
    update();
}

void TimelineCanvas::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT contextMenuRequested(event->globalPos());
}

void TimelineCanvas::dragEnterEvent(QDragEnterEvent* event) {
    if (hasPaths(event->mimeData())) {
        event->acceptProposedAction();
    }
}

void TimelineCanvas::dragMoveEvent(QDragMoveEvent* event) {
    const TrackRow* row = m_layout.rowAt(event->position().y());
    const SnapResult snapped = dropSnap(event->position());
    ToolOverlay overlay;
    overlay.snapFrame = snapped.target;
    overlay.bladeFrame = m_layout.boundaryAt(event->position().x()) + snapped.shift;
    overlay.bladeTrack = row ? std::optional(row->track) : std::nullopt;
    setOverlay(overlay);
    event->acceptProposedAction();
}

SnapResult TimelineCanvas::dropSnap(QPointF position) const {
    if (!m_snaps) {
        return {};
    }
    const auto targets = snapTargets(m_layout, m_sources.playhead.position().rescaledTo(m_layout.rate()).value(), {});
    return snap(targets, std::array{m_layout.boundaryAt(position.x())}, snapReach(m_layout));
}

void TimelineCanvas::dragLeaveEvent(QDragLeaveEvent*) {
    setOverlay({});
}

void TimelineCanvas::dropEvent(QDropEvent* event) {
    setOverlay({});
    const QStringList paths = pathsFromMime(event->mimeData());
    const TrackRow* row = m_layout.rowAt(event->position().y());
    const timeline::TrackId track = row ? m_layout.timeline().tracks[row->track].id : timeline::TrackId{};
    if (!paths.isEmpty()) {
        const std::int64_t frame = m_layout.boundaryAt(event->position().x()) + dropSnap(event->position()).shift;
        Q_EMIT filesDropped(paths, track, m_layout.time(frame));
        event->acceptProposedAction();
    }
}

} // namespace ui
