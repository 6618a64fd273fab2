#pragma once

#include "generation/training/world/Frame.h"
#include "generation/training/world/Pen.h"
#include "generation/training/world/Stage.h"

namespace generation::world {

/// Where the clip's subject is at a moment, in units of half the picture's height, the camera's move included. It
/// travels in its direction and comes in again on the other side when it has left.
Placing placeSubject(const Stage& stage, const Moment& moment);

/// Draws the clip's subject, nothing for None.
void drawSubject(const Stage& stage, const Moment& moment, Frame& frame);

/// Whether the subject floats in front of the land and above the water line, so that water mirrors it.
bool isInTheAir(Subject subject);

/// The camera's depth of the subject's layer.
float depthOf(Subject subject);

// One subject each, at its placing.
struct Actor {
    const Stage& stage;
    float seconds;
    Rgb paint;
};
void drawBalloon(const Actor& actor, Pen& pen);
void drawBird(const Actor& actor, float phase, Pen& pen);
void drawPlane(const Actor& actor, Pen& pen);
void drawKite(const Actor& actor, Pen& pen);
void drawSpaceship(const Actor& actor, Pen& pen);
void drawSailboat(const Actor& actor, Pen& pen);
void drawWhale(const Actor& actor, Pen& pen);
void drawTrain(const Actor& actor, Pen& pen);
void drawCar(const Actor& actor, Pen& pen);
void drawDeer(const Actor& actor, Pen& pen);

} // namespace generation::world
