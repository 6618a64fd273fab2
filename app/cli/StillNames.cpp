#include "app/cli/StillNames.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace app::cli {

namespace {

constexpr int kMostDigits = 20;

const QRegularExpression& numberPattern() {
    static const QRegularExpression pattern(QStringLiteral("%0?(\\d{0,3})d"));
    return pattern;
}

bool isPng(const QString& output) {
    return QFileInfo(output).suffix().compare(u"png", Qt::CaseInsensitive) == 0;
}

} // namespace

StillNames::StillNames(QString folder, const QString& name) : m_folder(std::move(folder)) {
    const QRegularExpressionMatch match = numberPattern().match(name);
    m_before = name.left(match.capturedStart());
    m_after = name.mid(match.capturedEnd());
    m_digits = std::min(match.captured(1).toInt(), kMostDigits);
}

std::optional<StillNames> StillNames::from(const QString& output) {
    if (isFolderName(output)) {
        return StillNames(QDir::cleanPath(output), QStringLiteral("frame.%04d.png"));
    }
    const QFileInfo info(output);
    const QString name = info.fileName();
    const qsizetype numbers = name.count(numberPattern());
    if (!isPng(output) || numbers > 1) {
        return std::nullopt;
    }
    return StillNames(info.path(), numbers == 1 ? name : name.chopped(4) + QStringLiteral(".%04d.png"));
}

QString StillNames::file(std::int64_t number) const {
    return QDir(m_folder).filePath(m_before + QString::number(number).rightJustified(m_digits, u'0') + m_after);
}

bool isFolderName(const QString& output) {
    const QFileInfo info(output);
    return output.endsWith(u'/') || info.suffix().isEmpty() || info.isDir();
}

QString outputOfTake(const QString& output, int take) {
    const QString ending = QStringLiteral("-%1").arg(take);
    if (isFolderName(output)) {
        return QDir::cleanPath(output) + ending + u'/';
    }
    const QFileInfo info(output);
    const QString name = info.fileName();
    const QRegularExpressionMatch match = numberPattern().match(name);
    qsizetype at = isPng(output) && match.hasMatch() ? match.capturedStart() : name.size() - info.suffix().size();
    while (at > 0 && QStringView(u".-_ ").contains(name[at - 1])) {
        --at; // before what separates the name from what follows
    }
    return output.chopped(name.size() - at) + ending + name.mid(at);
}

} // namespace app::cli
