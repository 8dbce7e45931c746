// SPDX-License-Identifier: MIT
#include "core/exporters/caption.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/exporters/escape.hpp"

namespace entente::exporters {

namespace {

constexpr std::size_t kMostSources = 40;  // more would be a higher picture than the network itself
constexpr std::size_t kMostText = 300;  // characters of a title, a note, a source
constexpr std::size_t kWidth = 86;      // characters of a line
constexpr std::size_t kMostSigns = 30;  // entries of a legend

/// What stands in the legend and how many characters wide it is.
struct Sign {
    std::string cell;
    std::size_t width = 0;
};

std::string sign(std::string_view line, std::string_view fill, std::string_view glyph, const std::string& name) {
    return fmt::format(
        "<TD BORDER=\"1\" STYLE=\"ROUNDED\" COLOR=\"{}\" BGCOLOR=\"{}\" "
        "CELLPADDING=\"3\"><FONT COLOR=\"{}\">{}</FONT>&#160;{}</TD>",
        line, fill, line, glyph, dot_html(name));
}

std::vector<Sign> actor_legend(const Caption& c) {
    std::vector<Sign> out;
    for (const auto& [type, style] : c.styles) {
        if (out.size() == kMostSigns) {
            out.push_back({"<TD>\u2026</TD>", 3});
            break;
        }
        const std::string name = type.empty() ? "unknown" : one_line(type, 30);
        const bool grey = !c.groups.empty();  // then only the shape tells the type
        const std::string_view line = grey ? "#555555" : style.line, fill = grey ? "#FFFFFF" : style.fill;
        out.push_back({sign(line, fill, style.glyph, name), length(name) + 5});
    }
    return out;
}

std::vector<Sign> group_legend(const Caption& c) {
    std::map<std::string, std::size_t> counts;
    for (const DrawnActor& actor : c.drawing.actors) ++counts[actor.group];
    std::vector<std::pair<std::string, std::size_t>> order(counts.begin(), counts.end());
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<Sign> out;
    if (c.groups.empty()) return out;
    const std::string means = one_line(c.drawing.colour_means, 30) + ":";
    out.push_back({"<TD>" + dot_html(means) + "</TD>", length(means) + 1});
    for (const auto& [group, count] : order) {
        if (out.size() > kMostSigns) {
            out.push_back({"<TD>\u2026</TD>", 3});
            break;
        }
        const std::string name = fmt::format("{} ({})", group.empty() ? "none" : one_line(group, 30), count);
        const GroupColour& colour = c.groups.at(group);
        out.push_back({sign(colour.line, colour.fill, "\u25CF", name), length(name) + 5});
    }
    return out;
}

std::vector<Sign> tie_legend(const Caption& c) {
    std::vector<Sign> out;
    std::set<std::string_view> statuses;
    std::set<std::string> groups;
    bool mutual = false;
    for (const Line& line : c.lines) {
        groups.insert(line.groups.begin(), line.groups.end());
        for (const DrawnTie* tie : line.ties) {
            if (tie->status != Status::actual) statuses.insert(status_name(tie->status));
            mutual = mutual || tie->symmetric;
        }
    }
    const auto add = [&](std::string_view colour, std::string_view sign, const std::string& text) {
        out.push_back(
            {fmt::format("<FONT COLOR=\"{}\"><B>{}</B></FONT>&#160;{}", colour, sign, dot_html(text)),
             length(text) + length(sign) + 4});
    };
    for (const std::string& group : groups) {
        if (out.size() == kMostSigns) {
            add("#333333", "\u2014", "\u2026");
            break;
        }
        add(c.colours.at(group), "\u2014", one_line(group, 40));
    }
    if (!statuses.empty()) add("#333333", "- - -", fmt::format("{}", fmt::join(statuses, ", ")));
    if (mutual) add("#333333", "\u2014", "without arrowhead: mutual");
    if (!c.drawing.size_means.empty())
        add("#333333", "\u25CF", "size: " + one_line(c.drawing.size_means, 40));
    return out;
}

/// As many rows as the width asks for, evenly filled.
std::vector<std::vector<Sign>> rows_of(const std::vector<Sign>& signs) {
    std::size_t width = 0;
    for (const Sign& sign : signs) width += sign.width;
    const std::size_t rows = (width + kWidth - 1) / kWidth;
    std::vector<std::vector<Sign>> out;
    std::size_t passed = 0;
    for (const Sign& sign : signs) {
        if (out.empty() || passed * rows >= width * out.size()) out.emplace_back();
        out.back().push_back(sign);
        passed += sign.width;
    }
    return out;
}

std::string legend(const Caption& c) {
    std::string out;
    for (const auto& signs : {actor_legend(c), group_legend(c)}) {
        for (const std::vector<Sign>& row : rows_of(signs)) {
            out +=
                "<TR><TD ALIGN=\"LEFT\"><TABLE BORDER=\"0\" CELLBORDER=\"0\" "
                "CELLSPACING=\"4\"><TR>";
            for (const Sign& one : row) out += one.cell;
            out += "</TR></TABLE></TD></TR>";
        }
    }
    for (const std::vector<Sign>& row : rows_of(tie_legend(c))) {
        out += "<TR><TD ALIGN=\"LEFT\">";
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += (i > 0 ? "&#160;&#160;&#160; " : "") + row[i].cell;
        }
        out += "</TD></TR>";
    }
    return out;
}

std::vector<std::string> all_notes(const Caption& c) {
    std::vector<std::string> notes = c.drawing.notes;
    if (c.drawing.actors.empty()) notes.insert(notes.begin(), "Nothing to draw.");
    if (!c.labelled) {
        notes.push_back(fmt::format(
            "{} lines are too many for labels; colours and tooltips tell what they are.",
            c.lines.size()));
    }
    return notes;
}

std::string text_row(const std::string& text, std::string_view colour, const std::string& url) {
    std::string cell;
    for (const std::string& line : wrap(one_line(text, kMostText), kWidth, 6)) {
        cell += dot_html(line) + "<BR ALIGN=\"LEFT\"/>";
    }
    std::string link;
    if (const auto address = web_address(url)) {
        link = fmt::format(" HREF=\"{}\" TARGET=\"_blank\"", xml_text(*address));
    }
    return fmt::format(
        "<TR><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\"{}><FONT COLOR=\"{}\" "
        "POINT-SIZE=\"9\">{}</FONT></TD></TR>",
        link, colour, cell);
}

}  // namespace

std::string title_html(const std::string& text) {
    std::string out = "<FONT POINT-SIZE=\"17\"><B>";
    const auto words = wrap(one_line(text, kMostText), 64, 4);
    for (std::size_t i = 0; i < words.size(); ++i)
        out += (i > 0 ? "<BR/>" : "") + dot_html(words[i]);
    return out + "</B></FONT>";
}

std::string caption_html(const Caption& c) {
    std::string rows;
    if (c.with_title && !c.drawing.title.empty()) {
        rows += fmt::format("<TR><TD ALIGN=\"LEFT\">{}</TD></TR>", title_html(c.drawing.title));
    }
    rows += legend(c);
    for (const std::string& note : all_notes(c)) rows += text_row(note, "#333333", {});
    const std::size_t all = c.drawing.sources.size();
    const std::size_t shown = all > kMostSources ? kMostSources : all;
    for (std::size_t i = 0; i < shown; ++i) {
        rows += text_row(fmt::format("[{}] {}", i + 1, c.drawing.sources[i].text), "#333333",
                         c.drawing.sources[i].url);
    }
    if (shown < all) {
        rows += text_row(fmt::format("[{}] to [{}]: {} more sources, for which a figure has no room", shown + 1, all, all - shown),
                         "#333333", {});
    }
    if (rows.empty()) return " ";
    return "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"1\" CELLPADDING=\"1\">" + rows +
           "</TABLE>";
}

}  // namespace entente::exporters
