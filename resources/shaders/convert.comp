#version 450
// A picture's planes as linear, premultiplied BT.709 light: the steps and numbers of timeline/render/Conversion.h, in the
// same order as its reference loops. One invocation for each pixel of the stored picture.

layout(local_size_x = 16, local_size_y = 16) in;

layout(std430, binding = 0) readonly buffer Parameters {
    int width, height, chromaWidth, chromaHeight;
    int model, alphaMode, isFloat, isLinear, hasPrimaries;
    float chromaScaleX, chromaScaleY, chromaOffsetX, chromaOffsetY;
    float lumaOffset, lumaScale, chromaOffset, chromaScale, alphaScale;
    float redFromCr, greenFromCb, greenFromCr, blueFromCb;
    float primaries[9];
} p;
layout(std430, binding = 1) readonly buffer TransferTable { float table[]; };
layout(binding = 2) uniform usampler2D plane0;
layout(binding = 3) uniform usampler2D plane1;
layout(binding = 4) uniform usampler2D plane2;
layout(binding = 5) uniform usampler2D plane3;
layout(binding = 6, rgba32f) writeonly uniform image2D result;

const int kYuv = 1, kGray = 2;
const int kNoAlpha = 0, kPremultiplied = 2;
const int kSteps = 4096, kFirst = -1, kLast = 3;
const float kMaxLight = 65504.0;

float sampleValue(uint bits) {
    if (p.isFloat == 0) {
        return float(bits);
    }
    // Not a number is found by its bits: a compiler may assume that isnan() is false.
    if ((bits & 0x7fffffffu) > 0x7f800000u) {
        return 0.0;
    }
    return clamp(uintBitsToFloat(bits), -kMaxLight, kMaxLight);
}

float luma(uint bits) { return (sampleValue(bits) - p.lumaOffset) * p.lumaScale; }

float chroma(usampler2D plane, ivec2 at) {
    vec2 position = vec2(at) * vec2(p.chromaScaleX, p.chromaScaleY) + vec2(p.chromaOffsetX, p.chromaOffsetY);
    vec2 whole = floor(position);
    vec2 share = position - whole;
    ivec2 last = ivec2(p.chromaWidth - 1, p.chromaHeight - 1);
    ivec2 a = clamp(ivec2(whole), ivec2(0), last);
    ivec2 b = clamp(ivec2(whole) + 1, ivec2(0), last);
    float left = sampleValue(texelFetch(plane, a, 0).r) * (1.0 - share.y) +
                 sampleValue(texelFetch(plane, ivec2(a.x, b.y), 0).r) * share.y;
    float right = sampleValue(texelFetch(plane, ivec2(b.x, a.y), 0).r) * (1.0 - share.y) +
                  sampleValue(texelFetch(plane, b, 0).r) * share.y;
    return (left * (1.0 - share.x) + right * share.x - p.chromaOffset) * p.chromaScale;
}

vec3 codedColor(ivec2 at) {
    float first = luma(texelFetch(plane0, at, 0).r);
    if (p.model == kGray) {
        return vec3(first);
    }
    if (p.model == kYuv) {
        float cb = chroma(plane1, at);
        float cr = chroma(plane2, at);
        return vec3(first + p.redFromCr * cr, first + p.greenFromCb * cb + p.greenFromCr * cr,
                    first + p.blueFromCb * cb);
    }
    return vec3(first, luma(texelFetch(plane1, at, 0).r), luma(texelFetch(plane2, at, 0).r));
}

float codedAlpha(ivec2 at) {
    if (p.alphaMode == kNoAlpha) {
        return 1.0;
    }
    uint bits = p.model == kGray ? texelFetch(plane1, at, 0).r : texelFetch(plane3, at, 0).r;
    return clamp(sampleValue(bits) * p.alphaScale, 0.0, 1.0);
}

float linear(float coded) {
    float position = clamp(coded, float(kFirst), float(kLast)) * float(kSteps);
    int index = min(int(position - float(kFirst * kSteps)), (kLast - kFirst) * kSteps - 1);
    float share = position - float(index + kFirst * kSteps);
    return table[index] + (table[index + 1] - table[index]) * share;
}

void main() {
    ivec2 at = ivec2(gl_GlobalInvocationID.xy);
    if (at.x >= p.width || at.y >= p.height) {
        return;
    }
    vec3 color = codedColor(at);
    float alpha = codedAlpha(at);
    bool divide = p.alphaMode == kPremultiplied && p.isLinear == 0;
    if (divide) {
        color = alpha > 0.0 ? color / alpha : vec3(0.0);
    }
    if (p.isLinear == 0) {
        color = vec3(linear(color.r), linear(color.g), linear(color.b));
    }
    if (p.hasPrimaries != 0) {
        color = vec3(p.primaries[0] * color.r + p.primaries[1] * color.g + p.primaries[2] * color.b,
                     p.primaries[3] * color.r + p.primaries[4] * color.g + p.primaries[5] * color.b,
                     p.primaries[6] * color.r + p.primaries[7] * color.g + p.primaries[8] * color.b);
    }
    float weight = p.alphaMode == kPremultiplied && !divide ? 1.0 : alpha;
    imageStore(result, at, vec4(color * weight, alpha));
}
