#include "app/cli/Progress.h"

#include "ui/text/TimeText.h"

#include <QCoreApplication>

#include <unistd.h>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Progress)
};

QString lineOf(const QString& what, const QString& detail, double fraction, double secondsLeft) {
    QString line = detail.isEmpty() ? what : Text::tr("%1: %2").arg(what, detail);
    if (fraction >= 0.0) {
        line += Text::tr(", %1 %").arg(static_cast<int>(fraction * 100.0));
    }
    if (secondsLeft >= 0.0) {
        line += Text::tr(", %1").arg(ui::timeLeftText(secondsLeft));
    }
    return line;
}

} // namespace

Progress::Progress(QTextStream& stream, Target target) : m_stream(stream), m_target(target) {}

Progress::~Progress() {
    finish();
}

Progress::Target Progress::standardTarget() {
    return ::isatty(STDERR_FILENO) == 1 ? Target::Terminal : Target::Lines;
}

void Progress::show(const QString& what, const QString& detail, double fraction, double secondsLeft) {
    const QString line = lineOf(what, detail, fraction, secondsLeft);
    if (m_target == Target::Terminal) {
        m_stream << '\r' << line << QString(std::max<qsizetype>(0, m_written - line.size()), u' ');
        m_written = line.size();
    } else {
        const int tenth = static_cast<int>(fraction * 10.0);
        if (what == m_lastWhat && tenth <= m_lastTenth) {
            return;
        }
        m_lastTenth = tenth;
        m_stream << line << '\n';
    }
    m_lastWhat = what;
    m_stream.flush();
}

void Progress::finish() {
    if (m_written > 0) {
        m_stream << '\n';
        m_stream.flush();
        m_written = 0;
    }
    m_lastTenth = -1;
    m_lastWhat.clear();
}

} // namespace app::cli
