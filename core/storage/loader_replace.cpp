// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/error.hpp"
#include "core/storage/loader_impl.hpp"
#include "core/storage/reversal.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

/// The supports of a fact without those of one source that name no place in it.
std::string without_bare(std::string_view supports, SourceId source) {
    ByteReader in(supports);
    std::string out;
    while (!in.done()) {
        const std::uint64_t link = in.varint();
        std::string detail;
        if ((link & kHasDetail) != 0) detail = in.text();
        if (link >> 1 == source.value) {
            auto all = decode_evidence(detail, source);
            std::erase_if(all, [](const Evidence& e) { return e.locator.empty() && e.excerpt.empty(); });
            if (all.empty()) continue;
            detail = encode_evidence(all);
        }
        append_varint(out, link);
        if ((link & kHasDetail) != 0) append_text(out, detail);
    }
    return out;
}

}  // namespace

/// The source supports it no longer, and others do. false: nothing changed.
bool Loader::Impl::withdraw(RelationshipId id, SourceId source) {
    WriterState& w = writer.state();
    const std::string before = evidence_text(*w.tables, id.value);
    const std::string after = without_bare(before, source);
    if (after == before) return false;
    w.remember(Operation::evidence, id.value, before);
    restore_evidence(w, id.value, after);
    return true;
}

void Loader::Impl::retire() {
    WriterState& w = writer.state();
    if (!w.set.set.source)
        throw Error(ErrorKind::usage, "--replace needs to know the source",
                    "name it with --source KEY");
    const SourceId source = w.set.set.source;
    std::uint64_t withdrawn = 0;
    const auto others_support = [&](RelationshipId id) {
        const auto there = writer.reader().evidence(id);
        return std::any_of(there.begin(), there.end(), [&](const Evidence& e) { return e.source != source; });
    };
    for (const ChangeSet& set : writer.reader().change_sets()) {
        if (set.source != source || set.undone_by || set.undoes) continue;
        const StoredChangeSet stored = decode_change_set(
            *w.tables->get(number_key(Table::change_sets, set.id.value)), set.id);
        for (std::uint64_t id = stored.first_relationship; id <= stored.last_relationship; ++id) {
            if (met_relationships.contains(id) || !writer.reader().exists(RelationshipId(id))) continue;
            if (others_support(RelationshipId(id))) {
                withdrawn += withdraw(RelationshipId(id), source) ? 1 : 0;
                continue;
            }
            writer.remove(RelationshipId(id));
            ++account.retired;
        }
        // What it found there already, and only supported.
        for (const JournalLine& line : journal_of(w, set.id.value)) {
            const RelationshipId id(line.id);
            if (line.operation != Operation::evidence || line.id >= kActorSubject || met_relationships.contains(line.id)) continue;
            if (writer.reader().exists(id)) withdrawn += withdraw(id, source) ? 1 : 0;
        }
        for (std::uint64_t id = stored.first_actor; id <= stored.last_actor; ++id) {
            const ActorId actor(static_cast<std::uint32_t>(id));
            if (met_actors.contains(id) || !writer.reader().exists(actor)) continue;
            if (writer.reader().degree(actor, Side::out) + writer.reader().degree(actor, Side::in) != 0)
                continue;  // others still speak of it
            writer.remove(actor);
            ++account.retired;
        }
    }
    if (withdrawn != 0)
        account.notes.push_back(std::to_string(withdrawn) + (withdrawn == 1 ? " relationship" : " relationships") +
                                " of the earlier import no longer there: kept for what else supports it");
}

}  // namespace entente::storage
