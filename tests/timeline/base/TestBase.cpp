#include "timeline/base/Error.h"
#include "timeline/base/Id.h"
#include "timeline/base/Metadata.h"
#include "timeline/base/NumberedName.h"
#include "timeline/base/Result.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <memory>
#include <set>
#include <string>
#include <unordered_set>

using namespace timeline;

namespace {

Result<int> half(int number) {
    if (number % 2 != 0) {
        return Error{ErrorCode::InvalidArgument, "number", std::to_string(number)};
    }
    return number / 2;
}

} // namespace

class TestBase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void resultHoldsEither();
    void resultChains();
    void resultMovesOut();
    void resultOfVoid();
    void errorsHaveNames();
    void idsAreRandomAndTyped();
    void metadataKeepsOrderAndShares();
    void metadataIsAlwaysAnObject();
    void numberedNames();
};

void TestBase::resultHoldsEither() {
    QVERIFY(half(4).has_value());
    QCOMPARE(*half(4), 2);
    QVERIFY(!half(3));
    QCOMPARE(half(3).error().detail, std::string("3"));
    QCOMPARE(half(3).value_or(-1), -1);
    QCOMPARE(half(8).value_or(-1), 4);
}

void TestBase::resultChains() {
    QCOMPARE(*half(8).and_then(half), 2);
    QCOMPARE(half(6).and_then(half).error().detail, std::string("3"));
    const Result<std::string> text = half(6).transform([](int number) { return std::to_string(number); });
    QCOMPARE(*text, std::string("3"));
    QVERIFY(!half(5).transform([](int number) { return number; }));
}

void TestBase::resultMovesOut() {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
    const std::unique_ptr<int> taken = *std::move(result);
    QCOMPARE(*taken, 7);
    Result<std::string> text(std::string("long enough to live on the heap, surely"));
    text->append("!");
    QVERIFY(text.value().ends_with('!'));
    // A value that is an error's kind of thing is still a value.
    const Result<std::string> word(std::string("NotFound"));
    QVERIFY(word.has_value());
}

void TestBase::resultOfVoid() {
    QVERIFY(Result<void>().has_value());
    const Result<void> failed(Error{ErrorCode::DiskFull, "file", {}});
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::DiskFull);
}

void TestBase::errorsHaveNames() {
    // Every code up to the last has a name of its own.
    std::set<std::string> names;
    for (int code = 0; code <= static_cast<int>(ErrorCode::Cancelled); ++code) {
        names.insert(errorCodeName(static_cast<ErrorCode>(code)));
    }
    QCOMPARE(names.size(), static_cast<std::size_t>(ErrorCode::Cancelled) + 1);
    QVERIFY(!names.contains("Unknown"));
}

void TestBase::idsAreRandomAndTyped() {
    using TestId = Id<struct TestTag>;
    QVERIFY(!TestId().isValid());
    std::unordered_set<TestId> ids;
    for (int i = 0; i < 1000; ++i) {
        ids.insert(TestId::create());
    }
    QCOMPARE(ids.size(), 1000U);
    QVERIFY(!ids.contains(TestId()));
    static_assert(!std::is_convertible_v<TestId, Id<struct OtherTag>>);
}

void TestBase::metadataKeepsOrderAndShares() {
    const Metadata metadata(Json::parse(R"({"z":1,"a":{"n":2.0}})"));
    const Metadata copy = metadata;
    QCOMPARE(&copy.json(), &metadata.json());
    const Metadata changed = metadata.with("m", "new").with("z", 5);
    QCOMPARE(changed.json().dump(), std::string(R"({"z":5,"a":{"n":2.0},"m":"new"})"));
    QCOMPARE(metadata.json().dump(), std::string(R"({"z":1,"a":{"n":2.0}})"));
    QVERIFY(changed.with("m", nullptr).with("z", 1) == metadata);
    QVERIFY(!(changed == metadata));
}

void TestBase::metadataIsAlwaysAnObject() {
    QVERIFY(Metadata().json().is_object());
    QVERIFY(Metadata(Json::parse("[1]")).empty());
    QVERIFY(Metadata(Json::object()) == Metadata());
    QVERIFY(Metadata(Json::parse(R"({"a":1})")).with("a", nullptr).empty());
}

void TestBase::numberedNames() {
    for (const auto& [name, digits] :
         {std::pair("f.%04d.exr", 4), std::pair("f.%4d.exr", 4), std::pair("f%d.png", 0), std::pair("%012d", 12)}) {
        const auto parsed = NumberedName::parse(name);
        QVERIFY2(parsed.has_value(), name);
        QCOMPARE(parsed->digits, digits);
        const auto again = NumberedName::parse(parsed->text());
        QVERIFY(again && again->digits == digits && again->prefix == parsed->prefix && again->suffix == parsed->suffix);
    }
    for (const char* name :
         {"", "f.png", "100%.png", "%d%d", "%d of 100%", "f.####.exr", "%25d.png", "%s.png", "%04"}) {
        QVERIFY2(!NumberedName::parse(name), name);
    }
}

QTEST_APPLESS_MAIN(TestBase)
#include "TestBase.moc"
