#pragma once

#include <functional>

class QString;
class QWidget;

namespace ui {

/// Asks for a project to open; calls `chosen` unless cancelled.
void askForProject(QWidget* window, const QString& folder, std::function<void(const QString& path)> chosen);
/// Asks where to save, waiting for the answer; empty when cancelled. Always ends in ".otio".
QString askWhereToSave(QWidget* window, const QString& proposed);

} // namespace ui
