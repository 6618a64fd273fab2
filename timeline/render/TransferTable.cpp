#include "timeline/render/TransferTable.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace timeline {

namespace {

constexpr double kReferenceWhite = 203.0; // cd/m2
constexpr double kPeak = 1000.0;          // cd/m2

double mirrored(double coded, double (*curve)(double)) {
    return coded < 0 ? -curve(-coded) : curve(coded);
}

double srgb(double coded) {
    return coded <= 0.04045 ? coded / 12.92 : std::pow((coded + 0.055) / 1.055, 2.4);
}

/// SMPTE ST 2084: cd/m2 for a code value.
double perceptualQuantizer(double coded) {
    constexpr double m1 = 2610.0 / 16384.0;
    constexpr double m2 = 2523.0 / 4096.0 * 128.0;
    constexpr double c1 = 3424.0 / 4096.0;
    constexpr double c2 = 2413.0 / 4096.0 * 32.0;
    constexpr double c3 = 2392.0 / 4096.0 * 32.0;
    const double root = std::pow(std::min(coded, 1.0), 1.0 / m2);
    return 10000.0 * std::pow(std::max(root - c1, 0.0) / (c2 - c3 * root), 1.0 / m1);
}

/// ARIB STD-B67: cd/m2 on a display of 1000 cd/m2 for a code value.
double hybridLogGamma(double coded) {
    constexpr double a = 0.17883277;
    constexpr double b = 1.0 - 4.0 * a;
    const double c = 0.5 - a * std::log(4.0 * a);
    const double limited = std::min(coded, 1.0);
    const double scene = limited <= 0.5 ? limited * limited / 3.0 : (std::exp((limited - c) / a) + b) / 12.0;
    return kPeak * std::pow(scene, 1.2);
}

std::vector<float> tableFor(Transfer transfer) {
    std::vector<float> table;
    table.reserve(static_cast<std::size_t>((kTransferLast - kTransferFirst) * kTransferSteps + 1));
    for (int step = kTransferFirst * kTransferSteps; step <= kTransferLast * kTransferSteps; ++step) {
        table.push_back(static_cast<float>(linearFromCoded(transfer, static_cast<double>(step) / kTransferSteps)));
    }
    return table;
}

} // namespace

double linearFromCoded(Transfer transfer, double coded) {
    switch (transfer) {
    case Transfer::Linear:
        return coded;
    case Transfer::Srgb:
        return mirrored(coded, srgb);
    case Transfer::Gamma22:
        return mirrored(coded, [](double v) { return std::pow(v, 2.2); });
    case Transfer::Gamma28:
        return mirrored(coded, [](double v) { return std::pow(v, 2.8); });
    case Transfer::Pq:
        return mirrored(coded, [](double v) { return toneMapped(perceptualQuantizer(v) / kReferenceWhite); });
    case Transfer::Hlg:
        return mirrored(coded, [](double v) { return toneMapped(hybridLogGamma(v) / kReferenceWhite); });
    }
    return coded;
}

double srgbFromLinear(double linear) {
    if (linear < 0) {
        return -srgbFromLinear(-linear);
    }
    return linear <= 0.0031308 ? linear * 12.92 : 1.055 * std::pow(linear, 1.0 / 2.4) - 0.055;
}

double toneMapped(double linear) {
    constexpr double knee = 0.5;
    constexpr double room = 1.0 - knee;
    constexpr double most = (kPeak / kReferenceWhite - knee) / room; // the peak, in units of the room above the knee
    if (linear <= knee) {
        return linear;
    }
    const double above = std::min((linear - knee) / room, most);
    return knee + room * above * (1.0 + above / (most * most)) / (1.0 + above);
}

const std::vector<float>& transferTable(Transfer transfer) {
    static const std::array<std::vector<float>, 6> tables{
        tableFor(Transfer::Linear),  tableFor(Transfer::Srgb), tableFor(Transfer::Gamma22),
        tableFor(Transfer::Gamma28), tableFor(Transfer::Pq),   tableFor(Transfer::Hlg),
    };
    return tables[static_cast<std::size_t>(transfer)];
}

} // namespace timeline
