#include "generation/model/ParityFixture.h"
#include "generation/model/TinyDecoder.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <sstream>

#include <sys/mman.h>
#include <unistd.h>

namespace generation {

namespace {

/// A safetensors file in memory only, under a name that can be opened.
/// Thread: one.
class MemoryFile {
public:
    explicit MemoryFile(const std::string& bytes) : m_descriptor(memfd_create("fantascope-parity", MFD_CLOEXEC)) {
        for (std::size_t done = 0; m_descriptor >= 0 && done < bytes.size();) {
            const ssize_t count = ::write(m_descriptor, bytes.data() + done, bytes.size() - done);
            if (count <= 0) {
                throw WeightsError("a file in memory", std::strerror(errno));
            }
            done += static_cast<std::size_t>(count);
        }
    }
    ~MemoryFile() { ::close(m_descriptor); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::string path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }

private:
    int m_descriptor;
};

/// "decoder.1.weight[256, 16, 3, 3]" of the fixture's list of names.
struct NamedShape {
    std::string name;
    std::vector<std::int64_t> shape;
    std::int64_t count = 1;

    explicit NamedShape(const std::string& text) : name(text.substr(0, text.find('['))) {
        std::istringstream sizes(text.substr(std::min(text.size(), name.size() + 1)));
        for (std::int64_t size = 0; sizes >> size && size > 0 && size < 100'000; sizes.ignore(2)) {
            shape.push_back(size);
            count *= size;
        }
        constexpr std::int64_t kMost = 100'000'000;
        if (shape.empty() || count > kMost) {
            throw WeightsError(text, "not a name with a shape");
        }
    }
};

/// The weights that the fixtures' note describes: sines of the index and the name, in float64, then rounded.
std::string formulaWeights(const nlohmann::json& names) {
    nlohmann::json header = nlohmann::json::object();
    std::string data;
    for (const nlohmann::json& text : names) {
        const NamedShape tensor(text.get<std::string>());
        double phase = 0.0;
        for (const char c : tensor.name) {
            phase += static_cast<double>(static_cast<unsigned char>(c));
        }
        const double fanIn = static_cast<double>(tensor.count) / static_cast<double>(tensor.shape.front());
        const double size = tensor.shape.size() > 1 ? 1.6 / std::sqrt(fanIn) : 0.1;
        const at::Tensor index = at::arange(tensor.count, at::kDouble);
        const at::Tensor values = ((index * 0.7391 + phase).sin() * size).to(at::kFloat).contiguous();
        const std::size_t begin = data.size();
        data.append(static_cast<const char*>(values.data_ptr()), static_cast<std::size_t>(values.nbytes()));
        header[tensor.name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {begin, data.size()}}};
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    std::string length(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) {
        length[i] = static_cast<char>(text.size() >> (8 * i) & 0xFFU);
    }
    return length + text + data;
}

/// Frames [N, T, C, H, W], as the published code has them, to [N, C, T, H, W], and back.
at::Tensor swapTime(const at::Tensor& frames) {
    return frames.transpose(1, 2).contiguous();
}

/// Values of these fixtures are small: a share of their spread is the stricter bound.
void compareFrames(ParityReport& report, const std::string& name, const at::Tensor& actual,
                   const at::Tensor& expected) {
    report.compare(name, swapTime(actual), expected, std::min(2e-5, 1e-3 * expected.std().item<double>()));
}

void runTinyDecoder(const Safetensors& fixture, ParityReport& report) {
    const MemoryFile file(formulaWeights(nlohmann::json::parse(fixture.metadata("names"))));
    const WeightSource source = WeightSource::openFile(file.path());
    WeightReader reader(source, report.device());
    const TinyDecoder tiny(reader);
    for (const std::string& name : reader.finish().extra) {
        report.fail(name, "is read by nothing");
    }
    const at::Tensor latents = swapTime(fixture.tensor("in.latent"));
    const at::Tensor whole = tiny.decode(latents);
    compareFrames(report, "out.video", whole, fixture.tensor("out.video"));
    if (fixture.contains("mid.raw")) {
        compareFrames(report, "mid.raw", tiny.decodeRaw(latents), fixture.tensor("mid.raw"));
    }
    if (fixture.contains("out.video_notime")) {
        compareFrames(report, "out.video_notime", tiny.decode(latents, TinyDecoder::Detail::FrameOfEachLatent),
                      fixture.tensor("out.video_notime"));
    }
    if (fixture.contains("in.video")) {
        compareFrames(report, "out.latent", tiny.encode(swapTime(fixture.tensor("in.video"))),
                      fixture.tensor("out.latent"));
    }
}

} // namespace

ParityCase tinyDecoderParity() {
    return {"tiny decoder",
            [](const Safetensors& f) { return hasAll(f, {"in.latent", "out.video"}) && !f.metadata("names").empty(); },
            runTinyDecoder};
}

} // namespace generation
