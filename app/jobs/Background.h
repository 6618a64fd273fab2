#pragma once

#include "timeline/playback/BlockingQueue.h"

#include <QObject>

#include <functional>
#include <stop_token>
#include <thread>
#include <vector>

namespace app {

/// A thread for work that would block the GUI, one piece after another. What a piece returns is called on the thread of
/// this object afterwards, also when it was asked to stop; not when this object is gone by then.
/// Thread: the methods from the thread it lives in; the work on its own. The destructor asks all work to stop, and
/// joins.
class Background : public QObject {
    Q_OBJECT

public:
    using Finish = std::function<void()>;
    using Work = std::function<Finish(std::stop_token)>;

    explicit Background(QObject* parent = nullptr);
    ~Background() override;

    /// @return to ask this piece of work to stop with
    std::stop_source start(Work work);
    bool isIdle() const { return m_pending.empty(); }

private:
    struct Piece {
        Work work;
        std::stop_source stop;
    };

    void run(std::stop_token stop);
    void pieceDone();

    timeline::BlockingQueue<Piece> m_queue;
    timeline::BlockingQueue<Finish> m_done; ///< of the pieces that are, in order
    std::vector<std::stop_source> m_pending; ///< of the pieces that are not done, in order
    std::jthread m_thread;
};

} // namespace app
