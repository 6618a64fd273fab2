#include "ui/style/Theme.h"

#include <QApplication>
#include <QFile>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

namespace ui {
namespace {

QPalette darkPalette() {
    const auto color = [](QRgb value) { return QColor::fromRgb(value); };
    QPalette palette;
    palette.setColor(QPalette::Window, color(colors::kWindow));
    palette.setColor(QPalette::WindowText, color(colors::kText));
    palette.setColor(QPalette::Base, color(0xff191a1c));
    palette.setColor(QPalette::AlternateBase, color(colors::kPanel));
    palette.setColor(QPalette::Text, color(colors::kText));
    palette.setColor(QPalette::Button, color(colors::kRaised));
    palette.setColor(QPalette::ButtonText, color(colors::kText));
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::Highlight, color(0xff35629c));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, color(colors::kAccent));
    palette.setColor(QPalette::LinkVisited, color(colors::kAccent));
    palette.setColor(QPalette::ToolTipBase, color(colors::kRaised));
    palette.setColor(QPalette::ToolTipText, color(colors::kText));
    palette.setColor(QPalette::PlaceholderText, color(0xff80858c));
    palette.setColor(QPalette::Light, color(0xff3a3d41));
    palette.setColor(QPalette::Midlight, color(0xff33363a));
    palette.setColor(QPalette::Mid, color(0xff2a2c2f));
    palette.setColor(QPalette::Dark, color(0xff141517));
    palette.setColor(QPalette::Shadow, color(0xff0c0c0d));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        palette.setColor(QPalette::Disabled, role, color(0xff75797f));
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, color(colors::kRaised));
    return palette;
}

} // namespace

void applyTheme(QApplication& application) {
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setPalette(darkPalette());
    QFile sheet(QStringLiteral(":/themes/dark.qss"));
    if (sheet.open(QIODevice::ReadOnly)) {
        application.setStyleSheet(QString::fromUtf8(sheet.readAll()));
    }
}

} // namespace ui
