#pragma once

#include "timeline/base/Error.h"

#include <QString>

namespace ui {

/// What went wrong, as a sentence in the user's language with the file or clip concerned; a library's own words follow
/// in brackets where there are any.
QString errorText(const timeline::Error& error);

} // namespace ui
