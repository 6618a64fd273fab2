#pragma once

#include "timeline/model/ShotContext.h"

#include <QImage>
#include <QWidget>

namespace ui {

/// The picture that a shot starts from, with a word on what it is: moving, still, masked, beside it, or nothing.
/// Thread: GUI.
class BaseView : public QWidget {
    Q_OBJECT

public:
    explicit BaseView(QWidget* parent);

    void setContext(const timeline::ShotContext& context);
    /// With a mask, what is white in it is laid over in red.
    void setImage(const QImage& image, const QImage& mask = {});

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString caption() const;

    timeline::BaseKind m_kind = timeline::BaseKind::None;
    bool m_isMasked = false;
    bool m_isBeside = false; ///< the shot goes on from the film beside it, or leads to it
    QImage m_image;
};

} // namespace ui
