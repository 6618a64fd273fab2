#include "generation/model/Lora.h"
#include "generation/model/ParityFixture.h"
#include "generation/model/VideoTransformer.h"

#include <ATen/ATen.h>

#include <cstdlib>
#include <set>

namespace generation {

namespace {

/// The prefixes of the file's LoRAs: what is neither the network, nor values, nor the file on top.
std::set<std::string> spellingsIn(const Safetensors& fixture) {
    std::set<std::string> prefixes;
    for (const auto& [name, entry] : fixture.header().tensors) {
        const std::string prefix = name.substr(0, name.find('.') + 1);
        if (prefix != "w." && prefix != "in." && prefix != "out." && prefix != "mid." && prefix != "diff.") {
            prefixes.insert(prefix);
        }
    }
    return prefixes;
}

/// One delta in the spellings of the wild, and one more file of whole differences on top.
void runLora(const Safetensors& fixture, ParityReport& report) {
    const double strength = std::strtod(fixture.metadata("strength").c_str(), nullptr);
    const WeightSource all = WeightSource::openFile(fixture.path());
    auto transformer = fixtureNetwork<VideoTransformer>(fixture, report.device(), parseTransformerConfig);
    const auto run = [&] {
        const PreparedText text = transformer.prepareText(fixture.tensor("in.text"));
        return transformer.forward(
            {.latents = fixture.tensor("in.x"), .timestep = fixture.tensor("in.t"), .text = &text});
    };
    const auto apply = [&](const std::string& prefix) {
        const Lora lora = Lora::read(all.under(prefix));
        for (const std::string& key : transformer.addLora(lora, strength).unmatched) {
            report.fail(prefix + key, "matches nothing");
        }
    };
    const at::Tensor base = run();
    report.compare("out.base", base, fixture.tensor("out.base"));
    for (const std::string& prefix : spellingsIn(fixture)) {
        apply(prefix);
        report.compare("out.lora of " + prefix, run(), fixture.tensor("out.lora"));
        transformer.setLoraStrengths({0.0});
        report.compare("out.base of " + prefix + " at strength 0", run(), base, 0.0);
        transformer.setLoraStrengths({strength});
        if (fixture.contains("out.lora_plus_diff")) {
            apply("diff.");
            report.compare("out.lora_plus_diff of " + prefix, run(), fixture.tensor("out.lora_plus_diff"));
        }
        transformer.removeLoras();
        report.compare("out.base after " + prefix, run(), base, 0.0);
    }
}

} // namespace

ParityCase loraParity() {
    return {"LoRA",
            [](const Safetensors& f) {
                return hasAll(f, {"in.x", "in.t", "in.text", "out.base", "out.lora"}) &&
                       !f.metadata("strength").empty();
            },
            runLora};
}

} // namespace generation
