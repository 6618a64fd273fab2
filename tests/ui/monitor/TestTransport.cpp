#include "ui/monitor/Monitor.h"
#include "ui/monitor/QtAudioSink.h"
#include "ui/monitor/Transport.h"
#include "ui/monitor/Viewer.h"
#include "ui/state/Playhead.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace ui;

namespace {

const timeline::FrameRate kRate(25);

timeline::RationalTime frames(std::int64_t count) {
    return {count, kRate};
}

} // namespace

/// The monitor without Vulkan and its transport bar, driven by mouse and keys.
class TestTransport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void buttonsStepAndJump() {
        Playhead playhead;
        Monitor monitor(playhead, nullptr);
        monitor.setSequence(kRate, frames(100));
        monitor.show();
        const auto press = [&](const char* name) {
            QTest::mouseClick(monitor.findChild<QToolButton*>(QLatin1String(name)), Qt::LeftButton);
        };
        press("stepForward");
        press("stepForward");
        press("stepBack");
        QCOMPARE(playhead.position(), frames(1));
        press("goToEnd");
        QCOMPARE(playhead.position(), frames(100));
        press("goToStart");
        QCOMPARE(playhead.position(), frames(0));
        press("stepBack");
        QCOMPARE(playhead.position(), frames(0));
    }

    void playAndShuttleAskForSpeeds() {
        Playhead playhead;
        Transport transport(playhead);
        QSignalSpy asked(&transport, &Transport::speedRequested);
        const auto last = [&] { return asked.takeLast()[0].toInt(); };
        transport.togglePlay();
        QCOMPARE(last(), 1);
        transport.setSpeed(1);
        transport.shuttle(1);
        QCOMPARE(last(), 2);
        transport.setSpeed(8);
        transport.shuttle(1);
        QCOMPARE(last(), 8);
        transport.shuttle(-1);
        QCOMPARE(last(), -1);
        transport.setSpeed(-2);
        transport.shuttle(-1);
        QCOMPARE(last(), -4);
        transport.shuttle(0);
        QCOMPARE(last(), 0);
        transport.togglePlay();
        QCOMPARE(last(), 0);
    }

    void aTypedTimecodeSeeksAndNonsenseDoesNot() {
        Playhead playhead;
        Transport transport(playhead);
        transport.setSequence(kRate, frames(1000));
        transport.show();
        auto* field = transport.findChild<QLineEdit*>("timecode");
        const auto type = [&](const char* text) {
            field->setFocus();
            field->selectAll();
            QTest::keyClicks(field, QLatin1String(text));
            QTest::keyClick(field, Qt::Key_Return);
        };
        type("00:00:02:05");
        QCOMPARE(playhead.position(), frames(55));
        type("120");
        QCOMPARE(playhead.position(), frames(120));
        type("tomorrow");
        QCOMPARE(playhead.position(), frames(120));
        QCOMPARE(field->text(), QString("00:00:04:20"));
    }

    void theBadgeShowsOnlyWhileLive() {
        Playhead playhead;
        Monitor monitor(playhead, nullptr);
        monitor.show();
        auto* badge = monitor.findChild<QLabel*>("liveBadge");
        QVERIFY(!badge->isVisible());
        monitor.setLive(true);
        QVERIFY(badge->isVisible());
    }

    void frameIsLetterboxedAndUntouched() {
        Playhead playhead;
        Monitor monitor(playhead, nullptr);
        monitor.resize(400, 400);
        monitor.show();
        auto frame = std::make_shared<timeline::DisplayImage>();
        frame->width = 4;
        frame->height = 2;
        for (int i = 0; i < 8; ++i) {
            frame->pixels.insert(frame->pixels.end(), {200, 100, 50, 255});
        }
        monitor.showFrame(frame);
        auto* surface = monitor.findChild<QWidget*>("monitorSurface");
        const QImage shown = surface->grab().toImage();
        QCOMPARE(shown.pixelColor(shown.width() / 2, shown.height() / 2), QColor(200, 100, 50));
        QCOMPARE(shown.pixelColor(shown.width() / 2, 2), QColor(Qt::black));
    }

    void letterboxKeepsTheShape() {
        QCOMPARE(letterboxed({16, 9}, {320, 320}), QRectF(0, 70, 320, 180));
        QCOMPARE(letterboxed({9, 16}, {320, 320}), QRectF(70, 0, 180, 320));
        QCOMPARE(letterboxed({0, 9}, {320, 320}), QRectF());
    }

    /// With or without a sound device: start answers, what was started stops, nothing is pulled afterwards.
    void soundStartsOrSaysNo() {
        QtAudioSink sink;
        std::atomic<int> pulls = 0;
        const bool started = sink.start(48000, 2, [&](float* samples, std::int64_t count) {
            std::fill(samples, samples + 2 * count, 0.0F);
            ++pulls;
        });
        QVERIFY(sink.heardFrames() >= 0);
        sink.stop();
        const int before = pulls;
        QTest::qWait(50);
        QCOMPARE(pulls.load(), before);
        if (!started) {
            QCOMPARE(before, 0);
        }
    }
};

QTEST_MAIN(TestTransport)
#include "TestTransport.moc"
