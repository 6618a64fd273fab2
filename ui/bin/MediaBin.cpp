#include "ui/bin/MediaBin.h"

#include "ui/bin/BinRoles.h"
#include "ui/bin/MediaDelegate.h"
#include "ui/bin/MediaMime.h"
#include "ui/style/Icons.h"

#include <QAction>
#include <QDrag>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QSortFilterProxyModel>
#include <QToolButton>

#include <algorithm>

namespace ui {
namespace {

constexpr int kLeastListHeight = 40; ///< small screens at large scales

/// Drags the rows' files instead of the model's own format.
class MediaListView : public QListView {
public:
    using QListView::QListView;

protected:
    void keyPressEvent(QKeyEvent* event) override {
        const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (isReturn && (event->modifiers() & Qt::AltModifier)) {
            event->accept(); // "as style" or "as mask", which not all media can be; not the plain Return of others
            return;
        }
        QListView::keyPressEvent(event);
    }
    void startDrag(Qt::DropActions) override {
        QStringList paths;
        for (const QModelIndex& index : selectedIndexes()) {
            paths << index.data(BinPathRole).toString();
        }
        if (paths.isEmpty()) {
            return;
        }
        auto* drag = new QDrag(this);
        drag->setMimeData(mimeFromPaths(paths));
        drag->exec(Qt::CopyAction);
    }
};

/// The media to search in and to drag, whatever the model thinks of dragging.
class BinFilter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    Qt::ItemFlags flags(const QModelIndex& index) const override {
        const Qt::ItemFlags flags = QSortFilterProxyModel::flags(index);
        return index.isValid() ? flags | Qt::ItemIsDragEnabled : flags;
    }
};

} // namespace

MediaBin::MediaBin(QAbstractItemModel& media, QWidget* parent)
    : QWidget(parent), m_filter(new BinFilter(this)), m_list(new MediaListView(this)) {
    setObjectName(QStringLiteral("mediaBin"));
    setAccessibleName(tr("Media bin"));
    setAcceptDrops(true);
    m_filter->setSourceModel(&media);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setSortCaseSensitivity(Qt::CaseInsensitive);
    buildList();

    auto* search = new QLineEdit(this);
    search->setObjectName(QStringLiteral("mediaSearch"));
    search->setPlaceholderText(tr("Search media"));
    search->setAccessibleName(tr("Search media"));
    search->setClearButtonEnabled(true);
    connect(search, &QLineEdit::textChanged, m_filter, &QSortFilterProxyModel::setFilterFixedString);

    auto* import = new QToolButton(this);
    import->setObjectName(QStringLiteral("importButton"));
    import->setIcon(icon("import"));
    import->setText(tr("Import"));
    import->setToolTip(tr("Add files to the media bin"));
    import->setAccessibleName(tr("Import media"));
    import->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(import, &QToolButton::clicked, this, &MediaBin::chooseFiles);

    auto* hint = new QLabel(tr("Drop clips, pictures and sound here."), this);
    hint->setObjectName(QStringLiteral("mediaHint"));
    hint->setAlignment(Qt::AlignCenter);
    hint->setWordWrap(true);
    hint->setProperty("dim", true);

    auto* bar = new QHBoxLayout;
    bar->addWidget(search, 1);
    bar->addWidget(import);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addLayout(bar);
    layout->addWidget(hint);
    layout->addWidget(m_list, 1);
    const auto showHint = [hint, &media] { hint->setVisible(media.rowCount() == 0); };
    connect(&media, &QAbstractItemModel::rowsInserted, hint, showHint);
    connect(&media, &QAbstractItemModel::rowsRemoved, hint, showHint);
    connect(&media, &QAbstractItemModel::modelReset, hint, showHint);
    showHint();
}

void MediaBin::buildList() {
    m_list->setObjectName(QStringLiteral("mediaList"));
    m_list->setAccessibleName(tr("Media"));
    m_list->setModel(m_filter);
    m_list->setItemDelegate(new MediaDelegate(m_list));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setMinimumHeight(kLeastListHeight);
    m_list->setUniformItemSizes(true);
    m_list->setDragEnabled(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_list, &QListView::activated, this, [this] { Q_EMIT insertRequested(selectedPaths()); });

    buildMenu();
}

void MediaBin::buildMenu() {
    auto* insert = new QAction(tr("Overwrite at Playhead"), m_list);
    insert->setObjectName(QStringLiteral("mediaInsert"));
    connect(insert, &QAction::triggered, this, [this] { Q_EMIT insertRequested(selectedPaths()); });
    QAction* style = laneAction(tr("Insert as Style at Playhead"), timeline::TrackKind::Style);
    style->setObjectName(QStringLiteral("mediaStyle"));
    style->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Return));
    QAction* mask = laneAction(tr("Insert as Mask at Playhead"), timeline::TrackKind::Mask);
    mask->setObjectName(QStringLiteral("mediaMask"));
    mask->setShortcut(QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Return));
    auto* remove = new QAction(tr("Remove from Bin"), m_list);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, [this] { Q_EMIT removeRequested(selectedPaths()); });
    m_list->addActions({insert, style, mask, remove});
}

QAction* MediaBin::laneAction(const QString& text, timeline::TrackKind kind) {
    auto* action = new QAction(text, m_list);
    action->setShortcutContext(Qt::WidgetShortcut);
    action->setEnabled(false);
    connect(action, &QAction::triggered, this, [this, kind] { Q_EMIT laneRequested(selectedPaths(), kind); });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, action, [this, action, kind] {
        const auto fits = [kind](const QModelIndex& row) {
            const auto media = static_cast<BinKind>(row.data(BinKindRole).toInt());
            return media == BinKind::Still || (media == BinKind::Film && kind == timeline::TrackKind::Mask);
        };
        const QModelIndexList rows = m_list->selectionModel()->selectedIndexes();
        action->setEnabled(!rows.isEmpty() && std::ranges::all_of(rows, fits));
    });
    return action;
}

QStringList MediaBin::selectedPaths() const {
    QStringList paths;
    for (const QModelIndex& index : m_list->selectionModel()->selectedIndexes()) {
        paths << index.data(BinPathRole).toString();
    }
    return paths;
}

void MediaBin::chooseFiles() {
    auto* dialog = new QFileDialog(this, tr("Import Media"));
    dialog->setObjectName(QStringLiteral("importDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Film, pictures and sound (%1)")
             .arg(QStringLiteral("*.mp4 *.mov *.mkv *.webm *.avi *.mxf *.m4v *.mts *.png *.jpg *.jpeg "
                                 "*.tif *.tiff *.exr *.webp *.bmp *.wav *.flac *.mp3 *.ogg *.opus "
                                 "*.m4a *.aac")),
         tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &MediaBin::importRequested);
    dialog->open();
}

void MediaBin::dragEnterEvent(QDragEnterEvent* event) {
    if (event->source() != m_list && hasPaths(event->mimeData())) {
        event->acceptProposedAction();
    }
}

void MediaBin::dropEvent(QDropEvent* event) {
    Q_EMIT importRequested(pathsFromMime(event->mimeData()));
    event->acceptProposedAction();
}

} // namespace ui
