# A room is one folder and one static library; its link line is the list of rooms it may include.
include_guard()

# fantascope_room(<folder>_<room> SOURCES a.cpp ... HEADERS a.h ... [LINK target ...] [PRIVATE_LINK target ...])
#   LINK: rooms and libraries that the room's headers include. PRIVATE_LINK: those only its sources include.
#   Every header is compiled alone by the target <name>_verify_interface_header_sets.
function(fantascope_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;HEADERS;LINK;PRIVATE_LINK" ${ARGN})
  if(ROOM_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "fantascope_room(${name}): do not know ${ROOM_UNPARSED_ARGUMENTS}")
  endif()
  if(ROOM_SOURCES)
    add_library(${name} STATIC ${ROOM_SOURCES})
    set(scope PUBLIC)
  else()
    add_library(${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  if(CMAKE_VERSION VERSION_GREATER_EQUAL 3.24)
    target_sources(${name} ${scope} FILE_SET HEADERS BASE_DIRS "${CMAKE_SOURCE_DIR}" FILES ${ROOM_HEADERS})
    set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  endif()
  target_link_libraries(${name} ${scope} project_options ${ROOM_LINK})
  if(ROOM_PRIVATE_LINK)
    target_link_libraries(${name} PRIVATE ${ROOM_PRIVATE_LINK})
  endif()
endfunction()

# fantascope_test(<TestName> [SOURCES more.cpp ...] [LINK target ...] [LABELS label ...] [DISPLAY])
#   One Qt Test executable from <TestName>.cpp, registered with ctest. DISPLAY: runs under Xvfb.
function(fantascope_test name)
  cmake_parse_arguments(TEST "DISPLAY" "" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${name}.cpp ${TEST_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_compile_definitions(${name} PRIVATE FIXTURES_DIR="${CMAKE_SOURCE_DIR}/tests/fixtures" SOURCE_ROOT="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE project_options Qt6::Test ${TEST_LINK})
  if(TEST_DISPLAY)
    add_test(NAME ${name} COMMAND "${CMAKE_SOURCE_DIR}/tests/with-display" $<TARGET_FILE:${name}>)
  else()
    add_test(NAME ${name} COMMAND ${name})
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT QT_QPA_PLATFORM=offscreen)
  endif()
  set_property(TEST ${name} PROPERTY TIMEOUT 600)
  set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT
    "FANTASCOPE_BIN=${CMAKE_BINARY_DIR}/bin;FANTASCOPE_RESOURCES=${CMAKE_SOURCE_DIR}/resources;LC_ALL=C.UTF-8"
    "TSAN_OPTIONS=die_after_fork=0:suppressions=${CMAKE_SOURCE_DIR}/tests/thread-sanitizer.supp")
  set_property(TEST ${name} PROPERTY LABELS ${TEST_LABELS})
endfunction()

# fantascope_worker_test(<TestName> [SOURCES ...] [LINK ...]): a test without Qt, for rooms under generation/.
#   It uses tests/generation/Check.h and exits with 1 when a check failed.
function(fantascope_worker_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${name}.cpp ${TEST_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_compile_definitions(${name} PRIVATE FIXTURES_DIR="${CMAKE_SOURCE_DIR}/tests/fixtures" SOURCE_ROOT="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE project_options ${TEST_LINK})
  add_test(NAME ${name} COMMAND ${name})
  set_property(TEST ${name} PROPERTY TIMEOUT 600)
  set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT
    "FANTASCOPE_BIN=${CMAKE_BINARY_DIR}/bin;FANTASCOPE_RESOURCES=${CMAKE_SOURCE_DIR}/resources;LC_ALL=C.UTF-8;OMP_WAIT_POLICY=passive;OPENBLAS_THREAD_TIMEOUT=10")
endfunction()
