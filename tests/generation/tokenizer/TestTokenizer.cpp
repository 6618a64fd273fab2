#include "generation/tokenizer/PromptText.h"
#include "generation/tokenizer/Tokenizer.h"
#include "generation/weights/WeightsError.h"

#include "tests/generation/Check.h"

#include <sentencepiece_processor.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

using namespace generation;
using generation::test::Checks;

namespace {

const std::string kStarter =
    std::string(std::getenv("FANTASCOPE_RESOURCES") ? std::getenv("FANTASCOPE_RESOURCES") : SOURCE_ROOT "/resources") +
    "/models/starter/tokenizer";

void promptsAreCleaned(Checks& c) {
    CHECK_EQUAL(c, cleanPrompt("a lake at dawn"), "a lake at dawn");
    CHECK_EQUAL(c, cleanPrompt("  a\t lake \r\n at\u00a0\u3000dawn "), "a lake at dawn");
    CHECK_EQUAL(c, cleanPrompt("&lt;b&gt; &amp;amp; &#39;x&#x27; &quot;"), "<b> & 'x' \"");
    CHECK_EQUAL(c, cleanPrompt("R&D; 5 & 6 &unknown; &#xZZ; &#; &"), "R&D; 5 & 6 &unknown; &#xZZ; &#; &");
    CHECK_EQUAL(c, cleanPrompt("&#0; &#x110000; &#55555555555;"), "\uFFFD \uFFFD \uFFFD");
    CHECK_EQUAL(c, cleanPrompt("\u201cdon\u2019t\u201d \uff21\uff01 \ufb01lm"), "\"don't\" A! film");
    CHECK_EQUAL(c, cleanPrompt("\u96e8\U0001f30a\u00e9"), "\u96e8\U0001f30a\u00e9");
    CHECK_EQUAL(c, cleanPrompt(std::string("a\0b\x07", 4)), "ab");
    CHECK_EQUAL(c, cleanPrompt("&ampersand1234567; &amp"), "&ampersand1234567; &amp");
    CHECK_EQUAL(c, cleanPrompt(std::string(2'000'000, '&')).size(), 2'000'000U); // minutes, were it quadratic
    CHECK_EQUAL(c, cleanPrompt(""), "");
    CHECK_EQUAL(c, cleanPrompt(" \n "), "");
}

void brokenUtf8IsReplaced(Checks& c) {
    CHECK_EQUAL(c,
                cleanPrompt("a\xff"
                            "b"),
                "a\uFFFDb");
    CHECK_EQUAL(c, cleanPrompt("\xe9"), "\uFFFD");
    CHECK_EQUAL(c, cleanPrompt("\xc0\xaf"), "\uFFFD\uFFFD");                // overlong
    CHECK_EQUAL(c, cleanPrompt("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");      // surrogate
    CHECK_EQUAL(c, cleanPrompt("\xf5\x80\x80\x80").substr(0, 3), "\uFFFD"); // beyond Unicode
}

void idsFollowT5(Checks& c) {
    const Tokenizer tokenizer(kStarter);
    CHECK(c, tokenizer.pieces() > 4);
    const std::int64_t end = tokenizer.endToken();
    CHECK_EQUAL(c, tokenizer.encode("", 48), std::vector<std::int64_t>{end});
    const auto ids = tokenizer.encode("a lake at dawn", 48);
    CHECK(c, ids.size() > 3 && ids.back() == end && std::count(ids.begin(), ids.end(), end) == 1);
    CHECK_EQUAL(c, tokenizer.encode("  a   lake at\ndawn", 48), ids);
    CHECK_EQUAL(c, padded(ids, 48).size(), 48U);
    CHECK_EQUAL(c, padded(ids, 48)[ids.size()], 0);
}

void longTextsKeepTheirEnd(Checks& c) {
    const Tokenizer tokenizer(kStarter);
    std::string text;
    for (int i = 0; i < 5000; ++i) {
        text += "a lake ";
    }
    const auto ids = tokenizer.encode(text, 48);
    CHECK_EQUAL(c, ids.size(), 48U);
    CHECK_EQUAL(c, ids.back(), tokenizer.endToken());
    CHECK_EQUAL(c, tokenizer.encode(text, 1), std::vector<std::int64_t>{tokenizer.endToken()});
}

void textIsNeverASpecialToken(Checks& c) {
    const Tokenizer tokenizer(kStarter);
    for (const char* text : {"</s>", "<pad>", "a </s> b <pad> c <unk>", "&lt;/s&gt;"}) {
        const auto ids = tokenizer.encode(text, 48);
        CHECK_EQUAL(c, std::count(ids.begin(), ids.end(), tokenizer.endToken()), 1);
        CHECK_EQUAL(c, std::count(ids.begin(), ids.end(), 0), 0);
    }
    CHECK(c, tokenizer.encode("\xff\xfe", 48).size() >= 1);
}

/// Texts of all kinds: captions, other scripts, marks, spaces, bytes that are no text.
std::vector<std::string> manyTexts() {
    std::vector<std::string> texts{"",
                                   " ",
                                   "a",
                                   "  a  lake ",
                                   "a lake at dawn, camera pans left",
                                   "A LAKE",
                                   "\u96e8\u306e\u591c",
                                   "\u00c5ngstr\u00f6m",
                                   "A\u030a e\u0301",
                                   "\ufb01lm \uff21\uff22",
                                   "\u2581\u2581a",
                                   "\u200b\u00ad zero",
                                   "x\u00a0y\u3000z",
                                   "1/2 \u00bd \u2460",
                                   "<pad> </s> <unk> <0x41>",
                                   "\U0001f30a\U0001f468\u200d\U0001f469",
                                   "tab\tnewline\n",
                                   "\xff\xfe",
                                   "\xe2\x96",
                                   "a\xc3"};
    const std::vector<std::string> words{"a",     "lake", "sea", "at",     "sunset", "snowy",
                                         "peaks", ",",    " ",   "  ",     "\u00e9", "\u6d77",
                                         "xyz",   "Q",    "-",   "\u2126", "\uac00", "\u0e01"};
    std::mt19937 random(7);
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (std::size_t n = random() % 12; n > 0; --n) {
            text += words[random() % words.size()];
            text += random() % 3 == 0 ? "" : " ";
        }
        if (i % 4 == 0) {
            for (int n = 0; n < 6; ++n) {
                text += static_cast<char>(random() % 256);
            }
        }
        texts.push_back(text);
    }
    return texts;
}

void idsAgreeWithSentencePiece(Checks& c) {
    const Unigram ours(readPieceModel(kStarter + "/spiece.model"));
    sentencepiece::SentencePieceProcessor theirs;
    CHECK(c, theirs.Load(kStarter + "/spiece.model").ok());
    CHECK_EQUAL(c, ours.model().endId, theirs.eos_id());
    for (const std::string& text : manyTexts()) {
        std::vector<int> expected;
        CHECK(c, theirs.Encode(text, &expected).ok());
        CHECK_EQUAL(c, ours.encode(text), std::vector<std::int64_t>(expected.begin(), expected.end()));
    }
}

void badModelsAreRefused(Checks& c) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("fantascope-tokenizer-" + std::to_string(std::rand()));
    std::filesystem::create_directories(folder);
    CHECK_THROWS(c, Tokenizer(folder.string()), WeightsError);
    for (const std::string& bytes : {std::string(), std::string("garbage"), std::string(4096, '\xff')}) {
        std::ofstream(folder / "spiece.model", std::ios::binary) << bytes;
        CHECK_THROWS(c, Tokenizer(folder.string()), WeightsError);
    }
    std::ifstream starter(kStarter + "/spiece.model", std::ios::binary);
    const std::string good{std::istreambuf_iterator<char>(starter), std::istreambuf_iterator<char>()};
    std::mt19937 random(3);
    for (int i = 0; i < 300; ++i) { // cut short, or with flipped bytes: refused or readable, never a crash
        std::string bytes = i % 2 == 0 ? good.substr(0, random() % good.size()) : good;
        for (int n = 0; i % 2 == 1 && n < 40; ++n) {
            bytes[random() % (i % 4 == 1 ? good.size() : 9000)] = static_cast<char>(random());
        }
        std::ofstream(folder / "spiece.model", std::ios::binary) << bytes;
        try {
            CHECK(c, !Tokenizer(folder.string()).encode("a lake \u00e9\ufb01 \xff", 48).empty());
        } catch (const WeightsError&) {
        }
    }
    std::filesystem::remove_all(folder);
}

} // namespace

int main() {
    Checks checks;
    checks.run("prompts are cleaned", promptsAreCleaned);
    checks.run("broken UTF-8 is replaced", brokenUtf8IsReplaced);
    checks.run("ids follow T5", idsFollowT5);
    checks.run("ids agree with SentencePiece", idsAgreeWithSentencePiece);
    checks.run("long texts keep their end", longTextsKeepTheirEnd);
    checks.run("text is never a special token", textIsNeverASpecialToken);
    checks.run("bad models are refused", badModelsAreRefused);
    return checks.finish();
}
