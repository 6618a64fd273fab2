#include "timeline/render/MediaUrls.h"

#include <charconv>
#include <string_view>
#include <utility>

namespace timeline {

namespace {

std::string withoutPercents(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        const char* digits = text.data() + i + 1;
        if (text[i] == '%' && i + 2 < text.size() && std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
            plain.push_back(static_cast<char>(value));
            i += 2;
        } else {
            plain.push_back(text[i]);
        }
    }
    return plain;
}

/// The path of a file: URL: "file:///a", "file://localhost/a" and "file:/a" are all "/a".
std::string_view pathOfFileUrl(std::string_view url) {
    std::string_view rest = url.substr(std::string_view("file:").size());
    if (rest.starts_with("//")) {
        rest.remove_prefix(2);
        const std::size_t slash = rest.find('/');
        rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash);
    }
    return rest;
}

} // namespace

UrlResolver projectUrls(std::filesystem::path projectFolder) {
    return [folder = std::move(projectFolder)](const std::string& url) -> std::filesystem::path {
        if (url.starts_with("file:")) {
            return withoutPercents(pathOfFileUrl(url));
        }
        return folder / url; // an absolute path stays what it is
    };
}

} // namespace timeline
