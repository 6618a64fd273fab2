#include "ui/prompt/StyleStrip.h"

#include "ui/state/ClipArt.h"
#include "ui/style/Icons.h"

#include "timeline/model/Query.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

#include <cmath>

namespace ui {
namespace {

constexpr int kThumbnailHeight = 48;

} // namespace

StyleStrip::StyleStrip(ClipArt* art, QWidget* parent)
    : QWidget(parent), m_art(art), m_empty(new QLabel(tr("No style image over this shot"), this)), m_cards(new QHBoxLayout) {
    setObjectName(QStringLiteral("styleStrip"));
    setAccessibleName(tr("Style images"));
    m_empty->setProperty("dim", true);
    m_cards->setContentsMargins(0, 0, 0, 0);
    m_cards->setSpacing(8);
    m_cards->addWidget(m_empty);
    m_cards->addStretch(1);
    setLayout(m_cards);
}

void StyleStrip::setStyles(const timeline::Timeline& timeline, const std::vector<timeline::ContextStyle>& styles) {
    // Rebuilding would take the focus from the number that is being typed.
    const bool isSame = styles == m_styles && !styles.empty() && !m_art;
    if (isSame) {
        return;
    }
    m_styles = styles;
    while (m_cards->count() > 2) {
        QLayoutItem* item = m_cards->takeAt(1);
        item->widget()->deleteLater();
        item->widget()->hide();
        delete item;
    }
    m_empty->setVisible(styles.empty());
    for (const timeline::ContextStyle& style : styles) {
        if (const timeline::Clip* clip = timeline::findClip(timeline, style.clip)) {
            m_cards->insertWidget(m_cards->count() - 1, makeCard(*clip, style.strength));
        }
    }
}

QWidget* StyleStrip::makeCard(const timeline::Clip& clip, double strength) {
    const QString name = QString::fromStdString(clip.name);
    auto* card = new QWidget(this);
    auto* picture = new QLabel(card);
    picture->setAccessibleName(tr("Style image %1").arg(name));
    picture->setToolTip(name);
    picture->setFixedHeight(kThumbnailHeight);
    const timeline::MediaReference* active = timeline::activeReference(clip);
    const auto* file = active ? std::get_if<timeline::ExternalReference>(active) : nullptr;
    QImage image = m_art && file ? m_art->thumbnail(file->url, clip.sourceRange.start, static_cast<int>(kThumbnailHeight * devicePixelRatioF()))
                                 : QImage();
    if (image.isNull()) {
        picture->setPixmap(icon("picture").pixmap(32, 32));
    } else {
        image = image.scaledToHeight(static_cast<int>(kThumbnailHeight * devicePixelRatioF()), Qt::SmoothTransformation);
        image.setDevicePixelRatio(devicePixelRatioF());
        picture->setPixmap(QPixmap::fromImage(image));
    }
    auto* number = new QSpinBox(card);
    number->setObjectName(QStringLiteral("styleStrength"));
    number->setAccessibleName(tr("Strength of %1").arg(name));
    number->setToolTip(tr("How strongly this style counts"));
    number->setRange(0, 100);
    number->setSuffix(tr(" %"));
    number->setKeyboardTracking(false);
    number->setValue(static_cast<int>(std::lround(strength * 100.0)));
    connect(number, &QSpinBox::valueChanged, this, [this, id = clip.id](int value) { Q_EMIT strengthEdited(id, value / 100.0); });
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(picture);
    layout->addWidget(number);
    return card;
}

} // namespace ui
