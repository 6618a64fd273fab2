#include "timeline/render/MediaUrls.h"

#include "timeline/io/MediaUrl.h"

#include <utility>

namespace timeline {

UrlResolver projectUrls(std::filesystem::path projectFolder) {
    return [folder = std::move(projectFolder)](const std::string& url) {
        Result<std::filesystem::path> file = resolveUrl(url, folder);
        return file ? std::move(*file) : std::filesystem::path(url);
    };
}

Error problemWith(const std::string& url, Error error) {
    if (error.code == ErrorCode::FileNotFound) {
        if (const auto allowed = resolveUrl(url, {}); !allowed) {
            return allowed.error();
        }
    }
    return error;
}

} // namespace timeline
