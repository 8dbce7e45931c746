// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/names/similarity.hpp"

namespace entente::cli {
namespace {

class Schema : public Command {
public:
    void setup(Options& options) override {
        output_.setup(options);
        options.group("To change a type");
        options.flag("symmetric", symmetric_, "A MEETING B says the same as B MEETING A");
        options.flag("directed", directed_, "it goes from one to the other");
        options.flag("event", event_, "it happens on its date");
        options.flag("state", state_, "it lasts from its date or start until its end, if any");
        options.text("verb", verb_, "TEXT",
                     "how it is told, from the first to the second: 'signed a contract with'; {} says "
                     "where the second stands");
        options.text("broader", broader_, "TYPE", "the more general type; '' for none");
        options.flag("actor", actor_, "the type is one of actors");
        options.flag("new", new_, "the type is a new one");
        write_.setup(options);
    }

    int run(Context& context) override {
        const bool change = symmetric_ || directed_ || event_ || state_ || verb_ || broader_;
        if (!change) {
            if (new_) throw Error(ErrorKind::usage, "--new needs something to say of the type");
            return show(context);
        }
        if (context.words.empty()) {
            throw Error(ErrorKind::usage, "which type is to be changed?",
                        "entente schema MEETING --verb 'met with'");
        }
        if (symmetric_ && directed_) {
            throw Error(ErrorKind::usage, "a type is symmetric or directed, not both");
        }
        if (event_ && state_) throw Error(ErrorKind::usage, "a type is an event or a state, not both");
        return set(context);
    }

private:
    int show(Context& context) {
        const Database database = open_to_read(context);
        const storage::Reader reader = database.read();
        Table table;
        table.columns = {{"kind"}, {"type"}, {"direction"}, {"time"}, {"verb"}, {"broader"},
                         {"count", true}};
        const std::string wanted = context.words.empty() ? "" : ascii_lower(context.words[0]);
        std::vector<std::string> known;
        const auto passes = [&](const std::string& type) {
            known.push_back(type);
            return wanted.empty() || ascii_lower(type) == wanted;
        };
        for (std::uint32_t i = 1; i <= reader.actor_type_count() ; ++i) {
            const ActorType type(i);
            if (!passes(reader.name(type))) continue;
            table.rows.push_back({"actor", reader.name(type), Value(), Value(), Value(),
                                  reader.schema(type).broader,
                                  static_cast<std::int64_t>(reader.count(type))});
        }
        for (std::uint32_t i = 1; i <= reader.relationship_type_count(); ++i) {
            const RelationshipType type(i);
            if (actor_ || !passes(reader.name(type))) continue;
            const RelationshipSchema& schema = reader.schema(type);
            table.rows.push_back({"relationship", reader.name(type),
                                  schema.symmetric ? "symmetric" : "directed",
                                  schema.event ? "event" : "state", schema.verb, schema.broader,
                                  static_cast<std::int64_t>(reader.count(type))});
        }
        if (table.rows.empty() && !wanted.empty()) refuse_type(context.words[0], known);
        if (!output_.rows) output_.rows = 0;
        write_table(context, table, output_);
        return answered;
    }

    [[noreturn]] static void refuse_type(const std::string& type,
                                         const std::vector<std::string>& known) {
        const auto near = names::nearest(type, known);
        throw Error(ErrorKind::unknown_name, fmt::format("there is no type \"{}\"", type),
                    near.empty() ? "`entente schema` lists the types"
                                 : fmt::format("did you mean {}?", fmt::join(near, " or ")));
    }

    int set(Context& context) {
        Database database = open_to_write(context, write_, false);
        storage::Writer writer = database.write(context.text);
        const std::string& word = context.words[0];
        const storage::Reader& reader = writer.reader();
        const auto tie = reader.find_relationship_type(word);
        const auto kind = reader.find_actor_type(word);
        if (!new_ && !(actor_ ? kind.has_value() : tie || kind)) {
            std::vector<std::string> known;
            for (std::uint32_t i = 1; i <= reader.actor_type_count(); ++i) {
                known.push_back(reader.name(ActorType(i)));
            }
            for (std::uint32_t i = 1; i <= reader.relationship_type_count(); ++i) {
                known.push_back(reader.name(RelationshipType(i)));
            }
            try {
                refuse_type(word, known);
            } catch (const Error& error) {
                throw Error(error.kind(), error.what(),
                            error.advice() + "\nto make it beforehand, add --new");
            }
        }
        std::string told;
        if (actor_ || (kind && !tie)) {
            if (symmetric_ || directed_ || event_ || state_ || verb_) {
                throw Error(ErrorKind::usage,
                            fmt::format("{} is a type of actors: it has only a broader one", word));
            }
            ActorSchema schema = kind ? reader.schema(*kind) : default_actor_schema(word);
            schema.type = kind ? reader.name(*kind) : word;
            schema.broader = *broader_;
            writer.set_schema(schema);
            told = fmt::format("{}: a type of actors{}", schema.type, under(schema.broader));
        } else {
            RelationshipSchema schema = tie ? reader.schema(*tie) : default_schema(word);
            schema.type = tie ? reader.name(*tie) : word;
            if (symmetric_ || directed_) schema.symmetric = symmetric_;
            if (event_ || state_) schema.event = event_;
            if (verb_) schema.verb = *verb_;
            if (broader_) schema.broader = *broader_;
            writer.set_schema(schema);
            told = fmt::format("{}: {}, {}, told as \"A {} B\"{}", schema.type,
                               schema.symmetric ? "symmetric" : "directed",
                               schema.event ? "an event" : "a state", schema.verb,
                               under(schema.broader));
        }
        writer.commit();
        context.out << escape_controls(told) << "\n";
        return answered;
    }

    static std::string under(const std::string& broader) {
        return broader.empty() ? std::string() : ", narrower than " + broader;
    }

    OutputOptions output_;
    WriteOptions write_;
    bool symmetric_ = false, directed_ = false, event_ = false, state_ = false;
    bool actor_ = false, new_ = false;
    std::optional<std::string> verb_, broader_;
};

constexpr Example kExamples[] = {
    {"entente schema", "all types, how each is read and told, how many there are"},
    {"entente schema MEETING --symmetric --event --verb met --broader CONSULT",
     "how meetings are read"},
    {"entente schema GAS_SUPPLY --verb 'supplied {} with gas'",
     "told as \"Russia supplied Ukraine with gas\""},
    {"entente schema Company --actor --broader LegalEntity",
     "so that --actor-type LegalEntity takes companies"},
};

}  // namespace

extern const CommandEntry kSchema;
constinit const CommandEntry kSchema{
    .name = "schema",
    .topic = Topic::file,
    .line = "list the types and say how they are read and told",
    .words = "[TYPE]",
    .least = 0,
    .most = 1,
    .description =
        "Without options, lists the types of actors and relationships. With options it changes "
        "one: whether a relationship is symmetric or directed; whether it is an event, which "
        "happens on its date, or a state, which lasts; with which verb it is told; and which more "
        "general type it belongs to, so that --type CONSULT takes meetings too.\n"
        "\n"
        "Types need no declaration: one that is new gets a sensible reading when it is first seen.",
    .examples = kExamples,
    .make = make_command<Schema>,
};

}  // namespace entente::cli
