#pragma once

#include "timeline/media/CodedFrame.h"
#include "timeline/media/Picture.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <filesystem>
#include <vector>

/// Media that the tests make for themselves, in a folder that goes away with it.
/// Thread: one at a time.
class Clips {
public:
    Clips();

    std::filesystem::path path(const QString& name) const;
    QString name(const QString& file) const;

    /// Runs the ffmpeg program with `arguments` and fails the test when it fails.
    bool ffmpeg(const QStringList& arguments) const;
    /// Copies a film with a display matrix that turns it counterclockwise by `degrees`.
    bool makeTurned(const QString& from, int degrees, const QString& file) const;
    /// What ffprobe prints for one entry, such as "stream=color_space".
    QString probed(const QString& file, const QString& entry, const QString& stream = QStringLiteral("v:0")) const;

    /// A film of frames that carry their number (see numberOf), encoded by ffmpeg with `arguments`; `input` goes before
    /// it.
    bool makeNumbered(const QString& file, int frames, const QStringList& arguments,
                      const QString& rate = QStringLiteral("25")) const;
    bool write(const QString& file, const QByteArray& bytes) const;
    QByteArray read(const QString& file) const;

    static constexpr int kWidth = 128;
    static constexpr int kHeight = 32;

private:
    QTemporaryDir m_folder;
};

/// The number that a frame of makeNumbered() or numberedFrame() carries: eight blocks, black or white, the lowest bit
/// left.
int numberOf(const timeline::Picture& picture);
timeline::CodedFrame numberedFrame(int number, int width = Clips::kWidth, int height = Clips::kHeight);
/// One sample of a plane, in code values (integers) or as it is (float).
double sampleAt(const timeline::Picture& picture, std::size_t plane, int x, int y);
