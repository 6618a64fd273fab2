#pragma once

#include "generation/device/Cancelled.h"
#include "generation/training/TrainingObserver.h"

#include <map>
#include <string>

namespace generation::test {

/// Remembers what it was told.
/// Thread: one.
class SilentObserver : public TrainingObserver {
public:
    void progress(const TrainingProgress& progress) override { last = progress; }
    void notice(const std::string& code, const std::string& detail) override { notices[code] = detail; }
    void checkpoint() override {}

    TrainingProgress last;
    std::map<std::string, std::string> notices;
};

/// Stops the run after some steps.
/// Thread: one.
class CancellingObserver : public SilentObserver {
public:
    explicit CancellingObserver(std::int64_t after) : m_after(after) {}
    void checkpoint() override {
        if (last.step >= m_after) {
            throw Cancelled();
        }
    }

private:
    std::int64_t m_after;
};

} // namespace generation::test
