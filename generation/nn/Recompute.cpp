#include "generation/nn/Recompute.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>
#include <vector>

namespace generation {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using Body = std::function<at::Tensor(const RecomputeInputs&)>;

/// Keeps the function with the graph.
/// Thread: a value.
struct BodyHolder : torch::CustomClassHolder {
    BodyHolder(Body body, const RecomputeInputs& inputs) : run(std::move(body)) {
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            isThere[i] = inputs[i].defined();
        }
    }

    /// The inputs in their places from those that are there.
    RecomputeInputs spread(at::ArrayRef<at::Tensor> defined) const {
        RecomputeInputs all;
        std::size_t next = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (isThere[i]) {
                all[i] = defined[next++];
            }
        }
        return all;
    }

    Body run;
    std::array<bool, std::tuple_size_v<RecomputeInputs>> isThere{};
};

struct RecomputeFunction : torch::autograd::Function<RecomputeFunction> {
    /// `always` asks for a gradient, so that one is computed where only what body holds wants it. An undefined tensor
    /// is no argument of a Function, so only those that are there come here.
    static at::Tensor forward(AutogradContext* context, c10::intrusive_ptr<BodyHolder> body, const at::Tensor& always,
                              at::TensorList defined) {
        (void)always;
        context->save_for_backward(defined.vec());
        context->saved_data["body"] = c10::IValue::make_capsule(body);
        return body->run(body->spread(defined));
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        variable_list inputs;
        for (const at::Tensor& saved : context->get_saved_variables()) {
            inputs.push_back(saved.detach().set_requires_grad(saved.requires_grad()));
        }
        const auto body = c10::static_intrusive_pointer_cast<BodyHolder>(context->saved_data["body"].toCapsule());
        {
            const c10::AutoGradMode recording(true);
            body->run(body->spread(inputs)).backward(gradients[0]);
        }
        variable_list result{at::Tensor(), at::Tensor()};
        for (const at::Tensor& input : inputs) {
            result.push_back(input.grad());
        }
        return result;
    }
};

} // namespace

at::Tensor recomputed(const Body& body, const RecomputeInputs& inputs) {
    const at::Tensor always = at::empty({0}).set_requires_grad(true);
    std::vector<at::Tensor> defined;
    std::copy_if(inputs.begin(), inputs.end(), std::back_inserter(defined),
                 [](const at::Tensor& input) { return input.defined(); });
    return RecomputeFunction::apply(c10::make_intrusive<BodyHolder>(body, inputs), always, at::TensorList(defined));
}

} // namespace generation
