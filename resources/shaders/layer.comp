#version 450
// Draws one layer: the sampling rule of timeline/render/LayerGeometry.h, then over. One invocation for each pixel of the
// frame that the layer touches, or of the whole frame for the layers of a dissolve.

layout(local_size_x = 16, local_size_y = 16) in;

struct TexelPosition {
    int column;
    float columnShare;
    int row;
    float rowShare;
};

layout(std430, binding = 0) readonly buffer Parameters {
    int pictureWidth, pictureHeight;
    int left, top, right, bottom;
    int tapsX, tapsY;
    float columnsPerX, rowsPerX, columnsPerY, rowsPerY;
    float inverseFootprintColumns, inverseFootprintRows;
    float weight;
} s;
layout(std430, binding = 1) readonly buffer Columns { TexelPosition columns[]; };
layout(std430, binding = 2) readonly buffer Rows { TexelPosition rows[]; };
layout(binding = 3) uniform sampler2D picture;
layout(binding = 4, rgba32f) uniform image2D frame;
layout(binding = 5, rgba32f) uniform image2D pair;

layout(push_constant) uniform Step {
    ivec2 origin;
    int inPair;     // sum into the pair instead of drawing
    int startsPair; // the first of it
    int endsPair;   // the last of it: the sum goes over the frame
    int hasPicture;
} step_;

vec4 bilinear(int column, float columnShare, int row, float rowShare) {
    vec2 whole = floor(vec2(columnShare, rowShare));
    float u = columnShare - whole.x;
    float v = rowShare - whole.y;
    ivec2 last = ivec2(s.pictureWidth - 1, s.pictureHeight - 1);
    ivec2 at = ivec2(column, row) + ivec2(whole);
    ivec2 a = clamp(at, ivec2(0), last);
    ivec2 d = clamp(at + 1, ivec2(0), last);
    vec4 upper = texelFetch(picture, a, 0) * (1.0 - u) + texelFetch(picture, ivec2(d.x, a.y), 0) * u;
    vec4 lower = texelFetch(picture, ivec2(a.x, d.y), 0) * (1.0 - u) + texelFetch(picture, d, 0) * u;
    return upper * (1.0 - v) + lower * v;
}

float covered(float fromFirst, float fromLast, float inverseFootprint) {
    return clamp(fromFirst * inverseFootprint + 0.5, 0.0, 1.0) - clamp(fromLast * inverseFootprint + 0.5, 0.0, 1.0);
}

vec4 sampled(ivec2 at) {
    if (at.x < s.left || at.y < s.top || at.x >= s.right || at.y >= s.bottom) {
        return vec4(0.0);
    }
    TexelPosition across = columns[at.x];
    TexelPosition down = rows[at.y];
    int column = across.column + down.column;
    int row = across.row + down.row;
    float columnShare = across.columnShare + down.columnShare;
    float rowShare = across.rowShare + down.rowShare;
    float columnEdge = columnShare + 0.5;
    float rowEdge = rowShare + 0.5;
    float coverage = covered(float(column) + columnEdge, float(column - s.pictureWidth) + columnEdge,
                             s.inverseFootprintColumns) *
                     covered(float(row) + rowEdge, float(row - s.pictureHeight) + rowEdge, s.inverseFootprintRows);
    if (coverage <= 0.0) {
        return vec4(0.0);
    }
    vec4 sum = vec4(0.0);
    for (int j = 0; j < s.tapsY; ++j) {
        float ty = (float(j) + 0.5) / float(s.tapsY) - 0.5;
        for (int i = 0; i < s.tapsX; ++i) {
            float tx = (float(i) + 0.5) / float(s.tapsX) - 0.5;
            sum += bilinear(column, columnShare + s.columnsPerX * tx + s.columnsPerY * ty, row,
                            rowShare + s.rowsPerX * tx + s.rowsPerY * ty);
        }
    }
    return sum * (coverage * s.weight / float(s.tapsX * s.tapsY));
}

void main() {
    ivec2 at = step_.origin + ivec2(gl_GlobalInvocationID.xy);
    ivec2 size = imageSize(frame);
    if (at.x >= size.x || at.y >= size.y) {
        return;
    }
    vec4 layer = step_.hasPicture != 0 ? sampled(at) : vec4(0.0);
    if (step_.inPair != 0) {
        if (step_.startsPair == 0) {
            layer += imageLoad(pair, at);
        }
        if (step_.endsPair == 0) {
            imageStore(pair, at, layer);
            return;
        }
    }
    vec4 below = imageLoad(frame, at);
    imageStore(frame, at, layer + below * (1.0 - layer.a));
}
