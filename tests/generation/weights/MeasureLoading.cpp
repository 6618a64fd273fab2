// Not a test: how long loading takes against reading the same file, for each way of storing and computing.
//   MeasureLoading [MEGABYTES] [FOLDER]

#include "generation/device/Device.h"
#include "generation/weights/WeightReader.h"
#include "tests/generation/weights/Writers.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace generation;
using generation::test::FileTensor;
using generation::test::GgufWriter;
using generation::test::writeFile;

namespace {

constexpr std::int64_t kRows = 4096;
constexpr std::int64_t kColumns = 4096;

/// Matrices of random bytes whose block scales are sane, `megabytes` of them.
std::string weights(ElementType type, std::size_t megabytes) {
    const std::uint64_t size = *storedBytes(type, std::vector<std::int64_t>{kRows, kColumns});
    GgufWriter writer;
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>((i * 2654435761U >> 13U) % 0x3C);
    }
    for (std::size_t i = 0; i * size < megabytes * 1'000'000; ++i) {
        writer.addTensor("m" + std::to_string(i), {type, {kRows, kColumns}, bytes});
    }
    return writer.bytes();
}

/// The best of five runs: by the clock, and of all threads together.
struct Cost {
    double clock = 1e9;
    double user = 1e9;
    double system = 1e9;
};

double secondsOf(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

Cost costOf(const std::function<void()>& work) {
    Cost best;
    for (int i = 0; i < 5; ++i) {
        rusage before{};
        rusage after{};
        getrusage(RUSAGE_SELF, &before);
        const auto begin = std::chrono::steady_clock::now();
        work();
        const double clock = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        getrusage(RUSAGE_SELF, &after);
        best.clock = std::min(best.clock, clock);
        best.user = std::min(best.user, secondsOf(after.ru_utime) - secondsOf(before.ru_utime));
        best.system = std::min(best.system, secondsOf(after.ru_stime) - secondsOf(before.ru_stime));
    }
    return best;
}

/// What anyone must do who wants the bytes in memory: read() into memory of its own.
void readWhole(const std::string& path, std::size_t size) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const at::Tensor memory = at::empty({static_cast<std::int64_t>(size)}, at::kByte);
    std::size_t done = 0;
    while (done < size) {
        const ssize_t count = ::read(file, static_cast<char*>(memory.data_ptr()) + done, size - done);
        if (count <= 0) {
            break;
        }
        done += static_cast<std::size_t>(count);
    }
    ::close(file);
}

void load(const std::string& path, at::ScalarType type) {
    Device device = referenceDevice();
    device.compute = type;
    const WeightSource source = WeightSource::openFile(path);
    WeightReader reader(source, device);
    std::vector<at::Tensor> loaded;
    for (const std::string& name : source.names()) {
        loaded.push_back(reader.matrix(name, {kRows, kColumns}));
    }
    reader.finish();
}

} // namespace

int main(int count, char** arguments) {
    const std::size_t megabytes = count > 1 ? std::stoul(arguments[1]) : 1000;
    const std::string path = (count > 2 ? std::string(arguments[2]) : std::string("/tmp")) + "/measure.gguf";
    Device device = referenceDevice();
    device.threads = static_cast<int>(std::thread::hardware_concurrency());
    configureLibtorch(device);
    std::printf("                             read                      load\n");
    std::printf("stored    compute   file MB   clock   user system     clock   user system   ratio of clocks\n");
    for (const ElementType type : {ElementType::F32, ElementType::BF16, ElementType::F16, ElementType::Q8_0,
                                   ElementType::Q5_1, ElementType::Q4_K, ElementType::Q6_K}) {
        const std::string bytes = weights(type, megabytes);
        writeFile(path, bytes);
        const Cost reading = costOf([&] { readWhole(path, bytes.size()); });
        for (const at::ScalarType compute : {at::kFloat, at::kBFloat16}) {
            const Cost loading = costOf([&] { load(path, compute); });
            std::printf("%-9s %-9s %7.0f  %6.3f %6.3f %6.3f    %6.3f %6.3f %6.3f   %.2f\n",
                        std::string(elementTypeName(type)).c_str(), compute == at::kFloat ? "fp32" : "bf16",
                        static_cast<double>(bytes.size()) / 1e6, reading.clock, reading.user, reading.system,
                        loading.clock, loading.user, loading.system, loading.clock / reading.clock);
        }
    }
    ::unlink(path.c_str());
    return 0;
}
