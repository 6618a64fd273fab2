#include "app/media/MediaArt.h"

#include "app/media/ImageFrom.h"

#include <algorithm>
#include <chrono>

namespace app {

namespace {

constexpr int kMostThumbnails = 3000;
constexpr int kMostWaiting = 200; ///< more are asked for again when the view redraws

std::shared_ptr<timeline::SequenceRenderer> makeRenderer(std::shared_ptr<timeline::MediaPool> media,
                                                         timeline::UrlResolver resolve) {
    timeline::RendererSetup setup;
    setup.media = std::move(media);
    setup.resolveUrl = std::move(resolve);
    setup.compositor = timeline::CompositorChoice::Cpu;
    auto renderer = timeline::SequenceRenderer::create(std::move(setup));
    return renderer ? std::shared_ptr<timeline::SequenceRenderer>(std::move(renderer).value()) : nullptr;
}

} // namespace

MediaArt::MediaArt(std::shared_ptr<timeline::MediaPool> media, timeline::UrlResolver resolve, QObject* parent)
    : ui::ClipArt(parent), m_resolve(resolve), m_renderer(makeRenderer(std::move(media), std::move(resolve))) {
    m_changed.setSingleShot(true);
    m_changed.setInterval(std::chrono::milliseconds(100));
    connect(&m_changed, &QTimer::timeout, this, &ui::ClipArt::changed);
}

QImage MediaArt::thumbnail(const std::string& url, timeline::RationalTime time, int height) {
    height = std::clamp(height, 8, 512);
    const QString key = QStringLiteral("%1|%2|%3")
                            .arg(QString::number(height), QString::number(time.toSeconds()),
                                 QString::fromStdString(m_resolve(url).string()));
    if (const auto found = m_thumbnails.constFind(key); found != m_thumbnails.constEnd()) {
        return *found;
    }
    if (m_renderer && !m_pending.contains(key) && m_pending.size() < kMostWaiting) {
        timeline::FramePlan plan;
        plan.height = height;
        plan.width = height * 16 / 9;
        timeline::FrameLayer layer;
        layer.source = timeline::FileSource{url, time};
        plan.layers.push_back(std::move(layer));
        makeThumbnail(key, plan);
    }
    return {};
}

void MediaArt::makeThumbnail(const QString& key, const timeline::FramePlan& plan) {
    m_pending.insert(key);
    m_background.start([this, key, plan, renderer = m_renderer](const std::stop_token& stop) -> Background::Finish {
        if (stop.stop_requested()) {
            return {};
        }
        const auto frame = renderer->render(plan);
        const QImage image = frame ? imageFrom(*frame->image) : QImage();
        return [this, key, image] {
            if (m_thumbnails.size() >= kMostThumbnails) {
                m_thumbnails.clear();
            }
            m_thumbnails.insert(key, image);
            m_pending.remove(key);
            m_changed.start();
        };
    });
}

ui::Peaks MediaArt::peaks(const std::string& url, const timeline::TimeRange& range, int slices) {
    const QString key = QString::fromStdString(m_resolve(url).string());
    const auto found = m_waveforms.constFind(key);
    if (found == m_waveforms.constEnd()) {
        if (!m_pending.contains(key)) {
            makeWaveform(key, url);
        }
        return {};
    }
    const WaveformPtr wave = *found;
    if (!wave || slices <= 0) {
        return {};
    }
    ui::Peaks peaks(static_cast<std::size_t>(slices), 0.0F);
    const double perSecond = static_cast<double>(wave->sampleRate) / wave->samplesPerPeak;
    const double start = range.start.toSeconds() * perSecond;
    const double length = range.duration.toSeconds() * perSecond / slices;
    const auto size = static_cast<double>(wave->peaks.size());
    for (int i = 0; i < slices; ++i) {
        const auto first = static_cast<std::size_t>(std::clamp(start + length * i, 0.0, size));
        const auto last = static_cast<std::size_t>(
            std::clamp(std::max(start + length * (i + 1), start + length * i + 1.0), 0.0, size));
        for (std::size_t at = first; at < last; ++at) {
            const timeline::Peak& peak = wave->peaks[at];
            peaks[static_cast<std::size_t>(i)] = std::max({peaks[static_cast<std::size_t>(i)], peak.high, -peak.low});
        }
    }
    return peaks;
}

void MediaArt::makeWaveform(const QString& key, const std::string& url) {
    m_pending.insert(key);
    m_background.start([this, key, file = m_resolve(url)](std::stop_token stop) -> Background::Finish {
        auto made = timeline::waveform(file, 512, std::move(stop));
        const WaveformPtr wave = made ? std::make_shared<const timeline::Waveform>(std::move(made).value()) : nullptr;
        return [this, key, wave] {
            m_waveforms.insert(key, wave);
            m_pending.remove(key);
            m_changed.start();
        };
    });
}

} // namespace app
