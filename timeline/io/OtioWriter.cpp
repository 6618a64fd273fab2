#include "timeline/io/OtioWriter.h"

#include "timeline/io/AtomicWrite.h"
#include "timeline/io/OtioReader.h"
#include "timeline/io/OtioTimeline.h"
#include "timeline/model/Invariants.h"

namespace timeline {

std::string otioText(const Timeline& timeline) {
    constexpr int indent = 2;
    // Names may hold bytes that are not UTF-8; a project that cannot be saved would be worse than U+FFFD in a name.
    return jsonFrom(timeline).dump(indent, ' ', false, Json::error_handler_t::replace) + '\n';
}

Result<void> writeOtio(const Timeline& timeline, const std::filesystem::path& file) {
    if (const auto sound = checkInvariants(timeline); !sound) {
        return sound;
    }
    const std::string text = otioText(timeline);
    // Never replace a project by one that could not be opened again.
    if (const auto readable = checkOtioText(text); !readable) {
        return Error{readable.error().code, file.string(), readable.error().detail};
    }
    return writeFileAtomically(file, text);
}

} // namespace timeline
