#include "generation/training/measure/Rendered.h"

#include "generation/training/world/ClipRenderer.h"
#include "generation/training/world/Subjects.h"

#include <algorithm>

namespace generation::measure {

namespace {

constexpr world::Format kFormat{kWorkWidth, kWorkHeight, 25, 12.0F};

Picture pictureOf(const world::Frame& frame) {
    Picture picture;
    int channel = 0;
    for (Image* image : {&picture.red, &picture.green, &picture.blue}) {
        image->width = frame.width();
        image->height = frame.height();
        const float* plane = frame.plane(channel++);
        image->values.assign(plane, plane + frame.pixels());
        // As a clip is stored: measures must not see more than 8 bits.
        for (float& value : image->values) {
            value = static_cast<float>(static_cast<int>(std::clamp(value, 0.0F, 1.0F) * 255.0F + 0.5F)) / 255.0F;
        }
    }
    return picture;
}

} // namespace

Picture renderedFrame(const world::Clip& clip, int number) {
    world::ClipRenderer renderer(clip, kFormat);
    return pictureOf(renderer.draw(number));
}

Footage renderedClip(const world::Clip& clip) {
    world::ClipRenderer renderer(clip, kFormat);
    Footage footage;
    for (int k = 0; k < kFormat.frames; ++k) {
        footage.push_back(pictureOf(renderer.draw(k)));
    }
    return footage;
}

Place placeOfSubject(const world::Clip& clip, int number) {
    if (clip.subject == world::Subject::None) {
        return {0.5F * kWorkWidth, 0.5F * kWorkHeight};
    }
    const world::Stage stage = world::stageOf(clip);
    const float seconds = static_cast<float>(number) / kFormat.fps;
    const world::Moment moment{seconds, world::viewAt(clip.camera, clip.seed, seconds, kFormat)};
    const world::Placing placing = world::placeSubject(stage, moment);
    const world::LayerView layer = moment.view.layer(world::depthOf(clip.subject));
    // Drawings are not centred on their origin.
    float x = placing.at.x;
    float y = placing.at.y;
    switch (clip.subject) {
    case world::Subject::Birds:
        x -= 2.6F * placing.mirror * placing.size;
        break;
    case world::Subject::Sailboat:
        y -= 0.5F * placing.size;
        break;
    case world::Subject::Train:
        y -= 0.2F * placing.size;
        x += 0.4F * placing.mirror * placing.size; // the locomotive
        break;
    case world::Subject::Deer:
        y -= 0.15F * placing.size;
        break;
    default:
        break;
    }
    return {(x - layer.x) / layer.step, (y - layer.y) / layer.step};
}

} // namespace generation::measure
