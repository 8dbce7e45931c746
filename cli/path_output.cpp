// SPDX-License-Identifier: MIT
#include "cli/path_output.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/text.hpp"

namespace entente::cli {
namespace {

using analysis::SupportedPath;

/// "confidence 0.6, 1 source"
std::string support_text(const analysis::Support& support) {
    std::string out;
    if (support.status != Status::actual) out = std::string(status_name(support.status)) + ", ";
    out += support.confidence ? "confidence " + number_for_people(*support.confidence, 3) : "no grade";
    return out + ", " + (support.sources.empty() ? "no source" : counted(support.sources.size(), "source"));
}

std::string path_json(const graph::StoredGraph& g, const ToldPath& told, bool weighted) {
    const SupportedPath& path = told.path;
    std::string out = fmt::format("{{\"hops\":{},\"cost\":", path.steps.size());
    out += weighted ? to_json(Value(told.cost)) : fmt::format("{}", path.steps.size());
    out += ",\"actors\":[";
    for (std::size_t i = 0; i < path.vertices.size(); ++i) {
        out += (i == 0 ? "" : ",") + actor_json(g.reader(), g.actor(path.vertices[i]));
    }
    return out + "]," + steps_json(g.reader(), path) + told.json + "}";
}

/// An actor as csv names it, so that the same word finds it again.
std::string word_for(const storage::Reader& reader, ActorId id) { return reader.key(id).value_or(handle(id)); }

}  // namespace

void tell_steps(Context& context, const storage::Reader& reader, const SupportedPath& path, SourceList& sources) {
    std::size_t hop = 0;
    for (const auto& step : path.steps) {
        const auto relationship = reader.relationship(step.told);
        if (!relationship) continue;
        context.out << fmt::format("{:>3}. {} ({}", ++hop, tell(reader, *relationship, sources), handle(step.told));
        if (step.all.size() > 1) context.out << fmt::format(", the best supported of {}", step.all.size());
        context.out << ")\n";
    }
}

void tell_support(Context& context, const SupportedPath& path, const std::string& others) {
    if (path.steps.empty()) return;
    context.out << fmt::format("weakest step: {} ({})\n", path.weakest + 1, support_text(path.steps[path.weakest].support))
                << (path.sources.empty() ? "no source" : counted(path.sources.size(), "source"))
                << (others.empty() ? "" : "; ") << others << "\n";
}

std::string steps_json(const storage::Reader& reader, const SupportedPath& path) {
    std::string out = "\"relationships\":[";
    std::string parallel;
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
        const auto relationship = reader.relationship(path.steps[i].told);
        out += (i == 0 ? "" : ",") + (relationship ? relationship_json(reader, *relationship) : "null");
        parallel += fmt::format("{}{}", i == 0 ? "" : ",", path.steps[i].all.size());
    }
    return out + "],\"parallel\":[" + parallel + "]";
}

std::string step_csv(const storage::Reader& reader, const SupportedPath::Step& step) {
    const auto relationship = reader.relationship(step.told);
    if (!relationship) return {};
    std::vector<std::string> keys;
    for (const SourceId id : step.support.sources) {
        if (const auto source = reader.source(id)) keys.push_back(source->key);
    }
    const Value cells[] = {word_for(reader, relationship->from),
                           relationship->type,
                           word_for(reader, relationship->to),
                           date_text(relationship->properties),
                           step.support.confidence ? Value(*step.support.confidence) : Value(),
                           fmt::format("{}", fmt::join(keys, "|"))};
    std::string line;
    for (const Value& cell : cells) line += (&cell == cells ? "" : ",") + csv_cell(cell);
    return line;
}

PathWriter::PathWriter(Context& context, const graph::StoredGraph& g, PathHeading heading, Format format)
    : context_(context), g_(g), heading_(std::move(heading)), format_(format), sources_(g.reader()) {
    switch (format_) {
        case Format::table:
            context_.out << dim(heading_.reading, context_.terminal.out_colour) << "\n";
            break;
        case Format::csv:
            context_.out << "path,hop," << kStepColumns << "\n";
            break;
        case Format::json:
            context_.out << safe("{\"from\":" + actor_json(g.reader(), heading_.from) + ",\"to\":" +
                                 actor_json(g.reader(), heading_.to) + ",\"paths\":[");
            break;
        case Format::jsonl:
            break;
    }
}

std::string PathWriter::safe(const std::string& text) const {
    return context_.terminal.out ? escape_controls(text, true) : text;
}

void PathWriter::write(const ToldPath& told) {
    ++number_;
    switch (format_) {
        case Format::table:
            for_people(told);
            return;
        case Format::csv: {
            std::size_t hop = 0;
            for (const auto& step : told.path.steps) {
                context_.out << safe(fmt::format("{},{},{}", number_, ++hop, step_csv(g_.reader(), step))) << "\n";
            }
            return;
        }
        case Format::jsonl:
            context_.out << safe(path_json(g_, told, heading_.weighted)) << "\n";
            return;
        case Format::json:
            context_.out << (number_ == 1 ? "" : ",") << safe(path_json(g_, told, heading_.weighted));
            return;
    }
}

void PathWriter::for_people(const ToldPath& told) {
    std::string title = counted(told.path.steps.size(), "step");
    if (heading_.weighted) title += ", cost " + number_for_people(told.cost);
    if (heading_.numbered) title = fmt::format("path {}: {}", number_, title);
    context_.out << bold(title, context_.terminal.out_colour) << "\n";
    tell_steps(context_, g_.reader(), told.path, sources_);
    tell_support(context_, told.path, told.others);
    for (const std::string& line : told.said) context_.out << line << "\n";
}

void PathWriter::end(const std::vector<std::string>& notes) {
    if (format_ == Format::json) context_.out << "]}\n";
    if (format_ != Format::table) {
        for (const std::string& note : notes) context_.err << "note: " << escape_controls(note) << "\n";
        return;
    }
    for (const std::string& line : sources_.lines()) context_.out << line << "\n";
    for (const std::string& note : notes) context_.out << dim(escape_controls(note), context_.terminal.out_colour) << "\n";
}

}  // namespace entente::cli
