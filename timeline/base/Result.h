#pragma once

#include "timeline/base/Error.h"

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace timeline {

/// A value or an Error, with std::expected's member names, so that it can become an alias of it one day.
/// Reading the wrong side is a programmer's error and asserts.
/// Thread: a value.
template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { return assert(has_value()), *std::get_if<0>(&m_state); }
    const T& value() const& { return assert(has_value()), *std::get_if<0>(&m_state); }
    T&& value() && { return assert(has_value()), std::move(*std::get_if<0>(&m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const& { return assert(!has_value()), *std::get_if<1>(&m_state); }
    Error&& error() && { return assert(!has_value()), std::move(*std::get_if<1>(&m_state)); }

    template <typename U>
    T value_or(U&& other) const& {
        return has_value() ? value() : static_cast<T>(std::forward<U>(other));
    }

    /// Calls f(value) and returns its Result, or passes the error on.
    template <typename F>
    auto and_then(F&& f) const& -> std::invoke_result_t<F, const T&> {
        return has_value() ? std::forward<F>(f)(value()) : std::invoke_result_t<F, const T&>(error());
    }

    /// Calls f(value) and wraps what it returns, or passes the error on.
    template <typename F>
    auto transform(F&& f) const& -> Result<std::invoke_result_t<F, const T&>> {
        using U = std::invoke_result_t<F, const T&>;
        return has_value() ? Result<U>(std::forward<F>(f)(value())) : Result<U>(error());
    }

private:
    std::variant<T, Error> m_state;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    bool has_value() const { return !m_error; }
    explicit operator bool() const { return has_value(); }
    const Error& error() const& { return assert(m_error), *m_error; }

private:
    std::optional<Error> m_error;
};

} // namespace timeline
