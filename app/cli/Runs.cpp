#include "app/cli/Runs.h"

#include "app/cli/Interrupt.h"
#include "app/cli/Progress.h"
#include "app/generation/GenerationQueue.h"
#include "app/settings/Folders.h"
#include "timeline/media/StillWriter.h"
#include "timeline/model/Query.h"
#include "timeline/render/OutputTransform.h"
#include "ui/text/ErrorText.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QRegularExpression>

namespace app::cli {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Runs)
};

void showJob(const JobQueue& jobs, int row, Progress& progress) {
    const Job& job = jobs.jobs()[static_cast<std::size_t>(row)];
    if (job.phase != ui::JobPhase::Running) {
        return;
    }
    const QString what = jobs.jobs().size() == 1
                             ? job.title
                             : Text::tr("%1 of %2, %3").arg(row + 1).arg(jobs.jobs().size()).arg(job.title);
    progress.show(what, job.detail, job.progress, job.secondsLeft);
}

} // namespace

std::optional<ExitCode> runInBackground(const QString& what, const Streams& streams, ExitCode failed,
                                        const LongWork& work) {
    const Interrupt::Scope signals(streams.interrupt);
    Progress progress(streams.err, Progress::standardTarget());
    QEventLoop loop;
    std::optional<timeline::Result<void>> result;
    const ShowProgress show = [&](std::int64_t done, std::int64_t count, double secondsLeft) {
        const double fraction = count > 0 ? static_cast<double>(done) / static_cast<double>(count) : -1.0;
        QMetaObject::invokeMethod(
            &loop, [&progress, what, fraction, secondsLeft] { progress.show(what, {}, fraction, secondsLeft); },
            Qt::QueuedConnection);
    };
    Background background;
    std::stop_source stop = background.start([&](std::stop_token token) {
        auto done = std::make_shared<timeline::Result<void>>(work(std::move(token), show));
        return [&result, &loop, done] {
            result = *done;
            loop.quit();
        };
    });
    if (streams.interrupt) {
        QObject::connect(streams.interrupt, &Interrupt::requested, &loop, [&stop] { stop.request_stop(); });
        if (streams.interrupt->wasRequested()) {
            stop.request_stop();
        }
    }
    loop.exec();
    progress.finish();
    if (*result) {
        return std::nullopt;
    }
    streams.err << ui::errorText(result->error()) << '\n';
    return result->error().code == timeline::ErrorCode::Cancelled ? ExitCode::Cancelled : failed;
}

std::variant<std::vector<GenerationResult>, ExitCode> runGeneration(std::vector<GenerationTask> tasks,
                                                                    const Streams& streams) {
    const Interrupt::Scope signals(streams.interrupt);
    JobQueue jobs;
    GenerationQueue queue(jobs, standardWorker(), MediaCache(folders::cache()));
    Progress progress(streams.err, Progress::standardTarget());
    QEventLoop loop;
    std::vector<GenerationResult> results;
    std::optional<JobFailure> failure;
    const std::size_t count = tasks.size();
    QObject::connect(&jobs, &JobQueue::changed, &loop, [&](int row) { showJob(jobs, row, progress); });
    QObject::connect(&queue, &GenerationQueue::finished, &loop, [&](const GenerationResult& result) {
        results.push_back(result);
        if (results.size() == count) {
            loop.quit();
        }
    });
    QObject::connect(&queue, &GenerationQueue::failed, &loop, [&](const QString&, const JobFailure& why) {
        failure = why;
        jobs.cancelWaiting();
        loop.quit();
    });
    QObject::connect(&queue, &GenerationQueue::noticed, &loop, [&](const QString&, const QString& text) {
        progress.finish();
        streams.err << text << '\n';
        streams.err.flush();
    });
    QObject::connect(&queue, &GenerationQueue::cancelled, &loop, [&] {
        if (!jobs.running() && jobs.waitingCount() == 0) {
            loop.quit();
        }
    });
    if (streams.interrupt) {
        QObject::connect(streams.interrupt, &Interrupt::requested, &jobs, &JobQueue::cancelAll);
    }
    for (GenerationTask& task : tasks) {
        queue.add(std::move(task));
    }
    const bool isCancelled = streams.interrupt && streams.interrupt->wasRequested();
    if (count > 0 && !isCancelled) {
        loop.exec();
    }
    progress.finish();
    if (failure) {
        streams.err << failure->text << '\n';
        return failure->fault == JobFault::Input    ? ExitCode::BadInput
               : failure->fault == JobFault::Output ? ExitCode::Output
                                                    : ExitCode::Generation;
    }
    if (results.size() != count) {
        streams.err << Text::tr("Cancelled.") << '\n';
        return ExitCode::Cancelled;
    }
    return results;
}

std::variant<timeline::ExportReport, ExitCode> runExport(timeline::ExportRequest request, timeline::RendererSetup setup,
                                                         const Streams& streams) {
    std::optional<timeline::ExportReport> report;
    const QString what =
        Text::tr("Exporting %1").arg(QFileInfo(QString::fromStdString(request.output.string())).fileName());
    const auto job = std::make_shared<timeline::ExportJob>(std::move(request), std::move(setup));
    const auto failed = runInBackground(
        what, streams, ExitCode::Output, [&](std::stop_token stop, const ShowProgress& show) -> timeline::Result<void> {
            auto done = job->run(std::move(stop), [&](const timeline::ExportProgress& at) {
                show(at.frame, at.frameCount, at.secondsLeft);
            });
            if (!done) {
                return done.error();
            }
            report = std::move(done).value();
            return {};
        });
    if (failed) {
        return *failed;
    }
    for (const timeline::Error& problem : report->problems) {
        streams.err << Text::tr("Warning: %1").arg(ui::errorText(problem)) << '\n';
    }
    return *report;
}

std::optional<ExitCode> runFrames(const timeline::TimelinePtr& film, timeline::RendererSetup setup,
                                  const StillNames& names, const Streams& streams) {
    return runInBackground(
        Text::tr("Writing frames"), streams, ExitCode::Output,
        [&](const std::stop_token& stop, const ShowProgress& show) -> timeline::Result<void> {
            if (!QDir().mkpath(names.folder())) {
                return timeline::Error{timeline::ErrorCode::WriteFailed, names.folder().toStdString(), {}};
            }
            auto renderer = timeline::SequenceRenderer::create(setup);
            if (!renderer) {
                return renderer.error();
            }
            const std::int64_t count = timeline::timelineDuration(*film).value();
            for (std::int64_t i = 0; i < count; ++i) {
                if (stop.stop_requested()) {
                    return timeline::Error{timeline::ErrorCode::Cancelled, {}, {}};
                }
                const auto frame = (*renderer)->render(*film, timeline::RationalTime(i, film->format.rate));
                if (!frame) {
                    return frame.error();
                }
                if (auto written =
                        timeline::writeStill(names.file(i + 1).toStdString(), timeline::codedFrame(*frame->image));
                    !written) {
                    return written;
                }
                show(i + 1, count, -1.0);
            }
            return {};
        });
}

std::optional<FrameSize> parseSize(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("^(\\d{1,5})[xX](\\d{1,5})$"));
    const auto match = pattern.match(text);
    const FrameSize size{match.captured(1).toInt(), match.captured(2).toInt()};
    const bool isFit = size.width >= 16 && size.height >= 16 && size.width <= 16384 && size.height <= 16384;
    return match.hasMatch() && isFit ? std::optional(size) : std::nullopt;
}

} // namespace app::cli
