#include "tests/ui/TestTimeline.h"
#include "tests/ui/WindowBench.h"
#include "ui/MainWindow.h"
#include "ui/dialogs/SettingsDialog.h"
#include "ui/prompt/ShotPanel.h"
#include "ui/queue/JobList.h"
#include "ui/queue/JobRoles.h"
#include "ui/state/Selection.h"
#include "ui/text/AmountText.h"
#include "ui/timeline/TimelineView.h"

#include "timeline/document/TimelineDocument.h"
#include "timeline/model/Generators.h"
#include "timeline/model/ShotContext.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>

using namespace ui;
using namespace testing;

/// What the window asks, says and shows besides the film: guard, export, settings, problems, jobs.
class TestWindowDialogs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exportShowsItsProgressAndCancels() {
        Bench bench;
        ExportDialog& dialog = bench.window.exportDialog();
        dialog.prepare("/films/x.mp4", std::nullopt);
        dialog.show();
        auto* preset = bench.child<QComboBox>("exportPreset");
        preset->setCurrentIndex(1);
        QCOMPARE(bench.child<QLineEdit>("exportPath")->text(), QString("/films/x.mkv"));
        dialog.setStarted();
        dialog.setProgress(0.25, 30.0);
        QCOMPARE(bench.child<QProgressBar>("exportProgress")->value(), 250);
        QVERIFY(bench.child<QLabel>("exportStatus")->text().contains("30"));
        QVERIFY(!bench.child<QPushButton>("exportStart")->isEnabled());
        QSignalSpy cancelled(&bench.window, &MainWindow::exportCancelRequested);
        QTest::mouseClick(bench.child<QPushButton>("exportCancel"), Qt::LeftButton);
        QCOMPARE(cancelled.count(), 1);
        dialog.setCancelled();
        QVERIFY(bench.child<QPushButton>("exportStart")->isEnabled());
    }

    void changesAreNotLostSilently() {
        Bench bench;
        bench.action("fileNew")->trigger();
        QCOMPARE(bench.projects.asked, QStringList{"create"});
        bench.edit();
        QVERIFY(bench.window.isWindowModified());
        bench.action("fileNew")->trigger();
        auto* question = bench.child<QMessageBox>("unsavedQuestion");
        QVERIFY(question);
        QTest::mouseClick(question->button(QMessageBox::Cancel), Qt::LeftButton);
        QCOMPARE(bench.projects.asked.size(), 1);
        QTRY_VERIFY(!bench.child<QMessageBox>("unsavedQuestion"));
        QVERIFY(!bench.window.close());
        question = bench.child<QMessageBox>("unsavedQuestion");
        QVERIFY(question);
        QTest::mouseClick(question->button(QMessageBox::Save), Qt::LeftButton);
        QCOMPARE(bench.projects.asked.last(), QString("save /films/first.otio"));
        QTRY_VERIFY(!bench.window.isVisible());
    }

    void whatIsBeingTypedIsGenerated() {
        Bench bench;
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        timeline::Timeline timeline = emptyTimeline();
        const auto prompt = lay(timeline, "Prompt", timeline::makePromptClip({"old", {}}, frames(50)), 0);
        const auto shot = lay(timeline, "Video 1", timeline::makeShot({}, frames(50)), 0);
        bench.document.reset(timeline);
        bench.window.shotPanel().setModels({{"starter", "Starter", 25, 2.5, true, true}});
        bench.window.selection().selectOnly(shot);
        bench.window.timelineView().editPrompt(prompt);
        QTest::keyClicks(bench.child<QWidget>("promptBox"), "snow at dawn");
        std::string generated;
        connect(&bench.window, &MainWindow::generateRequested, this, [&](timeline::ItemId id) {
            generated = timeline::shotContext(*bench.document.timeline(), id)->prompts.at(0).prompt.text;
        });
        QTest::keyClick(bench.child<QWidget>("promptBox"), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(generated, std::string("snow at dawn"));
        // A number that is typed and not confirmed, likewise.
        auto* steps = bench.child<QSpinBox>("steps");
        steps->setFocus();
        steps->selectAll();
        QTest::keyClicks(steps, "12");
        int used = 0;
        connect(&bench.window, &MainWindow::generateRequested, this, [&](timeline::ItemId id) {
            used = timeline::recipeOf(*timeline::findClip(*bench.document.timeline(), id))->steps;
        });
        QTest::keyClick(steps, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(used, 12);
    }

    void whatIsBeingTypedIsSavedAndAskedFor() {
        Bench bench;
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        timeline::Timeline timeline = emptyTimeline();
        const auto prompt = lay(timeline, "Prompt", timeline::makePromptClip({"old", {}}, frames(50)), 0);
        bench.document.reset(timeline, QStringLiteral("/films/first.otio"));
        const auto text = [&] {
            const timeline::Clip* clip = timeline::findClip(*bench.document.timeline(), prompt);
            const auto& generator = std::get<timeline::GeneratorReference>(*timeline::activeReference(*clip));
            return timeline::promptFrom(generator.parameters).text;
        };
        bench.window.timelineView().editPrompt(prompt);
        QTest::keyClicks(bench.child<QWidget>("promptBox"), "snow");
        QTest::keyClick(bench.child<QWidget>("promptBox"), Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(bench.projects.asked, QStringList{"save /films/first.otio"});
        QCOMPARE(text(), std::string("snow"));
        QVERIFY(!bench.document.isModified());
        QTRY_VERIFY(!bench.child<QWidget>("promptBox"));
        bench.window.timelineView().editPrompt(prompt);
        QTest::keyClicks(bench.child<QWidget>("promptBox"), "rain");
        QVERIFY(!bench.window.close());
        QVERIFY(bench.child<QMessageBox>("unsavedQuestion"));
        QCOMPARE(text(), std::string("rain"));
    }

    void workIsNotStoppedSilently() {
        Bench bench;
        fillBinAndQueue(bench); // one job runs, one waits
        bench.action("fileNew")->trigger();
        auto* question = bench.child<QMessageBox>("runningQuestion");
        QVERIFY(question);
        QVERIFY(question->text().contains(QLatin1Char('2')));
        QTest::mouseClick(question->button(QMessageBox::Cancel), Qt::LeftButton);
        QVERIFY(bench.projects.asked.isEmpty());
        QTRY_VERIFY(!bench.child<QMessageBox>("runningQuestion"));
        bench.action("fileNew")->trigger();
        QTest::mouseClick(bench.child<QMessageBox>("runningQuestion")->button(QMessageBox::Discard), Qt::LeftButton);
        QCOMPARE(bench.projects.asked, QStringList{"create"});
        // An export goes on under another project, and is stopped by quitting alone.
        bench.jobs.clear();
        bench.window.exportDialog().setStarted();
        bench.action("fileNew")->trigger();
        QCOMPARE(bench.projects.asked.size(), 2);
        QTRY_VERIFY(!bench.child<QMessageBox>("runningQuestion"));
        QVERIFY(!bench.window.close());
        QVERIFY(bench.child<QMessageBox>("runningQuestion")->text().contains("export"));
        bench.edit();
        QVERIFY(!bench.window.close());
        auto* unsaved = bench.child<QMessageBox>("unsavedQuestion");
        QVERIFY(unsaved->informativeText().contains("export"));
        QTest::mouseClick(unsaved->button(QMessageBox::Discard), Qt::LeftButton);
        QTRY_VERIFY(!bench.window.isVisible());
    }

    void anExportBehindAClosedDialogIsStillSeen() {
        Bench bench;
        ExportDialog& dialog = bench.window.exportDialog();
        dialog.prepare("/films/x.mp4", std::nullopt);
        dialog.show();
        dialog.setStarted();
        dialog.setProgress(0.42, 30.0);
        dialog.close();
        auto* indicator = bench.child<QAbstractButton>("exportIndicator");
        QVERIFY(indicator->isVisible());
        QVERIFY(indicator->text().contains("42"));
        QTest::mouseClick(indicator, Qt::LeftButton);
        QVERIFY(dialog.isVisible());
        dialog.close();
        dialog.setFailed("disk full");
        QVERIFY(!indicator->isVisible());
        QVERIFY(bench.child<QLabel>("errorText")->text().contains("disk full"));
        bench.window.showError({});
        dialog.setStarted();
        dialog.setFinished("/films/x.mp4");
        QVERIFY(bench.window.statusBar()->currentMessage().contains("/films/x.mp4"));
    }

    void anExportWritesOverAFileOnlyWhenAskedTwice() {
        Bench bench;
        QTemporaryDir folder;
        const auto touch = [&](const char* name) {
            QFile file(folder.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        };
        touch("boat.mp4");
        touch("boat-2.mp4");
        touch("boat.mkv");
        ExportDialog& dialog = bench.window.exportDialog();
        dialog.prepare(folder.filePath("boat.mp4"), std::nullopt);
        dialog.show();
        auto* path = bench.child<QLineEdit>("exportPath");
        auto* start = bench.child<QPushButton>("exportStart");
        QCOMPARE(path->text(), folder.filePath("boat-3.mp4"));
        bench.child<QComboBox>("exportPreset")->setCurrentIndex(1);
        QCOMPARE(path->text(), folder.filePath("boat-2.mkv"));
        QSignalSpy exported(&dialog, &ExportDialog::exportRequested);
        path->setText(folder.filePath("nowhere/boat.mp4"));
        QTest::mouseClick(start, Qt::LeftButton);
        QVERIFY(bench.child<QLabel>("exportStatus")->text().contains("nowhere"));
        path->setText(folder.filePath("boat.mkv"));
        QTest::mouseClick(start, Qt::LeftButton);
        QCOMPARE(exported.count(), 0);
        QVERIFY(bench.child<QLabel>("exportStatus")->text().contains("boat.mkv"));
        path->setText(folder.filePath("boat-2.mp4"));
        QTest::mouseClick(start, Qt::LeftButton); // another file: asked anew
        QCOMPARE(exported.count(), 0);
        QTest::mouseClick(start, Qt::LeftButton);
        QCOMPARE(exported.count(), 1);
    }

    void manyProblemsTakeOneLine() {
        Bench bench;
        const int height = bench.window.statusBar()->height();
        QStringList problems;
        for (int i = 0; i < 20; ++i) {
            problems << QStringLiteral("<b>file %1</b>.mp4 cannot be read: ").arg(i) + QString(200, QLatin1Char('x'));
        }
        bench.window.showError(problems.join(QLatin1Char('\n')));
        QCoreApplication::processEvents();
        QVERIFY(bench.window.statusBar()->height() <= height + 4);
        QCOMPARE(bench.window.width(), 1280);
        auto* label = bench.child<QLabel>("errorText");
        QVERIFY(label->textFormat() == Qt::PlainText);
        QVERIFY(label->text().startsWith("<b>file 0"));
        QVERIFY(label->sizeHint().width() < 1280);
        QVERIFY(label->toolTip().contains("&lt;b&gt;file 19"));
        QTest::mouseClick(bench.child<QAbstractButton>("errorDetails"), Qt::LeftButton);
        QCOMPARE(bench.child<QPlainTextEdit>("errorDetailsText")->toPlainText(), problems.join(QLatin1Char('\n')));
    }

    void whyAJobFailedCanBeRead() {
        Bench bench;
        const QString why = QStringLiteral("The worker ended in the middle of the job. Its last words: ") +
                            QStringLiteral(" out of memory <at> layer 12").repeated(8);
        auto* job = new QStandardItem(QStringLiteral("Generate, Shot 1"));
        job->setData(static_cast<int>(JobPhase::Failed), JobPhaseRole);
        job->setData(why, JobDetailRole);
        bench.jobs.appendRow(job);
        auto* list = bench.child<QListView>("jobListView");
        const QModelIndex row = list->model()->index(0, 0);
        const QString tip = row.data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains("Generate, Shot 1") && tip.contains("Failed") && tip.contains(why.toHtmlEscaped()));
        const int closed = list->visualRect(row).height();
        list->setCurrentIndex(row);
        QTRY_VERIFY(list->visualRect(row).height() > closed + 3 * list->fontMetrics().height());
        list->clearSelection();
        QTRY_COMPARE(list->visualRect(row).height(), closed);
    }

    void errorsShowInTheStatusBarUntilDismissed() {
        Bench bench;
        bench.window.showError("disk full");
        QCOMPARE(bench.child<QLabel>("errorText")->text(), QString("disk full"));
        QTest::mouseClick(bench.child<QAbstractButton>("dismissError"), Qt::LeftButton);
        QVERIFY(bench.child<QLabel>("errorText")->text().isEmpty());
    }

    void anotherProjectHasNoOldProblems() {
        Bench bench;
        bench.window.showError("disk full");
        bench.document.reset(emptyTimeline());
        QVERIFY(bench.child<QLabel>("errorText")->text().isEmpty());
    }

    void settingsAreChosenWhileEditingGoesOn() {
        Bench bench;
        QSignalSpy wanted(&bench.window, &MainWindow::settingsRequested);
        bench.action("fileSettings")->trigger();
        QCOMPARE(wanted.count(), 1);
        SettingsDialog& dialog = bench.window.settingsDialog();
        const SettingsChoice now{"gone", {"/models/a", "/models/b"}, "cpu", 7};
        dialog.open(now, {"starter", "large"});
        QVERIFY(!dialog.isModal());
        auto* model = bench.child<QComboBox>("settingsModel");
        QCOMPARE(model->currentText(), QString("gone (missing)"));
        QSignalSpy chosen(&dialog, &SettingsDialog::chosen);
        QTest::mouseClick(bench.child<QPushButton>("settingsOk"), Qt::LeftButton);
        QCOMPARE(chosen.value(0).value(0).value<SettingsChoice>(), now); // nothing touched, nothing changed
        dialog.open(now, {"starter", "large"});
        model->setCurrentIndex(model->findText("large"));
        bench.child<QListWidget>("settingsFolders")->setCurrentRow(0);
        QTest::mouseClick(bench.child<QAbstractButton>("settingsRemoveFolder"), Qt::LeftButton);
        bench.child<QSpinBox>("settingsCache")->setValue(50);
        QTest::mouseClick(bench.child<QPushButton>("settingsOk"), Qt::LeftButton);
        QCOMPARE(chosen.value(1).value(0).value<SettingsChoice>(), (SettingsChoice{"large", {"/models/b"}, "cpu", 50}));
        dialog.open(now, {});
        QTest::mouseClick(bench.child<QPushButton>("settingsCancel"), Qt::LeftButton);
        QCOMPARE(chosen.count(), 2);
    }

    void theRunningJobIsPausedWhateverIsSelected() {
        Bench bench;
        for (const JobPhase phase : {JobPhase::Finished, JobPhase::Running}) {
            auto* job = new QStandardItem(QStringLiteral("Generate"));
            job->setData(QStringLiteral("j%1").arg(bench.jobs.rowCount()), JobIdRole);
            job->setData(static_cast<int>(phase), JobPhaseRole);
            bench.jobs.appendRow(job);
        }
        bench.child<QListView>("jobListView")->setCurrentIndex(bench.jobs.index(0, 0));
        QSignalSpy paused(&bench.window.jobList(), &JobList::pauseRequested);
        QTest::mouseClick(bench.child<QAbstractButton>("pauseJob"), Qt::LeftButton);
        QCOMPARE(paused.value(0).value(0).toString(), QString("j1"));
    }

    void amountsAreReadable() {
        QCOMPARE(bytesText(45'000'000), QString("45 MB"));
        QCOMPARE(bytesText(400), QString("1 MB"));
        QCOMPARE(bytesText(999'999'999), QString("1.0 GB"));
        QCOMPARE(bytesText(13'240'000'000), QString("13.2 GB"));
    }

    void jobsAreCancelledAndRetried() {
        Bench bench;
        auto* job = new QStandardItem(QStringLiteral("Generate, Shot 1"));
        job->setData(QStringLiteral("j1"), JobIdRole);
        job->setData(static_cast<int>(JobPhase::Running), JobPhaseRole);
        job->setData(0.3, JobProgressRole);
        bench.jobs.appendRow(job);
        bench.child<QListView>("jobListView")->setCurrentIndex(bench.jobs.index(0, 0));
        QSignalSpy cancelled(&bench.window.jobList(), &JobList::cancelRequested);
        QSignalSpy retried(&bench.window.jobList(), &JobList::retryRequested);
        QTest::mouseClick(bench.child<QAbstractButton>("cancelJob"), Qt::LeftButton);
        QCOMPARE(cancelled.value(0).value(0).toString(), QString("j1"));
        QVERIFY(!bench.child<QAbstractButton>("retryJob")->isEnabled());
        job->setData(static_cast<int>(JobPhase::Failed), JobPhaseRole);
        QTest::mouseClick(bench.child<QAbstractButton>("retryJob"), Qt::LeftButton);
        QCOMPARE(retried.count(), 1);
        const QModelIndex row = bench.child<QListView>("jobListView")->model()->index(0, 0);
        QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains("Failed"));
    }
};

QTEST_MAIN(TestWindowDialogs)
#include "TestWindowDialogs.moc"
