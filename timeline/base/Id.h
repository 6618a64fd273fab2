#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace timeline {

/// 64 random bits, never 0: two programs that edit copies of one project do not hand out the same number,
/// and an id is not used again after an undo.
/// Thread: any.
std::uint64_t randomId();

/// Names a thing for as long as it lives; selections, jobs and commands hold ids, never pointers.
/// Thread: a value.
template <typename Tag>
struct Id {
    std::uint64_t value = 0; ///< 0: names nothing

    static Id create() { return Id{randomId()}; }
    bool isValid() const { return value != 0; }
    auto operator<=>(const Id&) const = default;
};

} // namespace timeline

template <typename Tag>
struct std::hash<timeline::Id<Tag>> {
    std::size_t operator()(timeline::Id<Tag> id) const noexcept { return std::hash<std::uint64_t>{}(id.value); }
};
