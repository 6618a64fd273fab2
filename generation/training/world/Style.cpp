#include "generation/training/world/Style.h"

namespace generation::world {

void applyStyle(const Stage& stage, const Moment& moment, Frame& frame, Scratch& scratch) {
    const LayerView screen = viewAt(Camera::Static, 0, 0.0F, {frame.width(), frame.height(), 1, 1.0F}).layer(0.0F);
    const Easel easel{stage, moment.seconds, screen, frame, scratch};
    switch (stage.clip.style) {
    case Style::Natural:
        return;
    case Style::FilmNoir:
        return styleFilmNoir(easel);
    case Style::Watercolor:
        return styleWatercolor(easel);
    case Style::Neon:
        return styleNeon(easel);
    case Style::Comic:
        return styleComic(easel);
    case Style::Vintage:
        return styleVintage(easel);
    case Style::PixelArt:
        return stylePixelArt(easel);
    case Style::Oil:
        return styleOil(easel);
    case Style::Pencil:
        return stylePencil(easel);
    case Style::StainedGlass:
        return styleStainedGlass(easel);
    case Style::Halftone:
        return styleHalftone(easel);
    case Style::Blueprint:
        return styleBlueprint(easel);
    case Style::Thermal:
        return styleThermal(easel);
    }
}

} // namespace generation::world
