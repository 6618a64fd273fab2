#include "generation/worker/JobObserver.h"

#include "generation/device/Cancelled.h"

namespace generation {

void JobObserver::checkpoint() {
    switch (m_around.inbox.wish()) {
    case Inbox::Wish::GoOn:
        return;
    case Inbox::Wish::Cancel:
        throw Cancelled();
    case Inbox::Wish::Leave:
        throw Interrupted(); // at once: the step is lost, what was done before it is not
    case Inbox::Wish::Pause:
        if (m_stage != Stage::Denoise) {
            throw Interrupted(); // within a step it would lose the step
        }
        return;
    }
}

void JobObserver::progress(Stage stage, int step, int steps) {
    checkpoint();
    m_stage = stage;
    if (stage == Stage::Denoise) {
        m_step = step;
        m_steps = steps;
    }
    const double left = m_around.clock.mark(stage, step, steps, std::chrono::steady_clock::now());
    m_around.events.send(ProgressEvent{m_request.id, stage, m_step, m_steps, left});
    if (stage == Stage::Denoise && m_around.inbox.wish() == Inbox::Wish::Pause) {
        throw Interrupted(); // the step is saved
    }
}

void JobObserver::preview(int step, const FrameSet& clip) {
    try {
        writeFrameFile(m_around.folder.previewPath(), clip, Durability::Volatile);
    } catch (const FrameFileError&) {
        return; // the job does not depend on being watched
    }
    m_around.events.send(PreviewEvent{m_request.id, step, m_around.folder.previewPath()});
}

void JobObserver::notice(const std::string& code, const NoticeFacts& facts) {
    std::string line;
    for (const auto& [name, fact] : facts) {
        const auto* text = std::get_if<std::string>(&fact);
        line +=
            (line.empty() ? "" : ", ") + name + ": " + (text ? *text : std::to_string(std::get<std::int64_t>(fact)));
    }
    m_around.events.send(NoticeEvent{m_request.id, code, line, facts});
}

} // namespace generation
