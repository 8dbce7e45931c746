// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <variant>

#include "cli/actors.hpp"
#include "cli/commands.hpp"
#include "cli/known_at.hpp"
#include "cli/output.hpp"
#include "cli/records.hpp"
#include "cli/text.hpp"
#include "core/exporters/json_object.hpp"

namespace entente::cli {
namespace {

/// The ids of an actor's relationships, each once, ascending.
std::vector<RelationshipId> relationships_of(const storage::Reader& reader, ActorId actor) {
    std::vector<RelationshipId> ids;
    for (const auto side : {storage::Side::out, storage::Side::in}) {
        for (storage::TieCursor tie = reader.ties(actor, side); tie; ++tie) ids.push_back(tie->id);
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

Value keyed(const storage::Reader& reader, ActorId id) {
    const auto key = reader.key(id);
    return key ? *key : handle(id);
}

class Show : public Command {
public:
    void setup(Options& options) override {
        output_.setup(options);
        known_at_.setup(options);
    }

    int run(Context& context) override {
        const Database database = open_to_read(context);
        const storage::Reader reader = known_at_.read(database);
        std::vector<Shown> all;
        for (const std::string& word : context.words) {
            if (is_relationship_handle(word) && !reader.actor_by_key(word)) {
                all.emplace_back(find_relationship(reader, word));
                continue;
            }
            for (const ActorId id : find_actors(context, reader, {word}, Naming::near)) all.emplace_back(id);
        }
        if (output_.format() == Format::csv) {
            write_table(context, table_of(reader, all), output_);
            return answered;
        }
        const bool list = output_.format() == Format::json && all.size() > 1;
        if (list) context.out << "[";
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i != 0) context.out << (list ? "," : output_.for_programs() ? "" : "\n");
            if (const auto* id = std::get_if<ActorId>(&all[i])) {
                if (const auto actor = reader.actor(*id)) show(context, reader, *actor);
            } else if (const auto relationship = reader.relationship(std::get<RelationshipId>(all[i]))) {
                show(context, reader, *relationship);
            }
        }
        if (list) context.out << "]\n";
        return answered;
    }

private:
    using Shown = std::variant<ActorId, RelationshipId>;

    void show(Context& context, const storage::Reader& reader, const Actor& actor) {
        const auto ids = relationships_of(reader, actor.id);
        const std::size_t shown = std::min(ids.size(), output_.most_rows());
        if (output_.for_programs()) {
            show_to_programs(context, reader, actor, ids, shown);
            return;
        }
        std::ostream& out = context.out;
        const bool colour = context.terminal.out_colour;
        out << bold(escape_controls(label_of(actor)), colour) << "  " << handle(actor.id);
        if (actor.key) out << "  " << escape_controls(*actor.key);
        if (!actor.types.empty()) {
            out << "  " << escape_controls(fmt::format("{}", fmt::join(actor.types, ", ")));
        }
        out << "\n";
        write_properties(context, actor.properties, "name");
        for (const Merge& merge : reader.merges()) {
            if (merge.into != actor.id) continue;
            const auto record = reader.last_version(merge.absorbed);
            std::string line = "  merged with: " + (record ? label_of(*record) + " " : "") + handle(merge.absorbed);
            if (record && record->key) line += " " + *record->key;
            if (!merge.reason.empty()) line += ", " + merge.reason;
            if (!merge.decided_by.empty()) line += " (" + merge.decided_by + ")";
            out << escape_controls(line) << "\n";
        }
        SourceList sources(reader);
        const auto evidence = reader.evidence(actor.id);
        if (!evidence.empty()) {
            out << "  known from";
            for (const Evidence& each : evidence) {
                out << fmt::format(" [{}]", sources.number(each.source));
                if (!each.locator.empty()) out << " " << escape_controls(each.locator);
            }
            out << "\n";
        }
        out << "\n" << bold(counted(ids.size(), "relationship"), colour) << "\n";
        for (std::size_t i = 0; i < shown; ++i) {
            const auto relationship = reader.relationship(ids[i]);
            if (!relationship) continue;
            out << "  " << handle(ids[i]) << "  " << tell(reader, *relationship, sources) << "\n";
        }
        if (shown < ids.size()) {
            out << dim(fmt::format("  ({} of {}; -n 0 shows all)", shown, ids.size()), colour)
                << "\n";
        }
        write_sources(context, sources);
    }

    void show(Context& context, const storage::Reader& reader, const Relationship& relationship) {
        if (output_.for_programs()) {
            context.out << relationship_json(reader, relationship) << "\n";
            return;
        }
        std::ostream& out = context.out;
        SourceList sources(reader);
        out << bold(handle(relationship.id), context.terminal.out_colour) << "  "
            << tell(reader, relationship, sources) << "\n";
        out << "  type: " << escape_controls(relationship.type) << "\n";
        out << "  from: " << describe(reader, relationship.from) << "\n";
        out << "  to: " << describe(reader, relationship.to) << "\n";
        write_properties(context, relationship.properties, "");
        for (const Evidence& each : reader.evidence(relationship.id)) {
            std::string line = fmt::format("  evidence: [{}]", sources.number(each.source));
            if (!each.locator.empty()) line += " " + each.locator;
            if (!each.grade.empty()) line += ", grade " + each.grade;
            if (!each.url.empty()) line += ", " + each.url;
            if (!each.retrieved_at.empty()) line += ", looked up " + each.retrieved_at;
            if (!each.excerpt.empty()) line += ": \"" + each.excerpt + "\"";
            out << escape_controls(line) << "\n";
        }
        const auto earlier = reader.history(relationship.id);
        const ChangeSetId first = earlier.empty() ? relationship.since : earlier.front().record.since;
        const auto written = [&](const char* how, ChangeSetId by) {
            if (const auto set = reader.change_set(by)) {
                out << fmt::format("  {} by change set {}: {}\n", how, by.value, escape_controls(set->what));
            }
        };
        written("brought", first);
        if (relationship.since != first) written("last changed", relationship.since);
        write_sources(context, sources);
    }

    void show_to_programs(Context& context, const storage::Reader& reader, const Actor& actor,
                          const std::vector<RelationshipId>& ids, std::size_t shown) {
        std::ostream& out = context.out;
        const bool lines = output_.format() == Format::jsonl;
        if (lines) {
            out << "{\"actor\":" << actor_json(actor) << merged_json(reader, actor.id) << "}\n";
        } else {
            out << "{\"actor\":" << actor_json(actor) << merged_json(reader, actor.id) << ",\"relationships\":[";
        }
        for (std::size_t i = 0; i < shown; ++i) {
            const auto relationship = reader.relationship(ids[i]);
            if (!relationship) continue;
            const std::string json = relationship_json(reader, *relationship);
            if (lines) {
                out << "{\"relationship\":" << json << "}\n";
            } else {
                out << (i == 0 ? "\n" : ",\n") << json;
            }
        }
        if (!lines) out << (shown == 0 ? "]}\n" : "\n]}\n");
    }

    /// `,"merged":[{"id":...}]`: the records that lie in this one; nothing when there are none.
    static std::string merged_json(const storage::Reader& reader, ActorId id) {
        std::string out;
        for (const Merge& merge : reader.merges()) {
            if (merge.into != id) continue;
            exporters::JsonObject one;
            one.text("id", handle(merge.absorbed));
            if (const auto record = reader.last_version(merge.absorbed)) {
                one.text("key", record->key.value_or(""));
                one.text("name", name_of(*record));
            }
            one.raw("changeSet", std::to_string(merge.since.value));
            one.text("reason", merge.reason);
            one.text("decidedBy", merge.decided_by);
            out += (out.empty() ? ",\"merged\":[" : ",") + one.close();
        }
        return out.empty() ? out : out + "]";
    }

    /// Each relationship once, in the order of the words.
    Table table_of(const storage::Reader& reader, const std::vector<Shown>& all) const {
        std::vector<RelationshipId> ids;
        std::set<RelationshipId> met;
        for (const Shown& one : all) {
            std::vector<RelationshipId> more;
            if (const auto* id = std::get_if<ActorId>(&one)) {
                more = relationships_of(reader, *id);
                more.resize(std::min(more.size(), output_.most_rows()));
            } else {
                more = {std::get<RelationshipId>(one)};
            }
            for (const RelationshipId id : more)
                if (met.insert(id).second) ids.push_back(id);
        }
        Table table;
        table.columns = {{"id"}, {"from"}, {"type"}, {"to"}, {"date"}, {"status"},
                         {"confidence", true}, {"sources"}};
        for (const RelationshipId id : ids) {
            const auto relationship = reader.relationship(id);
            if (!relationship) continue;
            std::string keys;
            for (const Evidence& each : reader.evidence(id)) {
                const auto source = reader.source(each.source);
                if (!source) continue;
                if (!keys.empty()) keys += "|";
                keys += source->key;
            }
            const auto confidence = confidence_of(reader, *relationship);
            table.rows.push_back({handle(id), keyed(reader, relationship->from),
                                  relationship->type, keyed(reader, relationship->to),
                                  date_text(relationship->properties),
                                  std::string(status_name(status_of(relationship->properties))),
                                  confidence ? Value(*confidence) : Value(), keys});
        }
        return table;
    }

    static void write_properties(Context& context, const Properties& properties,
                                 std::string_view without) {
        for (const auto& [name, value] : properties) {
            if (name == without) continue;
            context.out << "  " << escape_controls(name) << ": " << for_people(value) << "\n";
        }
    }

    static void write_sources(Context& context, const SourceList& sources) {
        if (sources.size() == 0) return;
        context.out << "\n" << bold("Sources", context.terminal.out_colour) << "\n";
        for (const std::string& line : sources.lines()) context.out << "  " << line << "\n";
    }

    OutputOptions output_;
    KnownAtOption known_at_;
};

constexpr Example kExamples[] = {
    {"entente show \"Ilham Aliyev\"", "everything known about him, relationship by relationship"},
    {"entente show '#17' --format json", "the same of the actor #17, for a program"},
    {"entente show r12", "one relationship with its properties, evidence and origin"},
    {"entente show @board.txt", "every actor that a line of board.txt names"},
};

}  // namespace

extern const CommandEntry kShow;
constinit const CommandEntry kShow{
    .name = "show",
    .topic = Topic::ask,
    .line = "tell everything known about an actor or a relationship",
    .words = "ACTOR|r17...",
    .least = 1,
    .most = kAny,
    .description =
        "Tells what the database knows about an actor: its types and properties, then each of its "
        "relationships as a sentence with its date, how sure it is, and the numbers of its sources, "
        "which are listed below. Every status is told, denied and hypothetical ones too, and "
        "marked as such.\n"
        "\n"
        "An actor is named by its handle (#17), its key, or its name or alias in any script. A "
        "relationship is named by its handle (r17), which stands before each sentence.",
    .examples = kExamples,
    .make = make_command<Show>,
};

}  // namespace entente::cli
