// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/exporters/drawing.hpp"
#include "core/exporters/lines.hpp"
#include "core/exporters/style.hpp"

namespace entente::exporters {

/// What a caption tells of.
struct Caption {
    const Drawing& drawing;
    const std::vector<Line>& lines;
    const std::map<std::string, ActorStyle>& styles;
    const std::map<std::string, GroupColour>& groups;  ///< empty: colours tell types
    const std::map<std::string, std::string_view>& colours;
    bool with_title = false;
    bool labelled = true;  ///< the lines have labels
};

/// The title as an HTML-like label of Graphviz.
std::string title_html(const std::string& text);

/// Legend, notes and numbered sources as one HTML-like table.
std::string caption_html(const Caption& caption);

}  // namespace entente::exporters
