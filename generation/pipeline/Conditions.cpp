#include "generation/pipeline/Conditions.h"

#include "generation/pipeline/JobError.h"

#include <algorithm>

namespace generation {
namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : "+") + name;
    }
    return text;
}

[[noreturn]] void refuse(const std::string& why) {
    throw JobError("bad-request", why);
}

void checkKnown(const GenerateRequest& request, std::int64_t frames) {
    std::vector<KnownFrames> spans = request.known;
    std::sort(spans.begin(), spans.end(), [](const KnownFrames& a, const KnownFrames& b) { return a.frame < b.frame; });
    std::int64_t free = request.firstFramePath.empty() ? 0 : 1;
    for (const KnownFrames& span : spans) {
        if (span.frame < free) {
            refuse("known frames overlap at frame " + std::to_string(span.frame));
        }
        free = span.frame + span.frames;
    }
    if (free > frames) {
        refuse("known frames reach to frame " + std::to_string(free) + " of " + std::to_string(frames));
    }
    if (frames > 0 && !spans.empty() &&
        std::all_of(spans.begin(), spans.end(), [&](const KnownFrames& s) { return s.frames == frames; })) {
        refuse("every frame is known");
    }
}

void checkBase(const GenerateRequest& request, std::int64_t frames) {
    const bool ofBase = !request.maskPath.empty() || request.placement || request.retake;
    if (ofBase && request.basePath.empty()) {
        refuse("a mask, a placement and a retake need a base clip");
    }
    if (request.retake && (request.retake->first >= frames || request.retake->end > frames)) {
        refuse("the retake's frames are outside the shot");
    }
    if (request.control == Control::None) {
        if (!request.controlPath.empty()) {
            refuse("a control clip needs a kind of control");
        }
        return;
    }
    if (request.controlPath.empty() && (request.control == Control::Depth || request.control == Control::Clip)) {
        refuse("this control needs a control clip");
    }
    if (request.controlPath.empty() && request.basePath.empty()) {
        refuse("control needs a base clip or a control clip");
    }
}

const char* controlName(Control control) {
    switch (control) {
    case Control::Edges:
        return "edges";
    case Control::Luma:
        return "luma";
    case Control::Blur:
        return "blur";
    case Control::Depth:
        return "depth";
    case Control::Clip:
    case Control::None:
        break;
    }
    return "control";
}

/// first_frame, last_frame, known_frames, extend_..., bridge.
void addKnownNames(std::vector<std::string>& names, const GenerateRequest& request, std::int64_t frames) {
    bool first = !request.firstFramePath.empty();
    bool last = false;
    bool inside = false;
    bool opening = false;
    bool closing = false;
    for (const KnownFrames& span : request.known) {
        const bool atBegin = span.frame == 0;
        const bool atEnd = span.frame + span.frames == frames;
        if (span.frames == 1) {
            first = first || atBegin;
            last = last || (atEnd && !atBegin);
            inside = inside || (!atBegin && !atEnd);
        } else {
            opening = opening || atBegin;
            closing = closing || (atEnd && !atBegin);
            inside = inside || (!atBegin && !atEnd);
        }
    }
    const auto add = [&](bool there, const char* name) {
        if (there) {
            names.emplace_back(name);
        }
    };
    add(first, "first_frame");
    add(last, "last_frame");
    add(inside, "known_frames");
    add(opening && closing, "bridge");
    add(opening && !closing, "extend_forward");
    add(closing && !opening, "extend_backward");
}

} // namespace

bool hasKnownPixels(const GenerateRequest& request) {
    return !request.firstFramePath.empty() || !request.known.empty() || !request.maskPath.empty() ||
           request.placement || request.retake;
}

std::vector<std::string> conditionsOf(const GenerateRequest& request, std::int64_t frames) {
    checkKnown(request, frames);
    checkBase(request, frames);
    std::vector<std::string> names;
    if (request.keeping == Keeping::Model) {
        addKnownNames(names, request, frames);
    }
    if (request.control != Control::None) {
        names.emplace_back(controlName(request.control));
    }
    if (request.keeping == Keeping::Model) {
        const auto add = [&](bool there, const char* name) {
            if (there) {
                names.emplace_back(name);
            }
        };
        add(!request.maskPath.empty(), "inpaint");
        add(request.placement.has_value(), "outpaint");
        add(request.retake.has_value(), "retake");
    }
    names.insert(names.end(),
                 static_cast<std::size_t>(std::count_if(request.references.begin(), request.references.end(),
                                                        [](const Reference& r) { return r.strength > 0.0; })),
                 "reference");
    return names;
}

void refuseUnknownConditions(const std::vector<std::string>& names, const ModelCard& card) {
    if (names.empty() || card.allows(names)) {
        return;
    }
    std::string known = "text";
    for (const auto& combination : card.conditions) {
        known += ", " + joined(combination);
    }
    throw JobError("unsupported-condition", joined(names) + " is not what " + card.name + " knows: " + known);
}

} // namespace generation
