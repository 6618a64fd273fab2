#pragma once

#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>

namespace generation::test {

/// Counts what libtorch's CPU allocator gives out and takes back on this thread, as its profiler does. Libraries below
/// libtorch that allocate for themselves are not counted.
/// Thread: one.
class TensorMeter : public c10::MemoryReportingInfoBase {
public:
    // Both signatures that libtorch has had; whichever it calls is an override.
    void reportMemoryUsage(void* pointer, std::int64_t size, std::int64_t, std::int64_t, c10::Device) {
        report(pointer, size);
    }
    void reportMemoryUsage(void* pointer, std::int64_t size, std::size_t, std::size_t, c10::Device) {
        report(pointer, size);
    }
    bool memoryProfilingEnabled() const override { return true; }

    struct Reading {
        std::int64_t peak; ///< the most bytes that were live at once, beside those from before
        std::int64_t left; ///< bytes that are live at the end
    };

    static Reading measure(const std::function<void()>& work) {
        const auto meter = std::make_shared<TensorMeter>();
        const c10::DebugInfoGuard guard(c10::DebugInfoKind::PROFILER_STATE, meter);
        work();
        return {meter->m_peak, meter->m_live};
    }

private:
    void report(void* pointer, std::int64_t size) {
        // Memory from before the guard may be freed under it: it was never counted.
        if (size > 0) {
            m_sizes[pointer] = size;
            m_live += size;
            m_peak = std::max(m_peak, m_live);
        } else if (const auto found = m_sizes.find(pointer); found != m_sizes.end()) {
            m_live -= found->second;
            m_sizes.erase(found);
        }
    }

    std::map<void*, std::int64_t> m_sizes;
    std::int64_t m_live = 0;
    std::int64_t m_peak = 0;
};

} // namespace generation::test
