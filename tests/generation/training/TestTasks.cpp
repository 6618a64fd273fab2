// What the control branch is taught: examples look like the jobs they stand for.
#include "generation/model/ModelCard.h"
#include "generation/training/ControlTasks.h"

#include <ATen/ATen.h> // before the tests' own headers: libtorch's CHECK is one word less

#include "tests/generation/training/Cases.h"
#include "tests/generation/training/SyntheticClips.h"

#include <map>

using namespace generation;
using namespace generation::test;

namespace {

Lesson lesson() {
    return SyntheticClips(64, 32, 13).lesson(3, {});
}

void knownFramesAreGiven(Checks& checks) {
    const Lesson clip = lesson();
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        for (const ControlTask task : {ControlTask::FirstFrame, ControlTask::FirstAndLast, ControlTask::KnownFrames}) {
            Lottery lottery(seed);
            const ControlSource source = controlExample(task, clip, lottery).source;
            const at::Tensor known = source.mask.flatten(3).amax({0, 1, 3}).eq(0.0); // [F]
            const at::Tensor given = source.video.sub(clip.video).abs().transpose(1, 2).flatten(2).amax({0, 2}).eq(0.0);
            CHECK(checks, given.equal(known)); // known frames are the clip's, of the others nothing is shown
            const auto count = known.sum().item<std::int64_t>();
            CHECK(checks, task != ControlTask::FirstFrame || (count == 1 && known[0].item<bool>()));
            CHECK(checks, task != ControlTask::FirstAndLast || (count == 2 && known[12].item<bool>()));
            CHECK(checks, count >= 1 && count <= 13);
        }
    }
}

void regionsHideTheirInside(Checks& checks) {
    const Lesson clip = lesson();
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Lottery lottery(seed);
        const ControlSource source = controlExample(ControlTask::Region, clip, lottery).source;
        CHECK(checks, (source.video * source.mask).abs().max().item<double>() == 0.0);
        CHECK(checks, source.video.equal(clip.video * (1.0 - source.mask)));
        const double share = source.mask.mean().item<double>();
        CHECK(checks, share > 0.0 && share < 1.0);
    }
}

void looksAreShown(Checks& checks) {
    const Lesson clip = lesson();
    std::map<bool, int> named;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Lottery lottery(seed);
        const ControlExample example = controlExample(ControlTask::LumaReference, clip, lottery);
        CHECK(checks, example.source.video.equal(lumaControl(clip.natural))); // structure of the unstyled clip
        CHECK(checks, example.source.references.size() == 1 && example.source.references.front().equal(clip.still));
        CHECK(checks, example.source.mask.min().item<double>() == 1.0);
        ++named[example.namesStyle];
    }
    CHECK(checks, named[true] > 8 && named[false] > 8);
    Lottery lottery(1);
    CHECK(checks, controlExample(ControlTask::Edges, clip, lottery).source.video.equal(edgesControl(clip.natural)));
}

void everyTaskIsDrawn(Checks& checks) {
    std::map<ControlTask, int> drawn;
    Lottery lottery(2);
    for (int i = 0; i < 2000; ++i) {
        ++drawn[drawTask(lottery)];
    }
    for (const ControlTask task : kControlTasks) {
        CHECK(checks, drawn[task] > 60);
    }
    ModelCard card;
    card.conditions = taughtConditions();
    for (const std::vector<std::string>& condition :
         {std::vector<std::string>{"first_frame"}, {"last_frame", "first_frame"}, {"reference", "luma"}, {"inpaint"}}) {
        CHECK(checks, card.allows(condition));
    }
    CHECK(checks, !card.allows({"depth"}));
}

} // namespace

void taskCases(Checks& checks) {
    checks.run("known frames are given", knownFramesAreGiven);
    checks.run("regions hide their inside", regionsHideTheirInside);
    checks.run("looks are shown", looksAreShown);
    checks.run("every task is drawn", everyTaskIsDrawn);
}
