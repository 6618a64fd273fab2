#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace generation {

class WeightSource;

/// The scales of 8-bit weights, by the name of the weight, and the names that only exist for their sake.
struct WeightScales {
    std::map<std::string, std::shared_ptr<const std::vector<float>>, std::less<>> scales;
    std::vector<std::string> helpers;
};

/// Finds what ComfyUI's scaled files add to a network: MODULE.scale_weight or MODULE.weight_scale (one number, or one a
/// row), MODULE.scale_input, which only concerns 8-bit arithmetic, the marker scaled_fp8, and MODULE.comfy_quant, a
/// JSON text that names how the module's weight is stored. Throws WeightsError for ways of storing that are not known
/// and for scales that fit no weight.
WeightScales findScales(const WeightSource& source);

} // namespace generation
