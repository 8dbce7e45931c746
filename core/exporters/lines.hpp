// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "core/exporters/drawing.hpp"

namespace entente::exporters {

/// Ties of one label and status: one entry of a line's label.
struct Entry {
    const DrawnTie* first = nullptr;
    std::size_t count = 0;
    std::vector<std::string> whens;  ///< each once, in the order of the ties
    std::vector<std::string> amounts;
    std::set<std::size_t> sources;
};

/// Ties of one pair of actors, one direction and one certainty: they are drawn as one line.
struct Line {
    std::vector<const DrawnTie*> ties;  ///< by number, never empty
    std::vector<Entry> entries;
    std::vector<std::string> groups;  ///< each once
    bool emphasised = false;
};

/// The lines of a drawing, by their ends; ties with an end that is not `present` are left out. They
/// point into `ties`.
std::vector<Line> lines_of(const std::vector<DrawnTie>& ties, const std::set<ActorId>& present);

}  // namespace entente::exporters
