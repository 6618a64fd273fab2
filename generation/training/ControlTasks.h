#pragma once

#include "generation/pipeline/Control.h"
#include "generation/training/ClipSource.h"
#include "generation/training/Lottery.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace generation {

/// What the control branch is taught to follow, beside text alone.
enum class ControlTask : std::uint8_t {
    FirstFrame,
    FirstAndLast,
    KnownFrames,
    Edges,
    Luma,
    Reference,
    EdgesReference,
    LumaReference,
    Region
};

inline constexpr std::array<ControlTask, 9> kControlTasks{
    ControlTask::FirstFrame,     ControlTask::FirstAndLast,  ControlTask::KnownFrames,
    ControlTask::Edges,          ControlTask::Luma,          ControlTask::Reference,
    ControlTask::EdgesReference, ControlTask::LumaReference, ControlTask::Region};

/// A task drawn by lot; the more useful ones come more often.
ControlTask drawTask(Lottery& lottery);

/// What the task needs of a lesson.
LessonParts partsFor(ControlTask task);

/// The task's input as a job would give it (ControlBuilder takes it from there), and whether the text names the style:
/// where a reference shows it, half of the time it does not.
struct ControlExample {
    ControlSource source;
    bool namesStyle = true;
};
ControlExample controlExample(ControlTask task, const Lesson& lesson, Lottery& lottery);

/// The conditions of a model's card that these tasks teach (Conditions.h).
std::vector<std::vector<std::string>> taughtConditions();

} // namespace generation
