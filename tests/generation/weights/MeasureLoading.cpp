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

double seconds(const std::function<void()>& work) {
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
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
    std::printf("stored    compute   file MB   read s   load s   ratio\n");
    for (const ElementType type : {ElementType::F32, ElementType::BF16, ElementType::F16, ElementType::Q8_0,
                                   ElementType::Q5_1, ElementType::Q4_K, ElementType::Q6_K}) {
        const std::string bytes = weights(type, megabytes);
        writeFile(path, bytes);
        const double reading = seconds([&] { readWhole(path, bytes.size()); });
        for (const at::ScalarType compute : {at::kFloat, at::kBFloat16}) {
            const double loading = seconds([&] { load(path, compute); });
            std::printf("%-9s %-9s %7.0f  %7.3f  %7.3f  %6.2f\n", std::string(elementTypeName(type)).c_str(),
                        compute == at::kFloat ? "fp32" : "bf16", static_cast<double>(bytes.size()) / 1e6, reading,
                        loading, loading / reading);
        }
    }
    ::unlink(path.c_str());
    return 0;
}
