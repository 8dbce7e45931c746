// SPDX-License-Identifier: MIT
#include "core/exporters/stored_network.hpp"

#include <memory>
#include <utility>

#include "core/storage/reader.hpp"

namespace entente::exporters {

Network network_of(const storage::Reader& reader, Part part) {
    const auto kept = std::make_shared<const Part>(std::move(part));
    Network network;
    network.actors = [&reader, kept](const std::function<void(const Actor&)>& visit) {
        reader.scan_actors([&](const Actor& a) {
            if (kept->whole || kept->actors.contains(a.id.value)) visit(a);
            return true;
        });
    };
    network.relationships = [&reader, kept](const std::function<void(const Relationship&)>& visit) {
        reader.scan_relationships([&](const Relationship& r) {
            if (kept->whole || kept->ties.contains(r.id.value)) visit(r);
            return true;
        });
    };
    network.sources = reader.sources();
    // A type that nothing has and of which nothing was told is but a name that something once had.
    for (std::uint32_t i = 1; i <= reader.relationship_type_count(); ++i) {
        const RelationshipType type(i);
        RelationshipSchema untold = default_schema(reader.name(type));
        untold.type = reader.name(type);
        if (reader.count(type) != 0 || !(reader.schema(type) == untold))
            network.relationship_types.push_back(reader.schema(type));
    }
    for (std::uint32_t i = 1; i <= reader.actor_type_count(); ++i) {
        const ActorType type(i);
        ActorSchema untold = default_actor_schema(reader.name(type));
        untold.type = reader.name(type);
        if (reader.count(type) != 0 || !(reader.schema(type) == untold))
            network.actor_types.push_back(reader.schema(type));
    }
    network.evidence = [&reader](RelationshipId id) { return reader.evidence(id); };
    network.actor_evidence = [&reader](ActorId id) { return reader.evidence(id); };
    network.key = [&reader](ActorId id) { return reader.key(id); };
    return network;
}

std::uint64_t merged_keys(const storage::Reader& reader, const Part& part) {
    std::uint64_t n = 0;
    for (const Merge& merge : reader.merges()) {
        if (!part.whole && !part.actors.contains(merge.into.value)) continue;
        const auto absorbed = reader.last_version(merge.absorbed);
        if (absorbed && absorbed->key && absorbed->key != reader.key(merge.into)) ++n;
    }
    return n;
}

}  // namespace entente::exporters
