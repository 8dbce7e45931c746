// SPDX-License-Identifier: MIT
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>
#include <system_error>

namespace entente {

/// How to write a file whole or not at all: under `writing` first, and when that went well renamed to `path`.
/// Both are the same for what is no regular file, such as a pipe or a device, which is written as it stands.
struct OutputPlace {
    std::string writing;
    std::string path;  ///< for a symbolic link what it leads to
    [[nodiscard]] bool beside() const { return writing != path; }
};

inline OutputPlace output_place(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::exists(status) && !fs::is_regular_file(status)) return {path, path};
    std::string to = path;
    if (fs::is_symlink(path, error)) {
        const fs::path end = fs::weakly_canonical(path, error);
        if (!error) to = end.string();
    }
    return {to + ".new-" + std::to_string(::getpid()), to};
}

}  // namespace entente
