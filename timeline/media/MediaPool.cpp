#include "timeline/media/MediaPool.h"

namespace timeline {

MediaPool::MediaPool(MediaPoolOptions options) : m_decoders(options.openFiles), m_cache(options.cacheBytes) {}

Result<PicturePtr> MediaPool::pictureAt(const std::filesystem::path& path, RationalTime time, std::stop_token stop) {
    const Result<FileStamp> file = fileStamp(path);
    if (!file) {
        return file.error();
    }
    if (PicturePtr cached = m_cache.find(*file, time)) {
        return cached;
    }
    Result<DecoderPool::Loan> decoder = m_decoders.borrow(*file, time, stop);
    if (!decoder) {
        return decoder.error();
    }
    const Result<SourcePicture> picture = (*decoder)->pictureAt(time, stop);
    if (!picture) {
        return picture.error();
    }
    if (picture->isDamaged) {
        m_decoders.noteDamage(*file);
    }
    m_cache.insert(*file, (*decoder)->clock(), *picture);
    return picture->picture;
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
