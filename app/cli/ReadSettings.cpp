#include "app/cli/ReadSettings.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <cmath>
#include <map>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ReadSettings)
};

using timeline::RecipeCache;
using timeline::RecipeControl;
using timeline::RecipeKeeping;

const std::map<QString, RecipeControl> kControls{
    {QStringLiteral("none"), RecipeControl::None},   {QStringLiteral("edges"), RecipeControl::Edges},
    {QStringLiteral("luma"), RecipeControl::Luma},   {QStringLiteral("blur"), RecipeControl::Blur},
    {QStringLiteral("depth"), RecipeControl::Depth}, {QStringLiteral("guide"), RecipeControl::Guide}};
const std::map<QString, RecipeKeeping> kKeepings{{QStringLiteral("auto"), RecipeKeeping::Auto},
                                                 {QStringLiteral("model"), RecipeKeeping::Model},
                                                 {QStringLiteral("blend"), RecipeKeeping::Blend}};
const std::map<QString, RecipeCache> kCaches{{QStringLiteral("none"), RecipeCache::None},
                                             {QStringLiteral("auto"), RecipeCache::Auto},
                                             {QStringLiteral("easy"), RecipeCache::Easy},
                                             {QStringLiteral("first-block"), RecipeCache::FirstBlock}};
const QStringList kSamplers{QStringLiteral("euler"), QStringLiteral("unipc"), QStringLiteral("unipc-official"),
                            QStringLiteral("distilled")};
const QStringList kPresets{QStringLiteral("size"),     QStringLiteral("fastwan"),  QStringLiteral("fastwan-5b"),
                           QStringLiteral("causvid"),  QStringLiteral("lightx2v"), QStringLiteral("self-forcing"),
                           QStringLiteral("lightning")};

QString oneOf(const QStringList& words) {
    return Text::tr("one of %1").arg(words.join(QStringLiteral(", ")));
}

/// One of some words; nothing when it is not set, or is another one.
template <typename Value>
std::optional<Value> word(SettingSource& source, const QString& name, const std::map<QString, Value>& words) {
    if (!source.isSet(name)) {
        return std::nullopt;
    }
    const auto found = words.find(source.text(name));
    QStringList known;
    for (const auto& entry : words) {
        known << entry.first;
    }
    source.require(found != words.end(), name, oneOf(known));
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

std::string wordAmong(SettingSource& source, const QString& name, const QStringList& words) {
    const QString value = source.isSet(name) ? source.text(name) : QString();
    source.require(value.isEmpty() || words.contains(value), name, oneOf(words));
    return value.toStdString();
}

void readLoras(SettingSource& source, Sketch& sketch) {
    const QString name = QStringLiteral("lora");
    for (const QString& text : source.texts(name)) {
        const auto lora = parseLora(text);
        source.require(lora.has_value(), name,
                       Text::tr("a file with a strength from -100 to 100, such as look.safetensors=0.8 or, over the "
                                "run, look.safetensors=1@0,0.2@1"));
        if (lora) {
            sketch.loras.push_back(*lora);
        }
    }
}

void readTuning(SettingSource& source, timeline::RecipeTuning& tuning) {
    constexpr double kWhole = 1.0;
    constexpr std::int64_t kMostFrames = 100'000;
    tuning.preset = wordAmong(source, QStringLiteral("preset"), kPresets);
    tuning.zeroStar = source.flag(QStringLiteral("zero-star"));
    tuning.zeroInit = source.number(QStringLiteral("zero-init"), 0.0, kWhole).value_or(0.0);
    tuning.guidanceFrom = source.number(QStringLiteral("guidance-from"), 0.0, kWhole).value_or(0.0);
    tuning.guidanceTo = source.number(QStringLiteral("guidance-to"), 0.0, kWhole).value_or(kWhole);
    source.require(tuning.guidanceFrom <= tuning.guidanceTo, QStringLiteral("guidance-to"),
                   Text::tr("a part of the run that is not before guidance-from"));
    tuning.cache = word(source, QStringLiteral("step-cache"), kCaches).value_or(RecipeCache::None);
    const auto frames = [&](const char* name, int own) {
        return static_cast<int>(source.integer(QLatin1String(name), 0, kMostFrames).value_or(own));
    };
    tuning.windowFrames = frames("window", tuning.windowFrames);
    tuning.windowOverlap = frames("overlap", tuning.windowOverlap);
    tuning.promptBlend = frames("prompt-blend", tuning.promptBlend);
}

} // namespace

void readSettings(SettingSource& source, Sketch& sketch) {
    constexpr double kMostGuidance = 100.0;
    sketch.strength = source.number(QStringLiteral("strength"), 0.0, 1.0);
    sketch.control = word(source, QStringLiteral("control"), kControls);
    sketch.keeping = word(source, QStringLiteral("keep"), kKeepings).value_or(RecipeKeeping::Auto);
    sketch.steps = static_cast<int>(source.integer(QStringLiteral("steps"), 1, 1000).value_or(0));
    sketch.guidance = source.number(QStringLiteral("guidance"), 0.0, kMostGuidance);
    sketch.shift = source.number(QStringLiteral("shift"), 0.01, 100.0);
    sketch.sampler = wordAmong(source, QStringLiteral("sampler"), kSamplers);
    if (const auto seed = source.integer(QStringLiteral("seed"), 0, std::numeric_limits<std::int64_t>::max())) {
        sketch.seed = static_cast<std::uint64_t>(*seed);
    }
    sketch.contextSeconds = source.number(QStringLiteral("context"), 0.01, 30.0);
    sketch.triesAnyway = source.flag(QStringLiteral("try-anyway"));
    readTuning(source, sketch.tuning);
    readLoras(source, sketch);
}

std::optional<timeline::RecipeLora> parseLora(const QString& text) {
    constexpr double kStrongest = 100.0;
    const qsizetype equals = text.lastIndexOf(u'=');
    timeline::RecipeLora lora;
    lora.file = text.left(equals < 0 ? text.size() : equals).toStdString();
    if (lora.file.empty() || equals < 0) {
        return lora.file.empty() ? std::nullopt : std::optional(lora);
    }
    lora.points.clear();
    double last = 0.0;
    for (const QString& entry : text.mid(equals + 1).split(u',')) {
        const QStringList parts = entry.split(u'@');
        bool hasStrength = false;
        bool hasPosition = parts.size() == 1;
        const double strength = parts[0].toDouble(&hasStrength);
        const double position = parts.size() == 2 ? parts[1].toDouble(&hasPosition) : last;
        const bool isFine =
            hasStrength && hasPosition && std::abs(strength) <= kStrongest && position >= last && position <= 1.0;
        if (!isFine) {
            return std::nullopt;
        }
        lora.points.push_back({position, strength});
        last = position;
    }
    return lora;
}

std::optional<generation::Placement> parsePlacement(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("^(\\d{1,5})[xX](\\d{1,5})\\+(\\d{1,5})\\+(\\d{1,5})$"));
    const auto match = pattern.match(text);
    const generation::Placement place{.x = match.captured(3).toInt(),
                                      .y = match.captured(4).toInt(),
                                      .width = match.captured(1).toInt(),
                                      .height = match.captured(2).toInt()};
    return match.hasMatch() && place.width > 0 && place.height > 0 ? std::optional(place) : std::nullopt;
}

std::optional<generation::FrameRange> parseFrames(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("^(\\d{1,6})-(\\d{1,6})$"));
    const auto match = pattern.match(text);
    const generation::FrameRange range{match.captured(1).toLongLong(), match.captured(2).toLongLong()};
    return match.hasMatch() && range.first < range.end ? std::optional(range) : std::nullopt;
}

} // namespace app::cli
