#include "generation/training/world/View.h"

#include "generation/training/world/Dice.h"
#include "generation/training/world/Shading.h"

namespace generation::world {

namespace {

constexpr float kMiddle = 1.0F; // seconds: a two-second clip is half way through its move
constexpr float kFarShare = 0.4F;

} // namespace

int LayerView::rowAt(float worldY) const {
    return static_cast<int>(-floorOf(-(worldY - y) / step));
}

int LayerView::columnAt(float worldX) const {
    return static_cast<int>(-floorOf(-(worldX - x) / step));
}

LayerView View::layer(float depth) const {
    const float step = 2.0F / static_cast<float>(height) * zoom;
    const float share = kFarShare + (1.0F - kFarShare) * depth;
    const float left = (0.5F * step - aspect() * zoom) + pan.x * share;
    const float top = 0.5F * step - zoom + pan.y + focus * (1.0F - zoom);
    return {left, top, step};
}

View viewAt(Camera camera, std::uint64_t seed, float seconds, const Format& format) {
    Dice dice(seed, 11);
    const float pace = dice.between(0.8F, 1.3F);
    View view{format.width, format.height, 1.0F, {}, dice.between(-0.1F, 0.2F)};
    const float t = seconds - kMiddle;
    switch (camera) {
    case Camera::Static:
        break;
    case Camera::PanLeft:
        view.pan.x = -0.42F * pace * t;
        break;
    case Camera::PanRight:
        view.pan.x = 0.42F * pace * t;
        break;
    case Camera::ZoomIn:
        view.zoom = powerOfTwo(-0.28F * pace * t);
        break;
    case Camera::ZoomOut:
        view.zoom = powerOfTwo(0.28F * pace * t);
        break;
    case Camera::TiltUp:
        view.pan.y = -0.17F * pace * t;
        break;
    case Camera::TiltDown:
        view.pan.y = 0.17F * pace * t;
        break;
    case Camera::Handheld: {
        const std::uint32_t shake = dice.word();
        view.pan.x = 0.16F * (fractal<2>(2.6F * seconds, shake) - 0.5F);
        view.pan.y = 0.12F * (fractal<2>(2.9F * seconds + 40.0F, shake) - 0.5F);
        break;
    }
    }
    return view;
}

} // namespace generation::world
