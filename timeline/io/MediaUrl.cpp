#include "timeline/io/MediaUrl.h"

#include "timeline/base/NumberedName.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <system_error>

namespace timeline {

namespace {

namespace fs = std::filesystem;

std::optional<int> hexDigit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const int lower = std::tolower(static_cast<unsigned char>(c));
    return lower >= 'a' && lower <= 'f' ? std::optional(lower - 'a' + 10) : std::nullopt;
}

/// "%04d" and "%4d" stand for the numbers of an image sequence; they are no escapes.
bool isNumberPattern(std::string_view rest) {
    const auto field = NumberField::startOf(rest);
    return field && field->digits > 0;
}

std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto high = at + 2 < text.size() ? hexDigit(text[at + 1]) : std::nullopt;
        const auto low = at + 2 < text.size() ? hexDigit(text[at + 2]) : std::nullopt;
        if (text[at] == '%' && high && low && !isNumberPattern(text.substr(at))) {
            result += static_cast<char>(*high * 16 + *low);
            at += 2;
        } else {
            result += text[at];
        }
    }
    return result;
}

std::string encoded(std::string_view path) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view plain = "-._~/!$&'()*+,;=@";
    std::string result;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && (std::isalnum(byte) != 0 || plain.find(c) != std::string_view::npos)) {
            result += c;
        } else {
            result += '%';
            result += digits[byte >> 4];
            result += digits[byte & 15];
        }
    }
    return result;
}

/// The scheme in lower case, without its colon; empty when there is none. One letter is a drive of another system.
std::string schemeOf(std::string_view url) {
    const std::size_t colon = url.find(':');
    if (colon == std::string_view::npos || colon < 2 || std::isalpha(static_cast<unsigned char>(url[0])) == 0) {
        return {};
    }
    std::string scheme(url.substr(0, colon));
    for (char& c : scheme) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) == 0 && c != '+' && c != '-' && c != '.') {
            return {};
        }
        c = static_cast<char>(std::tolower(byte));
    }
    return scheme;
}

bool hasNul(std::string_view text) {
    return text.find('\0') != std::string_view::npos;
}

Error refused(ErrorCode code, std::string_view url, const char* detail) {
    return {code, std::string(url), detail};
}

Result<fs::path> fromFileUrl(std::string_view url) {
    std::string_view rest = url.substr(std::string_view("file:").size());
    if (rest.starts_with("//")) {
        rest.remove_prefix(2);
        const std::size_t slash = rest.find('/');
        const std::string_view host = rest.substr(0, slash);
        if (!host.empty() && host != "localhost") {
            return refused(ErrorCode::RefusedProtocol, url, "another machine");
        }
        rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
    }
    const std::string path = decoded(rest);
    if (!path.starts_with('/') || hasNul(path)) {
        return refused(ErrorCode::InvalidArgument, url, "no absolute path");
    }
    return fs::path(path).lexically_normal();
}

} // namespace

Result<fs::path> resolveUrl(std::string_view url, const fs::path& projectFolder) {
    if (url.empty() || hasNul(url)) {
        return refused(ErrorCode::InvalidArgument, url, "empty, or with NUL inside");
    }
    const auto absolute = [&](std::string_view path) { return (projectFolder / fs::path(path)).lexically_normal(); };
    const std::string scheme = schemeOf(url);
    if (scheme == "file") {
        return fromFileUrl(url);
    }
    // A file may really be called "12:30.mov" or "100%25.png".
    const bool isAmbiguous = !scheme.empty() || url.find('%') != std::string_view::npos;
    std::error_code failed;
    if (const fs::path asItStands = absolute(url); isAmbiguous && fs::exists(asItStands, failed)) {
        return asItStands;
    }
    if (!scheme.empty()) {
        return refused(ErrorCode::RefusedProtocol, url, scheme.c_str());
    }
    const std::string path = decoded(url);
    if (hasNul(path)) {
        return refused(ErrorCode::InvalidArgument, url, "NUL inside");
    }
    return absolute(path);
}

std::string urlFor(const fs::path& file, const fs::path& projectFolder) {
    const fs::path target = fs::absolute(file).lexically_normal();
    // A project without a folder was never saved: nothing lies inside it.
    const fs::path folder = projectFolder.empty() ? fs::path() : fs::absolute(projectFolder).lexically_normal();
    const fs::path relative = folder.empty() ? fs::path() : target.lexically_relative(folder);
    const bool isInside = !relative.empty() && *relative.begin() != ".." && relative != ".";
    return isInside ? encoded(relative.native()) : "file://" + encoded(target.native());
}

} // namespace timeline
