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
/// Where tools sort the files of one model into, and what else decides what a place is.
const QStringList kFolders{QString(),
                           QStringLiteral("/diffusion_models"),
                           QStringLiteral("/unet"),
                           QStringLiteral("/transformer"),
                           QStringLiteral("/transformer_2"),
                           QStringLiteral("/vae"),
                           QStringLiteral("/text_encoder"),
                           QStringLiteral("/text_encoders"),
                           QStringLiteral("/clip"),
                           QStringLiteral("/tokenizer")};

/// Changes when a file of the place does.
QString stampOf(const QString& place) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const QFileInfo info(place);
    const QString root = info.isDir() ? info.absoluteFilePath() : info.absolutePath();
    int left = kMostFiles;
    for (const QString& folder : kFolders) {
        for (const QFileInfo& file : QDir(root + folder).entryInfoList(QDir::Files, QDir::Name)) {
            if (--left < 0) {
                break;
            }
            hash.addData(QStringLiteral("%1 %2 %3\n")
                             .arg(file.filePath())
                             .arg(file.size())
                             .arg(file.lastModified().toMSecsSinceEpoch())
                             .toUtf8());
        }
    }
    return QString::fromLatin1(hash.result().toHex());
}

QString memoryOf(const QString& place) {
    const QByteArray name = QCryptographicHash::hash(place.toUtf8(), QCryptographicHash::Sha256).toHex();
    return folders::cache() + QStringLiteral("/models/") + QString::fromLatin1(name);
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
        return modelInfoFrom(path, *model);
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

void remember(const QString& place, const QByteArray& lines) {
    const QString file = memoryOf(place);
    if (QDir().mkpath(QFileInfo(file).path())) {
        // Not remembered is asked again: no harm.
        [[maybe_unused]] const auto written = timeline::writeFileAtomically(
            std::filesystem::path(file.toStdString()), stampOf(place).toStdString() + '\n' + lines.toStdString());
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
    if (end < 0 || QString::fromLatin1(text.left(end)) != stampOf(place)) {
        return std::nullopt;
    }
    return infosFrom(text.mid(end + 1));
}

std::vector<ModelInfo> describeModels(const QStringList& places, const std::stop_token& stop) {
    std::vector<ModelInfo> all;
    for (const QString& place : places) {
        auto infos = rememberedModels(place);
        if (!infos) {
            const QByteArray lines = askWorker(place, stop);
            infos = infosFrom(lines);
            if (!infos->empty()) {
                remember(place, lines);
            }
        }
        all.insert(all.end(), infos->begin(), infos->end());
    }
    return all;
}

bool hasWeights(const QString& folder) {
    for (const char* part : {"", "/diffusion_models", "/unet", "/transformer"}) {
        if (!QDir(folder + QLatin1String(part)).entryList(kWeights, QDir::Files).isEmpty()) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> filesAround(const QString& transformer) {
    const QFileInfo file(transformer);
    const bool isSorted = kFolders.contains(u'/' + file.dir().dirName());
    const QString root = isSorted ? QFileInfo(file.absolutePath()).absolutePath() : file.absolutePath();
    std::vector<std::string> files{file.absoluteFilePath().toStdString()};
    for (const char* part : {"", "/vae", "/text_encoder", "/text_encoders", "/clip", "/tokenizer"}) {
        const QDir folder(root + QLatin1String(part));
        for (const QFileInfo& other :
             folder.entryInfoList(kWeights + QStringList{QStringLiteral("spiece.model"), QStringLiteral("config.json")},
                                  QDir::Files, QDir::Name)) {
            if (other.absoluteFilePath() != file.absoluteFilePath()) {
                files.push_back(other.absoluteFilePath().toStdString());
            }
        }
    }
    return files;
}

} // namespace app
