#include "tests/benchmarks/KernelRecorder.h"

#include "generation/nn/Attention.h"

#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/record_function.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <limits>
#include <map>
#include <memory>
#include <set>

namespace generation::test {
namespace {

const std::set<std::string>& kernelNames() {
    static const std::set<std::string> names{
        "aten::linear",  "aten::addmm",  "aten::mm",     "aten::matmul",      "aten::bmm",
        "aten::baddbmm", "aten::conv2d", "aten::conv3d", "aten::convolution", "aten::scaled_dot_product_attention"};
    return names;
}

/// What one recording has seen. RecordFunction's callbacks are plain functions, so it hangs on each call's context.
/// Thread: the one that records.
struct Recording {
    std::vector<KernelCall> calls;
    int depth = 0;
};

struct CallContext final : at::ObserverContext {
    Recording* recording = nullptr;
};

Recording*& current() {
    static thread_local Recording* recording = nullptr;
    return recording;
}

c10::IValue standIn(const c10::IValue& value) {
    if (!value.isTensor() || !value.toTensor().defined()) {
        return value;
    }
    const at::Tensor& tensor = value.toTensor();
    at::Tensor copy = at::empty_strided(tensor.sizes(), tensor.strides(), tensor.options());
    if (copy.is_floating_point()) {
        copy.normal_(0.0, 0.1);
    }
    return copy;
}

/// The arguments with tensors as shapes: memory for stand-ins is made when they are measured.
std::vector<c10::IValue> shapesOf(const at::RecordFunction& function) {
    std::vector<c10::IValue> arguments;
    for (const c10::IValue& value : function.inputs()) {
        if (value.isTensor() && value.toTensor().defined()) {
            const at::Tensor& tensor = value.toTensor();
            arguments.emplace_back(
                at::empty_strided(tensor.sizes(), tensor.strides(), tensor.options().device(at::kMeta)));
        } else {
            arguments.push_back(value);
        }
    }
    return arguments;
}

std::unique_ptr<at::ObserverContext> onBegin(const at::RecordFunction& function) {
    Recording* recording = current();
    if (recording == nullptr || kernelNames().count(function.name()) == 0) {
        return nullptr;
    }
    if (recording->depth == 0) {
        try {
            recording->calls.push_back({function.name(), shapesOf(function)});
        } catch (const c10::Error&) {
            return nullptr; // some operators come without arguments: the one they call is recorded instead
        }
    }
    ++recording->depth;
    auto context = std::make_unique<CallContext>();
    context->recording = recording;
    return context;
}

void onEnd(const at::RecordFunction&, at::ObserverContext* context) {
    if (auto* call = static_cast<CallContext*>(context)) {
        --call->recording->depth;
    }
}

bool arePair(const KernelCall& scores, const KernelCall& values) {
    if (scores.name != "aten::bmm" || values.name != "aten::bmm") {
        return false;
    }
    const at::Tensor q = scores.arguments[0].toTensor();
    const at::Tensor k = scores.arguments[1].toTensor();
    const at::Tensor s = values.arguments[0].toTensor();
    return s.size(1) == q.size(1) && s.size(2) == k.size(2) && values.arguments[1].toTensor().size(2) == q.size(2);
}

/// Pairs of products that are an attention become one call.
std::vector<KernelCall> withAttention(std::vector<KernelCall> calls) {
    std::vector<KernelCall> result;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        if (i + 1 < calls.size() && arePair(calls[i], calls[i + 1])) {
            result.push_back({"attention",
                              {calls[i].arguments[0].toTensor().unsqueeze(0).contiguous(),
                               calls[i].arguments[1].toTensor().transpose(1, 2).unsqueeze(0).contiguous(),
                               calls[i + 1].arguments[1].toTensor().unsqueeze(0).contiguous()}});
            ++i;
        } else {
            result.push_back(std::move(calls[i]));
        }
    }
    return result;
}

/// Calls of the same operator over the same shapes take the same time.
std::string signature(const KernelCall& call) {
    std::string text = call.name;
    for (const c10::IValue& value : call.arguments) {
        if (value.isTensor() && value.toTensor().defined()) {
            for (const std::int64_t size : value.toTensor().sizes()) {
                text += ' ' + std::to_string(size);
            }
            text += c10::toString(value.toTensor().scalar_type());
        }
        text += ',';
    }
    return text;
}

void runCall(const KernelCall& call, const std::vector<c10::IValue>& arguments) {
    if (call.name == "attention") {
        const at::Tensor q = arguments[0].toTensor();
        attention(q, arguments[1].toTensor(), arguments[2].toTensor(), 1.0 / std::sqrt(static_cast<double>(q.size(3))));
        return;
    }
    std::vector<c10::IValue> stack = arguments;
    c10::Dispatcher::singleton().findSchemaOrThrow(call.name.c_str(), "").callBoxed(&stack);
}

} // namespace

std::vector<KernelCall> recordKernels(const std::function<void()>& work) {
    Recording recording;
    current() = &recording;
    const auto handle = at::addThreadLocalCallback(
        at::RecordFunctionCallback(onBegin, onEnd).needsInputs(true).scopes({at::RecordScope::FUNCTION}));
    work();
    at::removeCallback(handle);
    current() = nullptr;
    return withAttention(std::move(recording.calls));
}

Cost kernelCost(const std::vector<KernelCall>& calls, int rounds) {
    std::map<std::string, Cost> known;
    Cost sum;
    for (const KernelCall& call : calls) {
        const auto [entry, isNew] = known.try_emplace(signature(call));
        if (isNew) {
            std::vector<c10::IValue> arguments;
            for (const c10::IValue& value : call.arguments) {
                if (value.isTensor() && value.toTensor().defined()) {
                    const at::Tensor& shape = value.toTensor();
                    arguments.push_back(
                        standIn(at::empty_strided(shape.sizes(), shape.strides(), shape.options().device(at::kCPU))));
                } else {
                    arguments.push_back(value);
                }
            }
            entry->second = bestCost([&] { runCall(call, arguments); }, rounds);
        }
        sum.clock += entry->second.clock;
        sum.processor += entry->second.processor;
    }
    return sum;
}

Cost bestCost(const std::function<void()>& work, int rounds) {
    const auto seconds = [](clockid_t clock) {
        timespec now{};
        clock_gettime(clock, &now);
        return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
    };
    Cost best{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    for (int i = 0; i < rounds; ++i) {
        const double clock = seconds(CLOCK_MONOTONIC);
        const double processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
        work();
        best.processor = std::min(best.processor, seconds(CLOCK_PROCESS_CPUTIME_ID) - processor);
        best.clock = std::min(best.clock, seconds(CLOCK_MONOTONIC) - clock);
    }
    return best;
}

} // namespace generation::test
