#include "app/generation/ShotTask.h"

#include "app/media/TakeImporter.h"

namespace app {

GenerationTask shotTask(const ShotSnapshot& snapshot, const QString& title, const MediaCache& cache,
                        const std::filesystem::path& folder) {
    GenerationTask task;
    task.title = title;
    task.shot = snapshot.shot;
    task.prepare = [snapshot, cache](std::stop_token stop) { return prepareShot(snapshot, cache, std::move(stop)); };
    task.deliver = [folder](const GeneratedFrames& made, std::stop_token stop) -> timeline::Result<QString> {
        auto file = writeTake(made.frames, folder, made.prepared.record, std::move(stop));
        return file ? timeline::Result<QString>(QString::fromStdString(file->string())) : file.error();
    };
    return task;
}

} // namespace app
