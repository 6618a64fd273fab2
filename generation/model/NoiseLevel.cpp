#include "generation/model/NoiseLevel.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <functional>
#include <iterator>
#include <string_view>

namespace generation {

namespace {

namespace fs = std::filesystem;

/// Lower case; a word ends at what is no letter or digit, and before a capital behind a small letter.
std::vector<std::string> wordsOf(const std::string& name) {
    std::vector<std::string> words(1);
    unsigned char before = 0;
    for (const char c : name) {
        const auto letter = static_cast<unsigned char>(c);
        const bool isPart = std::isalnum(letter) != 0;
        if (!isPart || (std::isupper(letter) != 0 && std::islower(before) != 0)) {
            words.emplace_back();
        }
        if (isPart) {
            words.back() += static_cast<char>(std::tolower(letter));
        }
        before = letter;
    }
    return words;
}

/// A word that says a level.
struct Mention {
    std::size_t word;
    bool isHigh;
    bool isSpelledOut;
};

/// Those with "noise", if there are any, else all.
std::vector<Mention> mentionsIn(const std::vector<std::string>& words) {
    std::vector<Mention> mentions;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        for (const std::string_view level : {"high", "low"}) {
            const bool isOneWord = word.starts_with(level) && word.substr(level.size()).starts_with("noise");
            if (word == level || isOneWord) {
                const bool isFollowed = i + 1 < words.size() && words[i + 1] == "noise";
                mentions.push_back({i, level == "high", isOneWord || isFollowed});
            }
        }
    }
    const auto isSpelledOut = [](const Mention& mention) { return mention.isSpelledOut; };
    if (std::any_of(mentions.begin(), mentions.end(), isSpelledOut)) {
        std::erase_if(mentions, std::not_fn(isSpelledOut));
    }
    return mentions;
}

NoiseLevel levelIn(const std::string& name) {
    const std::vector<std::string> words = wordsOf(name);
    const std::vector<Mention> mentions = mentionsIn(words);
    NoiseLevel found;
    bool high = false;
    bool low = false;
    for (const Mention& mention : mentions) {
        high = high || mention.isHigh;
        low = low || !mention.isHigh;
    }
    if (high != low) {
        found.level = high ? NoiseLevel::Level::High : NoiseLevel::Level::Low;
        found.isSpelledOut = mentions.front().isSpelledOut;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool says =
            std::any_of(mentions.begin(), mentions.end(), [&](const Mention& mention) { return mention.word == i; });
        found.others.append(says ? std::string_view("*") : std::string_view(words[i])).push_back(' ');
    }
    return found;
}

} // namespace

NoiseLevel noiseLevelOf(const std::string& path) {
    const fs::path file(path);
    const NoiseLevel own = levelIn(file.stem().string());
    NoiseLevel folder = levelIn(file.parent_path().filename().string());
    folder.others.append("/ ").append(own.others); // twins in two folders are called the same
    const bool folderSays = folder.level != NoiseLevel::Level::Unsaid;
    const bool ownSays = own.level != NoiseLevel::Level::Unsaid;
    return folderSays && !own.isSpelledOut && (!ownSays || folder.isSpelledOut) ? folder : own;
}

std::vector<NoiseLevel::Level> loraLevels(const std::vector<std::string>& paths) {
    std::vector<NoiseLevel> said;
    std::transform(paths.begin(), paths.end(), std::back_inserter(said), noiseLevelOf);
    std::vector<NoiseLevel::Level> levels;
    for (const NoiseLevel& one : said) {
        const bool hasTwin =
            std::any_of(said.begin(), said.end(), [&](const NoiseLevel& other) { return one.isTwinOf(other); });
        levels.push_back(one.isSpelledOut || hasTwin ? one.level : NoiseLevel::Level::Unsaid);
    }
    return levels;
}

bool isNamedOneOfTwo(const std::string& path) {
    constexpr std::array kVersions{"a14b", "wan22", "wan2 2 "};
    const NoiseLevel own = noiseLevelOf(path);
    return own.level != NoiseLevel::Level::Unsaid &&
           (own.isSpelledOut || std::any_of(kVersions.begin(), kVersions.end(), [&](const char* version) {
                return own.others.find(version) != std::string::npos;
            }));
}

const char* levelName(NoiseLevel::Level level) {
    switch (level) {
    case NoiseLevel::Level::High:
        return "high";
    case NoiseLevel::Level::Low:
        return "low";
    case NoiseLevel::Level::Unsaid:
        break;
    }
    return "";
}

} // namespace generation
