// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/merge.hpp"
#include "core/storage/reader.hpp"

namespace entente::storage {

class WriterState;

/// What the retraction of a source did.
struct Retraction {
    std::vector<RelationshipId> removed;          ///< rested on it alone
    std::vector<RelationshipId> weakened;         ///< have other support
    std::vector<ActorId> removed_actors;          ///< rested on it alone, and nothing leads to them any more
    std::vector<ActorId> unsupported_actors;      ///< rested on it alone, but relationships need them
    std::vector<ActorId> weakened_actors;
};

/// What may wait to be written: nothing; records, for who looks actors and ties up between writing; what they are
/// found by and what they rest on too.
enum class Waits : std::uint8_t { nothing, records, all };

/// A write transaction: one change set. Nothing is seen by others before commit(); a Writer that dies
/// uncommitted leaves the file as it was. Children nest: begin() ... end() keeps or abort() drops what
/// was written since. Throws Error: usage (an unknown actor, a key in use), full, io, corrupt.
class Writer {
public:
    Writer(Writer&&) noexcept;
    Writer& operator=(Writer&&) noexcept;
    ~Writer();

    /// The state as written so far. Views from it end at the next write.
    [[nodiscard]] const Reader& reader() const;
    [[nodiscard]] ChangeSetId change_set() const;

    /// A nested transaction: opens, keeps, drops. What is written in it may wait, so that much of it is written at
    /// once: scans and look-ups write it before, and end the views of the reader as any write does; looking at single
    /// records and at what they rest on does not. settle() is that writing.
    void begin(Waits waits = Waits::nothing);
    void settle();
    void end();
    void abort() noexcept;

    /// Adds; `id` and `since` of the argument are ignored. Types and properties get their entries.
    ActorId add(const Actor& actor);
    RelationshipId add(const Relationship& relationship);
    /// Replaces what is known of an existing one (ends and type of a relationship are kept as they
    /// are); the old version goes to history. false: nothing differs, nothing written.
    bool change(ActorId id, const Actor& actor);
    bool change(RelationshipId id, const Properties& properties);
    /// Removes. An actor with relationships: Error{usage} unless `with_relationships`, then they go too;
    /// returns how many.
    std::uint64_t remove(ActorId id, bool with_relationships = false);
    void remove(RelationshipId id);

    void set_schema(const RelationshipSchema& schema);
    void set_schema(const ActorSchema& schema);

    /// Adds, or replaces the one of the same key.
    SourceId put(const Source& source);
    /// Adds one support; the same source and locator again replaces it.
    void cite(RelationshipId id, const Evidence& evidence);
    void cite(ActorId id, const Evidence& evidence);

    /// The change set's default source and the files it read.
    void set_source(SourceId source);
    void add_file(const ReadFile& file);

    /// Takes a change set back: what it added goes, what it changed or removed comes back as it was.
    /// Error{usage} naming the later change sets that rest on it, if there are any.
    void undo(ChangeSetId id);

    /// Withdraws a source: what rested on it alone goes, what has other support stays with that. Its
    /// evidence is told no more; undoing brings all of it back. Error{usage} when there is none.
    Retraction retract(SourceId source);

    /// Makes one actor of two that were there before this change set: `absorbed` goes, its relationships
    /// become those of `into`, which takes over its names as aliases, its key, types, evidence and the
    /// properties that it has no value for. `since` of the argument is ignored. Error{usage}.
    MergeResult merge(const Merge& merge);
    /// Parts them again: `absorbed` comes back as it was, with what has become of its relationships; the
    /// other is as before too, but for what was changed since. Error{usage} when it does not lie in `actor`.
    MergeResult split(ActorId actor, ActorId absorbed);

    /// Writes durably. With nothing written, writes nothing and gives no change set. The Writer is
    /// finished afterwards.
    void commit();

    [[nodiscard]] WriterState& state() const { return *state_; }  ///< for this room only

private:
    friend class Store;
    explicit Writer(std::unique_ptr<WriterState> state);
    std::unique_ptr<WriterState> state_;
};

}  // namespace entente::storage
