#include "app/settings/Folders.h"
#include "app/settings/Settings.h"

#include <QFile>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace app;

class TestSettingsFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowHasItsOwnKey() {
        QSet<QString> keys;
        for (const Settings::Row& row : Settings::table()) {
            QVERIFY(row.standard.isValid());
            keys.insert(row.key);
        }
        QCOMPARE(static_cast<std::size_t>(keys.size()), Settings::table().size());
    }

    void keepsValuesOfEachType() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("settings.ini");
        {
            Settings settings(file);
            QCOMPARE(settings.integer(Setting::CacheGigabytes), 20);
            QSignalSpy changed(&settings, &Settings::changed);
            QVERIFY(settings.set(Setting::CacheGigabytes, 5));
            QVERIFY(settings.set(Setting::CacheGigabytes, 5));
            QCOMPARE(changed.count(), 1); // on change only
            QVERIFY(settings.set(Setting::ModelFolders, QStringList{"/a b", "/c,d"}));
            QVERIFY(settings.set(Setting::StartedBefore, true));
            QVERIFY(settings.set(Setting::WindowState, QByteArray("\x00\xff", 2)));
            QVERIFY(!settings.set(Setting::CacheGigabytes, QStringList{"no number"}));
        }
        Settings again(file);
        QCOMPARE(again.integer(Setting::CacheGigabytes), 5);
        QCOMPARE(again.list(Setting::ModelFolders), (QStringList{"/a b", "/c,d"}));
        QVERIFY(again.flag(Setting::StartedBefore));
        QCOMPARE(again.value(Setting::WindowState).toByteArray(), QByteArray("\x00\xff", 2));
        again.reset(Setting::CacheGigabytes);
        QCOMPARE(again.integer(Setting::CacheGigabytes), 20);
    }

    void nonsenseInTheFileIsTheDefault() {
        const QTemporaryDir folder;
        QFile file(folder.filePath("settings.ini"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[generation]\ncache-gigabytes=many\n\x01\x02[[[\n");
        file.close();
        QCOMPARE(Settings(file.fileName()).integer(Setting::CacheGigabytes), 20);
    }

    void foldersFollowTheEnvironment() {
        const QTemporaryDir folder;
        qputenv("XDG_STATE_HOME", folder.path().toLocal8Bit());
        QCOMPARE(folders::state(), folder.path() + "/fantascope");
        const QByteArray before = qgetenv("FANTASCOPE_RESOURCES");
        qputenv("FANTASCOPE_RESOURCES", folder.path().toLocal8Bit());
        QCOMPARE(folders::resources(), folder.path());
        qputenv("FANTASCOPE_RESOURCES", "/does/not/exist");
        QVERIFY(folders::resources().isEmpty());
        qunsetenv("FANTASCOPE_RESOURCES");
        QVERIFY(QFile::exists(folders::resources() + "/demo/boat.mp4"));
        qputenv("FANTASCOPE_RESOURCES", before);
        qputenv("FANTASCOPE_WORKER", "/some/worker");
        QCOMPARE(folders::workerProgram(), QString("/some/worker"));
    }
};

QTEST_GUILESS_MAIN(TestSettingsFile)
#include "TestSettingsFile.moc"
