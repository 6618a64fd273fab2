#include "ui/menus/PlaybackActions.h"

#include "ui/menus/MakeAction.h"
#include "ui/monitor/Transport.h"
#include "ui/state/Playhead.h"

#include "timeline/document/TimelineDocument.h"
#include "timeline/model/Query.h"

#include <QMenu>

#include <algorithm>

namespace ui {

PlaybackActions::PlaybackActions(timeline::TimelineDocument& document, Playhead& playhead, Transport& transport,
                                 QObject* parent)
    : QObject(parent), m_document(document), m_playhead(playhead), m_transport(transport) {
    const auto make = [this](const char* name, const QString& text, QKeySequence key, std::function<void()> run) {
        return makeAction(this, name, text, {key}, std::move(run));
    };
    const auto second = [this] { return static_cast<int>(m_transport.rate().nominal()); };
    m_play = {make("playToggle", tr("&Play or Pause"), Qt::Key_Space, [this] { m_transport.togglePlay(); }),
              make("playBackward", tr("Play &Backward, Faster"), Qt::Key_J, [this] { m_transport.shuttle(-1); }),
              make("playStop", tr("&Stop"), Qt::Key_K, [this] { m_transport.shuttle(0); }),
              make("playForward", tr("Play &Forward, Faster"), Qt::Key_L, [this] { m_transport.shuttle(1); }),
              make("playLoop", tr("&Loop"), Qt::CTRL | Qt::Key_L,
                   [this] { m_transport.setLooping(!m_transport.isLooping()); })};
    QAction* loop = m_play.back();
    loop->setCheckable(true);
    connect(&transport, &Transport::loopRequested, loop, &QAction::setChecked);
    m_go = {make("goBack", tr("One Frame Bac&k"), Qt::Key_Left, [this] { m_transport.step(-1); }),
            make("goForward", tr("One Frame O&n"), Qt::Key_Right, [this] { m_transport.step(1); }),
            make("goSecondBack", tr("One Second Back"), Qt::SHIFT | Qt::Key_Left,
                 [this, second] { m_transport.step(-second()); }),
            make("goSecondForward", tr("One Second On"), Qt::SHIFT | Qt::Key_Right,
                 [this, second] { m_transport.step(second()); }),
            make("goPreviousCut", tr("P&revious Cut"), Qt::Key_Up, [this] { jump(-1); }),
            make("goNextCut", tr("Ne&xt Cut"), Qt::Key_Down, [this] { jump(1); }),
            make("goStart", tr("To S&tart"), Qt::Key_Home, [this] { m_transport.goToStart(); }),
            make("goEnd", tr("To &End"), Qt::Key_End, [this] { m_transport.goToEnd(); })};
    m_mark = {
        make("markIn", tr("Mark &In"), Qt::Key_I, [this] { markIn(); }),
        make("markOut", tr("Mark &Out"), Qt::Key_O, [this] { markOut(); }),
        make("markClear", tr("&Clear Marks"), Qt::ALT | Qt::Key_X, [this] { m_playhead.setRange(std::nullopt); })};
}

void PlaybackActions::fill(QMenu& menu) const {
    menu.addActions(m_play);
    menu.addSeparator();
    menu.addActions(m_go);
    menu.addSeparator();
    menu.addActions(m_mark);
}

void PlaybackActions::jump(int direction) {
    const timeline::Timeline& now = *m_document.timeline();
    const timeline::RationalTime here = m_playhead.position();
    std::optional<timeline::RationalTime> best;
    const auto offer = [&](timeline::RationalTime time) {
        const bool isAhead = direction > 0 ? time > here : time < here;
        if (isAhead && (!best || (direction > 0 ? time < *best : time > *best))) {
            best = time;
        }
    };
    offer(timeline::RationalTime(0, now.format.rate));
    for (const timeline::Track& track : now.tracks) {
        for (const timeline::TimeRange& range : timeline::itemRanges(now, track)) {
            offer(range.start);
            offer(range.end());
        }
    }
    if (best) {
        m_playhead.seek(*best);
    }
}

void PlaybackActions::markIn() {
    const timeline::RationalTime start = m_playhead.position();
    const timeline::RationalTime end = m_playhead.range() && m_playhead.range()->end() > start
                                           ? m_playhead.range()->end()
                                           : timeline::timelineDuration(*m_document.timeline());
    m_playhead.setRange(timeline::TimeRange::fromStartEnd(start, end));
}

void PlaybackActions::markOut() {
    // The frame under the playhead is inside.
    const timeline::FrameRate rate = m_document.timeline()->format.rate;
    const timeline::RationalTime end = m_playhead.position() + timeline::RationalTime(1, rate);
    const timeline::RationalTime start = m_playhead.range() && m_playhead.range()->start < end
                                             ? m_playhead.range()->start
                                             : timeline::RationalTime(0, rate);
    m_playhead.setRange(timeline::TimeRange::fromStartEnd(start, end));
}

} // namespace ui
