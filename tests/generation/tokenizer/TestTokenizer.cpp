#include "generation/tokenizer/PromptText.h"
#include "generation/tokenizer/Tokenizer.h"
#include "generation/weights/WeightsError.h"

#include "tests/generation/Check.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace generation;
using generation::test::Checks;

namespace {

const std::string kStarter = std::string(std::getenv("FANTASCOPE_RESOURCES") ? std::getenv("FANTASCOPE_RESOURCES") : SOURCE_ROOT "/resources") + "/models/starter/tokenizer";

void promptsAreCleaned(Checks& c) {
    CHECK_EQUAL(c, cleanPrompt("a lake at dawn"), "a lake at dawn");
    CHECK_EQUAL(c, cleanPrompt("  a\t lake \r\n at\u00a0\u3000dawn "), "a lake at dawn");
    CHECK_EQUAL(c, cleanPrompt("&lt;b&gt; &amp;amp; &#39;x&#x27; &quot;"), "<b> & 'x' \"");
    CHECK_EQUAL(c, cleanPrompt("R&D; 5 & 6 &unknown; &#xZZ; &#; &"), "R&D; 5 & 6 &unknown; &#xZZ; &#; &");
    CHECK_EQUAL(c, cleanPrompt("&#0; &#x110000; &#55555555555;"), "\uFFFD \uFFFD \uFFFD");
    CHECK_EQUAL(c, cleanPrompt("\u201cdon\u2019t\u201d \uff21\uff01 \ufb01lm"), "\"don't\" A! film");
    CHECK_EQUAL(c, cleanPrompt("\u96e8\U0001f30a\u00e9"), "\u96e8\U0001f30a\u00e9");
    CHECK_EQUAL(c, cleanPrompt(std::string("a\0b\x07", 4)), "ab");
    CHECK_EQUAL(c, cleanPrompt(""), "");
    CHECK_EQUAL(c, cleanPrompt(" \n "), "");
}

void brokenUtf8IsReplaced(Checks& c) {
    CHECK_EQUAL(c, cleanPrompt("a\xff" "b"), "a\uFFFDb");
    CHECK_EQUAL(c, cleanPrompt("\xe9"), "\uFFFD");
    CHECK_EQUAL(c, cleanPrompt("\xc0\xaf"), "\uFFFD\uFFFD");              // overlong
    CHECK_EQUAL(c, cleanPrompt("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");    // surrogate
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

void badModelsAreRefused(Checks& c) {
    const auto folder = std::filesystem::temp_directory_path() / ("fantascope-tokenizer-" + std::to_string(std::rand()));
    std::filesystem::create_directories(folder);
    CHECK_THROWS(c, Tokenizer(folder.string()), WeightsError);
    for (const std::string& bytes : {std::string(), std::string("garbage"), std::string(4096, '\xff')}) {
        std::ofstream(folder / "spiece.model", std::ios::binary) << bytes;
        CHECK_THROWS(c, Tokenizer(folder.string()), WeightsError);
    }
    std::filesystem::remove_all(folder);
}

} // namespace

int main() {
    Checks checks;
    checks.run("prompts are cleaned", promptsAreCleaned);
    checks.run("broken UTF-8 is replaced", brokenUtf8IsReplaced);
    checks.run("ids follow T5", idsFollowT5);
    checks.run("long texts keep their end", longTextsKeepTheirEnd);
    checks.run("text is never a special token", textIsNeverASpecialToken);
    checks.run("bad models are refused", badModelsAreRefused);
    return checks.finish();
}
