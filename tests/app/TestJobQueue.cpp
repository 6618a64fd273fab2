#include "app/jobs/Background.h"
#include "app/jobs/JobListModel.h"
#include "app/jobs/JobQueue.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace app;
using ui::JobPhase;

class TestJobQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void backFrontAndReplace() {
        JobQueue queue;
        const QString a = queue.add("a", {});
        const QString b = queue.add("b", {});
        QCOMPARE(queue.startNext(), a);
        const QString c = queue.add("c", {}, JobPlace::Front);
        QVERIFY(!queue.startNext()); // one at a time
        queue.setFinished(a);
        QCOMPARE(queue.startNext(), c);
        const QString d = queue.add("d", {}, JobPlace::Replace);
        QCOMPARE(queue.find(b)->phase, JobPhase::Cancelled);
        QCOMPARE(queue.find(c)->phase, JobPhase::Running); // goes on
        queue.setFinished(c);
        QCOMPARE(queue.startNext(), d);
    }

    void cancelWaitingRunningAll() {
        JobQueue queue;
        const QString a = queue.add("a", {});
        const QString b = queue.add("b", {});
        const QString c = queue.add("c", {});
        queue.startNext();
        QSignalSpy asked(&queue, &JobQueue::cancelRequested);
        queue.cancel(b);
        QCOMPARE(queue.find(b)->phase, JobPhase::Cancelled);
        QCOMPARE(asked.count(), 0);
        queue.cancelRunning();
        QCOMPARE(asked.takeFirst().value(0).toString(), a);
        QCOMPARE(queue.find(a)->phase, JobPhase::Running); // until whoever runs it says so
        queue.cancelAll();
        QCOMPARE(queue.find(c)->phase, JobPhase::Cancelled);
        QCOMPARE(asked.count(), 1);
        queue.setCancelled(a);
        QVERIFY(!queue.startNext());
    }

    void anEndIsFinal() {
        JobQueue queue;
        const QString a = queue.add("a", {});
        queue.startNext();
        queue.setFailed(a, "why");
        queue.setFinished(a);
        queue.report(a, 0.5, 1.0, "late");
        QCOMPARE(queue.find(a)->phase, JobPhase::Failed);
        QCOMPARE(queue.find(a)->detail, QString("why"));
    }

    void modelFollowsTheQueue() {
        JobQueue queue;
        JobListModel model(queue);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QString a = queue.add("a", {});
        queue.add("b", {}, JobPlace::Front);
        queue.add("c", {}, JobPlace::Replace);
        QCOMPARE(model.rowCount(), 3);
        queue.startNext();
        const Job* running = queue.running();
        queue.report(running->id, 0.25, 12.0, "Step 1 of 4");
        const QModelIndex row = model.match(model.index(0), ui::JobIdRole, running->id).value(0);
        QCOMPARE(row.data(ui::JobProgressRole).toDouble(), 0.25);
        QCOMPARE(row.data(ui::JobDetailRole).toString(), QString("Step 1 of 4"));
        QCOMPARE(row.data(ui::JobSecondsLeftRole).toDouble(), 12.0);
        queue.clearOver();
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(!queue.find(a));
    }

    void backgroundRunsInOrderAndStops() {
        QStringList order;
        Background background;
        for (const QString& name : QStringList{"a", "b"}) {
            background.start([&order, name](std::stop_token) { return [&order, name] { order << name; }; });
        }
        std::stop_source stop = background.start([&order](std::stop_token token) {
            std::mutex mutex;
            std::condition_variable_any changed;
            std::unique_lock lock(mutex);
            changed.wait(lock, token, [] { return false; });
            return [&order] { order << "stopped"; };
        });
        QTRY_COMPARE_WITH_TIMEOUT(order, (QStringList{"a", "b"}), 60000);
        stop.request_stop();
        QTRY_COMPARE_WITH_TIMEOUT(order, (QStringList{"a", "b", "stopped"}), 60000);
        QVERIFY(background.isIdle());
    }

    void backgroundEndsWhileItWorks() {
        bool finished = false;
        {
            Background background;
            background.start([&finished](std::stop_token token) {
                std::mutex mutex;
                std::condition_variable_any changed;
                std::unique_lock lock(mutex);
                changed.wait(lock, token, [] { return false; });
                return [&finished] { finished = true; };
            });
        }
        QCoreApplication::processEvents();
        QVERIFY(!finished);
    }
};

QTEST_GUILESS_MAIN(TestJobQueue)
#include "TestJobQueue.moc"
