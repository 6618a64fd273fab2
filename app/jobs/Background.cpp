#include "app/jobs/Background.h"

#include <limits>

namespace app {

Background::Background(QObject* parent)
    : QObject(parent), m_queue(std::numeric_limits<std::size_t>::max()),
      m_done(std::numeric_limits<std::size_t>::max()),
      m_thread([this](std::stop_token stop) { run(std::move(stop)); }) {}

Background::~Background() {
    for (std::stop_source& piece : m_pending) {
        piece.request_stop();
    }
    m_queue.clear();
    m_thread.request_stop();
    m_thread.join();
}

std::stop_source Background::start(Work work) {
    std::stop_source stop;
    m_pending.push_back(stop);
    m_queue.push({std::move(work), stop});
    return stop;
}

void Background::run(std::stop_token stop) {
    while (auto piece = m_queue.pop(stop)) {
        m_done.push(piece->work(piece->stop.get_token()));
        piece.reset(); // what it holds is given up before what follows it is called
        QMetaObject::invokeMethod(this, &Background::pieceDone, Qt::QueuedConnection);
    }
}

void Background::pieceDone() {
    m_pending.erase(m_pending.begin());
    if (const auto finish = m_done.tryPop(); finish && *finish) {
        (*finish)();
    }
}

} // namespace app
