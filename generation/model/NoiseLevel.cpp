#include "generation/model/NoiseLevel.h"

#include <cctype>
#include <filesystem>
#include <string_view>
#include <vector>

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

bool says(std::string_view word, std::string_view level) {
    return word == level || word.starts_with(std::string(level) + "noise");
}

NoiseLevel levelIn(const std::string& name) {
    NoiseLevel found;
    bool high = false;
    bool low = false;
    for (const std::string& word : wordsOf(name)) {
        const bool isHigh = says(word, "high");
        const bool isLow = says(word, "low");
        high = high || isHigh;
        low = low || isLow;
        found.others += (isHigh || isLow ? "*" : word) + " ";
    }
    if (high != low) {
        found.level = high ? NoiseLevel::Level::High : NoiseLevel::Level::Low;
    }
    return found;
}

} // namespace

NoiseLevel noiseLevelOf(const std::string& path) {
    const fs::path file(path);
    const NoiseLevel own = levelIn(file.stem().string());
    return own.level != NoiseLevel::Level::Unsaid ? own : levelIn(file.parent_path().filename().string());
}

} // namespace generation
