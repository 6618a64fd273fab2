#include "generation/training/LookJob.h"

#include "generation/pipeline/JobError.h"
#include "generation/protocol/RequestKey.h"
#include "generation/protocol/Sha256.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace generation {

namespace {

using nlohmann::json;

constexpr std::size_t kMostClips = 400; // fifty of the user's in eight stretches each

[[noreturn]] void refuse(const std::string& what) {
    throw JobError("bad-input", what);
}

std::string text(const json& object, const char* name, bool isNeeded) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) {
        if (isNeeded) {
            refuse(std::string(name) + " is missing");
        }
        return {};
    }
    if (!found->is_string() || (isNeeded && found->get_ref<const std::string&>().empty())) {
        refuse(std::string(name) + " is not a text");
    }
    return found->get<std::string>();
}

double number(const json& object, const char* name, double otherwise, double most) {
    const auto found = object.find(name);
    if (found == object.end()) {
        return otherwise;
    }
    if (!found->is_number() || found->get<double>() < 0.0 || found->get<double>() > most) {
        refuse(std::string(name) + " is not a number from 0 to " + std::to_string(most));
    }
    return found->get<double>();
}

bool flag(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found != object.end() && !found->is_boolean()) {
        refuse(std::string(name) + " is not true or false");
    }
    return found != object.end() && found->get<bool>();
}

const json& list(const json& object, const char* name) {
    static const json none = json::array();
    const auto found = object.find(name);
    if (found == object.end()) {
        return none;
    }
    if (!found->is_array()) {
        refuse(std::string(name) + " is not a list");
    }
    return *found;
}

void readClips(LookJob& job, const json& object) {
    for (const json& clip : list(object, "clips")) {
        if (!clip.is_object()) {
            refuse("clips is not a list of objects");
        }
        job.clips.push_back({text(clip, "frames", true), text(clip, "caption", false)});
    }
    if (job.clips.empty() || job.clips.size() > kMostClips) {
        refuse("clips: 1 to " + std::to_string(kMostClips) + " are needed");
    }
}

} // namespace

LookJob parseLookJob(const std::string& source) {
    const json object = json::parse(source, nullptr, false);
    if (!object.is_object()) {
        refuse("the job is not a JSON object");
    }
    LookJob job;
    job.model = text(object, "model", true);
    job.name = text(object, "name", true);
    job.output = text(object, "output", true);
    job.caption = text(object, "caption", false);
    if (job.caption.empty()) {
        job.caption = "in the style of " + job.name;
    }
    readClips(job, object);
    for (const json& target : list(object, "targets")) {
        if (!target.is_string()) {
            refuse("targets is not a list of names");
        }
        job.targets.push_back(target.get<std::string>());
    }
    job.rank = static_cast<std::int64_t>(number(object, "rank", 16.0, 1024.0));
    if (job.rank < 1) {
        refuse("rank is 0");
    }
    job.budget.steps = static_cast<std::int64_t>(number(object, "steps", 0.0, 1e7));
    job.budget.seconds = number(object, "minutes", 20.0, 1e5) * 60.0;
    job.seed = static_cast<std::uint64_t>(number(object, "seed", 1.0, 9e15));
    job.planOnly = flag(object, "plan_only");
    job.tryAnyway = flag(object, "try_anyway");
    return job;
}

std::string lookKey(const LookJob& job) {
    json clips = json::array();
    for (const LookClip& clip : job.clips) {
        try {
            clips.push_back({hashFile(clip.path), clip.caption});
        } catch (const HashError& error) {
            refuse(error.what());
        }
    }
    Sha256 sum;
    sum.add(json{{"model", job.model},
                 {"caption", job.caption},
                 {"clips", clips},
                 {"rank", job.rank},
                 {"targets", job.targets},
                 {"seed", job.seed}}
                .dump());
    return sum.hex();
}

std::vector<std::string> lookOutputs(const std::string& output, std::size_t experts) {
    if (experts < 2) {
        return {output};
    }
    const std::filesystem::path path(output);
    const auto named = [&](const char* level) {
        return (path.parent_path() / (path.stem().string() + level + path.extension().string())).string();
    };
    return {named("_high_noise"), named("_low_noise")};
}

} // namespace generation
