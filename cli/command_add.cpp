// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/actors.hpp"
#include "cli/assignments.hpp"
#include "cli/commands.hpp"
#include "cli/odd_value.hpp"
#include "cli/records.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

bool is_assignment(std::string_view word) { return word.find('=') != std::string_view::npos; }

/// Of what stands in an actor's first word outright, so that the word is no key or name that has a sign in it.
bool says_outright(std::string_view word) {
    const std::string_view name = word.substr(0, std::min(word.find('='), word.find(':')));
    return is_assignment(word) && (name == "key" || name == "name" || name == "type" || name == "aliases");
}

/// `naftogaz`, `Q34453`, `NK-2ab`: one word without spaces that is no plain name in letters with a
/// capital at its start, unless it has a digit, `_`, `-`, `.` or `:`.
bool looks_like_key(std::string_view word) {
    bool marked = false;
    for (const char c : word) {
        const bool lower = c >= 'a' && c <= 'z';
        const bool upper = c >= 'A' && c <= 'Z';
        const bool mark = (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == ':';
        if (!lower && !upper && !mark) return false;
        marked = marked || mark;
    }
    return marked || (!word.empty() && word.front() >= 'a' && word.front() <= 'z');
}

std::vector<std::string> split_types(const std::string& text) {
    std::string commas = text;
    for (char& c : commas) {
        if (c == '|') c = ',';
    }
    return split_commas(commas);
}

class Add : public Command {
public:
    void setup(Options& options) override {
        options.flag("make-actors", make_actors_,
                     "make an actor of each end that nobody has yet, instead of refusing");
        write_.setup(options);
        source_.setup_demanding(options);
    }

    int run(Context& context) override {
        const auto& words = context.words;
        const bool actor = words[0] == "actor" &&
                           (words.size() == 2 || is_assignment(words[2]));
        if (!actor && (words.size() < 3 || is_assignment(words[0]) || is_assignment(words[1]) ||
                       is_assignment(words[2]))) {
            throw Error(ErrorKind::usage, "a relationship is added as A TYPE B, an actor as actor KEY",
                        "for example: entente add aliyev MEETING zelenskyy date=2025-01\n"
                        "             entente add actor naftogaz name=Naftogaz type=Company");
        }
        const bool outright = actor && says_outright(words[1]);
        const auto assignments = parse_assignments(words, outright ? 1 : actor ? 2 : 3);
        if (!actor) source_.demand(context);
        Database database = open_to_write(context, write_, true);
        storage::Writer writer = database.write(context.text);
        if (const auto source = source_.resolve(writer)) writer.set_source(*source);
        if (actor) {
            made_.push_back(add_actor(context, writer, assignments));
            writer.commit();
            tell_created(context, database);
            tell(context, database.read(), std::nullopt);
        } else {
            const RelationshipId id = add_relationship(context, writer, assignments);
            writer.commit();
            tell_created(context, database);
            tell(context, database.read(), id);
        }
        return answered;
    }

private:
    /// What the committed file now holds of it.
    void tell(Context& context, const storage::Reader& reader,
              std::optional<RelationshipId> relationship) const {
        for (const ActorId id : made_) context.out << "added " << describe(reader, id) << "\n";
        if (!relationship) return;
        SourceList sources(reader);
        if (const auto stored = reader.relationship(*relationship)) {
            context.out << fmt::format("added {}  {}\n", handle(*relationship),
                                       cli::tell(reader, *stored, sources));
        }
        for (const std::string& line : sources.lines()) context.out << "  " << line << "\n";
    }

    ActorId add_actor(Context& context, storage::Writer& writer,
                          const std::vector<Assignment>& assignments) {
        Actor actor;
        const std::string& word = context.words[1];
        if (says_outright(word)) {
            const auto named = [](const Assignment& each) { return each.name == "key" || each.name == "name"; };
            if (std::none_of(assignments.begin(), assignments.end(), named)) {
                throw Error(ErrorKind::usage, "an actor needs a key or a name", "for example: entente add actor key=naftogaz name=Naftogaz");
            }
        } else if (looks_like_key(word)) {
            actor.key = word;
        } else {
            actor.properties["name"] = word;
        }
        for (const Assignment& each : assignments) {
            if (each.name == "type") {
                if (!each.value.is_null()) actor.types = split_types(to_text(each.value));
            } else if (each.name == "key") {
                if (!each.value.is_null()) actor.key = to_text(each.value);
            } else {
                apply(each, actor.properties);
            }
        }
        source_.add_to(actor.properties);
        if (actor.key) {
            if (const auto taken = writer.reader().actor_by_key(*actor.key)) {
                throw Error(ErrorKind::usage,
                            fmt::format("the key \"{}\" is taken by {}", *actor.key,
                                        describe(writer.reader(), *taken)),
                            fmt::format("`entente set {}` changes that one", shell_quote(*actor.key)));
            }
        }
        const std::string name = name_of(actor);
        if (!name.empty()) {
            for (const ActorId same : writer.reader().actors_by_name(name)) {
                context.err << "entente: note: " << describe(writer.reader(), same)
                            << " is called so too\n";
            }
        }
        note_odd_values(context, writer.reader(), assignments);
        return writer.add(actor);
    }

    RelationshipId add_relationship(Context& context, storage::Writer& writer,
                                 const std::vector<Assignment>& assignments) {
        Relationship relationship;
        relationship.from = end(context, writer, context.words[0]);
        relationship.type = context.words[1];
        relationship.to = end(context, writer, context.words[2]);
        const auto known = writer.reader().find_relationship_type(relationship.type);
        if (known) relationship.type = writer.reader().name(*known);
        source_.add_to(relationship.properties);
        for (const Assignment& each : assignments) {
            if (each.name == "type") {
                throw Error(ErrorKind::usage, "the type stands between the two actors",
                            "entente add A TYPE B");
            }
            apply(each, relationship.properties);
        }
        refuse_taken_id(writer.reader(), relationship.properties, {});
        if (known) note_odd_values(context, writer.reader(), relationship.type, assignments);
        const RelationshipId id = writer.add(relationship);
        if (!known) {
            context.err << "entente: " << escape_controls(relationship.type)
                        << " is a new type of relationship here; `entente schema` tells how it "
                           "is read\n";
        }
        return id;
    }

    ActorId end(Context& context, storage::Writer& writer, const std::string& word) {
        try {
            return find_actor(context, writer.reader(), word, Naming::exact);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::unknown_name || word.starts_with('#')) throw;
            if (!make_actors_) {
                throw Error(error.kind(), error.what(),
                            error.advice() + "\nto make a new actor: entente add actor " +
                                shell_quote(word) + ", or --make-actors here");
            }
        }
        Actor actor;
        if (looks_like_key(word)) {
            actor.key = word;
        } else {
            actor.properties["name"] = word;
        }
        const ActorId id = writer.add(actor);
        made_.push_back(id);
        return id;
    }

    std::vector<ActorId> made_;
    bool make_actors_ = false;
    WriteOptions write_;
    SourceOptions source_;
};

constexpr Example kExamples[] = {
    {"entente add actor naftogaz name=Naftogaz type=Company country=ua",
     "a company with the key naftogaz"},
    {"entente add actor 'Ilham Aliyev' key=aliyev type=Person 'aliases=İlham Əliyev|Ильхам Алиев'",
     "a person, with two other spellings of the name"},
    {"entente add aliyev MEETING zelenskyy date=2025-01..2025-04 place=Davos --source article "
     "--locator 'sentence 2' --grade C2",
     "a meeting some day from January to April, and where that stands"},
    {"entente add azerbaijan AID ukraine amountMin=40000000 currency=USD status=planned --source article",
     "aid that is only planned, from a source that is known already"},
    {"entente add ada KNOWS boris --no-source", "a note to oneself, and that nobody says so is meant"},
};

}  // namespace

extern const CommandEntry kAdd;
constinit const CommandEntry kAdd{
    .name = "add",
    .topic = Topic::write,
    .line = "add a relationship or an actor by hand",
    .words = "A TYPE B [PROPERTY=VALUE...] | actor KEY|NAME [PROPERTY=VALUE...]",
    .least = 2,
    .most = kAny,
    .description =
        "Adds one relationship: from A to B, of a type such as MEETING or OWNERSHIP. Everything "
        "else is a property: date=2025-07-28, startDate=2014, endDate=2018, role=adviser, "
        "amount=40000000, currency=USD, place=Davos, status=planned. Both actors must be there "
        "already and are named by handle, key or exact name; nothing is guessed. A relationship wants to know "
        "who says so: --source KEY, with --title or --url for a new one, or --no-source in so many words.\n"
        "\n"
        "With the word `actor` it adds an actor instead. One lower-case word, or one with digits or "
        "dashes, is taken as its key, anything else as its name; key=, name=, type= and aliases= "
        "say it outright. Types and aliases are separated by a bar.\n"
        "\n"
        "A date may be 2025, 2025-07, 2025-07-28, about 2025 (2025~), some day between two "
        "(2025-01..2025-04), up to (..2022) or from (2025..). The kind of any other value is found "
        "by itself; name:text=007 keeps it as it is written (also int, float, bool, date, list).",
    .examples = kExamples,
    .make = make_command<Add>,
};

}  // namespace entente::cli
