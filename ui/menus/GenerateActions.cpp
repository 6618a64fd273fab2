#include "ui/menus/GenerateActions.h"

#include "ui/menus/MakeAction.h"
#include "ui/prompt/ContinueShot.h"
#include "ui/prompt/ShotPanel.h"
#include "ui/state/Playhead.h"
#include "ui/state/Selection.h"
#include "ui/state/ShotStates.h"
#include "ui/text/ErrorText.h"

#include "timeline/document/TimelineDocument.h"
#include "timeline/edit/Takes.h"
#include "timeline/model/Query.h"
#include "timeline/model/Recipe.h"

#include <QMenu>

#include <algorithm>

namespace ui {

GenerateActions::GenerateActions(const GenerateParts& parts, QObject* parent) : QObject(parent), m_parts(parts) {
    m_generate = makeAction(this, "generate", tr("&Generate"),
                            {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)},
                            [this] { m_parts.panel.generate(); });
    m_takes = makeAction(this, "generateTakes", tr("Generate F&our Takes"),
                         {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Return)}, [this] { m_parts.panel.generate(4); });
    m_newShot = makeAction(this, "newShot", tr("&New Shot"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)},
                           [this] { m_parts.panel.makeShot(); });
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
    m_pause = makeAction(this, "pauseJob", tr("Pa&use or Go On"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)},
                         [this] { Q_EMIT pauseRequested(); });
    makeContinuations();
    connect(&parts.panel, &ShotPanel::contextChanged, this, &GenerateActions::refresh);
    connect(&parts.states, &ShotStates::changed, this, &GenerateActions::refresh);
    refresh();
}

void GenerateActions::makeContinuations() {
    m_continuations = {makeAction(this, "extendForward", tr("Extend &Forward"),
                                  {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)}, [this] { extendForward(); }),
                       makeAction(this, "extendBackward", tr("Extend &Backward"),
                                  {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B)}, [this] { extendBackward(); }),
                       makeAction(this, "fillGap", tr("F&ill Gap Between Clips"), {QKeySequence(Qt::CTRL | Qt::Key_B)},
                                  [this] { fillGap(); }),
                       makeAction(this, "retakeRange", tr("Retake &Marked Range"), {QKeySequence(Qt::CTRL | Qt::Key_R)},
                                  [this] { retake(); })};
}

void GenerateActions::fill(QMenu& menu) const {
    menu.addActions({m_generate, m_takes, m_newShot, m_newPrompt, m_editPrompt});
    menu.addSeparator();
    menu.addActions(m_continuations);
    menu.addSeparator();
    menu.addActions({m_previousTake, m_nextTake});
    menu.addSeparator();
    menu.addAction(m_stale);
    menu.addSeparator();
    menu.addActions({m_pause, m_cancel, m_cancelAll});
}

void GenerateActions::fillContextMenu(QMenu& menu) const {
    menu.addActions({m_generate, m_takes, m_newShot});
    menu.addSeparator();
    menu.addActions(m_continuations);
    menu.addSeparator();
    menu.addActions({m_previousTake, m_nextTake});
}

void GenerateActions::adopt(const QString& text, ContinuedShot shot) {
    if (!shot.made) {
        Q_EMIT errorRaised(shot.problem);
    } else if (m_parts.panel.adopt(text, *std::move(shot.made))) {
        m_parts.panel.focusPrompt();
        Q_EMIT told(tr("Write what happens there, and generate it (Ctrl+Return)."));
    }
}

void GenerateActions::extendForward() {
    adopt(tr("Extend Forward"), extendClip(*m_parts.document.timeline(), m_parts.selection.current(),
                                           Extension::Forward, m_parts.panel.model()));
}

void GenerateActions::extendBackward() {
    adopt(tr("Extend Backward"), extendClip(*m_parts.document.timeline(), m_parts.selection.current(),
                                            Extension::Backward, m_parts.panel.model()));
}

void GenerateActions::fillGap() {
    adopt(tr("Fill Gap"), ui::fillGap(*m_parts.document.timeline(), m_parts.selection.items(),
                                      m_parts.playhead.position(), m_parts.panel.model()));
}

void GenerateActions::retake() {
    adopt(tr("Retake Range"),
          retakePart(*m_parts.document.timeline(), m_parts.selection.current(),
                     m_parts.playhead.range().value_or(timeline::TimeRange{}), m_parts.panel.model()));
}

void GenerateActions::refresh() {
    const timeline::Clip* clip = timeline::findClip(*m_parts.document.timeline(), m_parts.panel.shot());
    const ShotState state = m_parts.states.state(m_parts.panel.shot());
    const bool hasTakes = clip && timeline::takeKeys(*clip).size() > 1;
    m_generate->setText(tr("&Generate: %1", "the verb the button shows").arg(m_parts.panel.verbText()));
    m_editPrompt->setEnabled(clip || m_parts.panel.selectedPrompt().isValid());
    m_previousTake->setEnabled(hasTakes);
    m_nextTake->setEnabled(hasTakes);
    m_stale->setEnabled(m_parts.states.staleCount() > 0);
    m_cancel->setEnabled(clip && (state.phase == ShotState::Phase::Queued || state.phase == ShotState::Phase::Running));
}

void GenerateActions::editPrompt() {
    if (m_parts.panel.shot().isValid()) {
        m_parts.panel.focusPrompt();
    } else if (const timeline::ItemId prompt = m_parts.panel.selectedPrompt(); prompt.isValid()) {
        Q_EMIT promptBoxRequested(prompt);
    }
}

void GenerateActions::stepTake(int by) {
    const timeline::Clip* clip = timeline::findClip(*m_parts.document.timeline(), m_parts.panel.shot());
    const auto keys = clip ? timeline::takeKeys(*clip) : std::vector<std::string>();
    if (keys.empty()) {
        return;
    }
    const auto count = static_cast<std::ptrdiff_t>(keys.size());
    const auto chosen = std::find(keys.begin(), keys.end(), clip->activeKey);
    const std::ptrdiff_t next =
        chosen == keys.end() ? (by > 0 ? 0 : count - 1) : ((chosen - keys.begin()) + by + count) % count;
    const auto applied = m_parts.document.apply(
        tr("Choose Take"),
        timeline::chooseTake(*m_parts.document.timeline(), m_parts.panel.shot(), keys[static_cast<std::size_t>(next)]));
    if (!applied) {
        Q_EMIT errorRaised(errorText(applied.error()));
    }
}

} // namespace ui
