#include "ui/menus/GenerateActions.h"

#include "ui/menus/MakeAction.h"
#include "ui/prompt/ShotPanel.h"
#include "ui/state/ShotStates.h"
#include "ui/text/ErrorText.h"

#include "timeline/document/TimelineDocument.h"
#include "timeline/edit/Takes.h"
#include "timeline/model/Query.h"
#include "timeline/model/Recipe.h"

#include <QMenu>

#include <algorithm>

namespace ui {

GenerateActions::GenerateActions(timeline::TimelineDocument& document, ShotPanel& panel, ShotStates& states,
                                 QObject* parent)
    : QObject(parent), m_document(document), m_panel(panel), m_states(states) {
    m_generate = makeAction(this, "generate", tr("&Generate"),
                            {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)},
                            [this] { m_panel.generate(); });
    m_newShot = makeAction(this, "newShot", tr("&New Shot"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)},
                           [this] { m_panel.makeShot(); });
    m_newPrompt = makeAction(this, "newPrompt", tr("&Write Prompt at Playhead"), {QKeySequence(Qt::SHIFT | Qt::Key_P)},
                             [this] { Q_EMIT newPromptRequested(); });
    m_editPrompt = makeAction(this, "editPrompt", tr("Edit &Prompt"), {QKeySequence(Qt::CTRL | Qt::Key_P)},
                              [this] { editPrompt(); });
    m_previousTake = makeAction(this, "previousTake", tr("P&revious Take"), {QKeySequence(Qt::Key_BracketLeft)},
                                [this] { stepTake(-1); });
    m_nextTake =
        makeAction(this, "nextTake", tr("Ne&xt Take"), {QKeySequence(Qt::Key_BracketRight)}, [this] { stepTake(1); });
    m_stale = makeAction(this, "regenerateStale", tr("Regenerate &Stale Shots"),
                         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return)},
                         [this] { Q_EMIT regenerateStaleRequested(); });
    m_cancel = makeAction(this, "cancelShot", tr("&Cancel This Shot's Job"), {QKeySequence(Qt::CTRL | Qt::Key_Period)},
                          [this] { Q_EMIT cancelShotRequested(); });
    m_cancelAll =
        makeAction(this, "cancelAll", tr("Cancel &All Jobs"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Period)},
                   [this] { Q_EMIT cancelAllRequested(); });
    connect(&panel, &ShotPanel::contextChanged, this, &GenerateActions::refresh);
    connect(&states, &ShotStates::changed, this, &GenerateActions::refresh);
    refresh();
}

void GenerateActions::fill(QMenu& menu) const {
    menu.addActions({m_generate, m_newShot, m_newPrompt, m_editPrompt});
    menu.addSeparator();
    menu.addActions({m_previousTake, m_nextTake});
    menu.addSeparator();
    menu.addAction(m_stale);
    menu.addSeparator();
    menu.addActions({m_cancel, m_cancelAll});
}

void GenerateActions::fillContextMenu(QMenu& menu) const {
    menu.addActions({m_generate, m_newShot, m_previousTake, m_nextTake});
}

void GenerateActions::refresh() {
    const timeline::Clip* clip = timeline::findClip(*m_document.timeline(), m_panel.shot());
    const ShotState state = m_states.state(m_panel.shot());
    const bool hasTakes = clip && timeline::takeKeys(*clip).size() > 1;
    m_generate->setText(tr("&Generate: %1", "the verb the button shows").arg(m_panel.verbText()));
    m_editPrompt->setEnabled(clip || m_panel.selectedPrompt().isValid());
    m_previousTake->setEnabled(hasTakes);
    m_nextTake->setEnabled(hasTakes);
    m_stale->setEnabled(m_states.staleCount() > 0);
    m_cancel->setEnabled(clip && (state.phase == ShotState::Phase::Queued || state.phase == ShotState::Phase::Running));
}

void GenerateActions::editPrompt() {
    if (m_panel.shot().isValid()) {
        m_panel.focusPrompt();
    } else if (const timeline::ItemId prompt = m_panel.selectedPrompt(); prompt.isValid()) {
        Q_EMIT promptBoxRequested(prompt);
    }
}

void GenerateActions::stepTake(int by) {
    const timeline::Clip* clip = timeline::findClip(*m_document.timeline(), m_panel.shot());
    const auto keys = clip ? timeline::takeKeys(*clip) : std::vector<std::string>();
    if (keys.empty()) {
        return;
    }
    const auto count = static_cast<std::ptrdiff_t>(keys.size());
    const auto chosen = std::find(keys.begin(), keys.end(), clip->activeKey);
    const std::ptrdiff_t next =
        chosen == keys.end() ? (by > 0 ? 0 : count - 1) : ((chosen - keys.begin()) + by + count) % count;
    const auto applied =
        m_document.apply(tr("Choose Take"), timeline::chooseTake(*m_document.timeline(), m_panel.shot(),
                                                                 keys[static_cast<std::size_t>(next)]));
    if (!applied) {
        Q_EMIT errorRaised(errorText(applied.error()));
    }
}

} // namespace ui
