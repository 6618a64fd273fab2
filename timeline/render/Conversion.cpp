#include "timeline/render/Conversion.h"

#include "timeline/render/Rows.h"
#include "timeline/render/TransferTable.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>
#include <string>
#include <vector>

namespace timeline {

namespace {

constexpr std::int64_t kMaxPixels = std::int64_t{1} << 28;

Error unsupported(std::string detail) {
    return {ErrorCode::UnsupportedPixelFormat, {}, std::move(detail)};
}

std::size_t sampleSize(SampleType type) {
    return type == SampleType::Uint8 ? 1 : type == SampleType::Uint16 ? 2 : 4;
}

int planeCount(const Picture& picture) {
    return (picture.model == ColorModel::Gray ? 1 : 3) + (picture.alpha == AlphaMode::None ? 0 : 1);
}

bool isChroma(const Picture& picture, std::size_t plane) {
    return picture.model == ColorModel::Yuv && (plane == 1 || plane == 2);
}

bool depthFits(const Picture& picture) {
    switch (picture.sampleType) {
    case SampleType::Uint8:
        return picture.bitDepth == 8;
    case SampleType::Uint16:
        return picture.bitDepth >= 9 && picture.bitDepth <= 16;
    case SampleType::Float32:
        return picture.bitDepth == 32;
    }
    return false;
}

Result<void> checkPlanes(const Picture& picture) {
    if (picture.width < 1 || picture.height < 1) {
        return unsupported("no pixels");
    }
    if (static_cast<std::int64_t>(picture.width) * picture.height > kMaxPixels) {
        return Error{ErrorCode::TooLarge, {}, std::to_string(picture.width) + "x" + std::to_string(picture.height)};
    }
    if (!depthFits(picture)) {
        return unsupported(std::to_string(picture.bitDepth) + " bits");
    }
    if (picture.chromaShiftX < 0 || picture.chromaShiftX > 2 || picture.chromaShiftY < 0 || picture.chromaShiftY > 2) {
        return unsupported("chroma shift");
    }
    if (picture.planes.size() != static_cast<std::size_t>(planeCount(picture))) {
        return unsupported(std::to_string(picture.planes.size()) + " planes");
    }
    for (std::size_t i = 0; i < picture.planes.size(); ++i) {
        const Plane& plane = picture.planes[i];
        const int shiftX = isChroma(picture, i) ? picture.chromaShiftX : 0;
        const int shiftY = isChroma(picture, i) ? picture.chromaShiftY : 0;
        const int width = (picture.width + (1 << shiftX) - 1) >> shiftX;
        const int height = (picture.height + (1 << shiftY) - 1) >> shiftY;
        const std::size_t bytes =
            static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * sampleSize(picture.sampleType);
        if (plane.width != width || plane.height != height || plane.samples.size() != bytes) {
            return unsupported("plane " + std::to_string(i) + " is " + std::to_string(plane.width) + "x" +
                               std::to_string(plane.height));
        }
    }
    return {};
}

void setCodes(const Picture& picture, ConversionParameters& parameters) {
    if (picture.sampleType == SampleType::Float32) {
        parameters.isFloat = 1;
        parameters.chromaOffset = 0.5F;
        return;
    }
    const double full = std::ldexp(1.0, picture.bitDepth) - 1.0;
    const double step = std::ldexp(1.0, picture.bitDepth - 8);
    const bool limited = picture.color.range == ColorRange::Limited;
    parameters.lumaOffset = static_cast<float>(limited ? 16.0 * step : 0.0);
    parameters.lumaScale = static_cast<float>(1.0 / (limited ? 219.0 * step : full));
    parameters.chromaOffset = static_cast<float>(128.0 * step);
    parameters.chromaScale = static_cast<float>(1.0 / (limited ? 224.0 * step : full));
    parameters.alphaScale = static_cast<float>(1.0 / full);
}

void setChroma(const Picture& picture, ConversionParameters& parameters) {
    const bool alignedX = picture.chromaSiting != ChromaSiting::Center;
    const bool alignedY = picture.chromaSiting == ChromaSiting::TopLeft;
    const double scaleX = std::ldexp(1.0, -picture.chromaShiftX);
    const double scaleY = std::ldexp(1.0, -picture.chromaShiftY);
    parameters.chromaWidth = picture.planes[1].width;
    parameters.chromaHeight = picture.planes[1].height;
    parameters.chromaScaleX = static_cast<float>(scaleX);
    parameters.chromaScaleY = static_cast<float>(scaleY);
    parameters.chromaOffsetX = static_cast<float>(alignedX ? 0.0 : 0.5 * scaleX - 0.5);
    parameters.chromaOffsetY = static_cast<float>(alignedY ? 0.0 : 0.5 * scaleY - 0.5);
}

/// ITU-T H.273: the luma weights of red and blue give the whole matrix.
void setMatrix(ColorMatrix matrix, ConversionParameters& parameters) {
    const double kr = matrix == ColorMatrix::Bt601 ? 0.299 : matrix == ColorMatrix::Bt709 ? 0.2126 : 0.2627;
    const double kb = matrix == ColorMatrix::Bt601 ? 0.114 : matrix == ColorMatrix::Bt709 ? 0.0722 : 0.0593;
    const double kg = 1.0 - kr - kb;
    parameters.redFromCr = static_cast<float>(2.0 * (1.0 - kr));
    parameters.blueFromCb = static_cast<float>(2.0 * (1.0 - kb));
    parameters.greenFromCb = static_cast<float>(-2.0 * kb * (1.0 - kb) / kg);
    parameters.greenFromCr = static_cast<float>(-2.0 * kr * (1.0 - kr) / kg);
}

using Matrix = std::array<double, 9>;

Matrix product(const Matrix& a, const Matrix& b) {
    Matrix result{};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            for (std::size_t k = 0; k < 3; ++k) {
                result[3 * row + column] += a[3 * row + k] * b[3 * k + column];
            }
        }
    }
    return result;
}

Matrix inverse(const Matrix& m) {
    const Matrix cofactors{m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
                           m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
                           m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]};
    const double determinant = m[0] * cofactors[0] + m[1] * cofactors[3] + m[2] * cofactors[6];
    Matrix result{};
    std::transform(cofactors.begin(), cofactors.end(), result.begin(), [&](double c) { return c / determinant; });
    return result;
}

/// CIE XYZ of the primaries as columns, scaled so that (1, 1, 1) is D65.
Matrix toXyz(Primaries primaries) {
    struct Chromaticity {
        double x, y;
    };
    const auto corners = [primaries]() -> std::array<Chromaticity, 3> {
        switch (primaries) {
        case Primaries::Bt709:
            return {{{0.640, 0.330}, {0.300, 0.600}, {0.150, 0.060}}};
        case Primaries::Bt601_525:
            return {{{0.630, 0.340}, {0.310, 0.595}, {0.155, 0.070}}};
        case Primaries::Bt601_625:
            return {{{0.640, 0.330}, {0.290, 0.600}, {0.150, 0.060}}};
        case Primaries::Bt2020:
            return {{{0.708, 0.292}, {0.170, 0.797}, {0.131, 0.046}}};
        case Primaries::DisplayP3:
            return {{{0.680, 0.320}, {0.265, 0.690}, {0.150, 0.060}}};
        }
        return {};
    }();
    constexpr Chromaticity white{0.3127, 0.3290};
    Matrix columns{};
    for (std::size_t i = 0; i < 3; ++i) {
        columns[i] = corners[i].x / corners[i].y;
        columns[3 + i] = 1.0;
        columns[6 + i] = (1.0 - corners[i].x - corners[i].y) / corners[i].y;
    }
    const Matrix solve = inverse(columns);
    const std::array<double, 3> xyz{white.x / white.y, 1.0, (1.0 - white.x - white.y) / white.y};
    for (std::size_t i = 0; i < 3; ++i) {
        const double scale = solve[3 * i] * xyz[0] + solve[3 * i + 1] * xyz[1] + solve[3 * i + 2] * xyz[2];
        columns[i] *= scale;
        columns[3 + i] *= scale;
        columns[6 + i] *= scale;
    }
    return columns;
}

template <typename Sample>
Sample loadSample(const std::byte* bytes) {
    Sample sample;
    std::memcpy(&sample, bytes, sizeof sample);
    return sample;
}

/// Reads one row of samples as floats; what is not a number becomes 0.
void readRow(const Plane& plane, SampleType type, int row, float* out) {
    const auto width = static_cast<std::size_t>(plane.width);
    const std::byte* samples = plane.samples.data() + static_cast<std::size_t>(row) * width * sampleSize(type);
    switch (type) {
    case SampleType::Uint8:
        for (std::size_t x = 0; x < width; ++x) {
            out[x] = static_cast<float>(std::to_integer<std::uint8_t>(samples[x]));
        }
        break;
    case SampleType::Uint16:
        for (std::size_t x = 0; x < width; ++x) {
            out[x] = static_cast<float>(loadSample<std::uint16_t>(samples + 2 * x));
        }
        break;
    case SampleType::Float32:
        for (std::size_t x = 0; x < width; ++x) {
            const auto value = loadSample<float>(samples + 4 * x);
            out[x] = std::isnan(value) ? 0.0F : std::clamp(value, -kMaxLight, kMaxLight);
        }
        break;
    }
}

struct Place {
    int first;
    int second;
    float share; ///< of the second
};

/// Between which two of `count` samples a position lies; edges are held.
Place placeAt(float position, int count) {
    const float floor = std::floor(position);
    const int index = static_cast<int>(floor);
    return {std::clamp(index, 0, count - 1), std::clamp(index + 1, 0, count - 1), position - floor};
}

class RowConverter {
public:
    RowConverter(const Picture& picture, const ConversionParameters& parameters)
        : m_picture(picture), m_parameters(parameters), m_table(transferTable(picture.color.transfer)),
          m_chromaScratch(static_cast<std::size_t>(2 * parameters.chromaWidth)) {
        for (std::vector<float>& channel : m_channels) {
            channel.resize(static_cast<std::size_t>(picture.width));
        }
        m_chromaColumns.reserve(static_cast<std::size_t>(picture.width));
        for (int x = 0; x < picture.width && picture.model == ColorModel::Yuv; ++x) {
            m_chromaColumns.push_back(placeAt(
                static_cast<float>(x) * parameters.chromaScaleX + parameters.chromaOffsetX, parameters.chromaWidth));
        }
    }

    /// One row of RGBA, in passes over planar rows that stay in the nearest cache.
    void convert(int row, float* out) {
        readColor(row);
        readAlpha(row);
        const bool isPremultiplied = m_picture.alpha == AlphaMode::Premultiplied;
        if (m_parameters.isLinear == 0) {
            for (std::size_t channel = 0; channel < 3; ++channel) {
                if (isPremultiplied) {
                    divideByAlpha(m_channels[channel].data());
                }
                linearize(m_channels[channel].data());
            }
        }
        if (m_parameters.hasPrimaries != 0) {
            applyPrimaries();
        }
        store(out, isPremultiplied && m_parameters.isLinear != 0);
    }

private:
    void readColor(int row) {
        const SampleType type = m_picture.sampleType;
        readLuma(row, 0);
        switch (m_picture.model) {
        case ColorModel::Rgb:
            readLuma(row, 1);
            readLuma(row, 2);
            break;
        case ColorModel::Gray:
            m_channels[1] = m_channels[0];
            m_channels[2] = m_channels[0];
            break;
        case ColorModel::Yuv:
            readChroma(m_picture.planes[1], type, row, m_channels[1].data());
            readChroma(m_picture.planes[2], type, row, m_channels[2].data());
            applyMatrix();
            break;
        }
    }

    void readLuma(int row, std::size_t channel) {
        float* values = m_channels[channel].data();
        readRow(m_picture.planes[channel], m_picture.sampleType, row, values);
        for (int x = 0; x < m_picture.width; ++x) {
            values[x] = (values[x] - m_parameters.lumaOffset) * m_parameters.lumaScale;
        }
    }

    void readChroma(const Plane& plane, SampleType type, int row, float* out) {
        const Place rows =
            placeAt(static_cast<float>(row) * m_parameters.chromaScaleY + m_parameters.chromaOffsetY, plane.height);
        float* upper = m_chromaScratch.data();
        float* lower = upper + plane.width;
        readRow(plane, type, rows.first, upper);
        readRow(plane, type, rows.second, lower);
        for (int x = 0; x < plane.width; ++x) {
            upper[x] = upper[x] * (1.0F - rows.share) + lower[x] * rows.share;
        }
        for (int x = 0; x < m_picture.width; ++x) {
            const Place& columns = m_chromaColumns[static_cast<std::size_t>(x)];
            const float code = upper[columns.first] * (1.0F - columns.share) + upper[columns.second] * columns.share;
            out[x] = (code - m_parameters.chromaOffset) * m_parameters.chromaScale;
        }
    }

    void applyMatrix() {
        const ConversionParameters& p = m_parameters;
        for (std::size_t x = 0; x < static_cast<std::size_t>(m_picture.width); ++x) {
            const float y = m_channels[0][x];
            const float cb = m_channels[1][x];
            const float cr = m_channels[2][x];
            m_channels[0][x] = y + p.redFromCr * cr;
            m_channels[1][x] = y + p.greenFromCb * cb + p.greenFromCr * cr;
            m_channels[2][x] = y + p.blueFromCb * cb;
        }
    }

    void readAlpha(int row) {
        float* alpha = m_channels[3].data();
        if (m_picture.alpha == AlphaMode::None) {
            std::fill_n(alpha, m_picture.width, 1.0F);
            return;
        }
        readRow(m_picture.planes.back(), m_picture.sampleType, row, alpha);
        for (int x = 0; x < m_picture.width; ++x) {
            alpha[x] = std::clamp(alpha[x] * m_parameters.alphaScale, 0.0F, 1.0F);
        }
    }

    void divideByAlpha(float* values) const {
        const float* alpha = m_channels[3].data();
        for (int x = 0; x < m_picture.width; ++x) {
            values[x] = alpha[x] > 0 ? values[x] / alpha[x] : 0.0F;
        }
    }

    void linearize(float* values) const {
        constexpr float first = kTransferFirst;
        constexpr float last = kTransferLast;
        constexpr int start = kTransferFirst * kTransferSteps;
        constexpr int end = kTransferLast * kTransferSteps - start - 1;
        const float* table = m_table.data();
        for (int x = 0; x < m_picture.width; ++x) {
            const float position = std::min(std::max(values[x], first), last) * kTransferSteps;
            // Truncation of a positive number is floor(), and much faster.
            const int index = std::min(static_cast<int>(position - static_cast<float>(start)), end);
            const float share = position - static_cast<float>(index + start);
            values[x] = table[index] + (table[index + 1] - table[index]) * share;
        }
    }

    void applyPrimaries() {
        const std::array<float, 9>& m = m_parameters.primaries;
        for (std::size_t x = 0; x < static_cast<std::size_t>(m_picture.width); ++x) {
            const float r = m_channels[0][x];
            const float g = m_channels[1][x];
            const float b = m_channels[2][x];
            m_channels[0][x] = m[0] * r + m[1] * g + m[2] * b;
            m_channels[1][x] = m[3] * r + m[4] * g + m[5] * b;
            m_channels[2][x] = m[6] * r + m[7] * g + m[8] * b;
        }
    }

    void store(float* out, bool isMultiplied) const {
        const float* red = m_channels[0].data();
        const float* green = m_channels[1].data();
        const float* blue = m_channels[2].data();
        const float* alpha = m_channels[3].data();
        for (std::size_t x = 0; x < static_cast<std::size_t>(m_picture.width); ++x) {
            const float weight = isMultiplied ? 1.0F : alpha[x];
            out[4 * x] = red[x] * weight;
            out[4 * x + 1] = green[x] * weight;
            out[4 * x + 2] = blue[x] * weight;
            out[4 * x + 3] = alpha[x];
        }
    }

    const Picture& m_picture;
    const ConversionParameters& m_parameters;
    const std::vector<float>& m_table;
    std::array<std::vector<float>, 4> m_channels;
    std::vector<float> m_chromaScratch;
    std::vector<Place> m_chromaColumns; ///< for each luma column
};

} // namespace

std::array<double, 9> primariesToBt709(Primaries primaries) {
    return product(inverse(toXyz(Primaries::Bt709)), toXyz(primaries));
}

Result<ConversionParameters> conversionFor(const Picture& picture) {
    if (Result<void> checked = checkPlanes(picture); !checked) {
        return checked.error();
    }
    ConversionParameters parameters;
    parameters.width = picture.width;
    parameters.height = picture.height;
    parameters.model = static_cast<std::int32_t>(picture.model);
    parameters.alpha = static_cast<std::int32_t>(picture.alpha);
    parameters.isLinear = picture.color.transfer == Transfer::Linear ? 1 : 0;
    setCodes(picture, parameters);
    if (picture.model == ColorModel::Yuv) {
        setChroma(picture, parameters);
        setMatrix(picture.color.matrix, parameters);
    }
    if (picture.color.primaries != Primaries::Bt709) {
        parameters.hasPrimaries = 1;
        const std::array<double, 9> matrix = primariesToBt709(picture.color.primaries);
        std::transform(matrix.begin(), matrix.end(), parameters.primaries.begin(),
                       [](double value) { return static_cast<float>(value); });
    }
    return parameters;
}

Result<FrameImage> linearImage(const Picture& picture) {
    const Result<ConversionParameters> parameters = conversionFor(picture);
    if (!parameters) {
        return parameters.error();
    }
    FrameImage image{picture.width, picture.height, {}};
    const std::size_t rowFloats = 4 * static_cast<std::size_t>(picture.width);
    try {
        image.pixels.resize(rowFloats * static_cast<std::size_t>(picture.height));
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory, {}, std::to_string(picture.width) + "x" + std::to_string(picture.height)};
    }
    forRows(picture.height, [&](int first, int end) {
        RowConverter converter(picture, *parameters);
        for (int row = first; row < end; ++row) {
            converter.convert(row, image.pixels.data() + static_cast<std::size_t>(row) * rowFloats);
        }
    });
    return image;
}

} // namespace timeline
