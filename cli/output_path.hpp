// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace entente::cli {

/// Throws Error{usage} when writing `path` would overwrite one of these files, by whatever spelling or link, there
/// or not yet there; a directory stands for all files in it. `-`, which is no file, is never meant.
/// To be asked before anything is read or made.
void refuse_overwriting(const std::string& path, const std::vector<std::string>& guarded);

/// The files of the database at this path: itself and its lock.
std::vector<std::string> database_files(const std::string& database);

}  // namespace entente::cli
