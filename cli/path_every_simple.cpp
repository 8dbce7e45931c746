// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/actors.hpp"
#include "cli/interruption.hpp"
#include "cli/path_question.hpp"
#include "cli/path_reasons.hpp"
#include "cli/text.hpp"
#include "core/analysis/all_simple_paths.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

using analysis::Outcome;

constexpr std::uint64_t kPathsForPeople = 20;

}  // namespace

int every_simple_path(const PathQuestion& q) {
    const ActorId from = q.from.front(), to = q.to.front();
    graph::Filter filter = q.filter(q.selection);
    const Format format = q.options.format();
    const std::uint64_t most = q.options.rows && *q.options.rows != 0                ? *q.options.rows
                               : !q.options.rows && format == Format::table ? kPathsForPeople
                                                                            : UINT64_MAX;
    PathWriter writer(q.context, q.g,
                      {from, to,
                       fmt::format("from {} to {}: {}", describe(q.reader(), from), describe(q.reader(), to), q.reading()),
                       false, true},
                      format);
    std::vector<ToldPath> drawn;
    std::uint64_t told = 0;
    bool more = false, pressed = false;
    const Interruption interruption;
    analysis::Limits limits = q.limits;
    limits.interrupted = interruption.flag();
    const auto search = [&](auto&& take) {
        try {
            return analysis::all_simple_paths(q.g, q.g.vertex(from), q.g.vertex(to), q.selection.direction, q.through,
                                              filter, limits, take);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::interrupted) throw;
            pressed = true;
            return Outcome::cut_by_time;
        }
    };
    const Outcome outcome = search(
        [&](const std::vector<graph::Vertex>& vertices) {
            if (told == most) {
                more = true;
                return false;
            }
            if (*limits.interrupted) throw Error(ErrorKind::interrupted, "interrupted");
            ++told;
            auto paths = analysis::weigh(q.g, {vertices}, q.selection.direction, filter, q.facts);
            const auto steps = static_cast<double>(vertices.size() - 1);
            const ToldPath path{std::move(paths.front()), steps, {}, {}, {}};
            writer.write(path);
            if (q.context.terminal.out) q.context.out.flush();
            if (q.options.drawing.wanted()) drawn.push_back(path);
            return true;
        });
    std::vector<std::string> said;
    int status = answered;
    if (more) said.push_back(fmt::format("({}; there are more, -n 0 shows all)", counted(told, "path")));
    if (outcome == Outcome::found && !more) said.push_back(fmt::format("({}; there is no other)", counted(told, "path")));
    if (outcome == Outcome::none) {
        status = nothing_found;
        analysis::Limits rest = q.limits;
        rest.hops = analysis::Limits{}.hops;
        said = reasons_for_no_path(q.g, from, to, q.selection, rest, !q.through.empty());
    } else if (outcome == Outcome::cut_by_hops) {
        status = partial;
        said.push_back(q.cut_by_hops());
    } else if (pressed) {
        status = interrupted;
        said.push_back(fmt::format("interrupted; there may be more than {}", counted(told, "path")));
    } else if (outcome == Outcome::cut_by_time) {
        status = partial;
        said.push_back(q.cut_by_time(fmt::format("there may be more than {}", counted(told, "path"))));
    }
    for (std::string& note : notes_of_met(filter.left_out())) said.push_back(std::move(note));
    if (q.options.drawing.wanted()) {
        draw_paths(q, drawn, fmt::format("From {} to {}", label(q.reader(), from), label(q.reader(), to)), said);
    }
    writer.end(said);
    return status;
}

}  // namespace entente::cli
