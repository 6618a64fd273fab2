#include "ui/monitor/Transport.h"

#include "ui/state/Playhead.h"
#include "ui/style/Icons.h"
#include "ui/text/TimeText.h"

#include "timeline/time/Timecode.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

namespace ui {
namespace {

QToolButton* makeButton(QWidget* parent, const char* name, const char* iconName) {
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setIcon(icon(iconName));
    button->setIconSize({18, 18});
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void name(QToolButton* button, const QString& text) {
    button->setToolTip(text);
    button->setAccessibleName(text);
}

} // namespace

Transport::Transport(Playhead& playhead, QWidget* parent)
    : QWidget(parent), m_playhead(playhead), m_timecode(new QLineEdit(this)), m_length(new QLabel(this)),
      m_live(new QLabel(this)) {
    setObjectName(QStringLiteral("transport"));
    setAccessibleName(tr("Transport"));
    buildButtons();
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    m_timecode->setObjectName(QStringLiteral("timecode"));
    m_timecode->setAccessibleName(tr("Timecode of the playhead"));
    m_timecode->setToolTip(tr("Type a timecode or a frame number to go there"));
    m_timecode->setFont(fixed);
    m_timecode->setAlignment(Qt::AlignCenter);
    m_timecode->setFixedWidth(QFontMetrics(fixed).horizontalAdvance(QStringLiteral("00:00:00:00")) + 24);
    m_length->setObjectName(QStringLiteral("duration"));
    m_length->setAccessibleName(tr("Length of the film"));
    m_length->setFont(fixed);
    m_length->setProperty("dim", true);
    m_live->setObjectName(QStringLiteral("liveBadge"));
    m_live->setText(tr("● LIVE PREVIEW"));
    m_live->setToolTip(tr("A shot is being generated and shows as it is now"));
    m_live->setAccessibleName(tr("Live preview"));
    m_live->hide();

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(2);
    layout->addWidget(m_timecode);
    layout->addSpacing(8);
    layout->addWidget(m_live);
    layout->addStretch(1);
    for (QToolButton* button : {m_start, m_back, m_play, m_forward, m_end, m_loop}) {
        layout->addWidget(button);
    }
    layout->addStretch(1);
    layout->addWidget(m_length);

    connect(&playhead, &Playhead::moved, this, &Transport::refresh);
    connect(m_timecode, &QLineEdit::editingFinished, this, &Transport::readTimecode);
    refresh();
    refreshPlay();
}

void Transport::buildButtons() {
    m_start = makeButton(this, "goToStart", "to-start");
    m_back = makeButton(this, "stepBack", "step-back");
    m_play = makeButton(this, "play", "play");
    m_forward = makeButton(this, "stepForward", "step-forward");
    m_end = makeButton(this, "goToEnd", "to-end");
    m_loop = makeButton(this, "loop", "loop");
    m_loop->setCheckable(true);
    name(m_start, tr("Go to start (Home)"));
    name(m_back, tr("One frame back (Left)"));
    name(m_forward, tr("One frame on (Right)"));
    name(m_end, tr("Go to end (End)"));
    name(m_loop, tr("Loop (Ctrl+L)"));
    connect(m_start, &QToolButton::clicked, this, &Transport::goToStart);
    connect(m_back, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_play, &QToolButton::clicked, this, &Transport::togglePlay);
    connect(m_forward, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_end, &QToolButton::clicked, this, &Transport::goToEnd);
    connect(m_loop, &QToolButton::toggled, this, &Transport::loopRequested);
}

void Transport::setSequence(timeline::FrameRate rate, timeline::RationalTime duration) {
    m_rate = rate;
    m_duration = duration;
    refresh();
}

bool Transport::isLooping() const {
    return m_loop->isChecked();
}

void Transport::setSpeed(int speed) {
    if (speed != m_speed) {
        m_speed = speed;
        refreshPlay();
    }
}

void Transport::setLooping(bool looping) {
    m_loop->setChecked(looping);
}

void Transport::setLive(bool live) {
    m_live->setVisible(live);
}

void Transport::togglePlay() {
    Q_EMIT speedRequested(m_speed == 0 ? 1 : 0);
}

void Transport::shuttle(int direction) {
    if (direction == 0) {
        Q_EMIT speedRequested(0);
        return;
    }
    const bool isSameWay = m_speed * direction > 0;
    Q_EMIT speedRequested(isSameWay ? std::clamp(m_speed * 2, -8, 8) : direction);
}

void Transport::step(int frames) {
    if (m_speed != 0) {
        Q_EMIT speedRequested(0);
    }
    m_playhead.seek(m_playhead.position().rescaledTo(m_rate, timeline::Rounding::Floor) +
                    timeline::RationalTime(frames, m_rate));
}

void Transport::goToStart() {
    m_playhead.seek(timeline::RationalTime(0, m_rate));
}

void Transport::goToEnd() {
    m_playhead.seek(m_duration);
}

void Transport::readTimecode() {
    if (!m_timecode->isModified()) {
        return;
    }
    m_timecode->setModified(false);
    if (const auto time = timeline::parseTimecode(m_timecode->text().trimmed().toStdString(), m_rate)) {
        m_playhead.seek(*time);
    }
    m_timecode->clearFocus();
    refresh();
}

void Transport::refresh() {
    if (!m_timecode->hasFocus()) {
        m_timecode->setText(timecodeText(m_playhead.position().rescaledTo(m_rate, timeline::Rounding::Floor)));
    }
    m_length->setText(timecodeText(m_duration.rescaledTo(m_rate)));
}

void Transport::refreshPlay() {
    m_play->setIcon(icon(m_speed == 0 ? "play" : "pause"));
    name(m_play, m_speed == 0 ? tr("Play (Space)") : tr("Pause (Space)"));
}

} // namespace ui
