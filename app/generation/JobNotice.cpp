#include "app/generation/JobNotice.h"

#include <QCoreApplication>

namespace app {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(JobNotice)
};

/// A fact as text; empty where the worker does not tell it.
QString fact(const generation::NoticeEvent& notice, const char* name) {
    const auto found = notice.facts.find(name);
    if (found == notice.facts.end()) {
        return {};
    }
    const auto* number = std::get_if<std::int64_t>(&found->second);
    return number ? QString::number(*number) : QString::fromStdString(std::get<std::string>(found->second));
}

QString expertText(const generation::NoticeEvent& notice) {
    const QString file = fact(notice, "file");
    return fact(notice, "level") == u"high"
               ? Text::tr("%1 was taken for the first, noisy part of the run: its name says so.").arg(file)
               : Text::tr("%1 was taken for the last part of the run: its name says so.").arg(file);
}

QString loraText(const generation::NoticeEvent& notice) {
    const QString first = fact(notice, "first");
    const QString sentence =
        fact(notice, "parts") == u"0"
            ? Text::tr("The LoRA %1 is made for another model and changes nothing.").arg(fact(notice, "file"))
            : Text::tr("Some of the LoRA %1 is made for another model: %2 parts have no effect.")
                  .arg(fact(notice, "file"), fact(notice, "keys"));
    return first.isEmpty() ? sentence : Text::tr("%1 (%2)").arg(sentence, first);
}

} // namespace

QString noticeText(const generation::NoticeEvent& notice) {
    if (notice.code == "resumed") {
        return Text::tr("The job went on after step %1, which was kept.").arg(fact(notice, "step"));
    }
    if (notice.code == "less-memory") {
        return Text::tr("Memory ran out: the job goes on in a way that needs less, and takes longer (%1).")
            .arg(fact(notice, "residency"));
    }
    if (notice.code == "experts") {
        return expertText(notice);
    }
    if (notice.code == "lora-keys") {
        return loraText(notice);
    }
    if (notice.code == "wider-type") {
        return Text::tr("Numbers overflowed: the job is done once more with greater precision (%1).")
            .arg(fact(notice, "dtype"));
    }
    if (notice.code == "prompt-cut") {
        return Text::tr("The prompt has %1 tokens, and this model reads %2: the end of the prompt had no effect.")
            .arg(fact(notice, "tokens"), fact(notice, "most"));
    }
    return Text::tr("The worker noted: %1 (%2)")
        .arg(QString::fromStdString(notice.code), QString::fromStdString(notice.detail));
}

} // namespace app
