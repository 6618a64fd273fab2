#include "timeline/playback/PlayerEngine.h"

#include "timeline/model/Query.h"

#include <algorithm>
#include <utility>

namespace timeline {

namespace {

using SteadyClock = std::chrono::steady_clock;

} // namespace

Player::Engine::Engine(PlayerSetup setup) : m_setup(std::move(setup)) {
    m_mixer = std::jthread([this](std::stop_token stop) { mixLoop(stop); });
    m_presenter = std::jthread([this](std::stop_token stop) { presentLoop(stop); });
    m_renderThread = std::jthread([this](std::stop_token stop) { renderLoop(stop); });
}

Player::Engine::~Engine() {
    // The render thread first: it stops the sink, and nobody is left that could start it again.
    m_renderThread.request_stop();
    m_renderThread.join();
    m_presenter.request_stop();
    m_mixer.request_stop();
}

void Player::Engine::post(Command command) {
    m_commands.tryPush(std::move(command));
}

void Player::Engine::setTimeline(TimelinePtr timeline) {
    m_timeline = std::move(timeline);
    m_isDirty = true;
    if (m_run) {
        const int speed = m_run->path().speed;
        stopRun();
        const auto path = m_timeline ? playPath(*m_timeline, m_frame, speed, m_loop) : std::nullopt;
        if (path && (path->isLoop || path->start == m_frame)) { // at the end it stops, and does not begin again
            play(speed);
        } else {
            m_stateChanged = true;
        }
    }
}

void Player::Engine::setOptions(PlanOptions options) {
    m_isDirty = m_isDirty || options != m_options;
    m_options = std::move(options);
}

void Player::Engine::setLoop(std::optional<TimeRange> range) {
    m_loop = std::move(range);
    if (m_run) {
        play(m_run->path().speed);
    }
}

void Player::Engine::play(int speed) {
    stopRun();
    const auto path = m_timeline ? playPath(*m_timeline, m_frame, speed, m_loop) : std::nullopt;
    m_stateChanged = true;
    if (!path) {
        return;
    }
    const bool hasSound = m_setup.sink && m_setup.resolveUrl && speed == 1;
    m_run = std::make_shared<PlayRun>(*path, m_timeline, hasSound ? m_setup.sink : nullptr);
    m_nextStep = 0;
    m_shownFrames = 0;
    m_droppedFrames = 0;
    m_isFrameReady = false;
    m_isSoundReady = !hasSound;
    if (hasSound) {
        m_runs.tryPush(m_run);
    }
}

void Player::Engine::pause() {
    stopRun();
    m_stateChanged = true;
}

void Player::Engine::seek(RationalTime time) {
    const int speed = m_run ? m_run->path().speed : 0;
    stopRun();
    const FrameRate rate = m_timeline ? m_timeline->format.rate : time.rate();
    m_frame = time.rescaledTo(rate, Rounding::Floor).value();
    m_isDirty = true;
    m_stateChanged = true;
    if (speed != 0) {
        play(speed);
    }
}

/// Ends the run, and stands where its last frame was shown.
void Player::Engine::stopRun() {
    if (!m_run) {
        return;
    }
    m_run->cancel();
    m_ready.eraseIf([](const Delivery& delivery) { return !std::holds_alternative<Error>(delivery.what); });
    m_wake.tryPush(true);
    const std::int64_t shown = std::max<std::int64_t>(m_run->lastShownStep.load(), 0);
    m_frame = m_run->path().frameAt(shown).value_or(m_run->path().start);
    m_shownFrames = m_run->shownFrames;
    m_droppedFrames = m_run->droppedFrames;
    m_isDirty = true; // what was rendered ahead is gone, and with it what has changed since
    m_run.reset();
}

RationalTime Player::Engine::timeOf(std::int64_t frame) const {
    return {frame, m_timeline ? m_timeline->format.rate : FrameRate()};
}

void Player::Engine::renderLoop(std::stop_token stop) {
    if (Result<std::unique_ptr<SequenceRenderer>> renderer = m_setup.makeRenderer()) {
        m_renderer = std::move(*renderer);
    } else {
        deliver({nullptr, 0, renderer.error(), false}, stop);
    }
    while (!stop.stop_requested()) {
        const bool canRender = m_run ? m_ready.size() < 4 && m_run->path().frameAt(m_nextStep) : m_isDirty;
        const bool hasNews = m_stateChanged || !m_soundProblems.empty();
        std::optional<Command> command = canRender || hasNews ? m_commands.tryPop() : m_commands.pop(stop);
        if (command) {
            (*command)(*this); // all that wait are carried out before the next frame: the newest wins
            continue;
        }
        if (stop.stop_requested()) {
            break;
        }
        if (m_stateChanged) {
            deliverState(stop);
        } else if (!m_soundProblems.empty()) {
            deliverSoundProblems(stop);
        } else if (m_run) {
            renderStep(stop);
        } else {
            renderStill(stop);
        }
    }
    stopRun();
    m_renderer.reset(); // on the thread that made it
}

std::optional<PlayedFrame> Player::Engine::renderedFrame(std::int64_t frame, std::stop_token stop) {
    if (!m_renderer || !m_timeline) {
        return std::nullopt;
    }
    Result<RenderedFrame> rendered = m_renderer->render(*m_timeline, timeOf(frame), m_options);
    if (!rendered) {
        deliver({nullptr, 0, rendered.error(), false}, stop);
        return std::nullopt;
    }
    return PlayedFrame{std::move(rendered->image), timeOf(frame), std::move(rendered->problems)};
}

void Player::Engine::renderStill(std::stop_token stop) {
    m_isDirty = false;
    if (std::optional<PlayedFrame> frame = renderedFrame(m_frame, stop)) {
        deliver({nullptr, 0, std::move(*frame), false}, stop);
    }
}

void Player::Engine::renderStep(std::stop_token stop) {
    const std::shared_ptr<PlayRun> run = m_run;
    // What is late already is not rendered at all, but for the last one, which stays.
    const std::int64_t due = std::min(run->stepNow(), run->path().lastStep().value_or(run->stepNow()));
    if (due > m_nextStep) {
        run->droppedFrames += due - m_nextStep;
        m_nextStep = due;
    }
    const std::int64_t step = m_nextStep++;
    if (std::optional<PlayedFrame> frame = renderedFrame(*run->path().frameAt(step), stop)) {
        deliver({run, step, std::move(*frame), false}, stop);
    }
    if (!run->path().frameAt(m_nextStep)) {
        deliver({run, step + 1, PlayerState(), true}, stop);
    }
    m_isFrameReady = true;
    startIfReady();
}

/// The clock starts when there is something to see and to hear.
void Player::Engine::startIfReady() {
    if (m_run && !m_run->isStarted() && m_isFrameReady && m_isSoundReady) {
        m_run->start();
        m_wake.tryPush(true);
    }
}

void Player::Engine::endRun(const std::shared_ptr<PlayRun>& run) {
    if (m_run == run) {
        pause();
    }
}

void Player::Engine::deliverState(std::stop_token stop) {
    m_stateChanged = false;
    const PlayerState state{m_run ? m_run->path().speed : 0, timeOf(m_run ? m_run->path().start : m_frame),
                            m_shownFrames, m_droppedFrames};
    deliver({nullptr, 0, state, false}, stop);
}

void Player::Engine::deliverSoundProblems(std::stop_token stop) {
    for (Error& problem : std::exchange(m_soundProblems, {})) {
        deliver({nullptr, 0, std::move(problem), false}, stop);
    }
}

void Player::Engine::deliver(Delivery delivery, std::stop_token stop) {
    m_ready.push(std::move(delivery), stop);
}

void Player::Engine::presentLoop(std::stop_token stop) {
    while (std::optional<Delivery> delivery = m_ready.pop(stop)) {
        post([](Engine&) {}); // there is room: the render thread looks again
        if (delivery->run && !waitUntilDue(*delivery, stop)) {
            continue;
        }
        present(*delivery);
    }
}

/// @return false when the run was cancelled, or the frame is late and another one is ready
bool Player::Engine::waitUntilDue(const Delivery& delivery, std::stop_token stop) {
    const PlayRun& run = *delivery.run;
    while (!run.isCancelled() && !stop.stop_requested()) {
        if (delivery.step == 0 || (run.isStarted() && run.stepNow() >= delivery.step)) {
            const auto isFrame = [](const Delivery& next) { return std::holds_alternative<PlayedFrame>(next.what); };
            const bool isLate = isFrame(delivery) && run.stepNow() > delivery.step && m_ready.holds(isFrame);
            if (isLate) {
                ++delivery.run->droppedFrames;
            }
            return !isLate;
        }
        if (run.isStarted()) {
            const auto patience = std::clamp<SteadyClock::duration>(
                run.untilStep(delivery.step), std::chrono::milliseconds(1), std::chrono::milliseconds(500));
            m_wake.popUntil(SteadyClock::now() + patience, stop);
        } else {
            m_wake.pop(stop);
        }
    }
    return false;
}

void Player::Engine::present(const Delivery& delivery) {
    if (const auto* frame = std::get_if<PlayedFrame>(&delivery.what)) {
        if (delivery.run) {
            delivery.run->lastShownStep = delivery.step;
            ++delivery.run->shownFrames;
        }
        if (m_setup.onFrame) {
            m_setup.onFrame(*frame);
        }
        if (delivery.run && m_setup.onState) {
            const PlayRun& run = *delivery.run;
            m_setup.onState({run.path().speed, frame->time, run.shownFrames.load(), run.droppedFrames.load()});
        }
    } else if (delivery.isLastOfRun) {
        post([run = delivery.run](Engine& engine) { engine.endRun(run); });
    } else if (const auto* state = std::get_if<PlayerState>(&delivery.what)) {
        if (m_setup.onState) {
            m_setup.onState(*state);
        }
    } else if (m_setup.onError) {
        m_setup.onError(std::get<Error>(delivery.what));
    }
}

void Player::Engine::mixLoop(std::stop_token stop) {
    AudioMix mix(m_setup.resolveUrl);
    std::size_t told = 0; // of the mix's problems
    while (const std::optional<std::shared_ptr<PlayRun>> next = m_runs.pop(stop)) {
        PlayRun& run = **next;
        const Timeline& timeline = *run.timeline();
        const int sampleRate = timeline.format.sampleRate;
        bool goesOn = true;
        for (std::int64_t position = 0; goesOn && !run.isCancelled();) {
            std::int64_t unbroken = 0;
            const std::int64_t from = run.path().soundAt(position, sampleRate, unbroken);
            const std::int64_t count = std::min<std::int64_t>(unbroken, sampleRate / 20);
            goesOn = run.pushSound(mix.mix(timeline, from, count, run.stopToken()), stop);
            for (; told < mix.problems().size(); ++told) {
                post([problem = mix.problems()[told]](Engine& engine) { engine.m_soundProblems.push_back(problem); });
            }
            if (position == 0) {
                post([run = *next](Engine& engine) {
                    engine.m_isSoundReady = engine.m_isSoundReady || engine.m_run == run;
                    engine.startIfReady();
                });
            }
            position += count;
        }
    }
}

} // namespace timeline
