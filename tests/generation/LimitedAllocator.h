#pragma once

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>

namespace generation::test {

/// libtorch's allocator for main memory with an end: beyond `limit` bytes it fails as the real one does.
/// Thread: any.
class LimitedAllocator final : public c10::Allocator {
public:
    /// From now on all tensors on the CPU come from here. The object must live as long as the program.
    void install() { c10::SetCPUAllocator(this, 255); }

    void limitTo(std::int64_t bytes) { m_limit = bytes; }
    std::int64_t live() const { return m_live; }
    std::int64_t peak() const { return m_peak; }
    void resetPeak() { m_peak = m_live.load(); }

    // Without "override": the versions of libtorch differ in which of these are virtual.
    c10::DataPtr allocate(std::size_t bytes) { return take(bytes); }
    c10::DataPtr allocate(std::size_t bytes) const { return take(bytes); }
    c10::DeleterFnPtr raw_deleter() const { return &give; }
    void copy_data(void* to, const void* from, std::size_t bytes) const { std::memcpy(to, from, bytes); }

private:
    /// In front of the bytes that are handed out, which keep the alignment that vector code wants.
    struct Header {
        const LimitedAllocator* owner;
        std::int64_t bytes;
    };
    static constexpr std::size_t kAlignment = 64;

    c10::DataPtr take(std::size_t size) const {
        const auto bytes = static_cast<std::int64_t>(size);
        if (m_live + bytes > m_limit) {
            throw c10::Error(c10::SourceLocation{"", "", 0}, "DefaultCPUAllocator: can't allocate memory: the limit");
        }
        const std::size_t whole = (size + 2 * kAlignment - 1) / kAlignment * kAlignment;
        auto* begin = static_cast<std::byte*>(std::aligned_alloc(kAlignment, whole));
        new (begin) Header{this, bytes};
        m_live += bytes;
        m_peak = std::max(m_peak.load(), m_live.load());
        std::byte* data = begin + kAlignment;
        return {data, data, &give, c10::Device(c10::kCPU)};
    }

    static void give(void* data) {
        if (data == nullptr) {
            return;
        }
        std::byte* begin = static_cast<std::byte*>(data) - kAlignment;
        const auto* header = reinterpret_cast<const Header*>(begin);
        header->owner->m_live -= header->bytes;
        std::free(begin);
    }

    std::atomic<std::int64_t> m_limit = std::numeric_limits<std::int64_t>::max();
    mutable std::atomic<std::int64_t> m_live = 0;
    mutable std::atomic<std::int64_t> m_peak = 0;
};

} // namespace generation::test
