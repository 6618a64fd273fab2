#pragma once

#include <QString>

namespace ui {

/// A tool tip that shows the text as it is, with its lines wrapped: Qt takes what looks like markup for markup, and
/// file names can look like anything.
QString plainToolTip(const QString& text);

} // namespace ui
