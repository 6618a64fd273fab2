#pragma once

#include <QString>
#include <QTextStream>

namespace app::cli {

/// Progress of long work as lines for a person: on a terminal one line that is rewritten, else a line for every tenth
/// and for every new thing that happens. Thread: main.
class Progress {
public:
    enum class Target : bool { Lines, Terminal };

    Progress(QTextStream& stream, Target target);
    ~Progress();

    /// Terminal when stderr is one.
    static Target standardTarget();

    /// @param fraction     0 to 1; below 0 while unknown
    /// @param secondsLeft  below 0 while unknown
    void show(const QString& what, const QString& detail, double fraction, double secondsLeft);
    /// Ends the line that is being rewritten.
    void finish();

private:
    QTextStream& m_stream;
    Target m_target;
    QString m_lastWhat;
    int m_lastTenth = -1;
    qsizetype m_written = 0;
};

} // namespace app::cli
