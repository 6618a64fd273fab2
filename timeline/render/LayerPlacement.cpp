#include "timeline/render/LayerPlacement.h"

#include <algorithm>
#include <string>

namespace timeline {

namespace {

/// Limited to 0..1; what is no number is 0.
double share(double value) {
    return value > 0 ? std::min(value, 1.0) : 0.0;
}

} // namespace

Result<std::vector<LayerPlacement>> placeLayers(const FramePlan& plan, std::span<const PicturePtr> pictures) {
    const std::string size = std::to_string(plan.width) + "x" + std::to_string(plan.height);
    if (plan.width < 1 || plan.height < 1 || pictures.size() != plan.layers.size()) {
        return Error{ErrorCode::InvalidArgument, {}, size};
    }
    if (plan.width > kMaxFrameSize || plan.height > kMaxFrameSize) {
        return Error{ErrorCode::TooLarge, {}, size};
    }
    std::vector<LayerPlacement> placements;
    for (std::size_t i = 0; i < plan.layers.size(); ++i) {
        const FrameLayer& layer = plan.layers[i];
        LayerPlacement placement;
        placement.isIncoming = layer.isIncoming && i > 0;
        placement.isOutgoing = i + 1 < plan.layers.size() && plan.layers[i + 1].isIncoming;
        double weight = share(layer.opacity);
        if (layer.isIncoming) {
            weight *= share(layer.dissolve);
        } else if (placement.isOutgoing) {
            weight *= 1.0 - share(plan.layers[i + 1].dissolve);
        }
        if (pictures[i] && weight > 0) {
            if (auto geometry = layerGeometry(*pictures[i], layer.transform, {plan.width, plan.height})) {
                placement.picture = pictures[i];
                placement.geometry = std::move(*geometry);
                placement.geometry.sampling.weight = static_cast<float>(weight);
            }
        }
        if (placement.picture || placement.isIncoming || placement.isOutgoing) {
            placements.push_back(std::move(placement));
        }
    }
    return placements;
}

} // namespace timeline
