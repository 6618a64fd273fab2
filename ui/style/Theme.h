#pragma once

#include <QColor>

#include <cstdint>

class QApplication;

namespace ui {

/// The colours that painters use; the stylesheet in resources/themes uses the same ones. Neutral greys, so that the eye
/// judges the picture and not the frame around it; status never rests on colour alone.
namespace colors {
inline constexpr QRgb kWindow = 0xff1d1e20;
inline constexpr QRgb kPanel = 0xff242628;
inline constexpr QRgb kRaised = 0xff2e3134;
inline constexpr QRgb kLine = 0xff3a3d41;
inline constexpr QRgb kText = 0xffe3e5e8;
inline constexpr QRgb kDimText = 0xffa0a5ac;
inline constexpr QRgb kAccent = 0xff5b9cf0;
inline constexpr QRgb kAmber = 0xffe9a23b;
inline constexpr QRgb kRed = 0xffe5645c;
inline constexpr QRgb kGreen = 0xff62b67a;
inline constexpr QRgb kPlayhead = 0xfff05a4f;
inline constexpr QRgb kVideoClip = 0xff3d5a80;
inline constexpr QRgb kShotClip = 0xff5b4a86;
inline constexpr QRgb kTitleClip = 0xff5a6570;
inline constexpr QRgb kAudioClip = 0xff2f6b5e;
inline constexpr QRgb kPromptClip = 0xff7a5c2e;
inline constexpr QRgb kStyleClip = 0xff7a3f5c;
inline constexpr QRgb kMaskClip = 0xff7d3434;
} // namespace colors

/// Dark neutral palette and stylesheet for the whole program.
void applyTheme(QApplication& application);

} // namespace ui
