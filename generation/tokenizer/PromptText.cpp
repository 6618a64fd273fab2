#include "generation/tokenizer/PromptText.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace generation {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// Length of the sequence that a lead byte begins; 0 for what cannot begin one.
int sequenceLength(std::uint8_t lead) {
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead < 0xE0) {
        return 2;
    }
    if (lead >= 0xE0 && lead < 0xF0) {
        return 3;
    }
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

bool isScalar(char32_t c) {
    return c < 0x110000 && (c < 0xD800 || c > 0xDFFF);
}

/// One code point from the front of `text`; kReplacement for one wrong byte.
char32_t decodeFront(std::string_view& text) {
    constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const auto lead = static_cast<std::uint8_t>(text.front());
    const int length = sequenceLength(lead);
    if (length == 0 || text.size() < static_cast<std::size_t>(length)) {
        text.remove_prefix(1);
        return kReplacement;
    }
    char32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (int i = 1; i < length; ++i) {
        const auto byte = static_cast<std::uint8_t>(text[static_cast<std::size_t>(i)]);
        if ((byte & 0xC0) != 0x80) {
            text.remove_prefix(1);
            return kReplacement;
        }
        c = c << 6 | (byte & 0x3FU);
    }
    if (!isScalar(c) || c < kSmallest[length]) {
        text.remove_prefix(1);
        return kReplacement;
    }
    text.remove_prefix(static_cast<std::size_t>(length));
    return c;
}

std::u32string decode(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    while (!text.empty()) {
        out += decodeFront(text);
    }
    return out;
}

std::string encode(const std::u32string& text) {
    std::string out;
    const auto add = [&](char32_t bits) { out += static_cast<char>(static_cast<std::uint8_t>(bits)); };
    for (const char32_t c : text) {
        if (c < 0x80) {
            add(c);
        } else if (c < 0x800) {
            add(0xC0 | c >> 6);
            add(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            add(0xE0 | c >> 12);
            add(0x80 | (c >> 6 & 0x3F));
            add(0x80 | (c & 0x3F));
        } else {
            add(0xF0 | c >> 18);
            add(0x80 | (c >> 12 & 0x3F));
            add(0x80 | (c >> 6 & 0x3F));
            add(0x80 | (c & 0x3F));
        }
    }
    return out;
}

/// The character of "#39", "#x27" or a name; 0 when it is none we know. The names are those that turn up in copied
/// text.
char32_t entity(std::u32string_view name) {
    static constexpr std::pair<std::u32string_view, char32_t> kNames[] = {
        {U"amp", U'&'},      {U"lt", U'<'},      {U"gt", U'>'},      {U"quot", U'"'},    {U"apos", U'\''},
        {U"nbsp", 0xA0},     {U"copy", 0xA9},    {U"reg", 0xAE},     {U"deg", 0xB0},     {U"middot", 0xB7},
        {U"laquo", 0xAB},    {U"raquo", 0xBB},   {U"times", 0xD7},   {U"ndash", 0x2013}, {U"mdash", 0x2014},
        {U"lsquo", 0x2018},  {U"rsquo", 0x2019}, {U"ldquo", 0x201C}, {U"rdquo", 0x201D}, {U"bull", 0x2022},
        {U"hellip", 0x2026}, {U"trade", 0x2122}, {U"euro", 0x20AC},  {U"shy", 0xAD},     {U"szlig", 0xDF},
        {U"auml", 0xE4},     {U"ouml", 0xF6},    {U"uuml", 0xFC},    {U"Auml", 0xC4},    {U"Ouml", 0xD6},
        {U"Uuml", 0xDC},     {U"eacute", 0xE9},  {U"egrave", 0xE8},  {U"agrave", 0xE0},  {U"ccedil", 0xE7},
        {U"ntilde", 0xF1}};
    for (const auto& [known, character] : kNames) {
        if (name == known) {
            return character;
        }
    }
    if (name.size() < 2 || name[0] != U'#') {
        return 0;
    }
    const bool hex = name[1] == U'x' || name[1] == U'X';
    const char32_t base = hex ? 16 : 10;
    char32_t value = 0;
    const std::u32string_view digits = name.substr(hex ? 2 : 1);
    for (const char32_t c : digits) {
        const char32_t lower = c | 0x20;
        const char32_t digit = c >= U'0' && c <= U'9'           ? c - U'0'
                               : lower >= U'a' && lower <= U'f' ? lower - U'a' + 10
                                                                : 99;
        if (digit >= base) {
            return 0;
        }
        value = value < 0x110000 ? value * base + digit : value;
    }
    return digits.empty() ? 0 : value != 0 && isScalar(value) ? value : kReplacement;
}

std::u32string resolveEntities(const std::u32string& text) {
    constexpr std::size_t kLongestName = 16;
    std::u32string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == U'&') {
            const std::u32string_view rest = std::u32string_view(text).substr(i + 1, kLongestName);
            const std::size_t end = rest.find(U';');
            if (const char32_t c = end == rest.npos ? 0 : entity(rest.substr(0, end))) {
                out += c;
                i += 1 + end;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

bool isSpace(char32_t c) {
    return c == U' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/// Controls that carry no text: C0 and C1, byte order mark, directional overrides, interlinear marks.
bool isDropped(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x206A && c <= 0x206F) || (c >= 0xFFF9 && c <= 0xFFFC);
}

std::u32string_view folded(char32_t c, char32_t& single) {
    static constexpr std::u32string_view kLigatures[] = {U"ff", U"fi", U"fl", U"ffi", U"ffl", U"st", U"st"};
    if (c >= 0xFB00 && c <= 0xFB06) {
        return kLigatures[c - 0xFB00];
    }
    single = c;
    if (c >= 0xFF01 && c <= 0xFF5E) {
        single = c - 0xFF01 + U'!';
    } else if (c == 0x2018 || c == 0x2019 || c == 0x201A || c == 0x201B) {
        single = U'\'';
    } else if (c == 0x201C || c == 0x201D || c == 0x201E || c == 0x201F) {
        single = U'"';
    }
    return {&single, 1};
}

} // namespace

std::string cleanPrompt(std::string_view text) {
    const std::u32string resolved = resolveEntities(resolveEntities(decode(text)));
    std::u32string out;
    bool blankPending = false;
    for (const char32_t c : resolved) {
        if (isSpace(c)) {
            blankPending = !out.empty();
        } else if (!isDropped(c)) {
            if (std::exchange(blankPending, false)) {
                out += U' ';
            }
            char32_t single = c;
            out += folded(c, single);
        }
    }
    return encode(out);
}

} // namespace generation
