#include "app/models/ModelCatalogue.h"
#include "app/settings/Folders.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace app;

namespace {

void write(const QString& path, const QByteArray& bytes) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

const QByteArray kGood =
    R"({"fantascope": {"name": "good", "size": [64, 32], "frames": 9, "fps": 8, "conditions": [["luma"], ["luma", "reference"], ["of-the-future"]]}})";

} // namespace

class TestModelCatalogue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theStarterIsThere() {
        const ModelCatalogue catalogue = ModelCatalogue::scan(ModelCatalogue::standardRoots());
        const auto starter = catalogue.find("starter");
        QVERIFY(starter);
        QCOMPARE(starter->problem, QString());
        QCOMPARE(starter->width, 224);
        QCOMPARE(starter->height, 128);
        QCOMPARE(starter->frames, 25);
        QCOMPARE(starter->fps, 12);
        QCOMPARE(starter->family, QString("wan-vace"));
        QVERIFY(starter->knows({}));
        QVERIFY(starter->knows({"luma", "reference"}));
        QVERIFY(!starter->knows({"first_frame", "reference"}));
        QVERIFY(starter->knowsAny("edges"));
        QVERIFY(!starter->knowsAny("depth"));
    }

    void findsByNameFolderAndPreference() {
        const QTemporaryDir folder;
        write(folder.filePath("models/one/model_index.json"), kGood);
        write(folder.filePath("models/two/model_index.json"), QByteArray(kGood).replace("good", "other"));
        write(folder.filePath("elsewhere/model_index.json"), QByteArray(kGood).replace("good", "stray"));
        const ModelCatalogue catalogue = ModelCatalogue::scan({folder.filePath("models"), folder.filePath("missing")});
        QCOMPARE(catalogue.models().size(), std::size_t(2));
        QCOMPARE(catalogue.find("")->name, QString("good"));
        QCOMPARE(catalogue.find("", "other")->name, QString("other"));
        QCOMPARE(catalogue.find("", "gone")->name, QString("good"));
        QCOMPARE(catalogue.find(folder.filePath("elsewhere"))->name, QString("stray"));
        QVERIFY(!catalogue.find("unheard-of"));
        QCOMPARE(catalogue.find("good")->conditions.size(), std::size_t(2)); // not the one of the future
    }

    void hostileFoldersAreRefused_data() {
        QTest::addColumn<QByteArray>("index");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no json") << QByteArray("\x7f"
                                               "ELF\x02\x01\x01");
        QTest::newRow("not utf-8") << QByteArray("{\"fantascope\": {\"name\": \"\xff\xfe\"}}");
        QTest::newRow("a list") << QByteArray("[1, 2]");
        QTest::newRow("deep") << QByteArray(900'000, '[');
        QTest::newRow("deep objects") << QByteArray("{\"a\":").repeated(150'000);
        QTest::newRow("nothing of ours") << QByteArray("{}");
        QTest::newRow("ours is a number") << QByteArray("{\"fantascope\": 3}");
        QTest::newRow("no size") << QByteArray(R"({"fantascope": {"frames": 9, "fps": 8}})");
        QTest::newRow("huge size") << QByteArray(
            R"({"fantascope": {"size": [99999999999, 64], "frames": 9, "fps": 8}})");
        QTest::newRow("negative size") << QByteArray(R"({"fantascope": {"size": [-64, 64], "frames": 9, "fps": 8}})");
        QTest::newRow("text as number") << QByteArray(R"({"fantascope": {"size": [64, 64], "frames": "9", "fps": 8}})");
        QTest::newRow("no frames a second")
            << QByteArray(R"({"fantascope": {"size": [64, 64], "frames": 9, "fps": 0}})");
        QTest::newRow("conditions of numbers")
            << QByteArray(R"({"fantascope": {"size": [64, 64], "frames": 9, "fps": 8, "conditions": [[1]]}})");
        QTest::newRow("too large") << QByteArray("{\"a\": \"") + QByteArray(2 << 20, 'x') + "\"}";
    }
    void hostileFoldersAreRefused() {
        QFETCH(QByteArray, index);
        const QTemporaryDir folder;
        write(folder.filePath("m/model_index.json"), index);
        const ModelCatalogue catalogue = ModelCatalogue::scan({folder.path()});
        QCOMPARE(catalogue.models().size(), std::size_t(1));
        QVERIFY(!catalogue.models().front().isUsable());
        QVERIFY2(catalogue.models().front().problem.contains("model_index.json"),
                 qPrintable(catalogue.models().front().problem));
        QVERIFY(!catalogue.find("")); // never chosen by itself
    }

    void pipesAndLoopsDoNotBlock() {
        const QTemporaryDir folder;
        QDir().mkpath(folder.filePath("pipe"));
        QCOMPARE(mkfifo(folder.filePath("pipe/model_index.json").toLocal8Bit().constData(), 0600), 0);
        QDir().mkpath(folder.filePath("directory/model_index.json"));
        QVERIFY(QFile::link(folder.path(), folder.filePath("loop")));
        const ModelCatalogue catalogue = ModelCatalogue::scan({folder.path()});
        QCOMPARE(catalogue.models().size(), std::size_t(2));
        for (const ModelInfo& model : catalogue.models()) {
            QVERIFY(!model.isUsable());
        }
    }
};

QTEST_GUILESS_MAIN(TestModelCatalogue)
#include "TestModelCatalogue.moc"
