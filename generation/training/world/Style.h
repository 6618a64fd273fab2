#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Lens.h"
#include "generation/training/world/Stage.h"

namespace generation::world {

/// Redraws a developed frame (displayed values) in the clip's style. Textures of paper, canvas and glass stay still;
/// the grain and flicker of film move. Sizes follow the picture's height, not its pixels.
void applyStyle(const Stage& stage, const Moment& moment, Frame& frame, Scratch& scratch);

/// What every style gets.
struct Easel {
    const Stage& stage;
    float seconds;
    LayerView screen; ///< the picture's own coordinates, whatever the camera does
    Frame& frame;
    Scratch& scratch;

    /// A radius or width given for a picture 128 pixels high, in this picture's pixels, at least `least`.
    int pixels(float at128, int least = 1) const {
        const float size = at128 * static_cast<float>(frame.height()) / 128.0F + 0.5F;
        return size < static_cast<float>(least) ? least : static_cast<int>(size);
    }

    /// How much a hand that draws in lines brightens the scene, so that night and fog leave something to draw.
    float exposure() const {
        const Clip& clip = stage.clip;
        const float dark = clip.time == TimeOfDay::Night && clip.scene != Scene::Space ? 2.2F : 1.0F;
        return clip.weather == Weather::Rain ? 1.4F * dark : dark;
    }
};

void styleFilmNoir(const Easel& easel);
void styleVintage(const Easel& easel);
void styleThermal(const Easel& easel);
void styleWatercolor(const Easel& easel);
void styleOil(const Easel& easel);
void styleComic(const Easel& easel);
void styleNeon(const Easel& easel);
void stylePencil(const Easel& easel);
void styleBlueprint(const Easel& easel);
void stylePixelArt(const Easel& easel);
void styleStainedGlass(const Easel& easel);
void styleHalftone(const Easel& easel);

} // namespace generation::world
