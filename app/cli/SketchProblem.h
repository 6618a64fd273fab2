#pragma once

#include "app/cli/Sketch.h"

#include <QString>

#include <functional>

namespace app::cli {

/// How the person who asked calls an input: "--base" on the command line, "input.video_url" in a task document. Given
/// the option's name without its dashes.
using InputName = std::function<QString(const char* option)>;

/// What of a sketch cannot be together, or not alone; empty: nothing. The command line and task documents have this one
/// judge.
QString sketchProblem(const Sketch& sketch, const InputName& nameOf);

/// What of a sketch lies outside the film that it is laid out for; empty: nothing. Asked before anything is rendered.
QString placeProblem(const Sketch& sketch, const SketchedShot& sketched);

} // namespace app::cli
