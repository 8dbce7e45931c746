// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/actor.hpp"
#include "core/model/change_set.hpp"
#include "core/model/event.hpp"
#include "core/model/id.hpp"
#include "core/model/merge.hpp"
#include "core/model/relationship.hpp"
#include "core/model/source.hpp"
#include "core/storage/tuple_block.hpp"

namespace entente::storage {

class TieCursor;
class ReaderState;

/// One end of a relationship as adjacency holds it.
struct Tie {
    ActorId neighbour;
    RelationshipType type;
    RelationshipId id;
    bool outgoing = true;  ///< stored direction: the actor asked for is `from`
    friend bool operator==(const Tie&, const Tie&) = default;
};

enum class Side : std::uint8_t { out, in };  ///< which stored end the actor is at

/// A name that a search may have meant.
struct NameMatch {
    ActorId actor;
    std::string name;    ///< the name or alias that matched, as stored
    double score = 0;    ///< 0..1
    std::string reason;  ///< `exact`, `same letters in another script`, `prefix`, `similar` ...
};

/// A read transaction. Everything it returns by value stays valid; spans and views are valid until
/// the Reader dies, or for a Reader on a Writer until the next write. One thread at a time per Reader;
/// any number of Readers at once. Corruption found on the way throws Error{corrupt}.
class Reader {
public:
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;
    ~Reader();

    [[nodiscard]] Counts counts() const;          ///< live things
    [[nodiscard]] ActorId last_actor() const;     ///< highest number ever given
    [[nodiscard]] RelationshipId last_relationship() const;
    [[nodiscard]] std::uint64_t transaction() const;  ///< number of the committed state seen

    // --- small dictionaries; numbers are dense from 1 to the count ---
    [[nodiscard]] std::uint32_t actor_type_count() const;
    [[nodiscard]] std::uint32_t relationship_type_count() const;
    [[nodiscard]] std::uint32_t property_count() const;
    [[nodiscard]] const std::string& name(ActorType) const;
    [[nodiscard]] const std::string& name(RelationshipType) const;
    [[nodiscard]] const std::string& name(PropertyId) const;
    /// Exact spelling first, else the only one that differs in case alone.
    [[nodiscard]] std::optional<ActorType> find_actor_type(std::string_view) const;
    [[nodiscard]] std::optional<RelationshipType> find_relationship_type(std::string_view) const;
    [[nodiscard]] std::optional<PropertyId> find_property(std::string_view) const;  ///< exact only
    [[nodiscard]] const RelationshipSchema& schema(RelationshipType) const;
    [[nodiscard]] const ActorSchema& schema(ActorType) const;
    /// Live relationships of a type; live actors that carry a type.
    [[nodiscard]] std::uint64_t count(RelationshipType) const;
    [[nodiscard]] std::uint64_t count(ActorType) const;

    // --- actors ---
    [[nodiscard]] bool exists(ActorId) const;
    [[nodiscard]] std::optional<Actor> actor(ActorId) const;  ///< nothing when removed or never given
    [[nodiscard]] std::optional<ActorId> actor_by_key(std::string_view key) const;
    /// Actors whose name or alias is this one in any script, case or accents; ascending.
    [[nodiscard]] std::vector<ActorId> actors_by_name(std::string_view name) const;
    /// The best matches for a spelling: exact, other script, prefix, typing errors; best first, ties by
    /// number; at most `most`.
    [[nodiscard]] std::vector<NameMatch> find(std::string_view text, std::size_t most) const;
    [[nodiscard]] std::vector<ActorType> types(ActorId) const;
    [[nodiscard]] std::optional<std::string> key(ActorId) const;
    /// One property, or null; a few dozen nanoseconds for numbers.
    [[nodiscard]] Value property(ActorId, PropertyId) const;
    /// Live actors in ascending order; stops when `visit` returns false.
    void for_each_actor(const std::function<bool(ActorId)>& visit) const;
    /// The next live actors behind `after`, ascending, at most `most`; `type` 0 means all. For walks that
    /// go on after a write.
    [[nodiscard]] std::vector<ActorId> actors(ActorId after, std::size_t most, ActorType type = {}) const;
    /// The same with everything known of each. Sequential, an order faster than actor(id) for each.
    void scan_actors(const std::function<bool(const Actor&)>& visit) const;

    // --- relationships ---
    [[nodiscard]] bool exists(RelationshipId) const;
    [[nodiscard]] std::optional<Relationship> relationship(RelationshipId) const;
    struct Ends { ActorId from, to; RelationshipType type; };
    [[nodiscard]] std::optional<Ends> ends(RelationshipId) const;
    [[nodiscard]] Value property(RelationshipId, PropertyId) const;
    [[nodiscard]] std::optional<RelationshipId> relationship_by_key(std::string_view id) const;
    void scan_relationships(const std::function<bool(const Relationship&)>& visit) const;

    // --- adjacency ---
    /// Ties of an actor on one side, ordered by (type, neighbour, id); `type` 0 means all.
    /// A self-loop stands on both sides.
    [[nodiscard]] TieCursor ties(ActorId, Side, RelationshipType type = {}) const;
    [[nodiscard]] std::uint64_t degree(ActorId, Side, RelationshipType type = {}) const;  ///< number of ties
    /// Packed arrays of one side for all actors: offsets[a]..offsets[a+1] for actor number a
    /// (0..last_actor), decoded on `threads` threads. For the snapshot.
    struct Arrays {
        std::vector<std::uint64_t> offsets;
        std::vector<std::uint32_t> neighbours;
        std::vector<std::uint64_t> ids;
        std::vector<std::uint32_t> types;
    };
    [[nodiscard]] Arrays adjacency(Side, int threads) const;
    /// Columns of numbers for weights: value of a property for each relationship number 0..last as
    /// double, NaN where absent or not a number.
    [[nodiscard]] std::vector<double> numbers(PropertyId) const;

    // --- components (weak, over all live relationships; may be coarser than the truth after removals:
    //     different labels prove that there is no path, the same label proves nothing) ---
    [[nodiscard]] ActorId component(ActorId) const;
    [[nodiscard]] std::uint64_t component_size(ActorId component) const;

    // --- sources and evidence ---
    [[nodiscard]] std::vector<Source> sources() const;
    [[nodiscard]] std::optional<Source> source(SourceId) const;
    [[nodiscard]] std::optional<SourceId> source_by_key(std::string_view key) const;
    /// Own evidence first, else the change set's default source with the record's own locator,
    /// excerpt, grade and confidence. Ordered by source.
    [[nodiscard]] std::vector<Evidence> evidence(RelationshipId) const;
    [[nodiscard]] std::vector<Evidence> evidence(ActorId) const;
    /// Without the change set's default source: only what was cited for the actor itself.
    [[nodiscard]] std::vector<Evidence> own_evidence(ActorId) const;
    /// Live relationships, live actors that rest on a source, ascending.
    [[nodiscard]] std::vector<RelationshipId> supported_by(SourceId) const;
    [[nodiscard]] std::vector<ActorId> actors_supported_by(SourceId) const;
    /// How many live relationships and actors rest on each source; index = number. One pass over all.
    [[nodiscard]] std::vector<Counts> support_counts() const;
    /// From now on evidence from these sources is not told and sources() leaves them out, as if they had
    /// never been read.
    void hide(std::vector<SourceId> sources);
    /// Has it support, and is all of it from these sources? Hidden ones are looked at too.
    [[nodiscard]] bool rests_only_on(RelationshipId, const std::vector<SourceId>&) const;
    [[nodiscard]] bool rests_only_on(ActorId, const std::vector<SourceId>&) const;

    // --- merges that stand ---
    [[nodiscard]] std::vector<Merge> merges() const;  ///< by number of the absorbed actor
    [[nodiscard]] std::optional<Merge> merge_of(ActorId absorbed) const;

    // --- change sets ---
    [[nodiscard]] std::vector<ChangeSet> change_sets() const;
    [[nodiscard]] std::optional<ChangeSet> change_set(ChangeSetId) const;
    /// Earlier versions of a relationship or an actor, oldest first: what stood there and the change
    /// set that ended it.
    template <class Record> struct Version { Record record; ChangeSetId until; };
    [[nodiscard]] std::vector<Version<Actor>> history(ActorId) const;
    [[nodiscard]] std::vector<Version<Relationship>> history(RelationshipId) const;
    /// What happened to it, oldest first; several in one change set in the order of Happening.
    [[nodiscard]] std::vector<Event> events(ActorId) const;
    [[nodiscard]] std::vector<Event> events(RelationshipId) const;
    /// A relationship whether it is live or was removed, as it stands in the file.
    [[nodiscard]] std::optional<Relationship> last_version(RelationshipId) const;
    [[nodiscard]] std::optional<Actor> last_version(ActorId) const;
    /// Those that an actor has or had, ascending. O(its own and all removed ones).
    [[nodiscard]] std::vector<RelationshipId> relationships_ever(ActorId) const;

    /// What the file holds, for `stats`.
    struct TableSize { std::string table; std::uint64_t entries = 0, bytes = 0; };
    [[nodiscard]] std::vector<TableSize> table_sizes() const;
    [[nodiscard]] std::uint64_t file_bytes() const;

    [[nodiscard]] ReaderState& state() const { return *state_; }  ///< for this room only

private:
    friend class Store;
    friend class Writer;
    friend Reader detached_reader();
    explicit Reader(std::unique_ptr<ReaderState> state);
    std::unique_ptr<ReaderState> state_;
};

/// Walks the ties of one actor. Usage: for (TieCursor c = reader.ties(a, Side::out); c; ++c) use(*c);
class TieCursor {
public:
    explicit operator bool() const { return row_ < end_; }
    [[nodiscard]] const Tie& operator*() const { return tie_; }
    [[nodiscard]] const Tie* operator->() const { return &tie_; }
    TieCursor& operator++();

private:
    friend class Reader;
    void decode();
    void enter(const LocatedTuples& found);
    const ReaderState* state_ = nullptr;
    TupleBlock block_;
    Tuple upper_{};
    std::uint32_t row_ = 0;
    std::uint32_t end_ = 0;
    bool more_ = false;
    ActorId actor_;
    RelationshipType type_;
    Side side_ = Side::out;
    Tie tie_;
};

}  // namespace entente::storage
