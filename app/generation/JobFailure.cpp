#include "app/generation/JobFailure.h"

#include "ui/text/ErrorText.h"

#include <QCoreApplication>

#include <csignal>

namespace app {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(JobFailure)
};

/// A sentence and the words of the one who failed, if any.
QString withDetail(const QString& sentence, const QString& detail) {
    return detail.isEmpty() ? sentence : Text::tr("%1 (%2)").arg(sentence, detail);
}

QString sentenceFor(const std::string& code) {
    if (code == "model-not-found") {
        return Text::tr("The model folder was not found. Choose another model for the shot.");
    }
    if (code == "bad-model") {
        return Text::tr("The model's files are damaged or not of a kind this version knows. Choose another model, or "
                        "fetch this one again.");
    }
    if (code == "unsupported-condition") {
        return Text::tr(
            "The model was not trained for this combination of inputs. Take an input away, or choose another model.");
    }
    if (code == "bad-input") {
        return Text::tr("An input of the shot could not be used.");
    }
    if (code == "bad-request") {
        return Text::tr("The worker did not understand the request. Check the shot's settings.");
    }
    if (code == "needs-memory") {
        return Text::tr("The shot is predicted to need more memory than is free. Close other programs, make it shorter "
                        "or smaller, or try it anyway.");
    }
    if (code == "out-of-memory") {
        return Text::tr(
            "The machine has too little memory for this shot. Make it shorter, or the model's frame smaller.");
    }
    if (code == "not-finite") {
        return Text::tr(
            "The calculation went astray (numbers that are none). Try another seed, less guidance or another sampler.");
    }
    if (code == "write-failed") {
        return Text::tr("The worker could not write its result. Is the disk of the cache folder full?");
    }
    return Text::tr("The worker reported an error.");
}

JobFault faultOf(const std::string& code) {
    if (code == "model-not-found" || code == "bad-model" || code == "unsupported-condition" || code == "bad-input" ||
        code == "bad-request") {
        return JobFault::Input;
    }
    return code == "write-failed" ? JobFault::Output : JobFault::Worker;
}

QString misbehaviourText(const QString& code) {
    if (code == u"no-hello") {
        return Text::tr("The worker did not say who it is, and was ended.");
    }
    if (code == u"other-protocol") {
        return Text::tr("The worker is of another version of Fantascope. Install both from one version.");
    }
    return Text::tr("The worker wrote what is not its protocol, and was ended.");
}

} // namespace

JobFailure failureFrom(const generation::FailedEvent& event) {
    return {faultOf(event.code), QString::fromStdString(event.code),
            withDetail(sentenceFor(event.code), QString::fromStdString(event.detail)), event.code == "needs-memory"};
}

JobFailure failureFrom(const WorkerEnd& end) {
    if (end.failedToStart) {
        return {
            JobFault::Worker, QStringLiteral("worker-not-started"),
            withDetail(
                Text::tr("The worker program could not be started. Is fantascope-worker installed beside fantascope?"),
                end.lastWords),
            false};
    }
    QString sentence;
    if (!end.misbehaviour.isEmpty()) {
        sentence = misbehaviourText(end.misbehaviour);
    } else if (end.crashed && end.exitCode == SIGBUS) {
        sentence =
            Text::tr("A file that the worker was reading became shorter, or its disk went away: was a model file "
                     "changed in the middle of the job? The project and all takes are as they were.");
    } else if (end.crashed) {
        sentence = Text::tr("The worker was ended by signal %1 in the middle of the job. The project and all takes are "
                            "as they were; "
                            "the next job starts a new worker.")
                       .arg(end.exitCode);
    } else {
        sentence =
            Text::tr(
                "The worker ended with code %1 in the middle of the job. The project and all takes are as they were; "
                "the next job starts a new worker.")
                .arg(end.exitCode);
    }
    return {JobFault::Worker, QStringLiteral("worker-died"), withDetail(sentence, end.lastWords), false};
}

JobFailure failureFrom(const timeline::Error& error, JobFault fault) {
    return {fault, QString::fromLatin1(timeline::errorCodeName(error.code)), ui::errorText(error), false};
}

} // namespace app
