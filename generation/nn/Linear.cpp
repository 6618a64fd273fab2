#include "generation/nn/Linear.h"

#include <ATen/ATen.h>

namespace generation {

at::Tensor Linear::operator()(const at::Tensor& x) const {
    const at::Tensor input = x.to(weight.scalar_type());
    at::Tensor y = at::linear(input, weight, bias.defined() ? bias.to(weight.scalar_type()) : bias);
    for (const LowRankTerm& term : terms) {
        if (term.scale == 0.0) {
            continue;
        }
        const at::Tensor hidden = at::linear(input, term.down).flatten(0, -2);
        at::Tensor part = y.view({-1, y.size(-1)}).narrow(1, term.begin, term.up.size(0));
        part.addmm_(hidden, term.up.t(), 1.0, term.scale);
    }
    return y;
}

} // namespace generation
