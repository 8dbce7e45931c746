// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/actors.hpp"
#include "cli/assignments.hpp"
#include "cli/commands.hpp"
#include "cli/odd_value.hpp"
#include "cli/output.hpp"
#include "cli/records.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

/// One line for each property that differs: "  role: adviser -> minister".
std::string differences(const Properties& before, const Properties& after) {
    std::string out;
    const auto shown = [](const Properties& properties, const std::string& name) {
        const Value* value = find_property(properties, name);
        return value == nullptr ? std::string("(none)") : for_people(*value);
    };
    Properties all = before;
    all.insert(after.begin(), after.end());
    for (const auto& [name, value] : all) {
        const Value* old = find_property(before, name);
        const Value* now = find_property(after, name);
        if (old != nullptr && now != nullptr && *old == *now) continue;
        out += fmt::format("  {}: {} -> {}\n", escape_controls(name), shown(before, name),
                           shown(after, name));
    }
    return out;
}

class Set : public Command {
public:
    void setup(Options& options) override {
        write_.setup(options);
        source_.setup(options);
    }

    int run(Context& context) override {
        const auto assignments = parse_assignments(context.words, 1);
        Database database = open_to_write(context, write_, false);
        storage::Writer writer = database.write(context.text);
        const auto source = source_.resolve(writer);
        if (source) writer.set_source(*source);
        const std::string& word = context.words[0];
        const bool relationship =
            is_relationship_handle(word) && !writer.reader().actor_by_key(word);
        const std::string told = relationship ? set_relationship(context, writer, word, assignments, source)
                                              : set_actor(context, writer, word, assignments, source);
        if (told.empty()) {
            context.out << "nothing differs, nothing was written\n";
            return answered;
        }
        writer.commit();
        context.out << told;
        return answered;
    }

private:
    /// What supported the record before it was corrected still does, its import's source included.
    template <class Id>
    void keep(storage::Writer& writer, Id id, const std::vector<Evidence>& evidence,
              std::optional<SourceId> source) const {
        for (const Evidence& each : evidence) writer.cite(id, each);
        if (source) writer.cite(id, source_.evidence(*source));
    }

    std::string set_relationship(Context& context, storage::Writer& writer, const std::string& word,
                                 const std::vector<Assignment>& assignments,
                                 std::optional<SourceId> source) {
        const RelationshipId id = find_relationship(writer.reader(), word);
        const auto before = writer.reader().relationship(id);
        if (!before) return {};
        Properties after = before->properties;
        source_.add_to(after);
        for (const Assignment& each : assignments) {
            if (each.name == "type" || each.name == "from" || each.name == "to") {
                throw Error(ErrorKind::usage,
                            fmt::format("the {} of a relationship cannot be changed", each.name),
                            fmt::format("remove {} and add it anew", word));
            }
            apply(each, after);
        }
        refuse_taken_id(writer.reader(), after, id);
        const std::string changes = differences(before->properties, after);
        const auto evidence = writer.reader().evidence(id);
        if (!writer.change(id, after)) return {};
        note_odd_values(context, writer.reader(), before->type, assignments, id);
        keep(writer, id, evidence, source);
        SourceList sources(writer.reader());
        Relationship now = *before;
        now.properties = after;
        return fmt::format("changed {}  {}\n{}", handle(id), tell(writer.reader(), now, sources),
                           changes);
    }

    std::string set_actor(Context& context, storage::Writer& writer, const std::string& word,
                          const std::vector<Assignment>& assignments,
                          std::optional<SourceId> source) {
        const ActorId id = find_actor(context, writer.reader(), word, Naming::exact);
        const auto before = writer.reader().actor(id);
        if (!before) return {};
        Actor after = *before;
        source_.add_to(after.properties);
        for (const Assignment& each : assignments) {
            if (each.name == "key") {
                after.key.reset();
                if (!each.value.is_null()) after.key = to_text(each.value);
                if (after.key) {
                    const auto taken = writer.reader().actor_by_key(*after.key);
                    if (taken && *taken != id) {
                        throw Error(ErrorKind::usage,
                                    fmt::format("the key \"{}\" is taken by {}", *after.key,
                                                describe(writer.reader(), *taken)),
                                    "choose another key");
                    }
                }
            } else if (each.name == "type") {
                after.types.clear();
                if (!each.value.is_null()) {
                    std::string commas = to_text(each.value);
                    for (char& c : commas) {
                        if (c == '|') c = ',';
                    }
                    after.types = split_commas(commas);
                }
            } else {
                apply(each, after.properties);
            }
        }
        std::string changes = differences(before->properties, after.properties);
        if (before->key != after.key) {
            changes += fmt::format("  key: {} -> {}\n",
                                   escape_controls(before->key.value_or("(none)")),
                                   escape_controls(after.key.value_or("(none)")));
        }
        const auto evidence = writer.reader().evidence(id);
        if (!writer.change(id, after)) return {};
        note_odd_values(context, writer.reader(), assignments, id);
        keep(writer, id, evidence, source);
        if (const auto now = writer.reader().actor(id); now && now->types != before->types) {
            changes += escape_controls(fmt::format("  type: {} -> {}", types_text(*before),
                                                   types_text(*now))) + "\n";
        }
        return fmt::format("changed {}\n{}", describe(writer.reader(), id), changes);
    }

    WriteOptions write_;
    SourceOptions source_;
};

constexpr Example kExamples[] = {
    {"entente set r17 date=2025-07-28 role=", "correct the date, take the role away"},
    {"entente set naftogaz country=ua 'aliases=НАК Нафтогаз|Naftohaz'",
     "give an actor a country and other names"},
    {"entente set '#4' type='Person|Politician'", "two types"},
};

}  // namespace

extern const CommandEntry kSet;
constinit const CommandEntry kSet{
    .name = "set",
    .topic = Topic::write,
    .line = "change properties of an actor or a relationship",
    .words = "ACTOR|r17 PROPERTY=VALUE...",
    .least = 2,
    .most = kAny,
    .description =
        "Changes what is known of an actor or a relationship. PROPERTY= with nothing after it takes "
        "the property away. Values are read as by `entente add`. The earlier version stays in the "
        "file's history, and `entente undo` brings it back.",
    .examples = kExamples,
    .make = make_command<Set>,
};

}  // namespace entente::cli
