#include "app/generation/JobNotice.h"

#include <QCoreApplication>

namespace app {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(JobNotice)
};

QString sentenceFor(const std::string& code) {
    if (code == "resumed") {
        return Text::tr("The job went on from a step that was kept.");
    }
    if (code == "less-memory") {
        return Text::tr("Memory ran out: the job goes on in a way that needs less, and takes longer.");
    }
    if (code == "experts") {
        return Text::tr("Which of two models a file is for was taken from its name alone.");
    }
    if (code == "lora-keys" || code == "lora-unmatched") {
        return Text::tr("A part of a LoRA is not made for this model, and has no effect.");
    }
    if (code == "wider-type") {
        return Text::tr("Numbers overflowed: the job is done once more with greater precision.");
    }
    return Text::tr("The worker noted: %1").arg(QString::fromStdString(code));
}

} // namespace

QString noticeText(const generation::NoticeEvent& notice) {
    const QString detail = QString::fromStdString(notice.detail);
    const QString sentence = sentenceFor(notice.code);
    return detail.isEmpty() ? sentence : Text::tr("%1 (%2)").arg(sentence, detail);
}

} // namespace app
