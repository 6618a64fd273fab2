#pragma once

#include <QIcon>

namespace ui {

/// An icon of resources/icons by its file name without ".svg", in the text colour, dimmed where disabled. Sharp at any
/// scale.
QIcon icon(const char* name);

} // namespace ui
