#include "ui/monitor/Monitor.h"
#include "ui/monitor/VulkanSupport.h"
#include "ui/monitor/VulkanViewer.h"
#include "ui/state/Playhead.h"

#include <QMainWindow>
#include <QScreen>
#include <QTest>

#include <atomic>

using namespace ui;

namespace {

std::atomic<int> validationMessages = 0;

/// Newer layers find that QVulkanWindow acquires with a semaphore whose last wait it did not wait for: not ours to
/// mend.
bool isQtsOwn(const QString& message) {
    return message.contains(QLatin1String("VUID-vkAcquireNextImageKHR-semaphore-01779"));
}

void countValidation(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    const bool isValidation = message.startsWith(QLatin1String("vkDebug")) || message.contains(QLatin1String("VUID-"));
    if (isValidation && !isQtsOwn(message)) {
        ++validationMessages;
    }
    std::fprintf(stderr, "%d %s\n", static_cast<int>(type), qPrintable(message));
    Q_UNUSED(context);
}

DisplayImagePtr plain(int width, int height, QColor color) {
    auto frame = std::make_shared<timeline::DisplayImage>();
    frame->width = width;
    frame->height = height;
    for (int i = 0; i < width * height; ++i) {
        for (const int value : {color.red(), color.green(), color.blue(), 255}) {
            frame->pixels.push_back(static_cast<std::uint8_t>(value));
        }
    }
    return frame;
}

} // namespace

/// The Vulkan viewer in a real window, with the validation layer on: pictures reach the screen, sizes change, and no
/// message comes.
class TestVulkanViewer : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QVulkanInstance> m_instance;

    static QColor onScreen(QWidget& widget, QPoint point) {
        const QPoint place = widget.mapToGlobal(point);
        return widget.screen()->grabWindow(0, place.x(), place.y(), 1, 1).toImage().pixelColor(0, 0);
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("FANTASCOPE_VULKAN_VALIDATION", "1");
        m_instance = makeVulkanInstance();
        if (!m_instance) {
            QSKIP("no Vulkan device here");
        }
        qInstallMessageHandler(countValidation);
        const bool isThere = m_instance->supportedLayers().contains(QByteArrayLiteral("VK_LAYER_KHRONOS_validation"));
        QCOMPARE(m_instance->layers().contains(QByteArrayLiteral("VK_LAYER_KHRONOS_validation")), isThere);
    }

    void framesReachTheScreen() {
        if (!m_instance) {
            QSKIP("no Vulkan device here");
        }
        Playhead playhead;
        QMainWindow window;
        auto* monitor = new Monitor(playhead, m_instance.get());
        window.setCentralWidget(monitor);
        window.resize(500, 500);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(monitor->usesVulkan());
        auto* surface = monitor->findChild<QWidget*>("monitorSurface");
        const auto middle = [&] { return onScreen(*surface, surface->rect().center()); };

        monitor->showFrame(plain(64, 36, QColor(200, 100, 50)));
        QTRY_COMPARE(middle(), QColor(200, 100, 50));
        QCOMPARE(onScreen(*surface, QPoint(surface->width() / 2, 3)), QColor(Qt::black));
        for (int i = 0; i < 12; ++i) {
            monitor->showFrame(plain(64 + i * 16, 36 + i * 9, QColor(10 * i, 200, 100)));
            QTest::qWait(5);
        }
        QTRY_COMPARE(middle(), QColor(110, 200, 100));
        window.resize(700, 420);
        QTRY_COMPARE(middle(), QColor(110, 200, 100));
        monitor->showFrame(nullptr);
        QTRY_COMPARE(middle(), QColor(Qt::black));
    }

    void cleanupTestCase() {
        qInstallMessageHandler(nullptr);
        m_instance.reset();
        QCOMPARE(validationMessages.load(), 0);
    }
};

QTEST_MAIN(TestVulkanViewer)
#include "TestVulkanViewer.moc"
