# What every target of the project is compiled with, as one linkable target.
include_guard()

option(FANTASCOPE_WERROR "Treat compiler warnings as errors" OFF)
set(FANTASCOPE_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize= (address,undefined or thread)")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Objects are shared between build folders; precompiled headers need the sloppiness.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime CCACHE_NOHASHDIR=1
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE_PROGRAM})
endif()

add_library(project_options INTERFACE)
target_compile_features(project_options INTERFACE cxx_std_20)
target_include_directories(project_options INTERFACE "${CMAKE_SOURCE_DIR}")
# Qt's keyword macros (slots, signals, emit) break libtorch's headers.
target_compile_definitions(project_options INTERFACE QT_NO_KEYWORDS)
# -fno-fast-math matters: infinities and NaNs are tested for.
target_compile_options(project_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -fno-fast-math -fpch-preprocess)
if(FANTASCOPE_WERROR)
  target_compile_options(project_options INTERFACE -Werror)
endif()
if(FANTASCOPE_SANITIZE)
  target_compile_options(project_options INTERFACE
    -fsanitize=${FANTASCOPE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  # GCC 12 takes instrumented values in headers (std::regex, libtorch's optional) for uninitialised ones.
  target_compile_options(project_options INTERFACE -Wno-maybe-uninitialized)
  target_link_options(project_options INTERFACE -fsanitize=${FANTASCOPE_SANITIZE})
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
