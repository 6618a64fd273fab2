#include "tests/timeline/media/Clips.h"

#include <QDir>
#include <QFile>
#include <QProcess>

extern "C" {
#include <libavformat/version.h>
}

#include <cstring>

namespace {

constexpr int kBits = 8;

QByteArray numberedGray(int number, int width, int height) {
    QByteArray row(width, '\0');
    for (int x = 0; x < width; ++x) {
        row[x] = ((number >> (x * kBits / width)) & 1) != 0 ? '\xff' : '\0';
    }
    return row.repeated(height);
}

QByteArray run(const QString& program, const QStringList& arguments, bool& isGood) {
    QProcess process;
    process.start(program, arguments);
    isGood = process.waitForFinished(120000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!isGood) {
        qWarning("%s %s: %s", qPrintable(program), qPrintable(arguments.join(u' ')),
                 process.readAllStandardError().constData());
    }
    return process.readAllStandardOutput();
}

} // namespace

Clips::Clips() {
    qputenv("LC_ALL", "C.UTF-8");
}

std::filesystem::path Clips::path(const QString& name) const {
    return this->name(name).toStdString();
}

QString Clips::name(const QString& file) const {
    return QDir(m_folder.path()).filePath(file);
}

bool Clips::ffmpeg(const QStringList& arguments) const {
    bool isGood = false;
    run(QStringLiteral("ffmpeg"), QStringList{"-v", "error", "-nostdin", "-y"} + arguments, isGood);
    return isGood;
}

bool Clips::makeTurned(const QString& from, int degrees, const QString& file) const {
    // FFmpeg 6 gave the turn an option of its own and 7 took the old way out.
    const QString angle = QString::number(degrees);
    const QStringList turn = LIBAVFORMAT_VERSION_MAJOR >= 60
                                 ? QStringList{"-display_rotation:v:0", angle, "-i", name(from), "-c", "copy"}
                                 : QStringList{"-i", name(from), "-c", "copy", "-metadata:s:v:0", "rotate=" + angle};
    return ffmpeg(turn + QStringList{name(file)});
}

QString Clips::probed(const QString& file, const QString& entry, const QString& stream) const {
    bool isGood = false;
    return QString::fromUtf8(run(QStringLiteral("ffprobe"),
                                 {"-v", "error", "-select_streams", stream, "-show_entries", entry, "-of",
                                  "default=nw=1:nk=1", name(file)},
                                 isGood))
        .trimmed();
}

bool Clips::makeNumbered(const QString& file, int frames, const QStringList& arguments, const QString& rate) const {
    QByteArray raw;
    for (int i = 0; i < frames; ++i) {
        raw += numberedGray(i, kWidth, kHeight);
    }
    return write("numbered.gray", raw) &&
           ffmpeg(QStringList{"-f", "rawvideo", "-pix_fmt", "gray", "-s", QString("%1x%2").arg(kWidth).arg(kHeight),
                              "-r", rate, "-i", name("numbered.gray")} +
                  arguments + QStringList{name(file)});
}

bool Clips::write(const QString& file, const QByteArray& bytes) const {
    QFile out(name(file));
    return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size();
}

QByteArray Clips::read(const QString& file) const {
    QFile in(name(file));
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

double sampleAt(const timeline::Picture& picture, std::size_t plane, int x, int y) {
    const timeline::Plane& of = picture.planes.at(plane);
    const std::size_t index =
        static_cast<std::size_t>(y) * static_cast<std::size_t>(of.width) + static_cast<std::size_t>(x);
    switch (picture.sampleType) {
    case timeline::SampleType::Uint8:
        return std::to_integer<int>(of.samples.at(index));
    case timeline::SampleType::Uint16: {
        std::uint16_t value = 0;
        std::memcpy(&value, of.samples.data() + 2 * index, sizeof value);
        return value;
    }
    case timeline::SampleType::Float32:
        break;
    }
    float value = 0.0F;
    std::memcpy(&value, of.samples.data() + 4 * index, sizeof value);
    return value;
}

int numberOf(const timeline::Picture& picture) {
    const double middle = static_cast<double>((1ULL << picture.bitDepth) - 1) / 2.0;
    int number = 0;
    for (int bit = 0; bit < kBits; ++bit) {
        const int x = picture.width * (2 * bit + 1) / (2 * kBits);
        number |= sampleAt(picture, 0, x, picture.height / 2) > middle ? 1 << bit : 0;
    }
    return number;
}

timeline::CodedFrame numberedFrame(int number, int width, int height) {
    timeline::CodedFrame frame{width, height, 3, {}};
    const QByteArray gray = numberedGray(number, width, height);
    for (const char sample : gray) {
        frame.samples.insert(frame.samples.end(), 3, sample != '\0' ? 65535 : 0);
    }
    return frame;
}
