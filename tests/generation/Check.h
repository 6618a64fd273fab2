#pragma once

#include <cmath>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <vector>

namespace generation::test {

/// A small test runner for rooms that are built without Qt: each case is a named function, a failed CHECK prints its
/// place and lets the case go on, an exception ends the case and fails it.
/// Thread: one.
class Checks {
public:
    void failed(const char* file, int line, const std::string& what) {
        ++m_failures;
        std::printf("FAIL   %s:%d: %s\n", file, line, what.c_str());
    }

    void run(const char* name, const std::function<void(Checks&)>& body) {
        const int before = m_failures;
        try {
            body(*this);
        } catch (const std::exception& error) {
            failed(name, 0, std::string("exception: ") + error.what());
        }
        std::printf("%s   %s\n", m_failures == before ? "PASS" : "FAIL", name);
        std::fflush(stdout); // what ran is known even when the next case crashes
        m_failures == before ? ++m_passed : ++m_failed;
    }

    /// Prints the totals; returns main()'s exit status.
    int finish() const {
        std::printf("%d passed, %d failed\n", m_passed, m_failed);
        return m_failed == 0 && m_passed > 0 ? 0 : 1;
    }

private:
    int m_failures = 0;
    int m_passed = 0;
    int m_failed = 0;
};

} // namespace generation::test

#undef CHECK // libtorch has one of its own in some builds
#define CHECK(checks, condition)                                                                                       \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            (checks).failed(__FILE__, __LINE__, #condition);                                                           \
        }                                                                                                              \
    } while (false)

#define CHECK_EQUAL(checks, actual, expected)                                                                          \
    do {                                                                                                               \
        if (!((actual) == (expected))) {                                                                               \
            (checks).failed(__FILE__, __LINE__, #actual " is not " #expected);                                         \
        }                                                                                                              \
    } while (false)

#define CHECK_THROWS(checks, expression, exception)                                                                    \
    do {                                                                                                               \
        bool threw = false;                                                                                            \
        try {                                                                                                          \
            (void)(expression);                                                                                        \
        } catch (const exception&) {                                                                                   \
            threw = true;                                                                                              \
        }                                                                                                              \
        if (!threw) {                                                                                                  \
            (checks).failed(__FILE__, __LINE__, #expression " did not throw " #exception);                             \
        }                                                                                                              \
    } while (false)
