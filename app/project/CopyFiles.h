#pragma once

#include "app/project/Relocate.h"

#include <cstdint>
#include <stop_token>

namespace app {

/// Gives the file a second name: nothing is copied, and takes never change. @return false where that cannot be done
/// (another disk, another file system); a file that is already there is the same take.
bool linkFile(const FileCopy& copy);

/// Copies one file over what is there; it appears under its name when it is complete. ReadFailed, WriteFailed,
/// DiskFull, Cancelled. Thread: any.
/// @param copied  called with the number of bytes of each piece
timeline::Result<void> copyFile(const FileCopy& copy, const std::stop_token& stop,
                                const std::function<void(std::uint64_t)>& copied);

/// Copies files that are not there yet; each appears under its name when it is complete. Cancelled or failed, those
/// that are complete stay. Errors as copyFile(). Thread: any.
/// @param progress  the share that is done, 0 to 1
timeline::Result<void> copyFiles(const std::vector<FileCopy>& copies, const std::stop_token& stop,
                                 const std::function<void(double)>& progress);

} // namespace app
