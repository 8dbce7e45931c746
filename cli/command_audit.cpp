// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/audit.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/records.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"
#include "core/graph/stored_graph.hpp"
#include "core/names/similarity.hpp"

namespace entente::cli {
namespace {

class Audit : public Command {
public:
    void setup(Options& options) override {
        output_.setup(options);
        selection_.setup(options);
    }

    int run(Context& context) override {
        const std::vector<bool> wanted = checks(context.words);
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
        const graph::Selection selection = selection_.resolve(context, reader);
        const graph::StoredFacts facts(reader);
        graph::Filter filter(selection, facts);
        graph::limit_to_surroundings(reader, selection, filter);
        const std::vector<Finding> found = audit(reader, filter, wanted);

        Table table;
        table.columns = {{"finding"}, {"id"}, {"from"}, {"type"}, {"to"}, {"date"}, {"detail"}, {"sources"}};
        const auto& all = audit_checks();
        std::string counts;
        for (std::size_t c = 0; c < all.size(); ++c) {
            if (!wanted[c]) continue;
            const auto n = std::count_if(found.begin(), found.end(), [&](const Finding& f) { return f.check == c; });
            counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", all[c].name, n);
        }
        table.reading = counts;
        const std::string chosen = selection_.reading();
        if (!chosen.empty()) table.reading += "; " + chosen;
        // Only the rows that will be told are looked up.
        const std::size_t shown = std::min(found.size(), output_.most_rows());
        for (std::size_t i = 0; i < shown; ++i) table.rows.push_back(row(reader, found[i]));
        if (shown < found.size())
            table.notes.push_back(fmt::format("({} of {} rows; -n 0 shows all)", shown, found.size()));
        for (std::string& note : notes(filter.left_out())) table.notes.push_back(std::move(note));
        if (found.empty() && !output_.for_programs()) {
            context.out << table.reading << "\n";
            for (const std::string& note : table.notes) context.out << note << "\n";
            return nothing_found;
        }
        OutputOptions whole = output_;
        whole.rows = 0;
        write_table(context, table, whole);
        return found.empty() ? nothing_found : answered;
    }

private:
    static std::vector<bool> checks(const std::vector<std::string>& words) {
        const auto& all = audit_checks();
        std::vector<bool> out(all.size(), words.empty());
        for (const std::string& text : words) {
            for (const std::string& word : split_commas(text)) {
                const auto at = std::find_if(all.begin(), all.end(), [&](const AuditCheck& c) { return c.name == word; });
                if (at == all.end()) {
                    std::vector<std::string> names;
                    for (const AuditCheck& c : all) names.emplace_back(c.name);
                    const auto near = names::nearest(word, names);
                    std::string list;
                    for (const std::string& n : near.empty() ? names : near) list += (list.empty() ? "" : ", ") + n;
                    throw Error(ErrorKind::usage, fmt::format("there is no check \"{}\"", word),
                                near.empty() ? "there are " + list : "did you mean " + list + "?");
                }
                out[static_cast<std::size_t>(at - all.begin())] = true;
            }
        }
        return out;
    }

    static std::vector<Value> row(const storage::Reader& reader, const Finding& f) {
        const auto tie = reader.relationship(f.id);
        if (!tie) return std::vector<Value>(8);
        std::string keys;
        std::vector<SourceId> told;
        for (const Evidence& e : reader.evidence(f.id)) {
            if (std::find(told.begin(), told.end(), e.source) != told.end()) continue;
            told.push_back(e.source);
            if (const auto s = reader.source(e.source)) keys += (keys.empty() ? "" : "|") + s->key;
        }
        const auto name = [&](ActorId id) {
            const auto actor = reader.actor(id);
            return actor ? label_of(*actor) : handle(id);
        };
        return {std::string(audit_checks()[f.check].name), handle(f.id), name(tie->from), tie->type, name(tie->to),
                date_text(tie->properties), f.detail, keys};
    }

    OutputOptions output_;
    SelectionOptions selection_;
};

std::string list_of_checks() {
    std::string out = "The checks:\n";
    for (const AuditCheck& c : audit_checks()) out += fmt::format("\n  {:<12}{}", c.name, c.line);
    return out;
}

constexpr Example kExamples[] = {
    {"entente audit", "everything that is weakly supported or contradicts itself"},
    {"entente audit no-source,copies --type CONTRACT -n 0", "contracts that nobody or only copies tell of"},
    {"entente audit over-owned --format csv", "owners of more than the whole, for a program"},
};

}  // namespace

extern const CommandEntry kAudit;
constinit const CommandEntry kAudit{
    .name = "audit",
    .topic = Topic::file,
    .line = "find what is weakly supported or contradicts itself",
    .words = "[CHECK...]",
    .least = 0,
    .most = kAny,
    .description =
        "Looks through the relationships for those that need a second look, and counts them: without a source, "
        "with one alone, with sources that copy each other, with doubtful grades only, with dates out of order, "
        "ending before they start, and owners of more than 100 %. Names of checks choose among them. A "
        "relationship may be found by several. Exit status 1 means that nothing was found.\n"
        "\n"
        "Shares are the property `percentage` or `share` of OWNERSHIP and narrower types, added up over those that "
        "surely held at one time.",
    .examples = kExamples,
    .make = make_command<Audit>,
    .appendix = list_of_checks,
};

}  // namespace entente::cli
