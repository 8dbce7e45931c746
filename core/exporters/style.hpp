// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/exporters/drawing.hpp"

namespace entente::exporters {

// How a picture tells things apart. The colours are those of Okabe and Ito (2008), which people of
// every kind of colour vision tell apart; fills are tints of them on which black text can be read.
// An actor's type shows in its shape as well, so that a picture survives being printed in grey.

struct ActorStyle {
    std::string_view shape;  ///< of Graphviz
    std::string_view style;
    std::string_view fill;
    std::string_view line;
    std::string_view glyph;  ///< what the legend shows for the shape
    int outlines = 1;
};

/// A style for each type in the drawing: known types have their own (Person, Company ...), the
/// others get what is left in the order of their names. With more types than styles, some share
/// one.
std::map<std::string, ActorStyle> actor_styles(const std::vector<DrawnActor>& actors);

struct GroupColour {
    std::string_view fill;
    std::string_view line;
};

/// Colours of the actors' groups: the largest group first, equally large ones by name; the ninth and all
/// later ones, and actors without a group, are grey.
std::map<std::string, GroupColour> group_colours(const std::vector<DrawnActor>& actors);

/// A line colour for each group of ties: the most frequent first, equally frequent ones by name;
/// the eighth and all later ones are grey.
std::map<std::string, std::string_view> tie_colours(const std::vector<DrawnTie>& ties);

}  // namespace entente::exporters
