// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "cli/actors.hpp"
#include "cli/change_sets.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/records.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/storage/support_history.hpp"

namespace entente::cli {
namespace {

const char* word_of(Happening what) {
    switch (what) {
        case Happening::added: return "added";
        case Happening::changed: return "changed";
        case Happening::cited: return "sources changed";
        case Happening::merged: return "merged";
        case Happening::parted: return "parted";
        case Happening::removed: return "removed";
        case Happening::brought_back: return "brought back";
    }
    return "";
}

/// "role: chair -> director; date: 2024 ->": what differs between two versions.
std::string changes(const Properties& before, const Properties& after) {
    std::vector<std::string> parts;
    const auto text = [](const Properties& p, const std::string& name) {
        const Value* v = find_property(p, name);
        return v == nullptr ? std::string() : for_people(*v);
    };
    Properties all = before;
    all.insert(after.begin(), after.end());
    for (const auto& [name, value] : all) {
        const Value *was = find_property(before, name), *is = find_property(after, name);
        if (was != nullptr && is != nullptr && *was == *is) continue;
        parts.push_back(name + ": " + text(before, name) + (was == nullptr ? "-> " : " -> ") + text(after, name));
    }
    std::string out;
    for (const std::string& p : parts) out += (out.empty() ? "" : "; ") + p;
    return out;
}

std::string ends_text(const storage::Reader& reader, ActorId from, ActorId to) {
    return label(reader, from) + " -> " + label(reader, to);
}

std::string difference(const storage::Reader& reader, const Relationship& before, const Relationship& after) {
    std::string out;
    if (before.from != after.from || before.to != after.to)
        out = "ends: " + ends_text(reader, before.from, before.to) + " are " + ends_text(reader, after.from, after.to);
    const std::string rest = changes(before.properties, after.properties);
    return out + (out.empty() || rest.empty() ? "" : "; ") + rest;
}

std::string difference(const storage::Reader&, const Actor& before, const Actor& after) {
    Properties old = before.properties, now = after.properties;
    if (before.key) old["key"] = *before.key;
    if (after.key) now["key"] = *after.key;
    if (before.types != after.types) {
        old["type"] = types_text(before);
        now["type"] = types_text(after);
    }
    return changes(old, now);
}

class History : public Command {
public:
    void setup(Options& options) override {
        output_.setup(options);
        output_.cut_last = "time";
    }

    int run(Context& context) override {
        const Database database = open_to_read(context);
        const storage::Reader reader = database.read();
        Table table;
        table.columns = {{"change", true}, {"time"}, {"id"}, {"what"}, {"detail"}, {"by"}, {"file"}};
        const std::string& word = context.words[0];
        if (is_relationship_handle(word) && !reader.actor_by_key(word)) {
            const RelationshipId id(parse_whole(std::string_view(word).substr(1)).value_or(0));
            if (!reader.last_version(id)) find_relationship(reader, word);
            add(database, reader, id);
        } else {
            const ActorId id = actor(context, reader, word);
            add(database, reader, id);
            for (const RelationshipId tie : reader.relationships_ever(id)) add(database, reader, tie);
            if (const auto last = reader.last_version(id)) {
                table.reading = escape_controls(label_of(*last)) + " (" + handle(id) + ")" +
                                (reader.exists(id) ? "" : ", no longer there");
            }
            if (const auto merge = reader.merge_of(id)) {
                table.notes.push_back(fmt::format("merged into {}{}{}", describe(reader, merge->into),
                                                  merge->reason.empty() ? "" : ": " + merge->reason,
                                                  merge->decided_by.empty() ? "" : " (" + merge->decided_by + ")"));
            }
        }
        std::stable_sort(lines_.begin(), lines_.end(),
                         [](const Line& a, const Line& b) { return a.event < b.event; });
        for (const Line& line : lines_) {
            const auto set = reader.change_set(line.event.set);
            std::string files;
            if (set)
                for (const ReadFile& f : set->files) files += (files.empty() ? "" : "|") + f.name;
            table.rows.push_back({static_cast<std::int64_t>(line.event.set.value), set ? time_text(set->time) : "",
                                  line.id, std::string(word_of(line.event.what)), line.detail,
                                  set ? set->what : "", files});
        }
        write_table(context, table, output_);
        return table.rows.empty() ? nothing_found : answered;
    }

private:
    struct Line {
        Event event;
        std::string id, detail;
    };

    /// One that is there as ever; one that was removed or merged by its number.
    static ActorId actor(Context& context, const storage::Reader& reader, const std::string& word) {
        if (word.starts_with('#')) {
            const auto number = parse_whole(std::string_view(word).substr(1));
            const ActorId id(static_cast<std::uint32_t>(number && *number <= UINT32_MAX ? *number : 0));
            if (reader.last_version(id)) return id;
        }
        return find_actor(context, reader, word, Naming::near);
    }

    template <class Id>
    void add(const Database& database, const storage::Reader& reader, Id id) {
        const auto versions = reader.history(id);
        const auto last = reader.last_version(id);
        const auto events = reader.events(id);
        const bool cited = std::any_of(events.begin(), events.end(), [](const Event& e) { return e.what == Happening::cited; });
        const auto support = cited ? storage::support_changes(reader, id) : std::vector<storage::SupportChange>();
        for (const Event& event : events) {
            // Going into another record and coming back from it say it all.
            const Happening louder = event.what == Happening::removed ? Happening::merged : Happening::parted;
            if ((event.what == Happening::removed || event.what == Happening::brought_back) &&
                std::find(events.begin(), events.end(), Event{event.set, louder}) != events.end())
                continue;
            std::string detail;
            if (event.what == Happening::added) detail = told(reader, versions.empty() ? *last : versions.front().record);
            if (event.what == Happening::merged) detail = told(merge_of(database, id, event.set, {}), " into ");
            if (event.what == Happening::parted) {
                detail = told(merge_of(database, id, ChangeSetId(event.set.value - 1), event.set), " out of ");
            }
            if (event.what == Happening::cited) detail = told(reader, support, event.set);
            if (event.what == Happening::changed) {
                for (std::size_t i = 0; i < versions.size(); ++i) {
                    if (versions[i].until != event.set) continue;
                    const auto& after = i + 1 < versions.size() ? versions[i + 1].record : *last;
                    detail = difference(reader, versions[i].record, after);
                    break;
                }
            }
            lines_.push_back({event, handle(id), std::move(detail)});
        }
    }
    /// The merge of an actor that stood after the change set `at`, brought by it, or gone with the next one, `gone`.
    static std::optional<entente::Merge> merge_of(const Database&, RelationshipId, ChangeSetId, ChangeSetId) { return {}; }
    std::optional<entente::Merge> merge_of(const Database& database, ActorId id, ChangeSetId at, ChangeSetId gone) {
        static const std::vector<entente::Merge> kNone;
        const auto& later = gone ? merges_at(database, gone) : kNone;
        for (const entente::Merge& m : merges_at(database, at)) {
            if (m.absorbed != id && m.into != id) continue;
            const bool stays = std::any_of(later.begin(), later.end(), [&](const auto& l) { return l.absorbed == m.absorbed; });
            if (gone ? !stays : m.since == at) return m;
        }
        return std::nullopt;
    }
    /// Going back to an earlier state takes long: once for each.
    const std::vector<entente::Merge>& merges_at(const Database& database, ChangeSetId set) {
        const auto [known, fresh] = merges_.try_emplace(set.value);
        if (fresh) known->second = database.read_at(set).merges();
        return known->second;
    }
    static std::string told(const std::optional<entente::Merge>& merge, std::string_view way) {
        if (!merge) return {};
        std::string out = handle(merge->absorbed) + std::string(way) + handle(merge->into);
        if (!merge->reason.empty()) out += ": " + merge->reason;
        if (!merge->decided_by.empty()) out += " (" + merge->decided_by + ")";
        return out;
    }
    /// "came: reuters; went: article".
    static std::string told(const storage::Reader& reader, const std::vector<storage::SupportChange>& support, ChangeSetId set) {
        std::string out;
        for (const storage::SupportChange& change : support) {
            if (change.set != set) continue;
            const auto list = [&](const std::vector<SourceId>& sources, const char* how) {
                std::string keys;
                for (const SourceId s : sources) keys += (keys.empty() ? "" : ", ") + storage::key_ever(reader, s);
                if (!keys.empty()) out += (out.empty() ? "" : "; ") + (how + keys);
            };
            list(change.came, "came: ");
            list(change.went, "went: ");
            if (change.retold) out += out.empty() ? "told otherwise" : "; told otherwise";
        }
        return out;
    }
    static std::string told(const storage::Reader&, const Actor& actor) {
        return label_of(actor) + (actor.types.empty() ? "" : ", " + types_text(actor));
    }
    static std::string told(const storage::Reader& reader, const Relationship& tie) {
        const std::string date = date_text(tie.properties);
        return tie.type + " " + ends_text(reader, tie.from, tie.to) + (date.empty() ? "" : ", " + date);
    }

    std::vector<Line> lines_;
    std::map<std::uint32_t, std::vector<entente::Merge>> merges_;  ///< that stood after a change set
    OutputOptions output_;
};

constexpr Example kExamples[] = {
    {"entente history aliyev", "what was added, changed and taken away of him and his relationships"},
    {"entente history r17", "what became of one relationship"},
    {"entente history '#203' --format json", "the same of an actor that was removed or merged, for a program"},
};

}  // namespace

extern const CommandEntry kHistory;
constinit const CommandEntry kHistory{
    .name = "history",
    .topic = Topic::file,
    .line = "tell what became of an actor or a relationship, and when",
    .words = "ACTOR|r17",
    .least = 1,
    .most = 1,
    .description =
        "Lists what happened to an actor and its relationships, or to one relationship: added, changed (with the values "
        "before and after), sources changed, merged, parted, removed, brought back. Each line says by which change "
        "set and command, when, and from which files. Relationships that the actor no longer has are told too, and an "
        "actor that is no longer there by its number.",
    .examples = kExamples,
    .make = make_command<History>,
};

}  // namespace entente::cli
