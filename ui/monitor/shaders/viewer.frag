#version 450

layout(location = 0) in vec2 place;
layout(location = 0) out vec4 color;
layout(binding = 0) uniform sampler2D frame;

// The frame is display-coded already: what is shown is what is encoded.
void main() {
    color = vec4(texture(frame, place).rgb, 1.0);
}
