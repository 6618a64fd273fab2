#include "timeline/model/Generators.h"

#include "timeline/model/JsonFields.h"

#include <algorithm>
#include <cctype>

namespace timeline {

namespace {

bool isColor(const std::string& text) {
    return (text.size() == 7 || text.size() == 9) && text.front() == '#' &&
           std::all_of(text.begin() + 1, text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
}

std::string colorAt(const Json& object, const std::string& fallback) {
    std::string text = textAt(object, "color");
    return isColor(text) ? text : fallback;
}

} // namespace

Prompt promptFrom(const Metadata& parameters) {
    return {textAt(parameters.json(), "text"), textAt(parameters.json(), "negative")};
}

Title titleFrom(const Metadata& parameters) {
    const Json& object = parameters.json();
    Title title;
    title.text = textAt(object, "text");
    title.size = numberAt(object, "size", kMinTitleSize, 1.0).value_or(title.size);
    title.color = colorAt(object, title.color);
    title.x = numberAt(object, "x", -kMaxTitleOffset, kMaxTitleOffset).value_or(title.x);
    title.y = numberAt(object, "y", -kMaxTitleOffset, kMaxTitleOffset).value_or(title.y);
    return title;
}

std::string colorFrom(const Metadata& parameters) {
    return colorAt(parameters.json(), "#000000").substr(0, 7);
}

Metadata promptParameters(const Prompt& prompt, const Metadata& old) {
    Json object = old.json();
    object["text"] = prompt.text;
    putUnlessDefault(object, "negative", prompt.negative, std::string());
    return Metadata(std::move(object));
}

Metadata titleParameters(const Title& title, const Metadata& old) {
    Json object = old.json();
    object["text"] = title.text;
    object["size"] = title.size;
    object["color"] = title.color;
    object["x"] = title.x;
    object["y"] = title.y;
    return Metadata(std::move(object));
}

Metadata colorParameters(const std::string& color, const Metadata& old) {
    return old.with("color", color);
}

} // namespace timeline
