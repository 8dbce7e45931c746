// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <string>

namespace entente::exporters {

/// A file or a folder that is to go if the process is ended before it is what it should be. As long as this lives
/// remove_unfinished() removes it. Of more than 32 at once the last ones stay.
class Unfinished {
public:
    explicit Unfinished(std::string path);
    ~Unfinished();
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

private:
    std::string path_;
    std::atomic<const char*>* slot_ = nullptr;
};

/// Removes them, the latest first; a folder only when it is empty then. For signal handlers that end the process:
/// async-signal-safe.
void remove_unfinished() noexcept;

}  // namespace entente::exporters
