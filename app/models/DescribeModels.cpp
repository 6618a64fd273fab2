#include "app/models/DescribeModels.h"

#include "app/settings/Folders.h"
#include "timeline/io/AtomicWrite.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace app {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(DescribeModels)
};

constexpr int kPatience = 120'000; ///< milliseconds; a big libtorch off a slow disk takes a while
constexpr int kGlance = 200;       ///< between two looks whether anybody still waits
constexpr qint64 kMostBytes = 1 << 20;
constexpr int kMostFiles = 1000;

const QStringList kWeights{QStringLiteral("*.safetensors"), QStringLiteral("*.sft"), QStringLiteral("*.gguf")};

QByteArray lineOf(const QFileInfo& file) {
    return QStringLiteral("%1 %2 %3\n")
        .arg(file.absoluteFilePath())
        .arg(file.isDir() ? 0 : file.size())
        .arg(file.lastModified().toMSecsSinceEpoch())
        .toUtf8();
}

/// Where a file that comes or goes may change what the models at a place are: the place, the folders in it, and those
/// that hold the models' files, each with the folder that it lies in.
QStringList foldersOf(const QString& place, const std::vector<ModelInfo>& models) {
    QStringList folders;
    if (QFileInfo(place).isDir()) {
        folders << place;
        for (const QFileInfo& folder : QDir(place).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
            folders << folder.absoluteFilePath();
        }
    }
    for (const ModelInfo& model : models) {
        for (const std::string& file : model.files) {
            const QString folder = QFileInfo(QString::fromStdString(file)).absolutePath();
            folders << folder << QFileInfo(folder).absolutePath();
        }
    }
    folders.removeDuplicates();
    return folders.mid(0, kMostFiles);
}

/// Changes when one of the models' files does, when one comes or goes beside them, and with the worker's version.
QString stampOf(const QString& place, const std::vector<ModelInfo>& models) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QCoreApplication::applicationVersion().toUtf8());
    hash.addData(lineOf(QFileInfo(folders::workerProgram())));
    for (const QString& folder : foldersOf(place, models)) {
        hash.addData(lineOf(QFileInfo(folder)));
    }
    for (const ModelInfo& model : models) {
        for (const std::string& file : model.files) {
            hash.addData(lineOf(QFileInfo(QString::fromStdString(file))));
        }
    }
    return QString::fromLatin1(hash.result().toHex());
}

QString memoryOf(const QString& place) {
    const QByteArray name = QCryptographicHash::hash(place.toUtf8(), QCryptographicHash::Sha256).toHex();
    return folders::cache() + QStringLiteral("/models/") + QString::fromLatin1(name);
}

/// What the worker says a model is made of; empty when it does not.
std::vector<std::string> filesFrom(const nlohmann::json& object) {
    std::vector<std::string> files;
    const auto list = object.find("files");
    if (list == object.end() || !list->is_array() || list->size() > kMostFiles) {
        return {};
    }
    for (const nlohmann::json& file : *list) {
        if (file.is_string()) {
            files.push_back(file.get<std::string>());
        }
    }
    return files;
}

/// One line of the worker's; nothing when it is none.
std::optional<ModelInfo> infoFrom(const QByteArray& line) {
    const nlohmann::json object = nlohmann::json::parse(line.toStdString(), nullptr, false);
    const auto place = object.is_object() ? object.find("place") : object.end();
    if (!object.is_object() || place == object.end() || !place->is_string()) {
        return std::nullopt;
    }
    const QString path = QString::fromStdString(place->get<std::string>());
    if (const auto model = object.find("model"); model != object.end()) {
        ModelInfo info = modelInfoFrom(path, *model);
        info.files = filesFrom(object);
        return info;
    }
    ModelInfo info;
    info.folder = path;
    info.name = QFileInfo(path).completeBaseName();
    const std::string problem = object.value("problem", std::string());
    info.problem = Text::tr("It is no model that can be used: %1").arg(QString::fromStdString(problem));
    return info;
}

std::vector<ModelInfo> infosFrom(const QByteArray& lines) {
    std::vector<ModelInfo> infos;
    for (const QByteArray& line : lines.split('\n')) {
        if (auto info = infoFrom(line)) {
            infos.push_back(std::move(*info));
        }
    }
    return infos;
}

/// Only what cannot change unseen: models whose files are known. A refusal may be the worker's own mistake, or a lack
/// of memory that is over.
bool canRemember(const std::vector<ModelInfo>& models) {
    return !models.empty() &&
           std::ranges::all_of(models, [](const ModelInfo& model) { return model.isUsable() && !model.files.empty(); });
}

void remember(const QString& place, const QByteArray& lines, const std::vector<ModelInfo>& models) {
    const QString file = memoryOf(place);
    if (QDir().mkpath(QFileInfo(file).path())) {
        // Not remembered is asked again: no harm.
        [[maybe_unused]] const auto written =
            timeline::writeFileAtomically(std::filesystem::path(file.toStdString()),
                                          stampOf(place, models).toStdString() + '\n' + lines.toStdString());
    }
}

/// The worker's lines about a place; empty when it does not answer, or nobody waits any more.
QByteArray askWorker(const QString& place, const std::stop_token& stop) {
    QProcess worker;
    worker.setStandardErrorFile(QProcess::nullDevice());
    worker.start(folders::workerProgram(), {QStringLiteral("describe"), place});
    bool isDone = false;
    for (int waited = 0; !isDone && waited < kPatience && !stop.stop_requested(); waited += kGlance) {
        isDone = worker.waitForFinished(kGlance) || worker.state() == QProcess::NotRunning;
    }
    if (!isDone) {
        worker.kill();
        worker.waitForFinished();
        return {};
    }
    const bool isFine = worker.exitStatus() == QProcess::NormalExit && worker.exitCode() == 0;
    return isFine ? worker.readAllStandardOutput().left(kMostBytes) : QByteArray();
}

} // namespace

std::optional<std::vector<ModelInfo>> rememberedModels(const QString& place) {
    QFile file(memoryOf(place));
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMostBytes) {
        return std::nullopt;
    }
    const QByteArray text = file.readAll();
    const qsizetype end = text.indexOf('\n');
    auto models = infosFrom(text.mid(end + 1));
    if (end < 0 || !canRemember(models) || QString::fromLatin1(text.left(end)) != stampOf(place, models)) {
        return std::nullopt;
    }
    return models;
}

std::vector<ModelInfo> describeModels(const QStringList& places, const std::stop_token& stop) {
    std::vector<ModelInfo> all;
    for (const QString& place : places) {
        auto infos = rememberedModels(place);
        if (!infos) {
            const QByteArray lines = askWorker(place, stop);
            infos = infosFrom(lines);
            if (canRemember(*infos)) {
                remember(place, lines, *infos);
            }
        }
        all.insert(all.end(), infos->begin(), infos->end());
    }
    return all;
}

bool hasWeights(const QString& folder) {
    for (const char* part :
         {"", "/diffusion_models", "/unet", "/transformer", "/high_noise_model", "/low_noise_model"}) {
        if (!QDir(folder + QLatin1String(part)).entryList(kWeights, QDir::Files).isEmpty()) {
            return true;
        }
    }
    return false;
}

} // namespace app
