#include "generation/nn/Recompute.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

namespace generation {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
/// An undefined tensor is no argument of a Function.
using Maybe = c10::optional<at::Tensor>;
using Body = std::function<at::Tensor(const RecomputeInputs&)>;

/// Keeps the function with the graph.
/// Thread: a value.
struct BodyHolder : torch::CustomClassHolder {
    explicit BodyHolder(Body body) : run(std::move(body)) {}
    Body run;
};

struct RecomputeFunction : torch::autograd::Function<RecomputeFunction> {
    /// `always` asks for a gradient, so that one is computed where only what body holds wants it.
    static at::Tensor forward(AutogradContext* context, c10::intrusive_ptr<BodyHolder> body, const at::Tensor& always,
                              const Maybe& a, const Maybe& b, const Maybe& c, const Maybe& d, const Maybe& e,
                              const Maybe& f) {
        (void)always;
        const at::Tensor none;
        const RecomputeInputs inputs{a.value_or(none), b.value_or(none), c.value_or(none),
                                     d.value_or(none), e.value_or(none), f.value_or(none)};
        context->save_for_backward(variable_list(inputs.begin(), inputs.end()));
        context->saved_data["body"] = c10::IValue::make_capsule(body);
        return body->run(inputs);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        RecomputeInputs inputs;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (saved[i].defined()) {
                inputs[i] = saved[i].detach().set_requires_grad(saved[i].requires_grad());
            }
        }
        const auto body = c10::static_intrusive_pointer_cast<BodyHolder>(context->saved_data["body"].toCapsule());
        {
            const c10::AutoGradMode recording(true);
            body->run(inputs).backward(gradients[0]);
        }
        variable_list result{at::Tensor(), at::Tensor()};
        for (const at::Tensor& input : inputs) {
            result.push_back(input.defined() ? input.grad() : at::Tensor());
        }
        return result;
    }
};

} // namespace

at::Tensor recomputed(const Body& body, const RecomputeInputs& inputs) {
    const at::Tensor always = at::empty({0}).set_requires_grad(true);
    const auto maybe = [&](std::size_t i) { return inputs[i].defined() ? Maybe(inputs[i]) : c10::nullopt; };
    return RecomputeFunction::apply(c10::make_intrusive<BodyHolder>(body), always, maybe(0), maybe(1), maybe(2),
                                    maybe(3), maybe(4), maybe(5));
}

} // namespace generation
