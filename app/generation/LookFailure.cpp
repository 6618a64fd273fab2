#include "app/generation/LookFailure.h"

#include "ui/text/AmountText.h"

#include <QCoreApplication>

namespace app {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(LookFailure)
};

QString sentenceFor(const QString& code, const QString& detail) {
    if (code == u"needs-memory") {
        return Text::tr("The training is predicted to need %1, more than is free. Close other programs, take a smaller "
                        "model, or --try-anyway.")
            .arg(ui::bytesText(detail.toLongLong()));
    }
    if (code == u"other-job") {
        return Text::tr("%1 holds what a training with other clips, captions or settings had learnt when it was "
                        "interrupted. The command it was begun with goes on there. To begin anew, remove that folder "
                        "or choose another file with -o.")
            .arg(detail);
    }
    if (code == u"unsupported-model") {
        return Text::tr("Looks cannot be trained for models that are always told a picture (image to video): %1.")
            .arg(detail);
    }
    if (code == u"bad-model") {
        return Text::tr("The model's files are damaged or not of a kind this version knows: %1.").arg(detail);
    }
    if (code == u"bad-input") {
        return Text::tr("The worker cannot learn from a clip, or from these settings: %1.").arg(detail);
    }
    if (code == u"write-failed") {
        return Text::tr("The look, or what was learnt so far, could not be written: %1.").arg(detail);
    }
    if (code == u"out-of-memory") {
        return Text::tr("Memory ran out. Close other programs, take a lower --rank or a smaller model (%1).")
            .arg(detail);
    }
    return Text::tr("The training failed: %1.").arg(detail);
}

JobFault faultOf(const QString& code) {
    const bool isInput =
        code == u"bad-input" || code == u"bad-model" || code == u"unsupported-model" || code == u"other-job";
    return isInput ? JobFault::Input : code == u"write-failed" ? JobFault::Output : JobFault::Worker;
}

} // namespace

JobFailure lookFailure(const QString& code, const QString& detail) {
    return {faultOf(code), code, sentenceFor(code, detail), code == u"needs-memory"};
}

JobFailure lookFailure(const WorkerEnd& end) {
    if (end.failedToStart) {
        return failureFrom(end);
    }
    const QString what = end.crashed ? Text::tr("The worker was ended by signal %1.").arg(end.exitCode)
                                     : Text::tr("The worker ended with code %1.").arg(end.exitCode);
    return {JobFault::Worker, QStringLiteral("worker-died"),
            end.lastWords.isEmpty() ? what : Text::tr("%1 (%2)").arg(what, end.lastWords), false};
}

} // namespace app
