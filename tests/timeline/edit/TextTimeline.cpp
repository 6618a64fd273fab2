#include "tests/timeline/edit/TextTimeline.h"

#include "timeline/model/Invariants.h"
#include "timeline/model/Query.h"

#include <QtGlobal>

#include <sstream>

namespace text {

using namespace timeline;

namespace {

constexpr std::int64_t kGapIds = 1000;

std::int64_t numberAfter(std::string_view word, char mark, std::int64_t fallback) {
    const std::size_t at = word.find(mark);
    return at == std::string_view::npos ? fallback : std::stoll(std::string(word.substr(at + 1)));
}

Item itemOf(std::string_view word, FrameRate rate, std::uint64_t number) {
    if (word.front() == '_') {
        Gap gap;
        gap.id = ItemId{number};
        gap.duration = RationalTime(numberAfter(word, '_', 0), rate);
        return gap;
    }
    if (word.front() == '<') {
        Transition transition;
        transition.id = ItemId{number};
        transition.inOffset = RationalTime(numberAfter(word, '<', 0), rate);
        transition.outOffset = RationalTime(numberAfter(word, ',', 0), rate);
        return transition;
    }
    if (word.front() == '?') {
        ForeignItem foreign;
        foreign.id = ItemId{number};
        foreign.duration = RationalTime(numberAfter(word, '?', 0), rate);
        return foreign;
    }
    return clipOf(word);
}

Track trackOf(std::size_t index) {
    Track track;
    track.id = trackId(index);
    track.name = std::to_string(index);
    return track;
}

std::string wordOf(const Item& item) {
    std::ostringstream word;
    if (const auto* transition = std::get_if<Transition>(&item)) {
        word << '<' << transition->inOffset.value() << ',' << transition->outOffset.value() << '>';
    } else if (const auto* clip = std::get_if<Clip>(&item)) {
        word << clip->name << clip->sourceRange.duration.value();
        if (clip->sourceRange.start.value() != 0) {
            word << '@' << clip->sourceRange.start.value();
        }
        if (const auto limits = mediaLimits(*clip)) {
            word << '/' << limits->duration.value();
        }
    } else {
        word << (std::holds_alternative<Gap>(item) ? '_' : '?') << itemDuration(item).value();
    }
    return word.str();
}

} // namespace

RationalTime frames(std::int64_t count) {
    return {count, FrameRate(25)};
}

ItemId idOf(char name) {
    return ItemId{static_cast<std::uint64_t>(name)};
}

TrackId trackId(std::size_t index) {
    return TrackId{index + 1};
}

Clip clipOf(std::string_view word) {
    Clip clip;
    clip.id = idOf(word.front());
    clip.name = word.substr(0, 1);
    clip.sourceRange = {frames(numberAfter(word, '@', 0)), frames(std::stoll(std::string(word.substr(1))))};
    ExternalReference reference;
    reference.url = clip.name + ".mov";
    if (const std::int64_t length = numberAfter(word, '/', 0); length > 0) {
        reference.availableRange = TimeRange{frames(0), frames(length)};
    }
    clip.references[kDefaultMediaKey] = reference;
    return clip;
}

Timeline timelineOf(std::string_view text, FrameRate rate) {
    Timeline timeline;
    timeline.format.rate = rate;
    std::istringstream words{std::string(text)};
    timeline.tracks.push_back(trackOf(0));
    std::uint64_t number = kGapIds;
    for (std::string word; words >> word;) {
        if (word == "|") {
            timeline.tracks.push_back(trackOf(timeline.tracks.size()));
        } else {
            timeline.tracks.back().items.push_back(makeItem(itemOf(word, rate, ++number)));
        }
    }
    if (const auto sound = checkInvariants(timeline); !sound) {
        qFatal("%s", sound.error().detail.c_str());
    }
    return timeline;
}

std::string textOf(const Timeline& timeline) {
    if (const auto sound = checkInvariants(timeline); !sound) {
        return "broken: " + sound.error().subject + ": " + sound.error().detail;
    }
    std::string text;
    for (const Track& track : timeline.tracks) {
        text += &track == &timeline.tracks.front() ? "" : text.empty() ? "| " : " | ";
        std::string words;
        for (const ItemPtr& item : track.items) {
            words += (words.empty() ? "" : " ") + wordOf(*item);
        }
        text += words;
    }
    return text;
}

std::string textOf(const Result<Timeline>& timeline) {
    return timeline ? textOf(*timeline) : errorCodeName(timeline.error().code);
}

} // namespace text
