#include "generation/training/Lanes.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <exception>
#include <thread>

namespace generation {

void inLanes(std::size_t count, const std::function<void(std::size_t lane)>& body) {
    if (count == 1) {
        body(0);
        return;
    }
    const int threads = at::get_num_threads();
    std::vector<std::exception_ptr> errors(count);
    {
        std::vector<std::jthread> lanes;
        for (std::size_t i = 0; i < count; ++i) {
            lanes.emplace_back([&, i] {
                at::set_num_threads(1); // of this thread, and of those that are new
                try {
                    body(i);
                } catch (...) {
                    errors[i] = std::current_exception();
                }
            });
        }
    }
    at::set_num_threads(threads);
    for (const std::exception_ptr& error : errors) {
        if (error) {
            std::rethrow_exception(error);
        }
    }
}

TensorMap laneLeaves(const TensorMap& leaves) {
    TensorMap own;
    for (const auto& [name, leaf] : leaves) {
        own[name] = leaf.detach().set_requires_grad(true);
    }
    return own;
}

void addLaneGradients(const TensorMap& leaves, const std::vector<TensorMap>& lanes) {
    const c10::NoGradGuard quiet;
    for (const auto& [name, leaf] : leaves) {
        for (const TensorMap& lane : lanes) {
            const at::Tensor& gradient = lane.at(name).grad();
            if (!gradient.defined()) {
                continue;
            }
            if (leaf.grad().defined()) {
                leaf.mutable_grad().add_(gradient);
            } else {
                leaf.mutable_grad() = gradient;
            }
        }
    }
}

} // namespace generation
