# The libraries of the generation worker: libtorch 1.13 to 2.x (CPU or CUDA), SentencePiece, jemalloc.
include_guard()

find_package(Torch REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SENTENCEPIECE REQUIRED IMPORTED_TARGET sentencepiece)
# An allocator that keeps its pages: glibc returns big tensors to the kernel after every operation.
find_library(JEMALLOC_LIBRARY NAMES jemalloc)

# torch_dependency: libtorch's headers as system headers, so that its warnings are not ours.
add_library(torch_dependency INTERFACE)
target_include_directories(torch_dependency SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(torch_dependency INTERFACE ${TORCH_LIBRARIES})
