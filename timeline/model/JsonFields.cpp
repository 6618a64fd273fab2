#include "timeline/model/JsonFields.h"

#include "timeline/model/MediaReference.h"

namespace timeline {

Json ourMetadata(const Metadata& metadata) {
    const Json* ours = member(metadata.json(), kOurMetadata);
    return ours && ours->is_object() ? *ours : Json::object();
}

Metadata withOurMetadata(const Metadata& metadata, Json ours) {
    return metadata.with(kOurMetadata, ours.empty() ? Json() : std::move(ours));
}

} // namespace timeline
