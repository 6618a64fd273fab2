#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace {

struct Counts {
    int all = 0;
    int unfinished = 0;
    QStringList examples;
};

Counts countIn(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    Counts counts;
    QXmlStreamReader xml(&file);
    QString source;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QLatin1String("source")) {
            source = xml.readElementText();
        } else if (xml.isStartElement() && xml.name() == QLatin1String("translation")) {
            ++counts.all;
            const bool isOpen = xml.attributes().value(QLatin1String("type")) == QLatin1String("unfinished");
            const bool isEmpty = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed().isEmpty();
            if (isOpen || isEmpty) {
                ++counts.unfinished;
                counts.examples << source;
            }
        }
    }
    return counts;
}

} // namespace

/// Every string of ui/ and app/ is translated: brings a copy of each .ts file up to date and finds nothing to do.
class TestTranslations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// A class without its namespace is another context than the one that it asks at run time.
    void contextsAreAskedForByTheirNames() {
        QFile file(QStringLiteral(SOURCE_ROOT "/translations/fantascope_de.ts"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QStringList names;
        QXmlStreamReader xml(&file);
        while (!xml.atEnd()) {
            xml.readNext();
            if (xml.isStartElement() && xml.name() == QLatin1String("name")) {
                names << xml.readElementText();
            }
        }
        QVERIFY(names.size() > 30);
        for (const QString& name : std::as_const(names)) {
            QVERIFY2(!names.contains("app::" + name) && !names.contains("ui::" + name), qPrintable(name));
        }
    }

    void everyStringIsTranslated_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("German") << QStringLiteral("de");
        QTest::newRow("Japanese") << QStringLiteral("ja");
    }

    void everyStringIsTranslated() {
        QFETCH(QString, language);
        const QString root = QStringLiteral(SOURCE_ROOT);
        QTemporaryDir folder;
        const QString copy = folder.filePath(QStringLiteral("fantascope_%1.ts").arg(language));
        QVERIFY(QFile::copy(root + QStringLiteral("/translations/fantascope_%1.ts").arg(language), copy));
        QProcess lupdate;
        lupdate.start(QStringLiteral(LUPDATE_PROGRAM),
                      {QStringLiteral("-silent"), QStringLiteral("-locations"), QStringLiteral("none"),
                       QStringLiteral("-no-obsolete"), QStringLiteral("-I"), root, root + QStringLiteral("/ui"),
                       root + QStringLiteral("/app"), QStringLiteral("-ts"), copy});
        QVERIFY(lupdate.waitForFinished(120'000));
        QCOMPARE(lupdate.exitCode(), 0);
        const Counts counts = countIn(copy);
        QVERIFY(counts.all > 200);
        QVERIFY2(counts.unfinished == 0, qPrintable(counts.examples.join(QStringLiteral("\n"))));
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "TestTranslations.moc"
