// SPDX-License-Identifier: MIT
#include "cli/path_output.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/records.hpp"
#include "cli/text.hpp"

namespace entente::cli {
namespace {

using analysis::SupportedPath;

std::string number_of(std::uint64_t count, bool saturated) {
    return saturated ? fmt::format("more than {}", count) : fmt::format("{}", count);
}

/// "confidence 0.6, 1 source"
std::string support_text(const analysis::Support& support) {
    std::string out;
    if (support.status != Status::actual) out = std::string(status_name(support.status)) + ", ";
    out += support.confidence ? fmt::format("confidence {:.3g}", *support.confidence) : "no grade";
    return out + ", " + (support.sources.empty() ? "no source" : counted(support.sources.size(), "source"));
}

void tell_path(Context& context, const storage::Reader& reader, const SupportedPath& path, SourceList& sources) {
    std::size_t hop = 0;
    for (const auto& step : path.steps) {
        const auto relationship = reader.relationship(step.told);
        if (!relationship) continue;
        context.out << fmt::format("{:>3}. {} ({}", ++hop, tell(reader, *relationship, sources), handle(step.told));
        if (step.all.size() > 1) context.out << fmt::format(", the best supported of {}", step.all.size());
        context.out << ")\n";
    }
}

void write_for_people(Context& context, const storage::Reader& reader, const PathAnswer& answer) {
    std::ostream& out = context.out;
    const bool colour = context.terminal.out_colour;
    out << dim(answer.reading, colour) << "\n";
    SourceList sources(reader);
    for (std::size_t i = 0; i < answer.paths.size(); ++i) {
        const SupportedPath& path = answer.paths[i];
        std::string title = counted(path.steps.size(), "step");
        if (answer.weighted) title += fmt::format(", cost {:.6g}", answer.cost);
        if (answer.paths.size() > 1) title = fmt::format("path {}: {}", i + 1, title);
        out << bold(title, colour) << "\n";
        tell_path(context, reader, path, sources);
        if (path.steps.empty()) continue;
        out << fmt::format("weakest step: {} ({})\n", path.weakest + 1, support_text(path.steps[path.weakest].support));
        out << (path.sources.empty() ? "no source" : counted(path.sources.size(), "source"));
        if (answer.paths.size() == 1 && !answer.weighted) {
            const std::uint64_t others = answer.count - 1;
            if (others == 0) {
                out << "; no other path is as short";
            } else {
                out << fmt::format("; {} other {} as short (--all shows them)", number_of(others, answer.saturated),
                                   others == 1 ? "path is" : "paths are");
            }
        }
        out << "\n";
    }
    for (const std::string& line : sources.lines()) out << line << "\n";
    for (const std::string& note : answer.notes) out << dim(escape_controls(note), colour) << "\n";
}

std::string path_json(const graph::StoredGraph& g, const PathAnswer& answer, const SupportedPath& path) {
    const storage::Reader& reader = g.reader();
    std::string out = fmt::format("{{\"hops\":{},\"cost\":", path.steps.size());
    out += answer.weighted ? to_json(Value(answer.cost)) : fmt::format("{}", path.steps.size());
    out += ",\"actors\":[";
    for (std::size_t i = 0; i < path.vertices.size(); ++i) {
        out += (i == 0 ? "" : ",") + actor_json(reader, g.actor(path.vertices[i]));
    }
    out += "],\"relationships\":[";
    std::string parallel;
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
        const auto relationship = reader.relationship(path.steps[i].told);
        out += (i == 0 ? "" : ",") + (relationship ? relationship_json(reader, *relationship) : "null");
        parallel += fmt::format("{}{}", i == 0 ? "" : ",", path.steps[i].all.size());
    }
    return out + "],\"parallel\":[" + parallel + "]}";
}

/// An actor as csv names it, so that the same word finds it again.
std::string word_for(const storage::Reader& reader, ActorId id) { return reader.key(id).value_or(handle(id)); }

std::string dates_of(const Properties& properties) {
    const auto text = [&](std::string_view name) {
        const Value* value = find_property(properties, name);
        return value == nullptr ? std::string() : to_text(*value);
    };
    const std::string start = text("startDate");
    const std::string end = text("endDate");
    if (start.empty() && end.empty()) return text("date");
    // an interval as EDTF writes it
    return (start.empty() ? ".." : start) + "/" + (end.empty() ? ".." : end);
}

void write_csv(Context& context, const graph::StoredGraph& g, const PathAnswer& answer) {
    const storage::Reader& reader = g.reader();
    context.out << "path,hop,from,type,to,date,confidence,sources\n";
    std::size_t number = 0;
    for (const SupportedPath& path : answer.paths) {
        ++number;
        std::size_t hop = 0;
        for (const auto& step : path.steps) {
            ++hop;
            const auto relationship = reader.relationship(step.told);
            if (!relationship) continue;
            std::vector<std::string> keys;
            for (const SourceId id : step.support.sources) {
                if (const auto source = reader.source(id)) keys.push_back(source->key);
            }
            const Value cells[] = {static_cast<std::int64_t>(number),
                                   static_cast<std::int64_t>(hop),
                                   word_for(reader, relationship->from),
                                   relationship->type,
                                   word_for(reader, relationship->to),
                                   dates_of(relationship->properties),
                                   step.support.confidence ? Value(*step.support.confidence) : Value(),
                                   fmt::format("{}", fmt::join(keys, "|"))};
            std::string line;
            for (const Value& cell : cells) line += (line.empty() ? "" : ",") + csv_cell(cell);
            context.out << (context.terminal.out ? escape_controls(line, true) : line) << "\n";
        }
    }
}

}  // namespace

void write_paths(Context& context, const graph::StoredGraph& g, const PathAnswer& answer, Format format) {
    const auto safe = [&](const std::string& text) { return context.terminal.out ? escape_controls(text, true) : text; };
    switch (format) {
        case Format::table:
            write_for_people(context, g.reader(), answer);
            return;
        case Format::csv:
            write_csv(context, g, answer);
            break;
        case Format::jsonl:
            for (const auto& path : answer.paths) context.out << safe(path_json(g, answer, path)) << "\n";
            break;
        case Format::json: {
            std::string out = "{\"from\":" + actor_json(g.reader(), answer.from) + ",\"to\":" +
                              actor_json(g.reader(), answer.to) + ",\"paths\":[";
            for (std::size_t i = 0; i < answer.paths.size(); ++i) {
                out += (i == 0 ? "" : ",") + path_json(g, answer, answer.paths[i]);
            }
            context.out << safe(out + "]}") << "\n";
            break;
        }
    }
    for (const std::string& note : answer.notes) context.err << "note: " << escape_controls(note) << "\n";
}

}  // namespace entente::cli
