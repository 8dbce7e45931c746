// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace entente::storage {

// What FORMAT.md describes, as constants. Persistent: never change a value, only add.

inline constexpr std::uint32_t kFormatVersion = 3;
/// A file stays of version 1 until something is written to it that a program of that version would
/// misread: a merge or the retraction of a source (2), an index of a property (3).
inline constexpr std::uint32_t kFirstFormat = 1, kFormatOfMerges = 2, kFormatOfIndexes = 3;
inline constexpr char kMagic[8] = {'E', 'N', 'T', 'E', 'N', 'T', 'E', '\n'};
/// A value of this size takes one overflow page of LMDB to the byte.
inline constexpr std::size_t kBlockBytes = 4080;
inline constexpr std::size_t kPageBytes = 4096;

/// First byte of every key.
enum class Table : std::uint8_t {
    state = '0',            ///< one record: State
    actors = 'A',           ///< record blocks by actor
    blobs = 'B',            ///< (kind, id, column) -> a value too long for a block
    change_sets = 'C',      ///< number -> change set
    evidence_detail = 'D',  ///< (subject, source) -> locators, excerpts, grades
    history = 'H',          ///< (operation, id, change set) -> what stood there before
    merges = 'M',           ///< which actor stands for which other one
    relationships = 'R',    ///< record blocks by relationship
    sources = 'S',          ///< number -> source
    dictionary = 'T',       ///< (kind, number) -> name and schema
    component_parent = 'a', ///< (actor, parent)
    component_size = 'b',   ///< (root, actors)
    ended_actors = 'e',     ///< (last, first, change set)
    ended_relationships = 'f',
    in = 'i',               ///< (actor, type, neighbour, relationship), actor is `to`
    journal = 'j',          ///< (change set, operation, id)
    keys = 'k',             ///< (hash of key, actor)
    type_list = 'l',        ///< (actor type, actor)
    names = 'n',            ///< (hash of folded name, actor)
    out = 'o',              ///< (actor, type, neighbour, relationship), actor is `from`
    relationship_keys = 'r',///< (hash of id, relationship)
    trigrams = 't',         ///< (trigram, first letters of word)
    evidence_subject = 'u', ///< (source, subject)
    evidence_source = 'v',  ///< (subject, source << 1 | details are kept)
    words = 'w',            ///< (first letters of word, actor)
    indexed = 'x'           ///< (index, order of the value, rest of the value, actor); from version 3 on
};

/// The tables of integer tuples (each is in every file, but for `indexed`) and the bytes that each of their columns takes in a key.
struct TupleSchema {
    Table table;
    std::uint8_t columns;
    std::array<std::uint8_t, 4> bytes;
};
inline constexpr unsigned kMaxColumns = 4;
inline constexpr std::array kTupleTables = {
    TupleSchema{Table::component_parent, 2, {4, 4, 0, 0}},
    TupleSchema{Table::component_size, 2, {4, 5, 0, 0}},
    TupleSchema{Table::ended_actors, 3, {5, 5, 4, 0}},
    TupleSchema{Table::ended_relationships, 3, {5, 5, 4, 0}},
    TupleSchema{Table::in, 4, {4, 4, 4, 5}},
    TupleSchema{Table::journal, 3, {4, 1, 6, 0}},
    TupleSchema{Table::keys, 2, {7, 4, 0, 0}},
    TupleSchema{Table::type_list, 2, {4, 4, 0, 0}},
    TupleSchema{Table::names, 2, {7, 4, 0, 0}},
    TupleSchema{Table::out, 4, {4, 4, 4, 5}},
    TupleSchema{Table::relationship_keys, 2, {7, 5, 0, 0}},
    TupleSchema{Table::trigrams, 2, {3, 7, 0, 0}},
    TupleSchema{Table::evidence_subject, 2, {4, 6, 0, 0}},
    TupleSchema{Table::evidence_source, 2, {6, 5, 0, 0}},
    TupleSchema{Table::words, 2, {7, 4, 0, 0}},
    TupleSchema{Table::indexed, 4, {4, 7, 7, 4}},
};
constexpr const TupleSchema& tuple_schema(Table table) {
    for (const TupleSchema& s : kTupleTables)
        if (s.table == table) return s;
    return kTupleTables[0];
}

/// Columns of record blocks below kFirstProperty are not properties.
namespace column {
inline constexpr std::uint32_t kSince = 1;  ///< change set that brought this version
inline constexpr std::uint32_t kRest = 2;   ///< properties that have no column of their own in this block
inline constexpr std::uint32_t kKey = 3;    ///< actors: the key
inline constexpr std::uint32_t kTypes = 4;  ///< actors: number of the set of types
inline constexpr std::uint32_t kFrom = 5;   ///< relationships
inline constexpr std::uint32_t kTo = 6;
inline constexpr std::uint32_t kType = 7;
inline constexpr std::uint32_t kFirstProperty = 16;  ///< PropertyId 1 is column 17
}  // namespace column

/// Kinds of names in the dictionary.
enum class Names : std::uint8_t { actor_type = 1, relationship_type = 2, property = 3, type_set = 4, index = 5 };

/// What a line of the journal and an entry of history is about.
enum class Operation : std::uint8_t {
    changed_actor = 1,
    changed_relationship = 2,
    removed_actors = 3,         ///< id: first of a range in the ended table
    removed_relationships = 4,
    evidence = 5,               ///< id: subject
    source = 6,
    actor_schema = 7,
    relationship_schema = 8,
    restored_actors = 9,        ///< id: first of a range that an undo brought back; history holds its last
    restored_relationships = 10,
    merge = 11                  ///< id: actor that was merged into another one, or parted from it
};

/// Actors and relationships in one number space, for evidence: bit 40 tells an actor.
constexpr std::uint64_t kActorSubject = 1ull << 40;

/// The state record: everything that a reader needs at once, written by every commit.
struct State {
    std::uint64_t transaction = 0;  ///< LMDB's number of the transaction that wrote it
    std::uint64_t last_actor = 0, last_relationship = 0;       ///< highest numbers given
    std::uint64_t actors = 0, relationships = 0;               ///< live ones
    std::uint32_t change_sets = 0, sources = 0;                ///< highest numbers given
    std::uint32_t actor_types = 0, relationship_types = 0, properties = 0, type_sets = 0;
    std::uint32_t dictionary_edition = 0;  ///< counts changes of names and schemas
    std::uint64_t history = 0, blobs = 0, evidence_details = 0;  ///< entries
    std::uint32_t format = kFirstFormat;                         ///< version that the file needs
    std::uint32_t indexes = 0;                                   ///< highest number given; version 3
    friend bool operator==(const State&, const State&) = default;
};

}  // namespace entente::storage
