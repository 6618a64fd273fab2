#include "ui/timeline/TrackHeader.h"

#include "ui/style/Icons.h"
#include "ui/style/Theme.h"
#include "ui/text/PlainToolTip.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

namespace ui {
namespace {

QRgb kindColor(timeline::TrackKind kind) {
    switch (kind) {
    case timeline::TrackKind::Prompt:
        return colors::kPromptClip;
    case timeline::TrackKind::Style:
        return colors::kStyleClip;
    case timeline::TrackKind::Mask:
        return colors::kMaskClip;
    case timeline::TrackKind::Audio:
        return colors::kAudioClip;
    case timeline::TrackKind::Video:
        return colors::kVideoClip;
    case timeline::TrackKind::Foreign:
        break;
    }
    return 0xff4a4d52;
}

QToolButton* makeToggle(QWidget* parent, const char* name) {
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setAutoRaise(true);
    button->setIconSize({16, 16});
    button->setFixedSize(24, 24);
    return button;
}

} // namespace

TrackHeader::TrackHeader(QWidget* parent)
    : QWidget(parent), m_name(new QLineEdit(this)), m_enabled(makeToggle(this, "trackEnabled")),
      m_lock(makeToggle(this, "trackLock")), m_menu(makeToggle(this, "trackMenu")) {
    setObjectName(QStringLiteral("trackHeader"));
    m_name->setObjectName(QStringLiteral("trackName"));
    m_name->setFrame(false);
    m_name->setContextMenuPolicy(Qt::NoContextMenu); // the track's own menu is worth more there
    m_name->setProperty("quiet", true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 2, 4, 2);
    layout->setSpacing(2);
    layout->addWidget(m_name, 1);
    layout->addWidget(m_enabled);
    layout->addWidget(m_lock);
    layout->addWidget(m_menu);
    m_menu->setIcon(icon("more"));
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        flush();
        m_name->setCursorPosition(0);
    });
    connect(m_enabled, &QToolButton::clicked, this, [this] { Q_EMIT enabledToggled(m_shown.id, !m_shown.enabled); });
    connect(m_lock, &QToolButton::clicked, this, [this] { Q_EMIT lockToggled(m_shown.id, !m_shown.locked); });
    connect(m_menu, &QToolButton::clicked, this,
            [this] { Q_EMIT menuRequested(m_shown.id, m_menu->mapToGlobal(m_menu->rect().bottomLeft())); });
}

void TrackHeader::tabAfter(QWidget* field) {
    if (!field) {
        return;
    }
    for (QWidget* next : std::initializer_list<QWidget*>{m_name, m_enabled, m_lock, m_menu}) {
        setTabOrder(field, next);
        field = next;
    }
}

QWidget* TrackHeader::lastField() const {
    return m_menu;
}

void TrackHeader::flush() {
    if (m_name->isModified()) {
        m_name->setModified(false);
        Q_EMIT renamed(m_shown.id, m_name->text());
        m_name->setText(QString::fromStdString(m_shown.name)); // what it is called now, renamed or refused
    }
}

void TrackHeader::setTrack(const timeline::Track& track) {
    const Shown shown{track.id, track.kind, track.name, track.enabled, track.locked};
    if (shown == m_shown) {
        return; // scrolling and zooming come here too
    }
    m_shown = shown;
    const QString name = QString::fromStdString(track.name);
    if (!m_name->hasFocus()) {
        m_name->setText(name);
        m_name->setCursorPosition(0);
    }
    const bool isSound = track.kind == timeline::TrackKind::Audio;
    m_enabled->setIcon(icon(isSound ? (track.enabled ? "sound" : "mute") : (track.enabled ? "eye" : "eye-off")));
    const QString enabledText =
        isSound ? (track.enabled ? tr("Mute %1") : tr("Unmute %1")) : (track.enabled ? tr("Hide %1") : tr("Show %1"));
    m_enabled->setToolTip(plainToolTip(enabledText.arg(name)));
    m_enabled->setAccessibleName(enabledText.arg(name));
    m_lock->setIcon(icon(track.locked ? "lock" : "unlock"));
    const QString lockText = (track.locked ? tr("Unlock %1") : tr("Lock %1")).arg(name);
    m_lock->setToolTip(plainToolTip(lockText));
    m_lock->setAccessibleName(lockText);
    m_menu->setToolTip(plainToolTip(tr("More for %1").arg(name)));
    m_menu->setAccessibleName(tr("More for %1").arg(name));
    m_name->setAccessibleName(tr("Name of track %1").arg(name));
    setAccessibleName(tr("Track %1").arg(name));
    update();
}

void TrackHeader::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT menuRequested(m_shown.id, event->globalPos());
}

void TrackHeader::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), QColor::fromRgb(colors::kPanel));
    painter.fillRect(QRect(0, 0, 4, height()), QColor::fromRgb(kindColor(m_shown.kind)));
}

} // namespace ui
