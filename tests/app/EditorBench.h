#pragma once

#include "app/EditorApplication.h"
#include "timeline/model/Query.h"
#include "timeline/model/Recipe.h"
#include "ui/timeline/TimelineCanvas.h"
#include "ui/timeline/TimelineView.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QTest>
#include <QTimer>

/// The whole editor, driven by its widgets.
namespace testing {

using namespace app;

inline constexpr int kPatience = 120'000; ///< milliseconds; a busy machine is slow, and none of this is about speed

inline QString demoFile(const char* name) {
    return qEnvironmentVariable("FANTASCOPE_RESOURCES") + "/demo/" + QLatin1String(name);
}

/// The whole editor with its own folders, driven by its widgets.
class Bench {
public:
    Bench() {
        editor.open({});
        editor.show();
        editor.window().activateWindow(); // shortcuts belong to the active window
    }

    template <typename T>
    T* child(const char* name) {
        T* found = editor.window().findChild<T*>(QLatin1String(name));
        if (!found) {
            qFatal("no %s", name);
        }
        return found;
    }
    ui::TimelineCanvas& canvas() { return editor.window().timelineView().canvas(); }
    const timeline::Timeline& film() { return *editor.document().timeline(); }
    const timeline::Track& track(timeline::TrackKind kind, int number = 0) {
        for (const timeline::Track& track : film().tracks) {
            if (track.kind == kind && number-- == 0) {
                return track;
            }
        }
        qFatal("no such track");
    }
    /// A point of the canvas, in the middle of a track's row.
    QPoint at(timeline::TrackId track, std::int64_t frame) {
        const ui::TimelineLayout& layout = canvas().layout();
        const ui::TrackRow* row = layout.rowOf(*timeline::trackIndex(film(), track));
        return QPointF(layout.xAt(static_cast<double>(frame) + 0.5), layout.rowRect(*row).center().y()).toPoint();
    }
    void drag(QPoint from, QPoint to) {
        QTest::mousePress(&canvas(), Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas(), (from + to) / 2);
        QTest::mouseMove(&canvas(), to);
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, to);
    }
    /// Types a path into the file dialog of that name when it opens and presses its button, again if it did not take
    /// that.
    void answerDialog(const char* name, const QString& path) {
        auto* timer = new QTimer(&editor);
        QObject::connect(timer, &QTimer::timeout, &editor,
                         [timer, wasOpen = false, name = QString::fromLatin1(name), path]() mutable {
                             QDialog* dialog = openDialog(name);
                             if (!dialog) {
                                 wasOpen ? timer->deleteLater() : void();
                                 return;
                             }
                             wasOpen = true;
                             auto* edit = dialog->findChild<QLineEdit*>("fileNameEdit");
                             edit->setCompleter(nullptr); // its pop-up would take the keys for itself
                             edit->selectAll();
                             QTest::keyClicks(edit, path);
                             for (QAbstractButton* button : dialog->findChild<QDialogButtonBox*>()->buttons()) {
                                 if (dialog->findChild<QDialogButtonBox*>()->buttonRole(button) ==
                                     QDialogButtonBox::AcceptRole) {
                                     QTest::mouseClick(button, Qt::LeftButton);
                                     return;
                                 }
                             }
                         });
        timer->start(200);
    }
    static QDialog* openDialog(const QString& name) {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            auto* dialog = qobject_cast<QDialog*>(widget);
            if (dialog && dialog->objectName() == name && dialog->isVisible()) {
                return dialog;
            }
        }
        return nullptr;
    }
    const timeline::Clip* onlyShot() {
        const timeline::Clip* shot = nullptr;
        for (const timeline::Track& track : film().tracks) {
            for (const timeline::ItemPtr& item : track.items) {
                const timeline::Clip* clip = timeline::asClip(item);
                shot = clip && timeline::isShot(*clip) ? clip : shot;
            }
        }
        return shot;
    }

    EditorApplication editor;
};

} // namespace testing
