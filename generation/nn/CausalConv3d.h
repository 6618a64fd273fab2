#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>

namespace generation {

// Convolutions of the video autoencoder. Pictures are [T, H, W, C], channels last and contiguous: one sample, its
// frames as a batch of 2-D convolutions. A causal 3-D convolution is one 2-D convolution over the frames t-2, t-1 and t
// stacked in channels: exact, and several times faster than conv3d on CPUs.

/// The last inputs of each convolution of a network, kept from one group of frames to the next. Slots are used in the
/// order of execution, so the n-th convolution of each pass finds its own.
/// Thread: one.
class FeatureCache {
public:
    /// Before each pass over a group of frames.
    void rewind() { m_next = 0; }

    /// The slot of the next convolution: undefined in the first pass. It stays where it is.
    at::Tensor& next() {
        if (m_next == m_slots.size()) {
            m_slots.emplace_back();
        }
        return m_slots[m_next++];
    }

private:
    std::deque<at::Tensor> m_slots;
    std::size_t m_next = 0;
};

/// A 2-D convolution of every frame.
struct Conv2d {
    at::Tensor weight; ///< [out, in, kh, kw], channels last
    at::Tensor bias;

    bool defined() const { return weight.defined(); }
    /// [T, H, W, in] -> [T, H', W', out].
    at::Tensor operator()(const at::Tensor& x, std::int64_t stride = 1, std::int64_t padding = 0) const;
};

/// Bytes of the temporaries of a group of frames (stacked, enlarged, padded) that are made at a time.
inline constexpr std::int64_t kFrameBytes = std::int64_t{256} << 20U;
/// The same on a CPU: what its last cache holds, so that a convolution does not wait for memory.
inline constexpr std::int64_t kCachedFrameBytes = std::int64_t{8} << 20U;

/// How many frames of x are worked on at a time, with so many bytes of temporaries each.
std::int64_t framesTogether(const at::Tensor& x, std::int64_t bytesPerFrame);

/// map(x) over the first dimension, a few frames at a time where map's temporaries would be too large. map gives the
/// same number of frames for each.
at::Tensor mapFrames(const at::Tensor& x, std::int64_t bytesPerFrame,
                     const std::function<at::Tensor(const at::Tensor&)>& map);

/// Bytes of one frame of x.
std::int64_t frameBytes(const at::Tensor& x);

/// A causal convolution of three frames, 3x3 or 1x1 in space.
struct CausalConv3d {
    Conv2d stacked; ///< the kernel's three times as 3 * in channels
    std::int64_t padding = 1;

    /// weight [out, in, 3, k, k].
    static CausalConv3d make(const at::Tensor& weight, const at::Tensor& bias);

    /// x [T, H, W, in] with the slot's history before it; the slot then holds the last two frames.
    at::Tensor operator()(const at::Tensor& x, at::Tensor& history) const;

    /// The same of silu(norm(x)); the slot holds normalised frames.
    at::Tensor normed(const at::Tensor& x, const at::Tensor& gain, at::Tensor& history) const;

    /// The kernel's last time alone: for a frame with nothing before it. Once a clip, so not kept.
    Conv2d present() const;

private:
    at::Tensor some(const at::Tensor& x, at::Tensor& history) const;
    at::Tensor someNormed(const at::Tensor& x, const at::Tensor& gain, at::Tensor& history) const;
};

/// The last two frames of history and x together; absent history counts as zeros.
at::Tensor lastTwoFrames(const at::Tensor& history, const at::Tensor& x);

/// Frames t-2, t-1, t stacked in channels, every `step`-th t from 2: all [T + 2, H, W, C] -> [T', H, W, 3 C].
at::Tensor stackFrames(const at::Tensor& all, std::int64_t step = 1);

} // namespace generation
