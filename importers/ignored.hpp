// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "importers/reading.hpp"

namespace entente::importers {

/// What a text holds that is not imported, counted, so that nothing is lost without a word.
class Ignored {
public:
    /// Not read at all: `ports (12)`.
    void add(const std::string& what, std::uint64_t count = 1) {
        if (dropped_.size() < kMost || dropped_.contains(what)) dropped_[what] += count;
        else dropped_["of further kinds"] += count;
    }
    /// Read in another way than the text has it: `graphs inside nodes ... (2)`.
    void say(const std::string& what, std::uint64_t count = 1) { changed_[what] += count; }

    /// A note for each: `net.graphml: not read: ports (12)`.
    void tell(const Reading& reading) const {
        for (const auto& [what, count] : dropped_)
            reading.sink->note(reading.name + ": not read: " + what + " (" + std::to_string(count) + ")");
        for (const auto& [what, count] : changed_)
            reading.sink->note(reading.name + ": " + what + " (" + std::to_string(count) + ")");
    }

private:
    static constexpr std::size_t kMost = 100;  // names come from the text: not without end
    std::map<std::string, std::uint64_t> dropped_, changed_;
};

/// Is it a number of the writing program's own, such as `17` or `e17`, which says nothing outside of its file?
inline bool is_counter(std::string_view id) {
    if (id.starts_with("edge")) id.remove_prefix(4);
    else if (id.starts_with('e')) id.remove_prefix(1);
    return id.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace entente::importers
