#include "generation/model/FileParity.h"

#include "generation/weights/Decode.h"

#include <ATen/ATen.h>

#include <optional>

namespace generation {

namespace {

constexpr std::string_view kRaw = ".raw";

std::optional<ElementType> quantisedType(std::string_view name) {
    for (auto type = ElementType::Q4_0; type <= ElementType::Q6_K;
         type = static_cast<ElementType>(static_cast<int>(type) + 1)) {
        if (elementTypeName(type) == name) {
            return type;
        }
    }
    return std::nullopt;
}

void runBlocks(const Safetensors& fixture, ParityReport& report) {
    for (const auto& [name, entry] : fixture.header().tensors) {
        if (!name.ends_with(kRaw)) {
            continue;
        }
        const std::string typeName = name.substr(0, name.size() - kRaw.size());
        const auto type = quantisedType(typeName);
        const std::string decodedName = typeName + ".deq";
        if (!type || !fixture.contains(decodedName)) {
            report.fail(name, "no block type that is known, or without its values");
            continue;
        }
        const at::Tensor raw = fixture.tensor(name).contiguous();
        const auto count = static_cast<std::size_t>(raw.numel());
        const BlockSize block = blockSize(*type);
        if (raw.scalar_type() != at::kByte || count % block.bytes != 0) {
            report.fail(name, "not whole blocks");
            continue;
        }
        const at::Tensor values =
            at::empty({static_cast<std::int64_t>(count / block.bytes * block.elements)}, at::kFloat);
        decode(*type, {static_cast<const std::byte*>(raw.data_ptr()), count}, values.data_ptr<float>());
        const at::Tensor expected = fixture.tensor(decodedName);
        report.compare(decodedName, values.numel() == expected.numel() ? values.view(expected.sizes()) : values,
                       expected, 0.0);
    }
}

} // namespace

std::vector<ParityCase> fileParityCases() {
    return {{"quantised blocks",
             [](const Safetensors& fixture) {
                 const auto& tensors = fixture.header().tensors;
                 return std::any_of(tensors.begin(), tensors.end(), [](const auto& item) {
                     return item.first.ends_with(kRaw) &&
                            quantisedType(std::string_view(item.first).substr(0, item.first.size() - kRaw.size()));
                 });
             },
             runBlocks}};
}

} // namespace generation
