// SPDX-License-Identifier: MIT
#include "core/exporters/dot.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/exporters/caption.hpp"
#include "core/exporters/escape.hpp"
#include "core/exporters/lines.hpp"
#include "core/exporters/style.hpp"

namespace entente::exporters {

namespace {

constexpr std::string_view kFont = "Helvetica,Arial,sans-serif";
constexpr std::string_view kMutedLine = "#C6C6C6";
constexpr std::string_view kMutedText = "#7A7A7A";
constexpr std::size_t kMostName = 90;       // characters of a name
constexpr std::size_t kMostText = 300;      // of a title, a note, a source
constexpr std::size_t kMostTooltip = 1500;  // of one line of a tooltip
constexpr int kLabelSpacing = 3;            // points
constexpr std::size_t kMostLines = 8;       // of one label
constexpr std::size_t kMostTooltipLines = 12;

std::string joined(const std::vector<std::string>& texts, std::size_t most,
                   std::string_view between) {
    std::string out;
    for (std::size_t i = 0; i < texts.size() && i < most; ++i) {
        if (i > 0) out += between;
        out += texts[i];
    }
    if (texts.size() > most) out += "\u2026";
    return out;
}

std::string source_marks(const std::set<std::size_t>& sources) {
    constexpr std::size_t kMost = 4;
    std::string out;
    std::size_t shown = 0;
    for (const std::size_t number : sources) {
        if (shown++ == kMost) break;
        out += (out.empty() ? "" : ",") + std::to_string(number);
    }
    if (sources.size() > kMost) out += "\u2026";
    return out.empty() ? out : "[" + out + "]";
}

std::string what(const Entry& entry) {
    std::string out = one_line(entry.first->label, kMostName);
    if (entry.count > 1) out += fmt::format(" \u00D7{}", entry.count);
    if (entry.first->status != Status::actual)
        out += fmt::format(" ({})", status_name(entry.first->status));
    return out;
}

/// The rows of an entry: alone it stands in short lines, in a list after a bullet of its colour.
std::string entry_rows(const Entry& entry, bool alone, std::string_view colour) {
    constexpr std::size_t kMostParts = 3;
    std::vector<std::string> lines;
    const std::string amount = one_line(joined(entry.amounts, kMostParts, "; "), kMostName);
    const std::string when = one_line(joined(entry.whens, kMostParts, "; "), kMostName);
    if (alone) {
        lines = wrap(what(entry), 24, 3);
        for (const std::string& part : {amount, when}) {
            if (part.empty()) continue;
            for (std::string& piece : wrap(part, 24, 3)) lines.push_back(std::move(piece));
        }
    } else {
        std::string text = what(entry);
        for (const std::string& part : {amount, when}) {
            if (!part.empty()) text += ", " + part;
        }
        lines = wrap(text, 30, 4);
    }
    std::string cell;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) cell += alone ? "<BR/>" : "<BR ALIGN=\"LEFT\"/>";
        if (!alone) {
            cell +=
                fmt::format("<FONT COLOR=\"{}\">\u25CF</FONT>&#160;", i == 0 ? colour : "#FFFFFF");
        }
        cell += dot_html(lines[i]);
    }
    const std::string marks = source_marks(entry.sources);
    if (!marks.empty())
        cell += fmt::format("&#160;<FONT COLOR=\"#666666\" POINT-SIZE=\"8\">{}</FONT>", marks);
    if (!alone) cell += "<BR ALIGN=\"LEFT\"/>";
    std::string link;
    if (const auto url = web_address(entry.first->url)) {
        link = fmt::format(" HREF=\"{}\" TARGET=\"_blank\"", xml_text(*url));
    }
    return fmt::format("<TR><TD{}{}>{}</TD></TR>", alone ? "" : " ALIGN=\"LEFT\" BALIGN=\"LEFT\"",
                       link, cell);
}

/// `spacing`: points of air around it, which keep lines that pass off its text.
std::string line_label(const Line& line, const std::map<std::string, std::string_view>& colours,
                       bool muted, int spacing) {
    std::string out = fmt::format(
        "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"{}\" CELLPADDING=\"2\">", spacing);
    const bool alone = line.entries.size() == 1;
    for (std::size_t i = 0; i < line.entries.size(); ++i) {
        if (i + 1 == kMostLines && line.entries.size() > kMostLines) {
            out += fmt::format("<TR><TD ALIGN=\"LEFT\">and {} more</TD></TR>",
                               line.entries.size() - i);
            break;
        }
        const Entry& entry = line.entries[i];
        out += entry_rows(entry, alone, muted ? kMutedLine : colours.at(entry.first->group));
    }
    return out + "</TABLE>>";
}

std::string tooltip_text(const std::string& text) {
    std::string out;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (begin > 0) out += '\n';
        out += one_line(std::string_view(text).substr(begin, end - begin), kMostTooltip);
        begin = end + 1;
    }
    return out;
}

std::string line_tooltip(const Line& line) {
    std::string out;
    for (std::size_t i = 0; i < line.ties.size(); ++i) {
        if (i > 0) out += '\n';
        if (i == kMostTooltipLines) {
            out += fmt::format("and {} more", line.ties.size() - i);
            break;
        }
        const DrawnTie& tie = *line.ties[i];
        out += tie.tooltip.empty() ? one_line(tie.label, kMostName) : tooltip_text(tie.tooltip);
    }
    return out;
}

class Writer {
public:
    Writer(std::ostream& out, const Drawing& drawing, const DotOptions& options)
        : out_(out), drawing_(drawing), options_(options) {
        for (const DrawnActor& actor : drawing.actors) {
            present_.insert(actor.id);
            if (actor.size && std::isfinite(*actor.size))
                largest_ = std::max(largest_, *actor.size);
            emphasis_ = emphasis_ || actor.emphasised;
        }
        for (const DrawnTie& tie : drawing.ties) emphasis_ = emphasis_ || tie.emphasised;
        styles_ = actor_styles(drawing.actors);
        if (!drawing.colour_means.empty()) groups_ = group_colours(drawing.actors);
        colours_ = tie_colours(drawing.ties);
        lines_ = lines_of(drawing.ties, present_);
        labels_ = lines_.size() <= options.most_labels;
    }

    void write() {
        const bool framed = options_.layout == Layout::dot && !drawing_.title.empty();
        out_ << "digraph \"entente\" {\n";
        graph_attributes();
        if (framed) {
            // dot alone can set a title above and the legend below: the title is that of a frame
            // around everything.
            out_ << "  subgraph \"cluster_figure\" {\n    peripheries=0; margin=12; labelloc=t;\n";
            fmt::print(out_, "    label=<{}>;\n", title_html(drawing_.title));
        }
        actors();
        if (framed) out_ << "  }\n";
        for (const Line& line : lines_) {
            if (!line.emphasised) tie(line);
        }
        for (const Line& line : lines_) {
            if (line.emphasised) tie(line);  // last, so that nothing is drawn over it
        }
        out_ << "}\n";
    }

private:
    void graph_attributes() {
        const std::string_view layout = layout_name(options_.layout);
        fmt::print(out_,
                   "  graph [layout={}, charset=\"UTF-8\", fontname=\"{}\", fontsize=10, "
                   "outputorder=edgesfirst,\n",
                   layout, kFont);
        fmt::print(out_,
                   "    pad=0.25, bgcolor=\"#FFFFFF\", tooltip={}, labelloc=b, labeljust=c,\n",
                   dot_tooltip(drawing_.title.empty() ? " " : one_line(drawing_.title, kMostText)));
        if (options_.layout == Layout::dot) {
            out_ << "    rankdir=TB, nodesep=0.4, ranksep=0.5,\n";
        } else {
            const bool curved = lines_.size() <= options_.most_labels;
            fmt::print(
                out_,
                "    overlap=prism, overlap_scaling=-1.5, sep=\"+6\", splines={}, start=1{},\n",
                curved ? "true" : "line",
                options_.layout == Layout::sfdp ? ", K=1.1, repulsiveforce=1.4" : "");
        }
        const bool with_title = options_.layout != Layout::dot;
        const Caption caption{drawing_, lines_, styles_, groups_, colours_, with_title, labels_};
        fmt::print(out_, "    label=<{}>];\n", caption_html(caption));
        fmt::print(out_,
                   "  node [fontname=\"{}\", fontsize=13, margin=\"0.12,0.06\", penwidth=1.3];\n",
                   kFont);
        fmt::print(out_, "  edge [fontname=\"{}\", fontsize=10, arrowsize=0.75, penwidth=1.5];\n",
                   kFont);
    }

    void actors() {
        std::vector<const DrawnActor*> sorted;
        for (const DrawnActor& actor : drawing_.actors) sorted.push_back(&actor);
        std::stable_sort(sorted.begin(), sorted.end(),
                         [](const DrawnActor* a, const DrawnActor* b) { return a->id < b->id; });
        const bool framed = drawing_.clusters && !groups_.empty() &&
                            (options_.layout == Layout::dot || options_.layout == Layout::fdp);
        if (!framed) {
            for (const DrawnActor* actor : sorted) this->actor(*actor);
            return;
        }
        std::map<std::string, std::vector<const DrawnActor*>> members;
        for (const DrawnActor* actor : sorted) members[actor->group].push_back(actor);
        std::size_t number = 0;
        for (const auto& [group, actors] : members) {
            if (!group.empty()) {
                fmt::print(out_, "  subgraph \"cluster_{}\" {{\n", ++number);
                fmt::print(out_,
                           "    label={}; peripheries=1; style=\"rounded\"; color=\"{}\"; fontsize=10; margin=10;\n",
                           dot_string(one_line(group, kMostName)), groups_.at(group).line);
            }
            for (const DrawnActor* actor : actors) this->actor(*actor);
            if (!group.empty()) out_ << "  }\n";
        }
    }

    void actor(const DrawnActor& actor) {
        ActorStyle style = styles_.at(actor.type);
        if (!groups_.empty()) {
            style.fill = groups_.at(actor.group).fill;
            style.line = groups_.at(actor.group).line;
        }
        const bool muted = emphasis_ && !actor.emphasised;
        const std::vector<std::string> words = wrap(one_line(actor.name, kMostName), 17, 5);
        std::string label;
        if (actor.emphasised) {
            label = "<<B>";
            for (std::size_t i = 0; i < words.size(); ++i)
                label += (i > 0 ? "<BR/>" : "") + dot_html(words[i]);
            label += "</B>>";
        } else {
            label = dot_string(joined(words, words.size(), "\n"));
        }
        fmt::print(out_,
                   "  \"a{}\" [label={}, shape={}, style=\"{}\", fillcolor=\"{}\", color=\"{}\"",
                   actor.id.value, label, style.shape, style.style, muted ? "#F6F6F6" : style.fill,
                   muted ? kMutedLine : style.line);
        if (muted) fmt::print(out_, ", fontcolor=\"{}\"", kMutedText);
        if (actor.emphasised) out_ << ", penwidth=2.6";
        // shapes that grow in every direction get less of a margin
        if (style.shape == "hexagon" || style.shape == "octagon") out_ << ", margin=\"0.02,0.02\"";
        if (style.outlines > 1) fmt::print(out_, ", peripheries={}", style.outlines);
        if (!drawing_.size_means.empty()) sizes(actor);
        const std::string tooltip =
            actor.tooltip.empty() ? one_line(actor.name, kMostName) : tooltip_text(actor.tooltip);
        fmt::print(out_, ", tooltip={}", dot_tooltip(tooltip));
        link(actor.url);
        out_ << "];\n";
    }

    void sizes(const DrawnActor& actor) {
        const double size =
            actor.size && std::isfinite(*actor.size) ? std::max(0.0, *actor.size) : 0;
        const double share =
            largest_ > 0 ? std::sqrt(size / largest_) : 0;  // areas show the measure
        fmt::print(out_, ", fontsize={:.1f}, width={:.2f}, height={:.2f}", 10 + 10 * share,
                   0.4 + 1.1 * share, 0.3 + 0.6 * share);
    }

    /// The forces of neato and sfdp know nothing of labels on lines. There a label is a node of its
    /// own halfway, which nothing may overlap.
    void tie(const Line& line) {
        const DrawnTie& first = *line.ties.front();
        const std::string tooltip = dot_tooltip(line_tooltip(line));
        const std::string from = fmt::format("a{}", first.from.value);
        const std::string to = fmt::format("a{}", first.to.value);
        if (!labels_ || options_.layout == Layout::dot) {
            edge(line, from, to, first.symmetric, labels_, tooltip);
            return;
        }
        const std::string half = fmt::format("r{}", first.id.value);
        fmt::print(out_, "  \"{}\" [shape=plain, fontsize=10, label={}, tooltip={}", half,
                   line_label(line, colours_, muted(line), 0), tooltip);
        if (muted(line)) fmt::print(out_, ", fontcolor=\"{}\"", kMutedText);
        link(first.url);
        out_ << "];\n";
        edge(line, from, half, true, false, tooltip);
        edge(line, half, to, first.symmetric, false, tooltip);
    }

    void edge(const Line& line, const std::string& from, const std::string& to, bool headless,
              bool labelled, const std::string& tooltip) {
        const DrawnTie& first = *line.ties.front();
        fmt::print(out_, "  \"{}\" -> \"{}\" [color=\"{}\"", from, to, strands(line));
        if (headless) out_ << ", dir=none";
        if (first.status != Status::actual) out_ << ", style=dashed";
        const double more =
            line.groups.size() == 1 ? 0.5 * std::log2(static_cast<double>(line.ties.size())) : 0;
        const double width = (line.emphasised ? 2.8 : 1.5) + std::min(more, 3.0);
        if (!labels_ && !line.emphasised) {
            out_ << ", penwidth=0.9, arrowsize=0.5";  // there are many of them
        } else if (width > 1.5) {
            fmt::print(out_, ", penwidth={:.1f}", width);
        }
        if (muted(line)) fmt::print(out_, ", fontcolor=\"{}\"", kMutedText);
        if (labelled)
            fmt::print(out_, ", label={}, labeltooltip={}",
                       line_label(line, colours_, muted(line), kLabelSpacing), tooltip);
        fmt::print(out_, ", tooltip={}", tooltip);
        link(first.url);
        out_ << "];\n";
    }

    [[nodiscard]] bool muted(const Line& line) const { return emphasis_ && !line.emphasised; }

    /// The colours of a line, side by side when it joins several groups.
    [[nodiscard]] std::string strands(const Line& line) const {
        constexpr std::size_t kMostStrands = 4;
        if (muted(line)) return std::string(kMutedLine);
        if (line.groups.size() > kMostStrands) return "#333333";
        std::string out;
        for (const std::string& group : line.groups) {
            out += (out.empty() ? "" : ":") + std::string(colours_.at(group));
            if (!labels_ && !line.emphasised) out += "A8";  // lets those below shine through
        }
        return out.empty() ? "#333333" : out;
    }

    void link(const std::string& url) {
        if (const auto address = web_address(url)) {
            fmt::print(out_, ", URL=\"{}\", target=\"_blank\"", *address);
        }
    }

    std::ostream& out_;
    const Drawing& drawing_;
    const DotOptions& options_;
    std::set<ActorId> present_;
    std::map<std::string, ActorStyle> styles_;
    std::map<std::string, GroupColour> groups_;
    std::map<std::string, std::string_view> colours_;
    std::vector<Line> lines_;
    double largest_ = 0;
    bool emphasis_ = false;
    bool labels_ = true;
};

}  // namespace

std::string_view layout_name(Layout layout) {
    switch (layout) {
        case Layout::dot:
            return "dot";
        case Layout::neato:
            return "neato";
        case Layout::sfdp:
            return "sfdp";
        case Layout::fdp:
            return "fdp";
    }
    return "dot";
}

std::optional<Layout> parse_layout(std::string_view name) {
    for (const Layout layout : {Layout::dot, Layout::neato, Layout::sfdp, Layout::fdp}) {
        if (name == layout_name(layout)) return layout;
    }
    return std::nullopt;
}

namespace {

constexpr std::size_t kMostLayered = 60;
constexpr std::size_t kMostLayeredTies = 120;
constexpr std::size_t kMostNeighbours = 14;  // side by side they would make a very wide layer

}  // namespace

Layout fitting_layout(const Drawing& drawing) {
    const Layout forces = drawing.clusters ? Layout::fdp : Layout::sfdp;
    if (drawing.actors.size() > kMostLayered || drawing.ties.size() > kMostLayeredTies)
        return forces;
    std::map<ActorId, std::set<ActorId>> neighbours;
    for (const DrawnTie& tie : drawing.ties) {
        neighbours[tie.from].insert(tie.to);
        neighbours[tie.to].insert(tie.from);
    }
    if (drawing.actors.size() > neighbours.size() + kMostNeighbours) return forces;  // who has no tie stands in one row
    const bool star = std::any_of(neighbours.begin(), neighbours.end(),
                                  [](const auto& n) { return n.second.size() > kMostNeighbours; });
    return star ? forces : Layout::dot;
}

void write_dot(std::ostream& out, const Drawing& drawing, const DotOptions& options) {
    Writer(out, drawing, options).write();
}

}  // namespace entente::exporters
