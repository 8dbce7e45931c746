// SPDX-License-Identifier: MIT
#include "core/storage/check_contents.hpp"

#include <fmt/format.h>
#include <tsl/robin_set.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "core/storage/merges.hpp"
#include "core/storage/property_entries.hpp"
#include "core/storage/reader_state.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

/// A set of rows as their number and the sum of their hashes.
struct Rows {
    std::uint64_t count = 0, sum = 0;

    void add(const Tuple& t) {
        std::uint64_t h = 0x9e3779b97f4a7c15ull;
        for (const std::uint64_t column : t) {
            h ^= column;
            h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9ull;
            h = (h ^ (h >> 27)) * 0x94d049bb133111ebull;
            h ^= h >> 31;
        }
        ++count;
        sum += h;
    }
    friend bool operator==(const Rows&, const Rows&) = default;
};

class Contents {
public:
    Contents(const ReaderState& state, const std::function<void(double)>& progress,
             std::vector<std::string>& problems)
        : tables_(*state.tables),
          state_(*state.state),
          dictionary_(*state.dictionary),
          progress_(progress),
          problems_(problems) {}

    void run() {
        relationships();
        actors();
        compare(Table::out, out_, "the ties going out do not agree with the relationships");
        compare(Table::in, in_, "the ties coming in do not agree with the relationships");
        step(0.85);
        compare(Table::relationship_keys, relationship_keys_,
                "the index of relationship ids does not agree with the relationships");
        compare(Table::keys, keys_, "the index of keys does not agree with the actors");
        compare(Table::names, names_, "the index of names does not agree with the actors");
        compare(Table::words, words_, "the index of words does not agree with the actors");
        compare(Table::type_list, types_, "the lists of types do not agree with the actors");
        if (state_.format >= kFormatOfIndexes)
            compare(Table::indexed, indexed_, "the indexes of properties do not agree with the actors");
        trigrams();
        components();
        step(0.95);
        evidence();
        merges();
        plain();
    }

private:
    void tell(const std::string& problem) {
        if (problems_.size() < 100) problems_.push_back(problem);
    }
    void step(double share) {
        if (progress_) progress_(share);
    }

    void compare(Table table, const Rows& wanted, const char* problem) {
        Rows found;
        tables_.scan(tuple_schema(table), {}, [&](const Tuple& t) {
            found.add(t);
            return true;
        });
        if (!(found == wanted)) tell(problem);
    }

    /// Numbers that have ended, ascending and without overlap.
    using Ranges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;
    Ranges ended(Table table, std::uint64_t last_given, const char* what) {
        Ranges out;
        tables_.scan(tuple_schema(table), {}, [&](const Tuple& t) {
            if (t[1] == 0 || t[1] > t[0] || t[0] > last_given || t[2] == 0 ||
                t[2] > state_.change_sets || (!out.empty() && t[1] <= out.back().second))
                tell(fmt::format("the list of removed {} contradicts itself", what));
            out.emplace_back(t[1], t[0]);
            return true;
        });
        return out;
    }

    /// Calls `live(block, index, id)` for what has not ended; every number given has a record.
    template <class Begin, class Live>
    void records(Table table, Table ended_table, std::uint64_t last_given, std::uint64_t expected,
                 double from, double to, const char* what, Begin&& begin, Live&& live) {
        const Ranges ranges = ended(ended_table, last_given, what);
        std::size_t range = 0;
        std::uint64_t count = 0;
        for (std::uint64_t at = 0;;) {
            const auto found = tables_.locate(table, at);
            begin(found.block);
            for (std::uint32_t i = 0; i < found.block.rows(); ++i) {
                const std::uint64_t id = found.block.id(i);
                if (id > last_given) tell(fmt::format("one of the {} has a number not given yet", what));
                blobs_of(table, found.block, i, id);
                while (range < ranges.size() && ranges[range].second < id) ++range;
                const bool gone = range < ranges.size() && ranges[range].first <= id;
                if (gone) continue;
                ++count;
                live(found.block, i, id);
            }
            if (found.upper == kLastRecord) break;
            at = found.upper + 1;
            step(from + (to - from) * static_cast<double>(at) / static_cast<double>(last_given + 1));
        }
        std::uint64_t gone = 0;
        for (const auto& [a, b] : ranges) gone += b - a + 1;
        if (count != expected || count + gone != last_given)
            tell(fmt::format("{} of {} {} have a record", count, expected, what));
    }

    void blobs_of(Table table, const RecordBlock& block, std::uint32_t row, std::uint64_t id) {
        for (const RecordBlock::ColumnView& c : values_) {
            if (!c.has(row)) continue;
            const std::string_view bytes = block.bytes(c, row);
            if (bytes.size() == 1 && static_cast<std::uint8_t>(bytes[0]) == kBlobMark)
                blobs_.add({static_cast<std::uint64_t>(table), id, c.column, 0});
        }
    }

    void note_values(const RecordBlock& block) {
        values_.clear();
        for (std::uint32_t i = 0; i < block.columns(); ++i)
            if (const auto c = block.view(i); c.encoding == Encoding::value) values_.push_back(c);
    }

    void relationships() {
        std::vector<std::uint64_t> of_type(dictionary_.relationship_types().size() + 1);
        const auto id_property = dictionary_.find_property("id");
        std::optional<RecordBlock::ColumnView> from, to, type;
        parents();
        records(
            Table::relationships, Table::ended_relationships, state_.last_relationship,
            state_.relationships, 0.0, 0.4, "relationships",
            [&](const RecordBlock& block) {
                note_values(block);
                from = block.find_column(column::kFrom);
                to = block.find_column(column::kTo);
                type = block.find_column(column::kType);
            },
            [&](const RecordBlock& block, std::uint32_t i, std::uint64_t id) {
                if (!from || !to || !type || !from->has(i) || !to->has(i) || !type->has(i))
                    return tell("relationship " + handle(RelationshipId(id)) + " has no ends");
                const auto a = static_cast<std::uint64_t>(block.number(*from, i));
                const auto b = static_cast<std::uint64_t>(block.number(*to, i));
                const auto t = static_cast<std::uint64_t>(block.number(*type, i));
                if (a == 0 || a > state_.last_actor || b == 0 || b > state_.last_actor || t == 0 ||
                    t >= of_type.size())
                    return tell("relationship " + handle(RelationshipId(id)) +
                                " names an actor or a type that is not there");
                ++of_type[t];
                out_.add({a, t, b, id});
                in_.add({b, t, a, id});
                if (root(a) != root(b))
                    tell("relationship " + handle(RelationshipId(id)) + " joins two components");
                if (!id_property) return;
                const auto own = tables_.cell(Table::relationships, block, i, id,
                                              column::kFirstProperty + id_property->value);
                if (!own) return;
                const std::string key = to_text(value_of(*own));
                if (!key.empty()) relationship_keys_.add({name_hash(key), id, 0, 0});
            });
        if (of_type != dictionary_.relationships_of_type)
            tell("the counts of relationship types do not agree with the relationships");
    }

    void actors() {
        std::vector<std::uint64_t> of_type(dictionary_.actor_types().size() + 1);
        Row row;
        records(
            Table::actors, Table::ended_actors, state_.last_actor, state_.actors, 0.4, 0.7, "actors",
            [&](const RecordBlock& block) { note_values(block); },
            [&](const RecordBlock& block, std::uint32_t i, std::uint64_t id) {
                tables_.expand(Table::actors, block, i, row);
                std::set<std::uint64_t> keys;
                if (const OwnedCell* key = row.find(column::kKey)) keys.insert(name_hash(key->bytes));
                if (state_.format >= kFormatOfMerges)
                    for (const ActorId other : absorbed_by(tables_, ActorId(static_cast<std::uint32_t>(id))))
                        if (const auto key = tables_.cell(Table::actors, other.value, column::kKey))
                            keys.insert(name_hash(key->bytes));
                for (const std::uint64_t key : keys) keys_.add({key, id, 0, 0});
                if (const OwnedCell* types = row.find(column::kTypes))
                    for (const ActorType t :
                         dictionary_.type_set(static_cast<std::uint32_t>(types->number))) {
                        ++of_type[t.value];
                        types_.add({t.value, id, 0, 0});
                    }
                for (const Tuple& t : index_entries(row, dictionary_)) indexed_.add(t);
                const NameEntries entries = name_entries(row, dictionary_);
                for (const std::uint64_t h : entries.exact) names_.add({h, id, 0, 0});
                for (const std::uint64_t p : entries.prefixes) words_.add({p, id, 0, 0});
                for (const auto& [t, p] : entries.trigrams)
                    if (wanted_trigrams_.size() < kMostTrigrams) wanted_trigrams_.insert({t, p});
            });
        if (of_type != dictionary_.actors_of_type)
            tell("the counts of actor types do not agree with the actors");
    }

    void trigrams() {
        // Entries of words that nobody bears any more may stay.
        tables_.scan(tuple_schema(Table::trigrams), {}, [&](const Tuple& t) {
            wanted_trigrams_.erase({t[0], t[1]});
            return true;
        });
        if (!wanted_trigrams_.empty()) tell("the index of trigrams does not agree with the actors");
    }

    void parents() {
        parent_.assign(state_.last_actor + 1, 0);
        tables_.scan(tuple_schema(Table::component_parent), {}, [&](const Tuple& t) {
            if (t[0] == 0 || t[0] > state_.last_actor || t[1] == 0 || t[1] > state_.last_actor ||
                t[0] == t[1] || parent_[t[0]] != 0) {
                tell("the components name an actor that is not there, or one twice");
                return true;
            }
            parent_[t[0]] = static_cast<std::uint32_t>(t[1]);
            return true;
        });
    }

    std::uint64_t root(std::uint64_t actor) const {
        for (int steps = 0; parent_[actor] != 0 && steps < 100; ++steps) actor = parent_[actor];
        return actor;
    }

    void components() {
        std::vector<std::uint32_t> size(state_.last_actor + 1, 0);
        for (std::uint64_t a = 1; a <= state_.last_actor; ++a) {
            const std::uint64_t r = root(a);
            if (parent_[r] != 0) return tell("the components form a circle");
            ++size[r];
        }
        Rows wanted;
        for (std::uint64_t a = 1; a <= state_.last_actor; ++a)
            if (size[a] > 1) wanted.add({a, size[a], 0, 0});
        compare(Table::component_size, wanted, "the sizes of the components are wrong");
    }

    void evidence() {
        Rows by_source, by_subject;
        std::uint64_t details = 0;
        tables_.scan(tuple_schema(Table::evidence_source), {}, [&](const Tuple& t) {
            const std::uint64_t source = t[1] >> 1;
            by_source.add({source, t[0], 0, 0});
            const bool actor = (t[0] & kActorSubject) != 0;
            const std::uint64_t id = actor ? t[0] ^ kActorSubject : t[0];
            if (source == 0 || source > state_.sources || id == 0 ||
                id > (actor ? state_.last_actor : state_.last_relationship))
                tell("evidence names a source or a fact that is not there");
            const auto key = evidence_key(t[0], SourceId(static_cast<std::uint32_t>(source)));
            const auto found = tables_.get(key);
            if (found.has_value() != ((t[1] & kHasDetail) != 0)) tell("the details of evidence are missing");
            if (found) {
                ++details;
                decode_evidence(*found, SourceId(static_cast<std::uint32_t>(source)));
            }
            return true;
        });
        tables_.scan(tuple_schema(Table::evidence_subject), {}, [&](const Tuple& t) {
            by_subject.add({t[0], t[1], 0, 0});
            return true;
        });
        if (!(by_source == by_subject)) tell("evidence by source does not agree with evidence by fact");
        if (details != state_.evidence_details || details != entries(Table::evidence_detail))
            tell("the number of details of evidence is wrong");
    }

    void merges() {
        std::uint64_t into = 0, absorbed = 0;
        std::vector<std::pair<std::string, std::string>> all;
        tables_.for_each(std::string(1, static_cast<char>(Table::merges)),
                         [&](std::string_view key, std::string_view content) {
                             all.emplace_back(key, content);
                             return true;
                         });
        for (const auto& [key, content] : all) {
            const auto* p = reinterpret_cast<const std::uint8_t*>(key.data());
            if (key.size() == 10 && key[1] == 'i') {
                ++into;
                const ActorId gone(static_cast<std::uint32_t>(read_big_endian(p + 6, 4)));
                const auto merge = merge_of(tables_, gone);
                if (!merge || merge->into.value != read_big_endian(p + 2, 4))
                    tell("the two sides of a merge do not agree");
            } else if (key.size() == 6 && key[1] == 'a') {
                ++absorbed;
                const ActorId gone(static_cast<std::uint32_t>(read_big_endian(p + 2, 4)));
                const Merge merge = decode_merge(content, gone);
                if (!merge.into || merge.into.value > state_.last_actor || gone.value > state_.last_actor ||
                    !merge.since || merge.since.value > state_.change_sets || merge.into == gone)
                    tell("a merge names what is not there");
                else if (ended_by(tables_, Table::ended_actors, gone.value) == 0)
                    tell("actor " + handle(gone) + " is live although it was merged");
            } else {
                tell("a merge has a key of the wrong form");
            }
        }
        if (into != absorbed) tell("the two sides of the merges do not agree");
        if (absorbed != 0 && state_.format < kFormatOfMerges)
            tell("there are merges in a file of a version that has none");
    }

    std::uint64_t entries(Table table) {
        std::uint64_t n = 0;
        tables_.for_each(std::string(1, static_cast<char>(table)),
                         [&](std::string_view, std::string_view) {
                             ++n;
                             return true;
                         });
        return n;
    }

    void plain() {
        for (std::uint32_t i = 1; i <= state_.change_sets; ++i) {
            const auto found = tables_.get(number_key(Table::change_sets, i));
            if (!found) {
                tell(fmt::format("change set {} is missing", i));
                continue;
            }
            const StoredChangeSet set = decode_change_set(*found, ChangeSetId(i));
            if (set.last_actor > state_.last_actor || set.last_relationship > state_.last_relationship ||
                set.set.source.value > state_.sources || set.set.undoes.value > state_.change_sets ||
                set.set.undone_by.value > state_.change_sets)
                tell(fmt::format("change set {} names what is not there", i));
        }
        for (std::uint32_t i = 1; i <= state_.sources; ++i) {
            const auto found = tables_.get(number_key(Table::sources, i));
            if (!found)
                tell(fmt::format("source {} is missing", i));
            else
                decode_source(*found, SourceId(i));
        }
        const std::uint64_t names = std::uint64_t{state_.actor_types} + state_.relationship_types +
                                    state_.properties + state_.type_sets + state_.indexes;
        if (entries(Table::change_sets) != state_.change_sets || entries(Table::sources) != state_.sources ||
            entries(Table::dictionary) != names)
            tell("the numbers of change sets, sources or names are wrong");
        if (entries(Table::history) != state_.history) tell("the number of earlier versions is wrong");
        tables_.scan(tuple_schema(Table::journal), {}, [&](const Tuple& t) {
            if (t[0] == 0 || t[0] > state_.change_sets || t[1] == 0)
                tell("the journal names a change set that is not there");
            return true;
        });
        Rows stored;
        tables_.for_each(std::string(1, static_cast<char>(Table::blobs)),
                         [&](std::string_view key, std::string_view) {
                             if (key.size() != 11) return true;
                             const auto* p = reinterpret_cast<const std::uint8_t*>(key.data());
                             stored.add({p[1], read_big_endian(p + 2, 5), read_big_endian(p + 7, 4), 0});
                             return true;
                         });
        if (!(stored == blobs_) || stored.count != state_.blobs)
            tell("the long values do not agree with the records");
    }

    static constexpr std::size_t kMostTrigrams = 4'000'000;

    const Tables& tables_;
    const State& state_;
    const Dictionary& dictionary_;
    const std::function<void(double)>& progress_;
    std::vector<std::string>& problems_;
    Rows out_, in_, relationship_keys_, keys_, names_, words_, types_, indexed_, blobs_;
    struct HashPair {
        std::size_t operator()(const std::pair<std::uint64_t, std::uint64_t>& p) const {
            return static_cast<std::size_t>((p.first * 0x9e3779b97f4a7c15 ^ p.second) * 0xff51afd7ed558ccd >> 16U);
        }
    };
    tsl::robin_set<std::pair<std::uint64_t, std::uint64_t>, HashPair> wanted_trigrams_;
    std::vector<std::uint32_t> parent_;
    std::vector<RecordBlock::ColumnView> values_;
};

}  // namespace

void check_contents(const Reader& reader, const std::function<void(double)>& progress,
                    std::vector<std::string>& problems) {
    try {
        Contents(reader.state(), progress, problems).run();
    } catch (const Error& e) {
        if (e.kind() != ErrorKind::corrupt) throw;
        if (problems.size() < 100) problems.emplace_back(e.what());
    }
}

}  // namespace entente::storage
