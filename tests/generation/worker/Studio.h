#pragma once

#include "generation/protocol/FrameFile.h"
#include "tests/generation/model/TinyModel.h"
#include "tests/generation/worker/WorkerProcess.h"

#include <algorithm>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <string>

namespace generation::test {

// Whole jobs: a worker, tiny models, clips, and what clips have in common.

inline constexpr int kWidth = 48;
inline constexpr int kHeight = 32;
inline constexpr std::int64_t kFrames = 9;

inline FrameSet noiseClip(std::int64_t frames, std::uint32_t seed, int width = kWidth, int height = kHeight) {
    FrameSet set{
        .frames = frames, .width = width, .height = height, .fpsNumerator = 12, .fpsDenominator = 1, .samples = {}};
    std::mt19937 random(seed);
    set.samples.resize(static_cast<std::size_t>(frames * width * height * 3));
    std::generate(set.samples.begin(), set.samples.end(), [&] { return static_cast<std::uint16_t>(random()); });
    return set;
}

/// Grey: a value for each pixel of each frame.
template <class Value>
FrameSet drawnClip(std::int64_t frames, const Value& value, int width = kWidth, int height = kHeight) {
    FrameSet set{
        .frames = frames, .width = width, .height = height, .fpsNumerator = 12, .fpsDenominator = 1, .samples = {}};
    for (std::int64_t f = 0; f < frames; ++f) {
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                set.samples.insert(set.samples.end(), 3, value(f, x, y));
            }
        }
    }
    return set;
}

/// Whether frames [first, first + count) of `a` are those of `b` from `other` on.
inline bool sameFrames(const FrameSet& a, std::int64_t first, std::int64_t count, const FrameSet& b,
                       std::int64_t other) {
    const auto size = static_cast<std::ptrdiff_t>(a.width) * a.height * 3;
    return a.width == b.width && a.height == b.height &&
           std::equal(a.samples.begin() + first * size, a.samples.begin() + (first + count) * size,
                      b.samples.begin() + other * size);
}

/// Counts the pixels in which two clips of one size differ, where `where(x, y)` holds.
template <class Where>
std::size_t differences(const FrameSet& a, const FrameSet& b, const Where& where) {
    std::size_t count = 0;
    std::size_t at = 0;
    for (std::int64_t f = 0; f < a.frames; ++f) {
        for (int y = 0; y < a.height; ++y) {
            for (int x = 0; x < a.width; ++x, at += 3) {
                const bool same = std::equal(a.samples.begin() + static_cast<std::ptrdiff_t>(at),
                                             a.samples.begin() + static_cast<std::ptrdiff_t>(at + 3),
                                             b.samples.begin() + static_cast<std::ptrdiff_t>(at));
                count += where(x, y) && !same ? 1 : 0;
            }
        }
    }
    return count;
}

/// The largest difference of a sample, of the whole range.
inline double largestStep(const FrameSet& a, const FrameSet& b) {
    int largest = 0;
    for (std::size_t i = 0; i < a.samples.size(); ++i) {
        largest = std::max(largest, std::abs(int{a.samples[i]} - int{b.samples.at(i)}));
    }
    return largest / 65535.0;
}

/// Two transformers, the second below the boundary.
inline TinyModel twoExperts(double boundary) {
    TinyModel model;
    model.hasSecond = true;
    model.index = {{"boundary_ratio", boundary}};
    return model;
}

/// A worker, and a folder with the models and clips of one test.
/// Thread: one.
class Studio {
public:
    Studio() { m_worker.event(); }

    std::string model(const std::string& name, const TinyModel& tiny) {
        const std::string place = m_folder.file(name);
        writeTinyModel(place, tiny);
        return place;
    }

    std::string clip(const std::string& name, const FrameSet& set) {
        writeFrameFile(m_folder.file(name), set, Durability::Volatile);
        return m_folder.file(name);
    }

    std::string file(const std::string& name) const { return m_folder.file(name); }

    static GenerateRequest job(const std::string& model) {
        GenerateRequest request;
        request.model = model;
        request.prompts = {{"a lake at sunset", 0, 0}};
        request.width = kWidth;
        request.height = kHeight;
        request.frames = kFrames;
        request.fpsNumerator = 12;
        request.steps = 3;
        request.seed = 9;
        request.guidance = 2.0;
        request.shift = 3.0;
        request.wantsPreviews = false;
        return request;
    }

    Event outcome(GenerateRequest request) {
        request.id = std::to_string(++m_jobs);
        request.outputPath = m_folder.file("out-" + request.id);
        m_worker.send(request);
        return m_worker.outcome();
    }

    /// The frames of a job that must come to an end.
    FrameSet made(const GenerateRequest& request) {
        const Event event = outcome(request);
        const auto* finished = std::get_if<FinishedEvent>(&event);
        if (finished == nullptr) {
            throw std::runtime_error(toJsonLine(event));
        }
        return readFrameFile(finished->framesPath);
    }

private:
    TemporaryFolder m_folder;
    WorkerProcess m_worker;
    int m_jobs = 0;
};

} // namespace generation::test
