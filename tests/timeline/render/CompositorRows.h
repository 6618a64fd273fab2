#pragma once

#include "tests/timeline/render/TestPictures.h"
#include "timeline/render/CpuCompositor.h"
#include "timeline/render/vulkan/VulkanCompositor.h"

#include <QTest>

#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace timeline::test {

using Rgba = std::array<double, 4>;

inline double srgbToLight(double code) {
    return code <= 0.04045 ? code / 12.92 : std::pow((code + 0.055) / 1.055, 2.4);
}

inline Rgba pixelAt(const FrameImage& image, int x, int y) {
    const float* p = image.pixels.data() + 4 * (y * image.width + x);
    return {p[0], p[1], p[2], p[3]};
}

/// What tests of both compositors share: a row for each, and validation messages of Vulkan as failures.
class CompositorRows {
protected:
    void openVulkan() {
        Result<std::shared_ptr<const VulkanDevice>> device =
            VulkanDevice::create({.deviceName = {}, .onValidationMessage = [this](const std::string& message) {
                                      m_messages.push_back(message);
                                      qWarning("%s", message.c_str());
                                  }});
        if (!device) {
            qInfo("no Vulkan device: its rows are skipped");
            return;
        }
        m_isValidated = (*device)->isValidated();
        Result<std::unique_ptr<VulkanCompositor>> vulkan = VulkanCompositor::create(*device);
        QVERIFY2(vulkan.has_value(), vulkan ? "" : vulkan.error().detail.c_str());
        m_vulkan = std::move(*vulkan);
        qInfo("Vulkan: %s", m_vulkan->name().c_str());
    }

    void closeVulkan() {
        m_vulkan.reset();
        QVERIFY2(m_messages.empty(), m_messages.empty() ? "" : m_messages.front().c_str());
    }

    void rows() {
        QTest::addColumn<QString>("compositor");
        QTest::newRow("cpu") << "cpu";
        QTest::newRow("vulkan") << "vulkan";
    }

    Compositor& compositor() {
        QFETCH(QString, compositor);
        return compositor == "cpu" ? static_cast<Compositor&>(m_cpu) : *m_vulkan;
    }

    bool isMissing() {
        QFETCH(QString, compositor);
        return compositor == "vulkan" && !m_vulkan;
    }

    FrameImage draw(const FramePlan& plan, const std::vector<PicturePtr>& pictures) {
        Result<FrameImagePtr> frame = compositor().compose(plan, pictures);
        if (!frame) {
            qWarning("%s: %s", errorCodeName(frame.error().code), frame.error().detail.c_str());
            return {1, 1, {-99, -99, -99, -99}};
        }
        return **frame;
    }

    FrameImage draw(Picture picture, int width, int height, const FrameLayer& layer = {}) {
        return draw(planOf(width, height, {layer}), {shared(std::move(picture))});
    }

    void compare(const Rgba& actual, const Rgba& expected, double tolerance = 2e-6) {
        for (std::size_t i = 0; i < 4; ++i) {
            QVERIFY2(
                std::abs(actual[i] - expected[i]) <= tolerance,
                qPrintable(
                    QString("channel %1 is %2, not %3").arg(i).arg(actual[i], 0, 'g', 9).arg(expected[i], 0, 'g', 9)));
        }
    }

    CpuCompositor m_cpu;
    std::unique_ptr<VulkanCompositor> m_vulkan;
    std::vector<std::string> m_messages;
    bool m_isValidated = false;
};

} // namespace timeline::test
