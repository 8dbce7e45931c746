// SPDX-License-Identifier: MIT
#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/exporters/formats.hpp"
#include "core/exporters/graph_table.hpp"
#include "core/exporters/json.hpp"
#include "core/exporters/json_object.hpp"
#include "core/model/fragments.hpp"
#include "core/model/ftm_value.hpp"

namespace entente::exporters {
namespace {

using ftm::Kind;
using ftm::Schema;

std::string quoted(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

std::string list_of(const std::vector<std::string>& texts) {
    std::string out = "[";
    for (const std::string& text : texts) {
        if (out.size() > 1) out += ',';
        append_json_string(out, text);
    }
    return out + "]";
}

/// Members that stand beside the properties, as OpenSanctions has them.
bool stands_beside(std::string_view name, const Value& value) {
    const Value::Kind kind = value.kind();
    if (name == "first_seen" || name == "last_seen" || name == "last_change") return kind == Value::Kind::text && !value.text().empty();
    if (name == "target") return kind == Value::Kind::boolean;
    if (name != "referents" && name != "origin") return false;
    if (kind != Value::Kind::list || value.list().size() < (name == "origin" ? 2U : 1U)) return false;
    return std::all_of(value.list().begin(), value.list().end(), [](const Value& one) { return one.kind() == Value::Kind::text; });
}

/// FollowTheMoney has neither ranges nor open ends, nor `about`, which is taken off.
bool plain_date(std::string& text) {
    if (text.ends_with('~')) text.pop_back();
    return text.find("..") == std::string::npos;
}

/// An entity on its way to a line, and what an importer will read from it.
class Entity {
public:
    Entity(const Schema& schema, std::string id) : schema_(schema), id_(std::move(id)) {}

    void caption(const std::string& text) { caption_ = text; }
    /// Values that the importer does not read as a property of that name.
    void add(std::string_view property, std::vector<std::string> texts) { members_.emplace_back(property, std::move(texts)); }
    /// A property, as values and, where those do not say it exactly, as it is.
    void add(const std::string& name, const Properties& properties, bool readable) {
        const Value& value = properties.at(name);
        const bool told = name.ends_with(".told");
        if (told && is_dated(name.substr(0, name.size() - 5)) && properties.contains(name.substr(0, name.size() - 5))) return;
        if (stands_beside(name, value)) {
            beside_.emplace_back(name, to_json(value));
            read_[name] = value;
            return;
        }
        if (!readable) return;
        std::vector<std::string> texts = ftm::texts_of(properties, name);
        if (value.kind() == Value::Kind::date) std::erase_if(texts, [](std::string& text) { return !plain_date(text); });
        ftm::put_values(read_, name, schema_.kind(name).value_or(Kind::text), {texts.begin(), texts.end()});
        std::erase(texts, std::string());
        if (!texts.empty()) members_.emplace_back(name, std::move(texts));
    }
    void reads(const std::string& name, Value value) { read_[name] = std::move(value); }
    void own(std::string_view name, const std::string& json) { own_.raw(name, json); }
    void datasets(std::vector<std::string> keys) { datasets_ = std::move(keys); }

    /// The line. `properties`: what is to be read from it.
    std::string line(const Properties& properties) {
        std::string differing;
        for (const auto& [name, value] : properties) {
            const auto read = read_.find(name);
            if (read != read_.end() && read->second == value) continue;
            differing += (differing.empty() ? "[" : ",[") + quoted(name) + "," + tagged_json(value) + "]";
        }
        std::vector<std::string> without;
        for (const auto& [name, value] : read_) {
            if (!properties.contains(name)) without.push_back(name);
        }
        if (!differing.empty()) own_.raw("properties", "[" + differing + "]");
        if (!without.empty()) own_.raw("without", list_of(without));
        JsonObject out;
        out.raw("id", quoted(id_));
        out.text("caption", caption_);
        out.raw("schema", quoted(schema_.name));
        JsonObject inner;
        for (const auto& [name, texts] : members_) inner.raw(name, list_of(texts));
        out.raw("properties", inner.close());
        if (!datasets_.empty()) out.raw("datasets", list_of(datasets_));
        for (const auto& [name, json] : beside_) out.raw(name, json);
        if (!own_.empty()) out.raw("entente", own_.close());
        return out.close();
    }

private:
    const Schema& schema_;
    std::string id_, caption_;
    std::vector<std::pair<std::string, std::vector<std::string>>> members_;
    std::vector<std::pair<std::string, std::string>> beside_;
    std::vector<std::string> datasets_;
    Properties read_;
    JsonObject own_;
};

class Writer {
public:
    Writer(const Network& network, std::ostream& stream, Losses& losses)
        : network_(network), stream_(stream), losses_(losses), keys_(network), source_keys_(keys_of(network.sources)) {
        for (const ActorSchema& s : network.actor_types) broader_actor_[s.type] = s.broader;
        for (const RelationshipSchema& s : network.relationship_types) broader_tie_[s.type] = s.broader;
    }

    void write() {
        network_.actors([&](const Actor& a) {
            schemata_[a.id.value] = &schema_of(a);
            ids_.insert(std::hash<std::string>()(keys_.of(network_, a.id)));
        });
        network_.relationships([&](const Relationship& r) { look_for_property(r); });
        network_.actors([&](const Actor& a) { actor(a); });
        network_.relationships([&](const Relationship& r) {
            if (!folded_.contains(r.id.value)) tie(r);
        });
        for (const Source& s : network_.sources) {
            if (!cited_.contains(s.key)) losses_.add("sources that nothing names");
            else if (!(s.title + s.publisher + s.url + s.archive_url + s.date + s.licence + s.hash).empty() || !s.properties.empty())
                losses_.add("titles and the like of sources, of which the keys stay");
        }
        count_types(network_, {}, losses_);
    }

private:
    /// A tie that may be a property of the actor it goes from.
    struct Candidate {
        Relationship tie;
        std::string_view property;
    };

    /// The first type up the ladder of broader ones that FollowTheMoney has, as `find` finds it.
    template <class Find>
    static const Schema* climb(std::string type, const std::map<std::string, std::string>& told, const Find& find,
                               const std::function<std::string(const std::string&)>& known) {
        for (int steps = 0; steps < 16 && !type.empty(); ++steps) {
            if (const Schema* found = find(type)) return found;
            const auto broader = told.find(type);
            type = broader != told.end() ? broader->second : known(type);
        }
        return nullptr;
    }

    const Schema& schema_of(const Actor& actor) const {
        const auto thing = [](const std::string& type) -> const Schema* {
            const Schema* s = ftm::schema_named(type);
            return s != nullptr && !s->abstract && (!s->edge || s->loose) ? s : nullptr;
        };
        const Schema* best = nullptr;
        for (const std::string& type : actor.types) {
            const Schema* found = climb(type, broader_actor_, thing, [](const std::string& t) { return default_actor_schema(t).broader; });
            if (found != nullptr && (best == nullptr || found->is_a(*best))) best = found;
        }
        return best != nullptr ? *best : *ftm::schema_named("LegalEntity");
    }

    const Schema& schema_of(const Relationship& tie) const {
        const auto edge = [](const std::string& type) { return ftm::schema_of_type(type); };
        const Schema* found = climb(tie.type, broader_tie_, edge, [](const std::string& t) { return default_schema(t).broader; });
        return found != nullptr ? *found : *ftm::schema_named("UnknownLink");
    }

    /// What an entity with these properties says of a source among its datasets.
    static Evidence told_of(SourceId source, const Properties& properties) {
        const auto text = [&](const char* name) -> std::string {
            const Value* v = find_property(properties, name);
            return v != nullptr && v->kind() == Value::Kind::text ? v->text() : std::string();
        };
        const Value* sure = find_property(properties, "confidence");
        return {source, text("locator"), text("excerpt"), text("grade"), sure != nullptr ? sure->number() : std::nullopt, text("url"), text("retrievedAt")};
    }
    /// Do datasets, of which each says what the properties say, say just this?
    static bool datasets_say(const std::vector<Evidence>& evidence, const Properties& properties) {
        std::set<std::uint32_t> seen;
        return std::all_of(evidence.begin(), evidence.end(), [&](const Evidence& e) {
            return seen.insert(e.source.value).second && e == told_of(e.source, properties);
        });
    }

    /// Keys of sources, each once.
    std::vector<std::string> datasets(const std::string& first, const std::vector<Evidence>& evidence) {
        std::vector<std::string> out;
        if (!first.empty()) out.push_back(first);
        for (const Evidence& e : evidence) {
            const auto key = source_keys_.find(e.source.value);
            if (key == source_keys_.end()) continue;
            if (std::find(out.begin(), out.end(), key->second) == out.end()) out.push_back(key->second);
        }
        cited_.insert(out.begin(), out.end());
        return out;
    }
    [[nodiscard]] std::vector<Evidence> evidence_for(RelationshipId id) const {
        return network_.evidence ? network_.evidence(id) : std::vector<Evidence>();
    }

    void look_for_property(const Relationship& r) {
        if (!r.type.starts_with("HAS_")) return;
        const Schema& holder = *schemata_.at(r.from.value);
        for (const auto& [name, property] : holder.properties) {
            if (property.type == r.type) candidates_[r.from.value].push_back({r, name});
        }
    }

    /// Will an importer make exactly this tie of a property of this actor?
    bool is_property(const Actor& a, const Candidate& c) {
        Properties made;
        for (const char* dated : {"date", "startDate", "endDate"}) {
            if (schemata_.at(a.id.value)->kind(dated) != Kind::date) continue;
            for (const std::string& name : {std::string(dated), std::string(dated) + ".told"}) {
                if (const Value* v = find_property(a.properties, name)) made[name] = *v;
            }
        }
        made["id"] = Value(keys_.of(network_, a.id) + "/" + std::string(c.property) + "/" + keys_.of(network_, c.tie.to));
        if (made != c.tie.properties) return false;
        if (!datasets_say(evidence_for(c.tie.id), {})) return false;
        const auto sources = [&](const std::vector<Evidence>& all) {
            std::set<std::uint32_t> out;
            for (const Evidence& e : all) out.insert(e.source.value);
            return out;
        };
        // what rests on the source of its import alone says so for both
        const auto own = sources(evidence_of(network_, source_keys_, a.id));
        const auto its = sources(evidence_for(c.tie.id));
        if (own.empty() || its == own) return true;
        if (!std::includes(own.begin(), own.end(), its.begin(), its.end())) return false;
        losses_.add("relationships that became properties and rest on all sources of the actor now");
        return true;
    }

    void actor(const Actor& a) {
        const Schema& schema = *schemata_.at(a.id.value);
        Entity out(schema, keys_.of(network_, a.id));
        if (a.types.size() != 1 || a.types[0] != schema.name) out.own("types", list_of(a.types));
        if (const std::string name = name_of(a); !name.empty()) {
            out.caption(name);
            out.add("name", {name});
            out.reads("name", Value(name));
        }
        if (const auto aliases = plain_aliases(find_property(a.properties, "aliases")); aliases && !aliases->empty()) {
            out.add("alias", *aliases);
        }
        read_aliases(out, a);
        for (const auto& [name, value] : a.properties) {
            const bool ours = name == "name" || name == "aliases";
            const bool theirs = name == "alias" || schema.kind(name) == Kind::entity;
            if (!ours) out.add(name, a.properties, !theirs);
        }
        std::vector<Evidence> evidence = evidence_of(network_, source_keys_, a.id);
        std::map<std::string_view, std::vector<std::string>> named;
        if (const auto found = candidates_.find(a.id.value); found != candidates_.end()) {
            for (const Candidate& c : found->second) {
                if (!is_property(a, c)) continue;
                named[c.property].push_back(keys_.of(network_, c.tie.to));
                if (evidence.empty()) evidence = evidence_for(c.tie.id);
                folded_.insert(c.tie.id.value);
            }
        }
        for (auto& [property, keys] : named) out.add(property, std::move(keys));
        if (!datasets_say(evidence, {}) && !datasets_say(evidence, a.properties)) out.own("evidence", evidence_json(evidence, source_keys_));
        out.datasets(datasets({}, evidence));
        stream_ << out.line(a.properties) << '\n';
    }

    /// The aliases as they will be read: names that stand under other properties are among them.
    void read_aliases(Entity& out, const Actor& a) const {
        std::vector<std::string> all = plain_aliases(find_property(a.properties, "aliases")).value_or(std::vector<std::string>());
        for (std::string& one : ftm::texts_of(a.properties, "previousName")) all.push_back(std::move(one));
        const std::string name = name_of(a);
        List list;
        for (const std::string_view one : ftm::distinct({all.begin(), all.end()})) {
            if (one != name) list.emplace_back(one);
        }
        if (!list.empty()) out.reads("aliases", Value(std::move(list)));
    }

    void tie(const Relationship& r) {
        const Schema& schema = schema_of(r);
        std::string id = keys_.of(r);
        const Value* told = find_property(r.properties, "id");
        const bool has_id = told != nullptr && told->kind() == Value::Kind::text && !told->text().empty();
        Properties properties = r.properties;
        if (has_id) properties.erase("id");
        // ids of entities are one name space, ours are two
        std::string free = id;
        while (ids_.contains(std::hash<std::string>()(free))) free += "-tie";
        Entity out(schema, free);
        const Support support = support_of(network_, source_keys_, r);
        // the row's details are its first source's; others have their own, which name the relationship by its id
        const bool shared = support.more.empty() || (!support.source.empty() && datasets_say(evidence_for(r.id), r.properties));
        if (!shared) {
            out.own("source", quoted(support.source));
            out.own("evidence", evidence_json(support.more, source_keys_));
        }
        if (!has_id && !shared) out.own("id", quoted(id));
        else if (!has_id) out.own("id", "false");
        else if (free != id) out.own("id", quoted(id));
        if (r.type != schema.type) out.own("type", quoted(r.type));
        out.add(schema.source, {keys_.of(network_, r.from)});
        out.add(schema.target, {keys_.of(network_, r.to)});
        if (schema.name == "UnknownLink" && !properties.contains("role")) {
            // who reads the role alone must not take for a fact what is denied or planned
            const Status status = status_of(r.properties);
            const std::string verb = (status == Status::actual ? "" : std::string(status_name(status)) + ": ") + verb_of(r.type);
            out.add("role", {verb});
            out.reads("role", Value(verb));
        }
        for (const auto& [name, value] : properties) {
            if (name == "caption" && value.kind() == Value::Kind::text && !value.text().empty() && value.text() != schema.name) {
                out.caption(value.text());
                out.reads(name, value);
                continue;
            }
            out.add(name, properties, name != schema.source && name != schema.target && name != "caption");
        }
        out.datasets(datasets(support.source, support.more));
        stream_ << out.line(properties) << '\n';
    }

    std::string verb_of(const std::string& type) const {
        for (const RelationshipSchema& s : network_.relationship_types) {
            if (s.type == type && !s.verb.empty()) return s.verb;
        }
        const std::string verb = default_schema(type).verb;
        return verb.empty() ? type : verb;
    }

    const Network& network_;
    std::ostream& stream_;
    Losses& losses_;
    FileKeys keys_;
    std::map<std::uint32_t, std::string> source_keys_;
    std::map<std::string, std::string> broader_actor_, broader_tie_;
    std::unordered_map<std::uint32_t, const Schema*> schemata_;
    std::unordered_set<std::size_t> ids_;
    std::unordered_map<std::uint32_t, std::vector<Candidate>> candidates_;
    std::unordered_set<std::uint64_t> folded_;
    std::set<std::string> cited_;
};

constexpr std::string_view kSuffixes[] = {".ftm.json", ".ftm", ".ijson"};

}  // namespace

extern const Format kFtm;
constinit const Format kFtm{
    .name = "ftm",
    .line = "FollowTheMoney entities, one JSON object a line",
    .suffixes = kSuffixes,
    .write = [](const Network& network, std::ostream& stream, Losses& losses) { Writer(network, stream, losses).write(); },
    .write_folder = nullptr,
};

}  // namespace entente::exporters
