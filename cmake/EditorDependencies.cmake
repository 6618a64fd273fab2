# The libraries of the editor. Versions: Qt 6.4 to 6.10, FFmpeg 5.1 to 8, OpenImageIO 2.4 to 3.x, Vulkan 1.2 and later.
include_guard()

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Multimedia Svg LinguistTools)
if(BUILD_TESTING)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
endif()
find_package(PkgConfig REQUIRED)
pkg_check_modules(FFMPEG REQUIRED IMPORTED_TARGET
  libavformat>=59 libavcodec>=59 libavutil>=57 libswscale>=6 libswresample>=4)
pkg_check_modules(OIIO REQUIRED IMPORTED_TARGET OpenImageIO>=2.4)
find_package(Vulkan REQUIRED)
find_program(GLSLC_PROGRAM glslc REQUIRED)
# moc of Qt 6.4 fails on libstdc++ 12's <concepts> when <compare> comes first in a header; it needs nothing from there.
set(CMAKE_AUTOMOC_MOC_OPTIONS -D_GLIBCXX_CONCEPTS)
