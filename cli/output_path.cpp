// SPDX-License-Identifier: MIT
#include "cli/output_path.hpp"

#include <filesystem>
#include <system_error>

#include "core/error.hpp"

namespace entente::cli {
namespace {

namespace fs = std::filesystem;

/// Do both names lead to one file, or would they if it were there?
bool same_file(const fs::path& a, const fs::path& b) {
    std::error_code error;
    if (fs::equivalent(a, b, error) && !error) return true;
    const fs::path plain_a = fs::weakly_canonical(a, error);
    if (error) return false;
    const fs::path plain_b = fs::weakly_canonical(b, error);
    return !error && plain_a == plain_b;
}

bool holds(const fs::path& directory, const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error)) return false;
    fs::recursive_directory_iterator at(directory, fs::directory_options::skip_permission_denied, error);
    for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        if (at->is_regular_file(ignored) && same_file(at->path(), path)) return true;
    }
    return false;
}

}  // namespace

void refuse_overwriting(const std::string& path, const std::vector<std::string>& guarded) {
    if (path.empty() || path == "-") return;
    for (const std::string& one : guarded) {
        if (one.empty() || one == "-") continue;
        std::error_code error;
        const bool inside = fs::is_directory(one, error);
        if (inside ? !holds(one, path) : !same_file(one, path)) continue;
        std::string text = path + " would be overwritten, which this command reads or keeps";
        if (path != one) text += inside ? ": it stands in " + one : " as " + one;
        throw Error(ErrorKind::usage, text, "nothing was read or written; name another file to write");
    }
}

std::vector<std::string> database_files(const std::string& database) { return {database, database + "-lock"}; }

}  // namespace entente::cli
