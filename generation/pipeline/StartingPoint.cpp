#include "generation/pipeline/JobError.h"
#include "generation/pipeline/ShotJob.h"
#include "generation/weights/WeightsError.h"

#include <sstream>

namespace generation {
namespace {

/// What caches remember belongs to the conditions that a branch leaves.
void forgetCaches(RunState& state) {
    const auto isCache = [](const auto& entry) { return entry.first.starts_with("window"); };
    std::erase_if(state.tensors, isCache);
    std::erase_if(state.numbers, isCache);
    std::erase_if(state.integers, isCache);
}

LatentCheckpoint branchOf(const std::string& path, const std::string& schedule) {
    try {
        LatentCheckpoint branch = readCheckpoint(path);
        if (branch.schedule != schedule) {
            throw JobError("bad-request", "the checkpoint is of another schedule or size (" + branch.schedule +
                                              ") than the request (" + schedule + ")");
        }
        forgetCaches(branch.state);
        return branch;
    } catch (const WeightsError& error) {
        throw JobError("bad-input", error.what());
    }
}

} // namespace

std::string scheduleText(const ShotPlan& plan, std::int64_t references) {
    std::ostringstream text;
    text << plan.sampler << ' ' << plan.steps << ' ' << plan.shift << ' ' << plan.seeds.size();
    for (const double timestep : plan.timesteps) {
        text << ' ' << timestep;
    }
    for (const std::int64_t size : plan.latentShape(references)) {
        text << ' ' << size;
    }
    return text.str();
}

/// Where an interrupted run left off, or the step that a branch leaves at; nothing: from the beginning.
std::optional<LatentCheckpoint> ShotGenerator::startingPoint(const Part& part, at::Device where) const {
    std::optional<LatentCheckpoint> point;
    if (part.checkpoints) {
        point = part.checkpoints->newest(part.job.key);
    }
    if (point) {
        part.job.observer.notice("resumed", {{"step", std::int64_t{point->step}}});
    } else if (!part.request.branchPath.empty()) {
        point = branchOf(part.request.branchPath, scheduleText(part.plan, part.references));
    }
    if (point) {
        for (auto& [name, tensor] : point->state.tensors) {
            tensor = tensor.to(where);
        }
    }
    return point;
}

} // namespace generation
