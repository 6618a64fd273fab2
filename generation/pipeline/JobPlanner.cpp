#include "generation/pipeline/JobPlanner.h"

#include "generation/device/Compat.h"
#include "generation/device/ProcessMemory.h"
#include "generation/pipeline/Conditions.h"
#include "generation/pipeline/PromptShare.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>

namespace generation {
namespace {

/// Libraries, other threads and the system need some of what is free.
constexpr std::int64_t kReserve = std::int64_t{256} << 20U;

/// Factors are stored in two bytes a number and kept in the compute type. Files that are not there are not this one's
/// to complain of.
std::int64_t loraBytes(const GenerateRequest& request, const Device& device) {
    std::uintmax_t stored = 0;
    for (const LoraUse& lora : request.loras) {
        std::error_code error;
        const std::uintmax_t size = std::filesystem::file_size(lora.path, error);
        stored += error ? 0 : size;
    }
    return static_cast<std::int64_t>(stored) * memoryTraits(device).elementBytes / 2;
}

JobTraits traitsOf(const GenerateRequest& request, const ModelCard& card, const ShotPlan& plan) {
    JobTraits traits;
    traits.textTokens = card.maxTextTokens;
    // Mixtures over a blend are contexts of their own.
    traits.prompts = static_cast<std::int64_t>(distinctTexts(request.prompts).size() * 2) - 1;
    traits.references = std::count(plan.conditions.begin(), plan.conditions.end(), "reference");
    traits.hasPictures = hasKnownPixels(request) || request.control != Control::None || plan.startsFromBase;
    return traits;
}

} // namespace

MemoryBudget measuredBudget() {
    MemoryBudget budget{.host = std::max<std::int64_t>(0, availableBytes() - kReserve), .card = 0};
    if (const auto card = compat::cardMemory()) {
        budget.card = std::max<std::int64_t>(0, card->free - kReserve);
    }
    return budget;
}

JobPlanner::JobPlanner(const ModelFiles& files, const Device& device, const MachineRecord& record, BudgetSource budget)
    : m_files(files), m_device(device), m_record(record), m_budget(budget ? std::move(budget) : measuredBudget) {}

Forecast JobPlanner::forecast(const GenerateRequest& request, std::int64_t reclaimable) const {
    const ModelConfigs& configs = m_files.configs();
    Forecast forecast;
    forecast.shot = planShot(request, m_files.card(), configs.transformer, configs.vae);
    forecast.traits = traitsOf(request, m_files.card(), forecast.shot);
    forecast.traits.loraBytes = loraBytes(request, m_device);
    forecast.budget = m_budget();
    (m_device.isCpu() ? forecast.budget.host : forecast.budget.card) += reclaimable;
    forecast.memory = planMemory(
        [&](Residency residency) { return memoryNeeds(configs, m_device, forecast.shot, forecast.traits, residency); },
        forecast.budget, !m_device.isCpu(), m_record.memoryFactor(recordName(m_files)));
    forecast.estimated = memoryNeeds(configs, m_device, forecast.shot, forecast.traits, forecast.memory.residency);
    forecast.seconds = seconds(forecast);
    return forecast;
}

double JobPlanner::seconds(const Forecast& forecast) const {
    const double denoise =
        m_record.denoiseSeconds(denoiseOperations(m_files.configs().transformer, forecast.shot, forecast.traits));
    const double decode = m_record.decodeSeconds(recordName(m_files), decodedPixels(forecast.shot));
    return denoise < 0.0 || decode < 0.0 ? -1.0 : denoise + decode;
}

std::string recordName(const ModelFiles& files) {
    const ModelConfigs& configs = files.configs();
    return files.card().family + " " + std::to_string(configs.transformer.width()) + "x" +
           std::to_string(configs.transformer.layers) + " vae " + std::to_string(configs.vae.decoderBaseDim);
}

PlannedEvent plannedEvent(const std::string& id, const Forecast& forecast, bool onCard) {
    const ShotPlan& shot = forecast.shot;
    return {.id = id,
            .fits = forecast.memory.fits,
            .memoryBytes = forecast.memory.needs.host,
            .memoryFree = forecast.budget.host,
            .cardBytes = forecast.memory.needs.card,
            .cardFree = forecast.budget.card,
            .needsBytes = forecast.memory.leastPossible.deciding(onCard),
            .residency = residencyName(forecast.memory.residency),
            .seconds = forecast.seconds,
            .width = shot.width,
            .height = shot.height,
            .frames = shot.frames,
            .fpsNumerator = shot.fpsNumerator,
            .fpsDenominator = shot.fpsDenominator,
            .legalWidth = shot.legalWidth,
            .legalHeight = shot.legalHeight,
            .legalFrames = shot.legalFrames,
            .windows = static_cast<int>(shot.windows.size())};
}

std::string needsText(const Forecast& forecast, bool onCard) {
    constexpr double kGigabyte = 1e9;
    const bool hostDecides = !onCard || forecast.memory.leastPossible.host > forecast.budget.host;
    const std::int64_t needed = hostDecides ? forecast.memory.leastPossible.host : forecast.memory.leastPossible.card;
    const std::int64_t free = hostDecides ? forecast.budget.host : forecast.budget.card;
    char text[128];
    std::snprintf(text, sizeof text, "needs %.2f GB, %.2f GB are free%s", static_cast<double>(needed) / kGigabyte,
                  static_cast<double>(free) / kGigabyte, hostDecides ? "" : " on the card");
    return text;
}

} // namespace generation
