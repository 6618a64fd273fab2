#pragma once

#include <QString>

/// Where things lie at run time. No folder is made by asking for it.
namespace app::folders {

/// Models and demo media: $FANTASCOPE_RESOURCES, else share/fantascope/resources beside the program's bin folder, else
/// the source tree's folder that the program was built from. Empty when none of them exists.
QString resources();

QString config(); ///< $XDG_CONFIG_HOME/fantascope
QString cache();  ///< $XDG_CACHE_HOME/fantascope: may be deleted at any time
QString state();  ///< $XDG_STATE_HOME/fantascope: the autosave journal
QString data();   ///< $XDG_DATA_HOME/fantascope: the user's models, media of projects that were never saved

/// The worker's executable: $FANTASCOPE_WORKER, else fantascope-worker beside this program, else in $PATH. Empty: none.
QString workerProgram();

} // namespace app::folders
