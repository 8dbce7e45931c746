// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string_view>

#include "core/exporters/drawing.hpp"

namespace entente::exporters {

/// Which of Graphviz's programs places the actors. `dot` draws layers and suits paths and small
/// networks, the others spread a network by forces.
enum class Layout { dot, neato, sfdp, fdp };

std::string_view layout_name(Layout layout);
std::optional<Layout> parse_layout(std::string_view name);

/// The layout that suits a drawing: dot while its layers stay readable, that is up to 60 actors, 120
/// ties and 14 neighbours of one actor; else sfdp, or fdp where groups have frames, which sfdp cannot draw.
Layout fitting_layout(const Drawing& drawing);

struct DotOptions {
    Layout layout = Layout::dot;
    /// Beyond this many lines between actors, ties are told by colour and tooltip only and a note
    /// says so.
    std::size_t most_labels = 150;
};

/// Writes the drawing as DOT that any Graphviz from 2.42 on renders by itself: the layout program,
/// fonts and all else stand in it.
///
/// Ties of one pair of actors, one direction and one certainty share a line: its label lists them
/// with their dates and the numbers of their sources, equal ones joined with a count. Symmetric
/// ties have no arrowhead; what is not `actual` is dashed and named. Deterministic: the same
/// drawing gives the same bytes.
void write_dot(std::ostream& out, const Drawing& drawing, const DotOptions& options = {});

}  // namespace entente::exporters
