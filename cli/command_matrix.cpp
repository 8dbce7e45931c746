// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "cli/actor_groups.hpp"
#include "cli/command.hpp"
#include "cli/group_table.hpp"
#include "cli/output.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "cli/weights.hpp"
#include "core/analysis/mixing.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

using analysis::MixingCell;
using graph::Direction;

constexpr std::size_t kGroupsForPeople = 12;

class Matrix : public Command {
public:
    void setup(Options& options) override {
        options.text("by", by_, "type|PROPERTY", "what makes groups of the actors: type, country, or any property");
        options.text("sum", sum_, "PROP", "sum this property of the relationships instead of counting them");
        options.text("currency", currency_, "CODE", kCurrencyHelp);
        difference_.setup(options);
        output_.setup(options);
        selection_.setup(options);
    }

    int run(Context& context) override {
        if (by_.empty()) throw Error(ErrorKind::usage, "matrix wants groups", "add --by type, --by country or another property");
        if (!currency_.empty() && !sum_) throw Error(ErrorKind::usage, "--currency wants a property", "add --sum PROP");
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
        const graph::Selection selection = selection_.resolve(context, reader);
        if (output_.for_programs() || difference_.given) {
            return write_answer(context, output_, difference_, selection_, selection, {"from", "to"},
                                [&](const graph::Selection& chosen, std::size_t) { return rows(ask(reader, chosen)); });
        }
        const Answer answer = ask(reader, selection);
        Table table = square(answer, output_.rows ? output_.most_rows() : kGroupsForPeople);
        OutputOptions shown = output_;
        shown.rows = 0;
        write_table(context, table, shown);
        return answer.mixing.cells.empty() ? nothing_found : answered;
    }

private:
    struct Answer {
        ActorGroups groups;
        analysis::Mixing mixing;
        Direction direction = Direction::any;
        std::string reading;
        std::vector<std::string> notes;
    };

    Answer ask(const storage::Reader& reader, const graph::Selection& selection) const {
        const graph::LoadedSnapshot loaded = graph::load(reader, selection);
        const graph::Snapshot& g = loaded.graph;
        Answer out;
        out.groups = actor_groups(reader, g, by_);
        out.direction = selection.direction;
        out.notes = cli::notes(loaded.left_out);
        std::optional<Weights> weights;
        if (sum_) {
            weights = read_weights(reader, g, *sum_, WeightKind::sum, currency_);
            for (std::string& note : weights->notes(*sum_)) out.notes.push_back(std::move(note));
        }
        out.mixing = analysis::mixing(g, selection.direction, out.groups.of, weights ? &weights->numbers : nullptr);
        for (std::string& note : out.groups.notes()) out.notes.push_back(std::move(note));
        if (out.mixing.without_group != 0) {
            out.notes.push_back(fmt::format("left out: {} with an end without {}",
                                            counted(out.mixing.without_group, "relationship"), escape_controls(by_)));
        }
        out.reading = sum_ ? fmt::format("{}{} between groups by {}", *sum_, currency_.empty() ? "" : " in " + currency_, by_)
                           : fmt::format("relationships between groups by {}", by_);
        out.reading += out.direction == Direction::any ? "; in either direction, each once"
                       : out.direction == Direction::out ? "; from the row to the column, symmetric ones both ways"
                                                         : "; from the column to the row, symmetric ones both ways";
        out.reading += fmt::format("; {} in {}", counted(g.vertex_count() - out.groups.without, "actor"),
                                   counted(out.groups.names.size(), "group"));
        if (const std::string chosen = selection_.reading(); !chosen.empty()) out.reading += "; " + chosen;
        return out;
    }

    [[nodiscard]] Value cell(const MixingCell& of) const {
        return sum_ ? Value(of.sum) : Value(static_cast<std::int64_t>(of.ties));
    }

    /// For programs: a row for each two groups with a tie.
    [[nodiscard]] PartAnswer rows(const Answer& answer) const {
        Table table;
        table.reading = answer.reading;
        table.notes = answer.notes;
        table.columns = {{"from", false}, {"to", false}};
        if (sum_) table.columns.push_back({"sum", true});
        table.columns.push_back({"ties", true});
        for (const MixingCell& of : answer.mixing.cells) {
            std::vector<Value> row{answer.groups.names[of.from], answer.groups.names[of.to]};
            if (sum_) row.emplace_back(of.sum);
            row.emplace_back(static_cast<std::int64_t>(of.ties));
            table.rows.push_back(std::move(row));
        }
        const std::uint64_t all = table.rows.size();
        return {std::move(table), all};
    }

    /// For people: the `most` groups with most ties, a row and a column each, in their order.
    [[nodiscard]] Table square(const Answer& answer, std::size_t most) const {
        std::vector<std::uint64_t> ties(answer.groups.names.size(), 0);
        for (const MixingCell& of : answer.mixing.cells) {
            ties[of.from] += of.ties;
            if (of.to != of.from) ties[of.to] += of.ties;
        }
        std::vector<std::uint32_t> shown(ties.size());
        std::iota(shown.begin(), shown.end(), 0U);
        std::stable_sort(shown.begin(), shown.end(), [&](std::uint32_t a, std::uint32_t b) { return ties[a] > ties[b]; });
        shown.resize(std::min(most, shown.size()));
        std::sort(shown.begin(), shown.end());

        Table table;
        table.reading = answer.reading;
        table.columns = {{escape_controls(by_), false}};
        std::vector<std::size_t> place(ties.size(), shown.size());
        for (std::size_t i = 0; i < shown.size(); ++i) {
            place[shown[i]] = i;
            const Value& name = answer.groups.names[shown[i]];
            table.columns.push_back({clip(for_people(name), 20), true});
            table.rows.emplace_back(1 + shown.size());
            table.rows.back().front() = name;
        }
        for (const MixingCell& of : answer.mixing.cells) {
            const std::size_t row = place[of.from], column = place[of.to];
            if (row == shown.size() || column == shown.size()) continue;
            table.rows[row][1 + column] = cell(of);
            if (answer.direction == Direction::any) table.rows[column][1 + row] = cell(of);
        }
        if (shown.size() < ties.size()) {
            table.notes.push_back(fmt::format("({} of {} groups, those with most ties; -n 0 shows all)", shown.size(), ties.size()));
        }
        table.notes.insert(table.notes.end(), answer.notes.begin(), answer.notes.end());
        return table;
    }

    std::string by_, currency_;
    std::optional<std::string> sum_;
    DifferenceOption difference_;
    OutputOptions output_;
    SelectionOptions selection_;
};

constexpr Example kExamples[] = {
    {"entente matrix --by country", "which countries deal with which, and among themselves"},
    {"entente matrix --by type --direction out", "from the rows to the columns"},
    {"entente matrix --by country --type CONTRACT --sum amount --currency EUR", "by money"},
    {"entente matrix --by country --format csv", "a line for each two countries, for a spreadsheet"},
};

}  // namespace

extern const CommandEntry kMatrix;
constinit const CommandEntry kMatrix{
    .name = "matrix",
    .topic = Topic::ask,
    .line = "which groups of actors deal with which, and how much",
    .words = "",
    .least = 0,
    .most = 0,
    .description =
        "Counts the relationships between groups of actors, or sums a property of them with --sum; an empty cell means none. "
        "Every parallel relationship and every self-loop counts. --by says what makes the groups: type (all types of an "
        "actor together), country, or any property of the actors; those without it are left out and counted.\n\n"
        "In either direction each relationship counts once, and a table for people shows it on both sides of the "
        "diagonal. With --direction out it leads from the row to the column, a symmetric one (a meeting) both ways.\n\n"
        "Groups stand in the order of their names, numbers by size. A table shows the 12 with most relationships (-n for "
        "others). Relationships without a number to sum are left out and counted. Amounts in several currencies are never added up: choose "
        "one with --currency.\n\n"
        "For programs there is a row for each two groups with a relationship: from, to, with --sum the sum, and ties, the number of "
        "relationships; in either direction each two groups stand once, from being the first in order. --diff shows in the same form what "
        "--without and --without-source change.",
    .examples = kExamples,
    .make = make_command<Matrix>,
};

}  // namespace entente::cli
