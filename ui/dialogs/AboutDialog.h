#pragma once

class QWidget;

namespace ui {

/// What the program is, its version and licence.
void showAboutDialog(QWidget* window);

} // namespace ui
