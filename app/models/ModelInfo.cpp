#include "app/models/ModelInfo.h"

#include "generation/protocol/MessageFields.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace app {

namespace {

constexpr qint64 kMostBytes = 1 << 20;
constexpr std::size_t kMostText = 200;
constexpr std::int64_t kMostSide = 16384;
constexpr std::int64_t kMostFrames = 100'000;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ModelInfo)
};

/// Nothing when it is not an ordinary file of reasonable size: a pipe or device would block for ever.
std::optional<QByteArray> readSmallFile(const QString& path) {
    const QFileInfo info(path);
    QFile file(path);
    if (!info.isFile() || info.size() > kMostBytes || !file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    return file.read(kMostBytes);
}

std::vector<Conditions> readConditions(const generation::MessageFields& fields) {
    static const std::set<std::string> known{
        "first_frame", "last_frame", "known_frames", "extend_forward", "extend_backward", "bridge",
        "edges",       "luma",       "blur",         "depth",          "control",         "inpaint",
        "outpaint",    "retake",     "any",          "reference"};
    std::vector<Conditions> all;
    for (const nlohmann::json& set : fields.arrayOr("conditions", 64)) {
        if (!set.is_array() || set.size() > 16) {
            throw generation::ProtocolError("fantascope.conditions: not a list of lists of names");
        }
        Conditions names;
        for (const nlohmann::json& name : set) {
            if (!name.is_string()) {
                throw generation::ProtocolError("fantascope.conditions: not a list of lists of names");
            }
            names.insert(name.get<std::string>());
        }
        // A set with a name of a later version is one that this version cannot offer.
        if (std::ranges::all_of(names, [](const std::string& name) { return known.contains(name); })) {
            all.push_back(std::move(names));
        }
    }
    return all;
}

QString text(const generation::MessageFields& fields, const char* key) {
    return QString::fromStdString(fields.textOr(key, kMostText, {}));
}

void readFields(const generation::MessageFields& fields, ModelInfo& info) {
    const QString name = text(fields, "name");
    info.name = name.isEmpty() ? info.name : name;
    info.family = text(fields, "family");
    info.licence = text(fields, "licence");
    info.sampler = text(fields, "sampler");
    info.frames = static_cast<int>(fields.integer("frames", 1, kMostFrames));
    info.fps = static_cast<int>(fields.integer("fps", 1, 1000));
    info.steps = static_cast<int>(fields.integerOr("steps", 1, 1000, 25));
    info.guidance = fields.number("guidance", 0.0, 1000.0).value_or(1.0);
    info.shift = fields.number("shift", 0.0, 1000.0).value_or(1.0);
    const nlohmann::json size = fields.arrayOr("size", 2);
    const auto isSide = [](const nlohmann::json& side) {
        return side.is_number_integer() && side.get<std::int64_t>() >= 16 && side.get<std::int64_t>() <= kMostSide;
    };
    if (size.size() != 2 || !isSide(size[0]) || !isSide(size[1])) {
        throw generation::ProtocolError("fantascope.size: not two numbers from 16 to 16384");
    }
    info.width = size[0].get<int>();
    info.height = size[1].get<int>();
    info.conditions = readConditions(fields);
}

} // namespace

bool ModelInfo::knows(const Conditions& wanted) const {
    return wanted.empty() || knowsAll() || std::ranges::find(conditions, wanted) != conditions.end();
}

bool ModelInfo::knowsAny(const std::string& condition) const {
    return knowsAll() ||
           std::ranges::any_of(conditions, [&](const Conditions& set) { return set.contains(condition); });
}

bool ModelInfo::knowsAll() const {
    return std::ranges::find(conditions, Conditions{"any"}) != conditions.end();
}

ModelInfo modelInfoFrom(const QString& place, const nlohmann::json& fields) {
    ModelInfo info;
    info.folder = place;
    info.name = QFileInfo(place).completeBaseName();
    try {
        readFields(generation::MessageFields(fields, "model"), info);
    } catch (const std::exception& error) {
        info.problem =
            Text::tr("%1 is damaged or not a model's description (%2).").arg(place, QString::fromUtf8(error.what()));
    }
    return info;
}

bool describesItself(const QString& folder) {
    const auto bytes = readSmallFile(folder + QStringLiteral("/model_index.json"));
    const nlohmann::json index = bytes ? nlohmann::json::parse(bytes->toStdString(), nullptr, false) : nlohmann::json();
    return !index.is_object() || index.contains("fantascope") || !index.contains("_class_name");
}

ModelInfo readModelInfo(const QString& folder) {
    ModelInfo info;
    info.folder = QDir(folder).absolutePath();
    info.name = QDir(folder).dirName();
    const QString path = info.folder + QStringLiteral("/model_index.json");
    if (!QFileInfo::exists(path)) {
        info.problem = Text::tr("%1 is not a model folder: it has no model_index.json.").arg(folder);
        return info;
    }
    const auto bytes = readSmallFile(path);
    if (!bytes) {
        info.problem = Text::tr("%1 cannot be read, or is larger than a model's description can be.").arg(path);
        return info;
    }
    try {
        const nlohmann::json index = generation::parseObjectLine(bytes->toStdString());
        const auto ours = index.find("fantascope");
        if (ours == index.end()) {
            info.problem =
                Text::tr("%1 does not say for which sizes and inputs the model was trained (\"fantascope\").")
                    .arg(path);
            return info;
        }
        readFields(generation::MessageFields(*ours, "fantascope"), info);
    } catch (const std::exception& error) {
        info.problem =
            Text::tr("%1 is damaged or not a model's description (%2).").arg(path, QString::fromUtf8(error.what()));
    }
    return info;
}

} // namespace app
