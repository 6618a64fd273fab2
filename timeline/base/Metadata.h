#pragma once

#include <nlohmann/json_fwd.hpp>

#include <memory>

namespace timeline {

using Json = nlohmann::ordered_json;

/// What other programs wrote beside the fields we know: a JSON object that is kept and written back untouched,
/// its keys in their order. Copies share the object.
/// Thread: a value; the shared object is never changed.
class Metadata {
public:
    Metadata() = default; ///< an empty object
    explicit Metadata(Json object);

    const Json& json() const; ///< always an object
    bool empty() const;

    /// A copy with `key` set to `value`; a null value takes the key out.
    Metadata with(const char* key, Json value) const;

    bool operator==(const Metadata& other) const;

private:
    std::shared_ptr<const Json> m_object; ///< null: empty
};

} // namespace timeline
