// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "core/model/id.hpp"

namespace entente {

enum class Happening : std::uint8_t {
    added, changed, cited, merged, parted, removed, brought_back
};

/// Something that one change set did to one record. `cited`: what supports it changed.
struct Event {
    ChangeSetId set;
    Happening what = Happening::added;
    friend auto operator<=>(const Event&, const Event&) = default;
};

}  // namespace entente
