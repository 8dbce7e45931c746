// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/storage/store.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/core/storage/scratch.hpp"

namespace entente::test {

/// A small network in a file of its own: actor v + 1 is vertex v, relationships are numbered in the
/// order of `graph.edges`, whose numbers become theirs; types are T1 to T4.
class SmallDatabase {
public:
    explicit SmallDatabase(SmallGraph small) : graph(std::move(small)), store(open(folder_)) {
        storage::Writer writer = store.write("add");
        for (std::uint32_t t = 1; t < graph.symmetric.size(); ++t) {
            writer.set_schema(RelationshipSchema{type(t), graph.symmetric[t] != 0, false, "knows", ""});
        }
        for (std::uint32_t v = 0; v < graph.vertices; ++v) {
            Actor actor;
            actor.key = "a" + std::to_string(v);
            writer.add(actor);
        }
        for (graph::Edge& e : graph.edges) {
            Relationship tie;
            tie.from = ActorId{e.from + 1};
            tie.to = ActorId{e.to + 1};
            tie.type = type(e.type.value);
            e.id = writer.add(tie);
        }
        writer.commit();
        // numbers of types are the file's own
        const storage::Reader reader = store.read();
        std::vector<std::uint8_t> symmetric(reader.relationship_type_count() + std::size_t{1}, 0);
        for (graph::Edge& e : graph.edges) {
            const RelationshipType known = *reader.find_relationship_type(type(e.type.value));
            symmetric[known.value] = graph.symmetric[e.type.value];
            e.type = known;
        }
        graph.symmetric = symmetric;
    }

private:
    static std::string type(std::uint32_t t) { return "T" + std::to_string(t); }
    static storage::Store open(const tests::Scratch& folder) {
        storage::OpenOptions options;
        options.create = true;
        return storage::Store::open(folder / "small.db", options);
    }
    tests::Scratch folder_;

public:
    SmallGraph graph;
    storage::Store store;
};

}  // namespace entente::test
