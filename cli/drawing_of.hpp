// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "core/exporters/dot.hpp"
#include "core/exporters/drawing.hpp"

namespace entente::cli {

/// Part of a database that is to be drawn. Ties whose ends are not among the actors are not drawn.
struct Subgraph {
    std::vector<ActorId> actors;
    std::vector<RelationshipId> ties;
    std::vector<double> sizes;  ///< one for each actor, or none at all
    std::vector<std::string> groups;  ///< likewise
    std::vector<ActorId> emphasised_actors;
    std::vector<RelationshipId> emphasised_ties;
};

/// Reads what a picture tells of a subgraph: names, types, dates, amounts, statuses, sentences for
/// the tooltips and the sources, numbered in the order of the relationships. Up to seven types of
/// relationship have a colour each; more of them share the colours of their broadest types.
exporters::Drawing drawing_of(const storage::Reader& reader, const Subgraph& subgraph);

/// `--output`, `--layout` and `--title` of every command that draws.
struct DrawingOptions {
    /// `what` is drawn: "the path", for help.
    void setup(Options& options, const std::string& what);
    [[nodiscard]] bool wanted() const { return !output.empty(); }
    /// Throws Error{usage} when `output` names no kind of picture: call it before long work.
    void check() const;

    std::string output;
    std::string layout;  ///< empty: what fits
    std::string title;
};

/// Writes the drawing to the file of the options, or as DOT to `out` when they name none.
void write_drawing(Context& context, exporters::Drawing drawing, const DrawingOptions& options);

}  // namespace entente::cli
