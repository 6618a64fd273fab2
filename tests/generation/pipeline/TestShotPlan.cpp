#include "generation/pipeline/JobError.h"
#include "generation/pipeline/ShotPlan.h"

#include "tests/generation/pipeline/Cases.h"

using namespace generation;
using generation::test::Checks;

namespace {

struct Fixture {
    ModelCard card;
    TransformerConfig transformer;
    VaeConfig vae;
    GenerateRequest request;

    Fixture() {
        card.name = "starter";
        card.width = 224;
        card.height = 128;
        card.frames = 25;
        card.fpsNumerator = 12;
        card.steps = 25;
        card.shift = 2.0;
        card.guidance = 2.5;
        card.sampler = "euler";
        card.conditions = {{"first_frame"},      {"edges"}, {"luma"}, {"reference"}, {"edges", "reference"},
                           {"luma", "reference"}};
        card.hasControl = true;
        card.textOnlyWithoutControl = true;
        transformer.ropeMaxLength = 128;
        vae.latentChannels = 48;
        vae.patch = 2;
        request.prompts = {{"", 0, 0}};
    }

    ShotPlan plan() const { return planShot(request, card, transformer, vae); }

    /// The code it is refused with, or "" when it is not; `detail` gets the words.
    std::string refusal(std::string* detail = nullptr) const {
        try {
            plan();
            return "";
        } catch (const JobError& error) {
            if (detail) {
                *detail = error.what();
            }
            return error.code();
        }
    }
};

void theModelFillsTheGaps(Checks& c) {
    const ShotPlan plan = Fixture().plan();
    CHECK(c, plan.width == 224 && plan.height == 128 && plan.frames == 25 && plan.fpsNumerator == 12);
    CHECK(c, plan.legalWidth == 224 && plan.legalHeight == 128 && plan.legalFrames == 25);
    CHECK(c, plan.latentShape(1) == (std::array<std::int64_t, 5>{1, 48, 8, 8, 14}));
    CHECK(c, plan.steps == 25 && plan.guidance == 2.5 && plan.shift == 2.0 && plan.sampler == "euler" &&
                 !plan.usesControl);
}

void sizesBecomeLegal(Checks& c) {
    Fixture f;
    f.request.width = 225;
    f.request.height = 1;
    f.request.frames = 26;
    f.request.fpsNumerator = 24000;
    f.request.fpsDenominator = 1001;
    const ShotPlan plan = f.plan();
    CHECK(c, plan.width == 225 && plan.height == 1 && plan.frames == 26 && plan.fpsNumerator == 24000 &&
                 plan.fpsDenominator == 1001);
    CHECK(c, plan.legalWidth == 256 && plan.legalHeight == 32 && plan.legalFrames == 29 && plan.latentFrames == 8);
    f.request.frames = 1;
    CHECK(c, f.plan().legalFrames == 1 && f.plan().latentFrames == 1);
    f.request.width = 16384;
    CHECK_EQUAL(c, f.refusal(), "bad-request");
}

void unknownConditionsAreRefusedByName(Checks& c) {
    Fixture f;
    f.request.basePath = "/b";
    f.request.control = Control::Edges;
    CHECK(c, f.plan().usesControl && f.plan().conditions == std::vector<std::string>{"edges"});
    f.request.references = {{"/r", 1.0}};
    CHECK_EQUAL(c, f.refusal(), "");
    f.request.references.push_back({"/s", 0.5});
    std::string detail;
    CHECK_EQUAL(c, f.refusal(&detail), "unsupported-condition");
    CHECK(c, detail.find("edges+reference+reference") != std::string::npos &&
                 detail.find("luma+reference") != std::string::npos);
    f.request.references[1].strength = 0.0; // counts for nothing
    CHECK_EQUAL(c, f.refusal(), "");
    f.request.firstFramePath = "/f";
    CHECK_EQUAL(c, f.refusal(&detail), "unsupported-condition");
    CHECK(c, detail.find("first_frame+edges+reference") != std::string::npos);
    f.request = Fixture().request;
    f.request.control = Control::Luma; // of nothing
    CHECK_EQUAL(c, f.refusal(), "bad-request");
    f.request = Fixture().request;
    f.request.sampler = "ddim";
    CHECK_EQUAL(c, f.refusal(), "bad-request");
}

void strengthSaysWhereToBegin(Checks& c) {
    Fixture f;
    f.request.basePath = "/b";
    f.request.strength = 0.6;
    f.request.steps = 10;
    CHECK(c, f.plan().startsFromBase && f.plan().firstStep == 4);
    f.request.strength = 0.0;
    CHECK(c, f.plan().startsFromBase && f.plan().firstStep == 10);
    f.request.strength = 1.0;
    CHECK(c, !f.plan().startsFromBase && f.plan().firstStep == 0);
    f.request.strength = 0.5;
    f.request.control = Control::Luma; // the base steers by its luma instead
    CHECK(c, !f.plan().startsFromBase && f.plan().usesControl);
}

} // namespace

void shotPlanCases(Checks& checks) {
    checks.run("the model fills the gaps", theModelFillsTheGaps);
    checks.run("sizes become legal", sizesBecomeLegal);
    checks.run("unknown conditions are refused by name", unknownConditionsAreRefusedByName);
    checks.run("strength says where to begin", strengthSaysWhereToBegin);
}
