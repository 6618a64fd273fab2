#include "generation/nn/Linear.h"

#include <ATen/ATen.h>

namespace generation {

at::Tensor Linear::operator()(const at::Tensor& x) const {
    const at::Tensor input = x.to(weight.scalar_type());
    return at::linear(input, weight, bias.defined() ? bias.to(weight.scalar_type()) : bias);
}

} // namespace generation
