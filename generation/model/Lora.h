#pragma once

#include "generation/weights/WeightSource.h"

#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <vector>

namespace generation {

/// What a LoRA file says of one map: factors, or whole differences, or both.
struct LoraDelta {
    at::Tensor down;               ///< [r, in], as stored; undefined: no factors
    at::Tensor up;                 ///< [out, r]
    double scale = 1.;             ///< alpha / r
    at::Tensor weight;             ///< a difference of the whole weight, of its shape
    at::Tensor bias;               ///< a difference of the bias
    bool biasIsScaled = false;     ///< it is the second factor's own (PEFT): `scale` is in it already
    std::vector<std::string> keys; ///< the names in the file
};

/// A LoRA file (engine spec section 9): PEFT, original Wan, ComfyUI and kohya spellings, whole differences. Deltas are
/// under the names that the file uses, without prefix and suffix; LoraSet finds what they mean.
/// Thread: an immutable value; tensors are views of the mapped file.
class Lora {
public:
    /// Throws WeightsError: not such a file, factors that do not fit each other, kinds that are not known (DoRA, LoHa,
    /// LoKr and the like), which would be wrong to apply in part.
    static Lora open(const std::string& path);

    /// From tensors of a file that may hold more; adapterMetadata is the JSON under "lora_adapter_metadata", or empty.
    static Lora read(const WeightSource& source, const std::string& adapterMetadata = {});

    const std::string& where() const { return m_where; }
    const std::map<std::string, LoraDelta>& deltas() const { return m_deltas; }
    /// Names in the file that are of no known kind.
    const std::vector<std::string>& unknown() const { return m_unknown; }

private:
    void take(const WeightSource& source, const std::string& key);
    void finish(const std::string& adapterMetadata);

    std::string m_where;
    std::map<std::string, LoraDelta> m_deltas;
    std::map<std::string, double> m_alphas;
    std::vector<std::string> m_unknown;
};

/// Every name under which LoRA files speak of a network's part: that of diffusers, that of the original Wan code, and
/// both with underscores instead of dots.
std::vector<std::string> loraSpellings(const std::string& part);

} // namespace generation
