#include "ui/prompt/StyleStrip.h"

#include "ui/prompt/WheelGuard.h"
#include "ui/state/ClipArt.h"
#include "ui/style/Icons.h"
#include "ui/text/PlainToolTip.h"

#include "timeline/model/Query.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr int kThumbnailHeight = 48;

} // namespace

StyleStrip::StyleStrip(ClipArt* art, QWidget* parent)
    : QWidget(parent), m_art(art), m_empty(new QLabel(tr("No style image over this shot"), this)),
      m_row(new QHBoxLayout), m_wheel(new WheelGuard(this)) {
    setObjectName(QStringLiteral("styleStrip"));
    setAccessibleName(tr("Style images"));
    m_empty->setProperty("dim", true);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(8);
    m_row->addWidget(m_empty);
    m_row->addStretch(1);
    setLayout(m_row);
}

void StyleStrip::setStyles(const timeline::Timeline& timeline, const std::vector<timeline::ContextStyle>& styles) {
    const bool isSame =
        std::equal(styles.begin(), styles.end(), m_cards.begin(), m_cards.end(),
                   [](const timeline::ContextStyle& style, const Card& card) { return style.clip == card.clip; });
    if (!isSame) {
        for (const Card& card : m_cards) {
            card.widget->hide();
            card.widget->deleteLater();
        }
        m_cards.clear();
        QWidget* before = m_before;
        for (const timeline::ContextStyle& style : styles) {
            if (const timeline::Clip* clip = timeline::findClip(timeline, style.clip)) {
                m_cards.push_back(makeCard(*clip));
                m_row->insertWidget(m_row->count() - 1, m_cards.back().widget);
                QWidget::setTabOrder(before, m_cards.back().strength);
                before = m_cards.back().strength;
            }
        }
    }
    m_empty->setVisible(m_cards.empty());
    for (const Card& card : m_cards) {
        const auto style = std::find_if(styles.begin(), styles.end(),
                                        [&](const timeline::ContextStyle& s) { return s.clip == card.clip; });
        if (const timeline::Clip* clip = timeline::findClip(timeline, card.clip); clip && style != styles.end()) {
            fill(card, *clip, style->strength);
        }
    }
}

void StyleStrip::flush() {
    for (const Card& card : std::vector<Card>(m_cards)) { // what it emits comes back as setStyles()
        card.strength->interpretText();
    }
}

StyleStrip::Card StyleStrip::makeCard(const timeline::Clip& clip) {
    auto* card = new QWidget(this);
    auto* picture = new QLabel(card);
    picture->setFixedHeight(kThumbnailHeight);
    auto* number = new QSpinBox(card);
    number->setObjectName(QStringLiteral("styleStrength"));
    number->setToolTip(tr("How strongly this style counts"));
    number->setRange(0, 100);
    number->setSuffix(tr(" %"));
    number->setKeyboardTracking(false);
    m_wheel->watch(number);
    connect(number, &QSpinBox::valueChanged, this,
            [this, id = clip.id](int value) { Q_EMIT strengthEdited(id, value / 100.0); });
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(picture);
    layout->addWidget(number);
    return {clip.id, card, picture, number};
}

void StyleStrip::fill(const Card& card, const timeline::Clip& clip, double strength) {
    const QString name = QString::fromStdString(clip.name);
    card.picture->setAccessibleName(tr("Style image %1").arg(name));
    card.picture->setToolTip(plainToolTip(name));
    card.strength->setAccessibleName(tr("Strength of %1").arg(name));
    const QSignalBlocker block(card.strength);
    card.strength->setValue(static_cast<int>(std::lround(strength * 100.0)));
    const timeline::MediaReference* active = timeline::activeReference(clip);
    const auto* file = active ? std::get_if<timeline::ExternalReference>(active) : nullptr;
    const int pixels = static_cast<int>(kThumbnailHeight * devicePixelRatioF());
    QImage image = m_art && file ? m_art->thumbnail(file->url, clip.sourceRange.start, pixels) : QImage();
    if (image.isNull()) {
        card.picture->setPixmap(icon("picture").pixmap(32, 32));
        return;
    }
    image = image.scaledToHeight(pixels, Qt::SmoothTransformation);
    image.setDevicePixelRatio(devicePixelRatioF());
    card.picture->setPixmap(QPixmap::fromImage(image));
}

} // namespace ui
