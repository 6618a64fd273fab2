#include "timeline/base/Metadata.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace timeline {

namespace {

const Json& emptyObject() {
    static const Json object = Json::object();
    return object;
}

} // namespace

Metadata::Metadata(Json object)
    : m_object(object.is_object() && !object.empty() ? std::make_shared<const Json>(std::move(object)) : nullptr) {}

const Json& Metadata::json() const {
    return m_object ? *m_object : emptyObject();
}

bool Metadata::empty() const {
    return !m_object;
}

Metadata Metadata::with(const char* key, Json value) const {
    Json object = json();
    if (value.is_null()) {
        object.erase(key);
    } else {
        object[key] = std::move(value);
    }
    return Metadata(std::move(object));
}

bool Metadata::operator==(const Metadata& other) const {
    return m_object == other.m_object || json() == other.json();
}

} // namespace timeline
