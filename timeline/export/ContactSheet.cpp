#include "timeline/export/ContactSheet.h"

#include "timeline/media/CodedFrame.h"
#include "timeline/model/Query.h"
#include "timeline/render/OutputTransform.h"

#include <algorithm>
#include <string>

namespace timeline {

namespace {

constexpr std::uint16_t kBackground = 0x1414; // dark grey, sRGB
constexpr int kMostPixels = 16384;            // across and down

void copyInto(CodedFrame& sheet, const CodedFrame& cell, int left, int top) {
    for (int y = 0; y < cell.height; ++y) {
        const auto* row =
            cell.samples.data() + std::size_t{3} * static_cast<std::size_t>(y) * static_cast<std::size_t>(cell.width);
        const std::size_t target =
            static_cast<std::size_t>(top + y) * static_cast<std::size_t>(sheet.width) + static_cast<std::size_t>(left);
        std::copy_n(row, std::size_t{3} * static_cast<std::size_t>(cell.width),
                    sheet.samples.begin() + static_cast<std::ptrdiff_t>(3 * target));
    }
}

} // namespace

Result<CodedFrame> contactSheet(SequenceRenderer& renderer, const Timeline& timeline,
                                std::span<const RationalTime> times, const ContactSheetLayout& layout) {
    const int columns = std::min(std::max(layout.columns, 1), std::max(static_cast<int>(times.size()), 1));
    const int rows = (static_cast<int>(times.size()) + columns - 1) / columns;
    const PlanOptions cell = fittedInto(timeline.format, layout.cellWidth, kMostPixels);
    const int gap = std::max(layout.gap, 0);
    CodedFrame sheet;
    sheet.width = columns * (cell.width + gap) + gap;
    sheet.height = rows * (cell.height + gap) + gap;
    if (times.empty() || sheet.width > kMostPixels || sheet.height > kMostPixels) {
        return Error{times.empty() ? ErrorCode::InvalidArgument : ErrorCode::TooLarge,
                     {},
                     std::to_string(sheet.width) + "x" + std::to_string(sheet.height)};
    }
    sheet.samples.assign(
        std::size_t{3} * static_cast<std::size_t>(sheet.width) * static_cast<std::size_t>(sheet.height), kBackground);
    for (std::size_t i = 0; i < times.size(); ++i) {
        const Result<RenderedFrame> frame = renderer.render(timeline, times[i], cell);
        if (!frame) {
            return frame.error();
        }
        const int column = static_cast<int>(i) % columns;
        const int row = static_cast<int>(i) / columns;
        copyInto(sheet, codedFrame(*frame->image), gap + column * (cell.width + gap), gap + row * (cell.height + gap));
    }
    return sheet;
}

std::vector<RationalTime> evenTimes(const Timeline& timeline, int count) {
    const std::int64_t frames = timelineDuration(timeline).rescaledTo(timeline.format.rate).value();
    std::vector<RationalTime> times;
    for (int i = 0; i < count && frames > 0; ++i) {
        times.emplace_back((2 * i + 1) * frames / (2 * count), timeline.format.rate);
    }
    return times;
}

} // namespace timeline
