#include "timeline/media/MediaPool.h"

namespace timeline {

MediaPool::MediaPool(MediaPoolOptions options) : m_decoders(options.openFiles), m_cache(options.cacheBytes) {}

Result<SourcePicture> MediaPool::shownAt(const std::filesystem::path& path, RationalTime time, std::stop_token stop) {
    const Result<FileStamp> file = fileStamp(path);
    if (!file) {
        return file.error();
    }
    if (std::optional<SourcePicture> cached = m_cache.find(*file, time)) {
        return *std::move(cached);
    }
    Result<DecoderPool::Loan> decoder = m_decoders.borrow(*file, time, stop);
    if (!decoder) {
        return decoder.error();
    }
    Result<SourcePicture> picture = (*decoder)->pictureAt(time, stop);
    if (!picture) {
        return picture;
    }
    if (picture->isDamaged) {
        m_decoders.noteDamage(*file);
    }
    m_cache.insert(*file, (*decoder)->clock(), *picture);
    return picture;
}

Result<PicturePtr> MediaPool::pictureAt(const std::filesystem::path& path, RationalTime time, std::stop_token stop) {
    Result<SourcePicture> shown = shownAt(path, time, std::move(stop));
    return shown ? Result<PicturePtr>(std::move(shown->picture)) : Result<PicturePtr>(shown.error());
}

bool MediaPool::isDamaged(const std::filesystem::path& path) const {
    const Result<FileStamp> file = fileStamp(path);
    return file && m_decoders.isDamaged(*file);
}

void MediaPool::forget(const std::filesystem::path& path) {
    m_decoders.remove(path);
    m_cache.remove(path);
}

void MediaPool::clear() {
    m_decoders.clear();
    m_cache.clear();
}

} // namespace timeline
