// SPDX-License-Identifier: MIT
#include <map>
#include <set>

#include "core/model/known_names.hpp"
#include "core/names/slip.hpp"
#include "core/storage/loader_impl.hpp"

namespace entente::storage {

namespace {

RelationshipSchema default_schema_as(const std::string& type) {
    RelationshipSchema s = default_schema(type);
    s.type = type;
    return s;
}

}  // namespace

void Loader::Impl::settle_schemas() {
    WriterState& w = writer.state();
    const auto settle = [&](std::uint32_t file, const auto& schema, const auto& known) {
        Tally& t = account.files[file].types;
        ++(!known ? t.stored : w.reader->schema(*known) == schema ? t.joined : t.changed);
        writer.set_schema(schema);
    };
    for (const auto& [file, s] : relationship_schemas) settle(file, s, w.dictionary.exact_relationship_type(s.type));
    for (const auto& [file, s] : actor_schemas) settle(file, s, w.dictionary.exact_actor_type(s.type));
    tell_near_types();
    account.new_names = new_names();
    // Undirected ties make a new type symmetric when all of its ties are that say how they are.
    std::map<std::string, std::pair<bool, bool>> seen;
    for (const auto& [sequence, chunk] : tie_chunks) {
        for (std::size_t r = 0; r < chunk.direction.size(); ++r) {
            if (chunk.direction[r] == 0) continue;
            auto& [directed, undirected] = seen[chunk.type_names[chunk.type[r]]];
            (chunk.direction[r] == 2 ? undirected : directed) = true;
        }
        chunk.let_go();
    }
    std::set<std::string> told;
    for (const auto& [file, s] : relationship_schemas) told.insert(s.type);
    for (const auto& [type, how] : seen) {
        const auto known = w.dictionary.exact_relationship_type(type);
        // one that an undone import left behind, of which nobody said how it is, is as good as new
        const bool left = known && w.reader->count(*known) == 0 && !told.contains(type) &&
                          w.dictionary.relationship_types()[known->value - 1] == default_schema_as(type);
        if (known && !left) {
            const bool symmetric = w.dictionary.relationship_types()[known->value - 1].symmetric;
            if (symmetric ? how.first : how.second)
                account.notes.push_back("type " + type + " is " + (symmetric ? "symmetric" : "directed") + " in the database: " +
                                        (symmetric ? "rows that give it a direction" : "undirected rows") + " are read so; `entente schema " +
                                        type + (symmetric ? " --directed" : " --symmetric") + "` changes it for all");
            continue;
        }
        RelationshipSchema s = default_schema_as(type);
        if (how.second && how.first)
            account.notes.push_back("type " + type +
                                    " is directed in some rows and undirected in others: kept directed");
        s.symmetric = how.second && !how.first;
        writer.set_schema(s);
    }
}

/// A new type that is nearly one of those there, or of those known by name, may be a slip of the pen.
void Loader::Impl::tell_near_types() {
    const auto& stored = writer.state().dictionary.relationship_types();
    std::set<std::string> told;
    for (const auto& [sequence, chunk] : tie_chunks)
        for (const std::string& type : chunk.type_names)
            if (!writer.state().dictionary.exact_relationship_type(type)) told.insert(type);
    constexpr std::size_t kMost = 1000;  // so many types are no vocabulary
    if (told.size() + stored.size() > kMost) return;
    const auto joined = [](std::string name) {
        std::erase(name, '_');
        return name;
    };
    std::vector<std::string> there;
    for (const RelationshipSchema& s : stored) there.push_back(s.type);
    std::vector<std::string> known = known_relationship_types();
    std::set<std::string> same;  // names that are known, whatever stands between their words
    for (const std::string& name : known) same.insert(joined(name));
    known.insert(known.end(), there.begin(), there.end());
    std::size_t notes = 0;
    for (const std::string& type : told) {
        const std::string near = names::slip_of(type, same.contains(joined(type)) ? there : known);
        if (near.empty() || ++notes > 5) continue;
        account.notes.push_back(type + " is a new type of relationship here: did you mean " + near + "?");
    }
}

NewNames Loader::Impl::new_names() const {
    const Dictionary& dictionary = writer.state().dictionary;
    std::set<std::string> properties, of_actors, of_ties;
    const auto columns = [&](const std::vector<StagedColumn>& all) {
        for (const StagedColumn& c : all)
            if (!dictionary.find_property(c.name) && !is_known_property(c.name)) properties.insert(c.name);
    };
    for (const auto& [sequence, chunk] : actor_chunks) {
        columns(chunk.columns);
        for (const std::string& type : chunk.type_names)
            if (!dictionary.exact_actor_type(type) && !is_known_actor_type(type)) of_actors.insert(type);
    }
    for (const auto& [sequence, chunk] : tie_chunks) {
        columns(chunk.columns);
        for (const std::string& type : chunk.type_names)
            if (!dictionary.exact_relationship_type(type) && !is_known_relationship_type(type)) of_ties.insert(type);
    }
    const auto listed = [](const std::set<std::string>& names) { return std::vector<std::string>(names.begin(), names.end()); };
    return {listed(properties), listed(of_actors), listed(of_ties)};
}

}  // namespace entente::storage
