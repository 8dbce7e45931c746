// SPDX-License-Identifier: MIT
#include "core/exporters/unfinished.hpp"

#include <unistd.h>

#include <array>
#include <utility>

namespace entente::exporters {
namespace {

static_assert(std::atomic<const char*>::is_always_lock_free, "a signal handler reads them");
std::array<std::atomic<const char*>, 32> slots{};

}  // namespace

Unfinished::Unfinished(std::string path) : path_(std::move(path)) {
    for (auto& slot : slots) {
        const char* free = nullptr;
        if (!slot.compare_exchange_strong(free, path_.c_str())) continue;
        slot_ = &slot;
        return;
    }
}

Unfinished::~Unfinished() {
    if (slot_ != nullptr) slot_->store(nullptr);
}

void remove_unfinished() noexcept {
    for (auto slot = slots.rbegin(); slot != slots.rend(); ++slot) {
        const char* const path = slot->load();
        if (path != nullptr && ::unlink(path) != 0) ::rmdir(path);
    }
}

}  // namespace entente::exporters
