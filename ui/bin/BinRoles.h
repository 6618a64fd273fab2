#pragma once

#include <Qt>

namespace ui {

/// What the media bin reads of each row of its model, beside Qt::DisplayRole (the file's name), Qt::DecorationRole (a
/// QImage or QIcon, may be missing) and Qt::ToolTipRole (the facts of the file).
enum BinRole : int {
    BinPathRole = Qt::UserRole + 1, ///< QString, absolute path
    BinKindRole,                    ///< int, a BinKind
    BinDetailRole,                  ///< QString, the second line: length, size, rate
    BinProblemRole,                 ///< QString, why the file cannot be used; empty when it can
};

enum class BinKind : int { Film, Still, Sound, Unknown };

} // namespace ui
