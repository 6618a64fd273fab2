#pragma once

class QApplication;
class QLocale;

namespace ui {

/// The translations of Fantascope and of Qt's own dialogs; English where there is none.
void installTranslations(QApplication& application, const QLocale& locale);

} // namespace ui
