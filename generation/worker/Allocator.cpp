// jemalloc reads its settings from this symbol of the program. Freed pages are kept, also those of the largest tensors:
// giving them back to the kernel after every operation makes generating several times slower. Without jemalloc nobody
// looks at it.
extern "C" {
extern const char* const malloc_conf;
const char* const malloc_conf = "dirty_decay_ms:-1,muzzy_decay_ms:-1,oversize_threshold:0,background_thread:false";
}
