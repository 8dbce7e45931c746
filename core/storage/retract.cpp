// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/error.hpp"
#include "core/storage/reversal.hpp"
#include "core/storage/source_words.hpp"

namespace entente::storage {
namespace {

template <class Id>
bool rests_on_it_alone(const Reader& reader, Id id, SourceId source) {
    const auto evidence = reader.evidence(id);
    return std::all_of(evidence.begin(), evidence.end(),
                       [&](const Evidence& e) { return e.source == source; });
}

}  // namespace

Retraction retract_source(WriterState& w, Writer& writer, SourceId source) {
    const auto stored = w.reader->source(source);
    if (!stored) throw Error(ErrorKind::usage, "there is no such source");
    Retraction out;
    for (const RelationshipId id : w.reader->supported_by(source))
        (rests_on_it_alone(*w.reader, id, source) ? out.removed : out.weakened).push_back(id);
    std::vector<ActorId> alone;
    for (const ActorId id : w.reader->actors_supported_by(source))
        (rests_on_it_alone(*w.reader, id, source) ? alone : out.weakened_actors).push_back(id);

    const auto part = [&](auto id) {
        std::pair<std::vector<Evidence>, std::vector<Evidence>> gone_and_left;
        for (Evidence& e : w.reader->evidence(id))
            (e.source == source ? gone_and_left.first : gone_and_left.second).push_back(std::move(e));
        return gone_and_left;
    };
    for (const RelationshipId id : out.weakened) {
        const auto [gone, left] = part(id);
        Properties properties = w.reader->relationship(id)->properties;
        if (drop_words(properties, gone, left, true)) writer.change(id, properties);
    }
    for (const ActorId id : out.weakened_actors) {
        const auto [gone, left] = part(id);
        Actor actor = *w.reader->actor(id);
        if (drop_words(actor.properties, gone, left, false)) writer.change(id, actor);
    }

    Ranges ties;
    for (const RelationshipId id : out.removed) {
        if (!ties.empty() && ties.back().second + 1 == id.value) ++ties.back().second;
        else ties.emplace_back(id.value, id.value);
    }
    end_relationships(w, ties);
    Ranges actors;
    for (const ActorId id : alone) {
        if (w.reader->degree(id, Side::out) + w.reader->degree(id, Side::in) != 0) {
            out.unsupported_actors.push_back(id);
            continue;
        }
        out.removed_actors.push_back(id);
        if (!actors.empty() && actors.back().second + 1 == id.value) ++actors.back().second;
        else actors.emplace_back(id.value, id.value);
    }
    for (const auto& [first, last] : actors) end_actors(w, first, last);
    // What else it supported rests on the others from now on: a source that is not there supports nothing.
    w.remember(Operation::source, source.value, encode_source(*stored));
    w.tables->put(number_key(Table::sources, source.value), encode_source(Source{}));
    ++w.set.set.removed.sources;
    w.state.format = std::max(w.state.format, kFormatOfMerges);
    return out;
}

}  // namespace entente::storage
