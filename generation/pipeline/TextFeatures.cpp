#include "generation/pipeline/TextFeatures.h"

#include "generation/pipeline/JobError.h"
#include "generation/pipeline/TensorFile.h"
#include "generation/protocol/Sha256.h"
#include "generation/weights/WeightsError.h"

#include <ATen/ATen.h>

#include <filesystem>
#include <utility>

namespace generation {
namespace {

namespace fs = std::filesystem;

/// 64 times 512 rows of the largest published encoder are 512 MB; shorter prompts take less.
constexpr std::size_t kMaxKept = 64;
constexpr const char* kRows = "features";

/// Without the zero rows behind the text.
at::Tensor trimmed(const at::Tensor& features) {
    const at::Tensor used = features.ne(0.0).any(2).squeeze(0).nonzero();
    const std::int64_t rows = used.size(0) > 0 ? used.max().item<std::int64_t>() + 1 : 0;
    return features.narrow(1, 0, std::max<std::int64_t>(1, rows));
}

} // namespace

TextFeatures::TextFeatures(std::string folder, std::string encoderHash)
    : m_folder(std::move(folder)), m_encoderHash(std::move(encoderHash)) {}

std::string TextFeatures::fileFor(const std::string& prompt) const {
    Sha256 hash;
    hash.add(m_encoderHash);
    hash.add(std::string(1, '\0'));
    hash.add(prompt);
    return m_folder + "/text-" + hash.hex() + ".safetensors";
}

at::Tensor TextFeatures::get(const std::string& prompt, std::int64_t length,
                             const std::function<at::Tensor(const std::string&)>& encode) {
    const auto padded = [&](const at::Tensor& rows) {
        return at::constant_pad_nd(rows, {0, 0, 0, length - rows.size(1)});
    };
    if (const auto known = m_known.find(prompt); known != m_known.end()) {
        return padded(known->second);
    }
    if (m_known.size() >= kMaxKept) {
        m_known.clear();
    }
    std::error_code error;
    const std::string path = m_folder.empty() ? std::string() : fileFor(prompt);
    if (!path.empty() && fs::exists(path, error)) {
        try {
            const at::Tensor rows = readTensorFile(path).tensors.at(kRows);
            if (rows.dim() == 3 && rows.size(0) == 1 && rows.size(1) <= length) {
                return padded(m_known.emplace(prompt, rows).first->second);
            }
        } catch (const WeightsError&) {
            // Damaged: made again below.
        } catch (const std::out_of_range&) {
        }
    }
    const at::Tensor rows = trimmed(encode(prompt).to(at::kCPU, at::kFloat)).clone();
    if (!at::isfinite(rows).all().item<bool>()) {
        return padded(rows); // the run will say so; it is nothing to remember
    }
    m_known.emplace(prompt, rows);
    if (!path.empty()) {
        try {
            fs::create_directories(m_folder, error);
            writeTensorFile(path, {{kRows, rows}}, {});
        } catch (const JobError&) {
            // A cache that cannot be written only costs time.
        }
    }
    return padded(rows);
}

} // namespace generation
