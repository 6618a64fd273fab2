#pragma once

#include "generation/protocol/Event.h"

#include <QString>

namespace app {

/// What the worker had to say of a job that goes on, in the user's language: of a code that this version does not know,
/// the code and the worker's own words.
QString noticeText(const generation::NoticeEvent& notice);

} // namespace app
