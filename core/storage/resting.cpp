// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "core/storage/merges.hpp"
#include "core/storage/reversal.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

/// What a change set had its hands on.
struct Touched {
    Ranges actors, ties;
    std::set<std::uint64_t> sources;
    std::set<std::pair<Operation, std::uint64_t>> schemas;
};

/// Ascending and without overlap, as meet() wants them.
void normalise(Ranges& ranges) {
    std::sort(ranges.begin(), ranges.end());
    std::size_t n = 0;
    for (const auto& r : ranges) {
        if (n != 0 && r.first <= ranges[n - 1].second + 1)
            ranges[n - 1].second = std::max(ranges[n - 1].second, r.second);
        else
            ranges[n++] = r;
    }
    ranges.resize(n);
}
bool meet(const Ranges& a, std::uint64_t first, std::uint64_t last) {
    const auto at = std::partition_point(a.begin(), a.end(), [&](const auto& r) { return r.second < first; });
    return at != a.end() && at->first <= last;
}
bool has(const Ranges& a, std::uint64_t id) { return meet(a, id, id); }

std::string range_text(bool actors, std::uint64_t first, std::uint64_t last) {
    const char* mark = actors ? "#" : "r";
    std::string out = mark + std::to_string(first);
    return first == last ? out : out + " to " + mark + std::to_string(last);
}

class Rests {
public:
    Rests(const WriterState& w, const StoredChangeSet& set) : w_(w), set_(set), id_(set.set.id.value) {
        for (std::uint64_t n = 0; n <= w.state.change_sets; ++n)
            sets_.push_back(n == 0 ? StoredChangeSet{} : stored_set(w, n));
        lines_ = journal_of(w, id_);
        mine_ = touched(set, lines_);
    }

    std::vector<Resting> find() {
        for (std::uint64_t n = id_ + 1; n < sets_.size(); ++n)
            if (counts(n)) later(n);
        citing();
        ties_of_its_actors();
        for (const JournalLine& l : lines_) returns(l);
        std::vector<Resting> out;
        for (auto& [n, why] : found_) out.push_back({n, std::move(why)});
        return out;
    }

private:
    void add(std::uint64_t set, const std::string& why) {
        if (set > id_) found_.try_emplace(set, why);
    }

    /// A change set and its undoing, both later, have left nothing behind.
    [[nodiscard]] bool counts(std::uint64_t n) const {
        const ChangeSet& s = sets_[n].set;
        return !s.undone_by && !(s.undoes && s.undoes.value > id_);
    }

    /// A range that a line of removing or bringing back is about.
    [[nodiscard]] std::uint64_t last_of(const JournalLine& l, std::uint64_t set) const {
        if (l.operation == Operation::restored_actors || l.operation == Operation::restored_relationships) {
            const std::string content = earlier(w_, l, set);
            return ByteReader(content).varint();
        }
        const bool actors = l.operation == Operation::removed_actors;
        const EndedRange r = ended_range(*w_.tables, actors ? Table::ended_actors : Table::ended_relationships, l.id);
        return std::max(r.last, l.id);
    }

    [[nodiscard]] Touched touched(const StoredChangeSet& set, const std::vector<JournalLine>& lines) const {
        Touched out;
        if (set.first_actor <= set.last_actor) out.actors.emplace_back(set.first_actor, set.last_actor);
        if (set.first_relationship <= set.last_relationship)
            out.ties.emplace_back(set.first_relationship, set.last_relationship);
        for (const JournalLine& l : lines) {
            switch (l.operation) {
                case Operation::changed_actor: out.actors.emplace_back(l.id, l.id); break;
                case Operation::changed_relationship: out.ties.emplace_back(l.id, l.id); break;
                case Operation::removed_actors:
                case Operation::restored_actors:
                    out.actors.emplace_back(l.id, last_of(l, set.set.id.value));
                    break;
                case Operation::removed_relationships:
                case Operation::restored_relationships:
                    out.ties.emplace_back(l.id, last_of(l, set.set.id.value));
                    break;
                case Operation::evidence:
                    if ((l.id & kActorSubject) != 0)
                        out.actors.emplace_back(l.id ^ kActorSubject, l.id ^ kActorSubject);
                    else
                        out.ties.emplace_back(l.id, l.id);
                    break;
                case Operation::source: out.sources.insert(l.id); break;
                case Operation::actor_schema:
                case Operation::relationship_schema: out.schemas.emplace(l.operation, l.id); break;
                case Operation::merge:
                    for (const std::uint64_t a : parties(l, set.set.id.value)) out.actors.emplace_back(a, a);
                    // A parting leaves removed relationships where they were; they are part of it all the same.
                    if (const std::string before = earlier(w_, l, set.set.id.value); !before.empty()) {
                        const Merge merge = decode_merge(before, ActorId(static_cast<std::uint32_t>(l.id)));
                        for (const JournalLine& moved : journal_of(w_, merge.since.value))
                            if (moved.operation == Operation::changed_relationship)
                                out.ties.emplace_back(moved.id, moved.id);
                    }
                    break;
            }
        }
        normalise(out.actors);
        normalise(out.ties);
        return out;
    }

    /// Both actors of a merging or parting.
    [[nodiscard]] std::vector<std::uint64_t> parties(const JournalLine& l, std::uint64_t set) const {
        std::vector<std::uint64_t> out{l.id};
        const ActorId absorbed(static_cast<std::uint32_t>(l.id));
        if (const auto now = merge_of(*w_.tables, absorbed)) out.push_back(now->into.value);
        if (const std::string before = earlier(w_, l, set); !before.empty())
            out.push_back(decode_merge(before, absorbed).into.value);
        return out;
    }

    void later(std::uint64_t n) {
        const auto lines = journal_of(w_, n);
        StoredChangeSet without_added;
        without_added.set.id = sets_[n].set.id;
        without_added.first_actor = without_added.first_relationship = 1;
        const Touched theirs = touched(without_added, lines);
        for (const auto& [first, last] : theirs.actors)
            if (meet(mine_.actors, first, last)) add(n, "did something to " + range_text(true, first, last));
        for (const auto& [first, last] : theirs.ties)
            if (meet(mine_.ties, first, last)) add(n, "did something to " + range_text(false, first, last));
        for (const std::uint64_t s : theirs.sources)
            if (mine_.sources.contains(s)) add(n, "changed a source that it had changed or brought");
        for (const auto& s : theirs.schemas)
            if (mine_.schemas.contains(s)) add(n, "changed a type that it had changed");
        for (const std::uint64_t s : mine_.sources)
            if (brought(s) && sets_[n].set.source.value == s)
                add(n, "takes its facts from a source that it brought");
        for (const JournalLine& l : lines)
            if (l.operation == Operation::evidence) cited_.try_emplace(l.id, n);
    }

    /// Facts of later change sets that cite what it brought.
    void citing() {
        for (const std::uint64_t s : mine_.sources) {
            if (!brought(s)) continue;
            w_.tables->scan(tuple_schema(Table::evidence_subject), {s, 0, 0, 0}, [&](const Tuple& t) {
                if (t[0] != s) return false;
                const bool actor = (t[1] & kActorSubject) != 0;
                const std::uint64_t id = actor ? t[1] ^ kActorSubject : t[1];
                if (has(actor ? mine_.actors : mine_.ties, id)) return true;
                const auto line = cited_.find(t[1]);
                const std::uint64_t by = line != cited_.end() ? line->second : maker_of(actor, id);
                if (by > id_ && counts(by)) add(by, "cites a source that it brought");
                return true;
            });
        }
    }

    /// Did this change set add the source, rather than change it?
    [[nodiscard]] bool brought(std::uint64_t source) const {
        return !w_.tables->get(history_key(Operation::source, source, static_cast<std::uint32_t>(id_)));
    }

    /// Ties that later change sets made with actors that would go.
    void ties_of_its_actors() {
        Ranges going;
        if (set_.first_actor <= set_.last_actor) going.emplace_back(set_.first_actor, set_.last_actor);
        for (const JournalLine& l : lines_)
            if (l.operation == Operation::restored_actors) going.emplace_back(l.id, last_of(l, id_));
        if (w_.state.last_relationship <= set_.last_relationship) return;
        for (const auto& [first, last] : going)
            for (const Table table : {Table::out, Table::in})
                w_.tables->scan(tuple_schema(table), {first, 0, 0, 0}, [&, last = last](const Tuple& t) {
                    if (t[0] > last) return false;
                    if (t[3] > set_.last_relationship)
                        add(maker_of(false, t[3]), "made a relationship with " + range_text(true, t[0], t[0]));
                    return true;
                });
    }

    /// The change set that gave the number.
    [[nodiscard]] std::uint64_t maker_of(bool actor, std::uint64_t id) const {
        const auto at = std::partition_point(sets_.begin() + 1, sets_.end(), [&](const StoredChangeSet& s) {
            return (actor ? s.last_actor : s.last_relationship) < id;
        });
        return at == sets_.end() ? 0 : at->set.id.value;
    }

    /// What would come back must find its place free.
    void returns(const JournalLine& l) {
        switch (l.operation) {
            case Operation::removed_relationships:
                for (std::uint64_t r = l.id, last = last_of(l, id_); r <= last && r < set_.first_relationship; ++r)
                    ends_of(r);
                break;
            case Operation::removed_actors:
                for (std::uint64_t a = l.id, last = last_of(l, id_); a <= last && a < set_.first_actor; ++a)
                    key_of(w_.tables->row(Table::actors, a));
                break;
            case Operation::changed_actor: key_of(decode_row(earlier(w_, l, id_), l.id)); break;
            case Operation::source:
                if (const auto old = w_.tables->get(history_key(l.operation, l.id, static_cast<std::uint32_t>(id_))))
                    key_of(decode_source(*old, SourceId(static_cast<std::uint32_t>(l.id))));
                break;
            default: break;
        }
    }
    void ends_of(std::uint64_t tie) {
        for (const std::uint32_t column : {column::kFrom, column::kTo}) {
            const auto c = w_.tables->cell(Table::relationships, tie, column);
            if (!c) throw_corrupt("a relationship has no ends");
            const auto end = static_cast<std::uint64_t>(c->number);
            if (const std::uint32_t by = ended_by(*w_.tables, Table::ended_actors, end);
                by != 0 && !has(mine_.actors, end))
                add(by, "removed " + range_text(true, end, end) + ", an end of r" + std::to_string(tie));
        }
    }
    void key_of(const std::optional<Row>& row) {
        const OwnedCell* key = row ? row->find(column::kKey) : nullptr;
        if (key == nullptr) return;
        const auto holder = w_.reader->actor_by_key(key->bytes);
        if (!holder || has(mine_.actors, holder->value)) return;
        const auto since = w_.tables->cell(Table::actors, holder->value, column::kSince);
        add(since ? static_cast<std::uint64_t>(since->number) : 0,
            "gave the key of " + range_text(true, row->id, row->id) + " to " + handle(*holder));
    }
    void key_of(const Source& source) {
        const auto holder = w_.reader->source_by_key(source.key);
        if (!holder || mine_.sources.contains(holder->value)) return;
        for (std::uint64_t n = id_ + 1; n < sets_.size(); ++n)
            if (w_.tables->contains(tuple_schema(Table::journal),
                                    {n, static_cast<std::uint64_t>(Operation::source), holder->value, 0}))
                return add(n, "brought the source " + source.key + " anew");
    }

    const WriterState& w_;
    const StoredChangeSet& set_;
    std::uint64_t id_;
    std::vector<StoredChangeSet> sets_;
    std::vector<JournalLine> lines_;
    Touched mine_;
    std::map<std::uint64_t, std::uint64_t> cited_;  ///< facts that later change sets cited a source for
    std::map<std::uint64_t, std::string> found_;
};

}  // namespace

std::vector<Resting> resting_on(const WriterState& w, const StoredChangeSet& set) {
    return Rests(w, set).find();
}

}  // namespace entente::storage
