// Hostile and wrong files through the whole worker: each is refused with its name and the reason, within 100 MB and
// seconds, and the worker goes on. quality.md, section 9, 56 to 61; the formats' own corners are tested in
// tests/generation/weights.

#include "tests/generation/model/TinyModel.h"
#include "tests/generation/worker/WorkerProcess.h"

#include <ATen/ATen.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <stdexcept>

#include <stdlib.h>

#include "tests/generation/Check.h" // last: libtorch may have a CHECK of its own

using namespace generation;
using namespace generation::test;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

#ifdef __SANITIZE_ADDRESS__ // which keeps what is freed, and books about it
constexpr long kMostKilobytes = 300'000;
#else
constexpr long kMostKilobytes = 100'000;
#endif
constexpr double kMostSeconds = 20.0; ///< the slowest takes about one where nothing else runs

/// "VmHWM" or "VmRSS" of a process.
long kilobytesOf(pid_t process, const std::string& field) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string word; status >> word;) {
        if (word == field + ":") {
            long value = 0;
            status >> value;
            return value;
        }
    }
    return -1;
}

/// One way of spoiling a model, or a job for it.
struct Hostile {
    const char* name;
    std::function<void(const std::string& folder, GenerateRequest& job)> spoil;
    const char* code;
    std::vector<std::string> parts; ///< of the failure's detail: the file, the reason
};

/// Puts bytes in the place of a model's file.
auto bytesIn(const std::string& file, const std::string& bytes) {
    return [=](const std::string& folder, GenerateRequest&) { writeFile(folder + "/" + file, bytes); };
}

const char* const kVae = "vae/model.safetensors";
const char* const kText = "text_encoder/model.safetensors";
const char* const kTransformer = "transformer/model.safetensors";

std::string header(const std::string& text, const std::string& data = {}) {
    return safetensorsBytes(text, data);
}

std::string manyEntries(int count, const std::string& value) {
    std::string text;
    text.reserve(static_cast<std::size_t>(count) * (value.size() + 12));
    for (int i = 0; i < count; ++i) {
        text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":" + value;
    }
    return text;
}

/// A header, and a hole behind it.
auto sparse(const std::string& file, const std::string& text, std::uint64_t bytes) {
    return [=](const std::string& folder, GenerateRequest&) {
        writeFile(folder + "/" + file, safetensorsBytes(text, ""));
        fs::resize_file(folder + "/" + file, 8 + text.size() + bytes);
    };
}

std::vector<Hostile> exhaustingFiles() {
    return {
        {"a header as long as allowed, of nothing",
         [](const std::string& folder, GenerateRequest&) {
             writeFile(folder + "/" + kVae, littleEndian(100'000'000) + "{\"");
             fs::resize_file(folder + "/" + kVae, 200'000'000);
         },
         "bad-model",
         {kVae, "not JSON"}},
        {"a header longer than allowed",
         bytesIn(kVae, littleEndian(100'000'001) + "{}"),
         "bad-model",
         {kVae, "not safetensors"}},
        {"a million tensors",
         bytesIn(kVae,
                 header("{" + manyEntries(1'000'000, R"({"dtype":"U8","shape":[0],"data_offsets":[0,0]})") + "}")),
         "bad-model",
         {kVae, "more than 100000 tensors"}},
        {"four million words of metadata",
         bytesIn(kVae, header("{\"__metadata__\":{" + manyEntries(4'000'000, "\"\"") + "}}")),
         "bad-model",
         {kVae, "metadata"}},
        {"a name of 50 MB",
         bytesIn(kVae, header("{\"" + std::string(50'000'000, 'a') + "\":{}}")),
         "bad-model",
         {kVae, "a million bytes"}},
        {"nested without end",
         bytesIn(kVae, header("{\"a\":{\"shape\":" + std::string(20'000'000, '['))),
         "bad-model",
         {kVae, "where none belongs"}},
        {"40 GB of another network",
         sparse(kTransformer, R"({"a":{"dtype":"U8","shape":[40000000000],"data_offsets":[0,40000000000]}})",
                40'000'000'000),
         "bad-model",
         {"transformer", "missing"}},
    };
}

std::vector<Hostile> misshapenFiles() {
    const std::string four(4, '\0');
    const std::string u8 = R"({"dtype":"U8","shape":[2],"data_offsets":)";
    return {
        {"an overlap",
         bytesIn(kVae, header("{\"a\":" + u8 + "[0,2]},\"b\":" + u8 + "[1,3]}}", four)),
         "bad-model",
         {kVae, "overlaps"}},
        {"a hole",
         bytesIn(kVae, header("{\"a\":" + u8 + "[0,2]},\"b\":" + u8 + "[3,5]}}", four + " ")),
         "bad-model",
         {kVae, "hole"}},
        {"bytes behind the end",
         bytesIn(kVae, header("{\"a\":" + u8 + "[0,2]}}", four)),
         "bad-model",
         {kVae, "2 bytes after"}},
        {"a name twice",
         bytesIn(kVae, header("{\"a\":" + u8 + "[0,2]},\"a\":" + u8 + "[2,4]}}", four)),
         "bad-model",
         {kVae, "twice"}},
        {"a size that wraps",
         bytesIn(kVae, header(R"({"a":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}})", four)),
         "bad-model",
         {kVae, "another size"}},
        {"an unknown type",
         bytesIn(kVae, header(R"({"a":{"dtype":"F3","shape":[1],"data_offsets":[0,4]}})", four)),
         "bad-model",
         {kVae, "unknown type"}},
        {"nothing", bytesIn(kVae, ""), "bad-model", {kVae, "too short"}},
        {"cut off",
         [](const std::string& folder, GenerateRequest&) {
             fs::resize_file(folder + "/" + kVae, fs::file_size(folder + "/" + kVae) / 2);
         },
         "bad-model",
         {kVae, "lies outside the file: it is cut off"}},
    };
}

/// An index in the place of the transformer's only file.
auto indexed(const std::string& text) {
    return [=](const std::string& folder, GenerateRequest&) {
        fs::rename(folder + "/" + kTransformer, folder + "/transformer/m-1.safetensors");
        writeFile(folder + "/transformer/model.safetensors.index.json", text);
    };
}

std::vector<Hostile> indexes() {
    return {
        {"a shard that is not there",
         indexed(R"({"weight_map":{"a":"m-9.safetensors"}})"),
         "bad-model",
         {"m-9.safetensors"}},
        {"a shard outside",
         indexed(R"({"weight_map":{"a":"../../secret.safetensors"}})"),
         "bad-model",
         {"index.json", "plain file name"}},
        {"a tensor in another shard",
         indexed(R"({"weight_map":{"elsewhere":"m-1.safetensors"}})"),
         "bad-model",
         {"m-1.safetensors", "elsewhere"}},
        {"a tensor twice",
         indexed(R"({"weight_map":{"a":"m-1.safetensors","a":"m-1.safetensors"}})"),
         "bad-model",
         {"index.json", "twice"}},
        {"no JSON", indexed("{"), "bad-model", {"index.json", "not JSON"}},
        {"a very long one", indexed(std::string(50'000'000, ' ')), "bad-model", {"index.json", "too long"}},
        {"nested deeply", indexed(std::string(400'000, '[')), "bad-model", {"index.json", "nested"}},
        {"some of the tensors",
         indexed(R"({"weight_map":{"proj_out.bias":"m-1.safetensors"}})"),
         "bad-model",
         {"transformer", "missing"}},
    };
}

std::vector<Hostile> pickles() {
    const std::string zip = "PK\x03\x04" + std::string(14, '\0') + std::string(8, '\xff') + "data.pkl";
    return {
        {"a zip of 2^64 bytes, renamed", bytesIn(kVae, zip), "bad-model", {kVae, "pickle"}},
        {"a pickle that runs a program",
         bytesIn(kText, "c__builtin__\neval\n(S'1'\ntR."),
         "bad-model",
         {kText, "pickle"}},
        {"a .pth alone",
         [=](const std::string& folder, GenerateRequest&) {
             fs::remove(folder + "/" + kVae);
             writeFile(folder + "/vae/Wan2.1_VAE.pth", zip);
         },
         "bad-model",
         {"Wan2.1_VAE.pth", "pickle"}},
        {"a pickle for a LoRA",
         [=](const std::string& folder, GenerateRequest& job) {
             writeFile(folder + "/lora.safetensors", zip);
             job.loras = {{.path = folder + "/lora.safetensors"}};
         },
         "bad-model",
         {"lora.safetensors", "pickle"}},
    };
}

/// A GGUF file in the place of the text encoder's.
auto gguf(const std::string& bytes) {
    return [=](const std::string& folder, GenerateRequest&) {
        fs::remove(folder + "/" + kText);
        writeFile(folder + "/text_encoder/t.gguf", bytes);
    };
}

std::vector<Hostile> ggufFiles() {
    const auto number = [](std::uint64_t value) { return GgufWriter::number(value); };
    const auto type = [](std::uint32_t value) { return GgufWriter::number(value); };
    const std::string begin = "GGUF" + type(3);
    const std::string tensor = begin + number(1) + number(0) + GgufWriter::text("a") + type(2);
    std::string lists = begin + number(0) + number(1) + GgufWriter::text("k") + type(9);
    for (int i = 0; i < 100'000; ++i) {
        lists += type(9) + number(1);
    }
    return {
        {"2^63 tensors",
         gguf(begin + number(1ULL << 63U) + number(0)),
         "bad-model",
         {"t.gguf", "would have 9223372036854775808 tensors"}},
        {"2^63 keys",
         gguf(begin + number(0) + number(1ULL << 63U)),
         "bad-model",
         {"t.gguf", "would have 9223372036854775808 metadata values"}},
        {"a text of 2^62 bytes",
         gguf(begin + number(0) + number(1) + number(1ULL << 62U) + "abc"),
         "bad-model",
         {"t.gguf", "a length beyond the end of the file"}},
        {"a list of 2^40 numbers",
         gguf(begin + number(0) + number(1) + GgufWriter::text("k") + type(9) + type(4) + number(1ULL << 40U)),
         "bad-model",
         {"t.gguf", "a length beyond the end of the file"}},
        {"lists in lists", gguf(lists), "bad-model", {"t.gguf", "'k' is a list of lists"}},
        {"a size that wraps",
         gguf(tensor + number(1ULL << 40U) + number(1ULL << 40U) + type(0) + number(0)),
         "bad-model",
         {"t.gguf", "'a' has a shape that its type or a file cannot have"}},
        {"data behind the end",
         gguf(tensor + number(4) + number(4) + type(0) + number(1ULL << 40U)),
         "bad-model",
         {"t.gguf", "'a' lies outside the file"}},
        {"an unknown type",
         gguf(tensor + number(4) + number(4) + type(77) + number(0)),
         "bad-model",
         {"t.gguf", "'a' has the unknown type 77"}},
        {"another network's tensors",
         [](const std::string& folder, GenerateRequest&) {
             fs::remove(folder + "/" + kText);
             writeFile(folder + "/text_encoder/t.gguf", fileOf(tinyTransformer(TinyModel{}, 0), Spelling::Gguf));
         },
         "bad-model",
         {"text_encoder", "missing"}},
    };
}

/// A LoRA file of these tensors.
auto lora(const std::map<std::string, at::Tensor>& tensors) {
    return [=](const std::string& folder, GenerateRequest& job) {
        writeTensors(folder + "/lora.safetensors", tensors);
        job.loras = {{.path = folder + "/lora.safetensors"}};
    };
}

/// The transformer with one tensor changed.
auto changed(const std::string& name, const std::function<void(at::Tensor&)>& change) {
    return [=](const std::string& folder, GenerateRequest&) {
        FixtureNetwork network = tinyTransformer(TinyModel{}, 0);
        change(network.tensors.at(name));
        writeFile(folder + "/" + kTransformer, fileOf(network, Spelling::Diffusers));
    };
}

std::vector<Hostile> strangers() {
    const std::string q = "diffusion_model.blocks.0.self_attn.q.";
    return {
        {"the autoencoder's tensors in the transformer's place",
         [](const std::string& folder, GenerateRequest&) {
             fs::copy_file(folder + "/" + kVae, folder + "/" + kTransformer, fs::copy_options::overwrite_existing);
         },
         "bad-model",
         {"transformer", "missing: "}},
        {"another width",
         changed("blocks.1.ffn.net.2.weight", [](at::Tensor& t) { t = at::zeros({24, 40}); }),
         "bad-model",
         {"transformer", "blocks.1.ffn.net.2.weight stored [24, 40], expected [24, 32]"}},
        {"a config of a billion layers",
         [](const std::string& folder, GenerateRequest&) {
             Json config = tinyTransformerConfig(TinyModel{});
             config["num_layers"] = 1'000'000'000;
             writeFile(folder + "/transformer/config.json", config.dump());
         },
         "bad-model",
         {"transformer/config.json", "'num_layers' is out of range"}},
        {"a config nested deeply",
         bytesIn("transformer/config.json", std::string(900'000, '[')),
         "bad-model",
         {"transformer/config.json", "nested"}},
        {"a config of 50 MB",
         bytesIn("vae/config.json", std::string(50'000'000, ' ')),
         "bad-model",
         {"vae/config.json", "too long"}},
        {"a LoRA for a larger network",
         lora({{q + "lora_down.weight", at::zeros({4, 96})}, {q + "lora_up.weight", at::zeros({96, 4})}}),
         "bad-model",
         {"lora.safetensors", "blocks.0.attn1.to_q", "96 from 96", "24 from 24"}},
        {"a LoRA whose ranks differ",
         lora({{q + "lora_down.weight", at::zeros({4, 24})}, {q + "lora_up.weight", at::zeros({24, 5})}}),
         "bad-model",
         {"lora.safetensors", "do not fit each other"}},
        {"a LoRA of another model",
         lora({{"lora_te_x.lora_down.weight", at::zeros({4, 24})}, {"lora_te_x.lora_up.weight", at::zeros({24, 4})}}),
         "bad-model",
         {"lora.safetensors", "changes nothing"}},
    };
}

std::vector<Hostile> numbers() {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    return {
        {"NaN in a table",
         changed("blocks.1.scale_shift_table", [](at::Tensor& t) { t.fill_(kNan); }),
         "bad-model",
         {"transformer", "not finite: blocks.1.scale_shift_table"}},
        {"an infinite bias",
         changed("blocks.0.attn1.to_q.bias", [](at::Tensor& t) { t[3] = kInfinity; }),
         "bad-model",
         {"transformer", "not finite: blocks.0.attn1.to_q.bias"}},
        {"NaN where nobody looks",
         changed("condition_embedder.time_proj.weight", [](at::Tensor& t) { t.view(-1)[1] = kNan; }),
         "not-finite",
         {"step 1"}},
        {"numbers that overflow",
         changed("proj_out.weight", [](at::Tensor& t) { t.fill_(3e38); }),
         "not-finite",
         {"step 1"}},
    };
}

std::vector<Hostile> vocabularies() {
    std::string pieces; // a million of one byte each, as SentencePiece writes them
    for (int i = 0; i < 1'000'000; ++i) {
        pieces += std::string("\x0a\x03\x0a\x01", 4) + "x";
    }
    return {
        {"a million pieces", bytesIn("tokenizer/spiece.model", pieces), "bad-model", {"spiece.model"}},
        {"no vocabulary", bytesIn("tokenizer/spiece.model", "not one"), "bad-model", {"spiece.model"}},
        {"a gigabyte",
         [](const std::string& folder, GenerateRequest&) {
             fs::resize_file(folder + "/tokenizer/spiece.model", 1'000'000'000);
         },
         "bad-model",
         {"spiece.model", "too large"}},
    };
}

/// A worker that has done a job, so that what it takes for the next is that one's alone.
/// Thread: one.
class Victim {
public:
    Victim() {
        m_worker.event();
        expectDone("a job before");
        resetPeak();
        m_before = kilobytesOf(m_worker.processId(), "VmRSS");
    }

    Event outcome(GenerateRequest job) {
        job.id = std::to_string(++m_jobs);
        m_worker.send(job);
        return m_worker.outcome();
    }

    /// That it still makes what is right.
    void expectDone(const char* what) {
        const TemporaryFolder folder;
        const Event event = outcome(spoiled(folder, {what, [](const std::string&, GenerateRequest&) {}, "", {}}));
        if (!std::holds_alternative<FinishedEvent>(event)) {
            throw std::runtime_error(std::string(what) + ": " + toJsonLine(event));
        }
    }

    /// Only once for each: the allocator keeps what a hostile file took.
    void check(Checks& c, const Hostile& hostile) {
        const TemporaryFolder folder;
        const GenerateRequest job = spoiled(folder, hostile);
        const auto begin = std::chrono::steady_clock::now();
        const Event event = outcome(job);
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        const long grown = kilobytesOf(m_worker.processId(), "VmHWM") - m_before;
        std::printf("       %-55s %6.1f MB %5.2f s\n", hostile.name, static_cast<double>(grown) / 1000.0, seconds);
        if (grown >= kMostKilobytes || seconds >= kMostSeconds) {
            c.failed(hostile.name, 0, "took " + std::to_string(grown) + " kB, " + std::to_string(seconds) + " s");
        }
        checkVerdict(c, hostile, event);
        CHECK(c, fs::exists(job.outputPath + "/frames.safetensors") && !fs::exists(job.outputPath + ".partial"));
        expectDone("a job after");
    }

    static GenerateRequest spoiled(const TemporaryFolder& folder, const Hostile& hostile) {
        writeTinyModel(folder.file("model"), TinyModel{});
        GenerateRequest job;
        job.model = folder.file("model");
        job.prompts = {{"a lake", 0, 0}};
        job.width = 48;
        job.height = 32;
        job.frames = 5;
        job.steps = 2;
        job.outputPath = folder.file("out");
        fs::create_directory(job.outputPath); // the result of the job before
        writeFile(job.outputPath + "/frames.safetensors", "");
        hostile.spoil(job.model, job);
        return job;
    }

private:
    static void checkVerdict(Checks& c, const Hostile& hostile, const Event& event) {
        const auto* failed = std::get_if<FailedEvent>(&event);
        if (failed == nullptr || failed->code != hostile.code) {
            c.failed(hostile.name, 0, "unexpected end: " + toJsonLine(event).substr(0, 500));
            return;
        }
        for (const std::string& part : hostile.parts) {
            if (failed->detail.find(part) == std::string::npos) {
                c.failed(hostile.name, 0, "does not say '" + part + "': " + failed->detail);
            }
        }
    }

    void resetPeak() const { std::ofstream("/proc/" + std::to_string(m_worker.processId()) + "/clear_refs") << "5"; }

    WorkerProcess m_worker;
    int m_jobs = 0;
    long m_before = 0; ///< kilobytes
};

/// What is odd but right goes through: zeros, denormal numbers.
void oddNumbersAreNumbers(Checks& c) {
    Victim victim;
    const auto done = [&](const char* name, double value) {
        const TemporaryFolder folder;
        const Hostile odd{name, changed("proj_out.weight", [=](at::Tensor& t) { t.fill_(value); }), "", {}};
        const Event event = victim.outcome(Victim::spoiled(folder, odd));
        if (!std::holds_alternative<FinishedEvent>(event)) {
            c.failed(name, 0, toJsonLine(event));
        }
    };
    done("zeros", 0.0);
    done("denormal numbers", 1e-41);
}

} // namespace

int main() {
    ::setenv("FANTASCOPE_DEVICE", "cpu", 1);
    ::setenv("FANTASCOPE_DTYPE", "fp32", 1);
    Checks checks;
    const auto run = [&](const char* name, const std::vector<Hostile>& all) {
        checks.run(name, [&](Checks& c) {
            for (const Hostile& hostile : all) {
                Victim().check(c, hostile);
            }
        });
    };
    checks.run("odd numbers are numbers", oddNumbersAreNumbers);
    run("safetensors files that would exhaust", exhaustingFiles());
    run("safetensors files that are not whole", misshapenFiles());
    run("hostile indexes", indexes());
    run("pickles", pickles());
    run("hostile GGUF files", ggufFiles());
    run("files of something else", strangers());
    run("numbers that are none", numbers());
    run("hostile vocabularies", vocabularies());
    return checks.finish();
}
