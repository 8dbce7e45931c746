// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/storage/dictionary.hpp"
#include "core/storage/environment.hpp"
#include "core/storage/reader.hpp"
#include "core/storage/tables.hpp"

namespace entente::storage {

/// What a Reader stands on: the tables of one transaction, the state record and the dictionary. A
/// Reader on a Writer borrows the writer's.
class ReaderState {
public:
    std::shared_ptr<Environment> environment;
    std::optional<Tables> own_tables;
    std::optional<State> own_state;
    std::shared_ptr<const Dictionary> own_dictionary;
    Tables* tables = nullptr;
    State* state = nullptr;
    const Dictionary* dictionary = nullptr;
    std::vector<SourceId> hidden;  ///< ascending; not told
};

/// The state record. Throws not_a_database, format_version, corrupt.
State read_state(const Tables& tables, const std::string& path);
void write_state(Tables& tables, const State& state);

/// Has the record a live owner of this number? (given and not ended)
bool is_live(const Tables& tables, Table ended, std::uint64_t last_given, std::uint64_t id);
/// The change set that ended it, or 0.
std::uint32_t ended_by(const Tables& tables, Table ended, std::uint64_t id);

Actor actor_of(const Row& row, const Dictionary& dictionary);
Relationship relationship_of(const Row& row, const Dictionary& dictionary);
/// The other way round; names get their entries.
Row row_of(const Actor& actor, Dictionary& dictionary);
Row row_of(const Relationship& relationship, Dictionary& dictionary);

/// A row as it goes to history: (column, cell) pairs as in a rest column.
std::string encode_row(const Row& row);
Row decode_row(std::string_view bytes, std::uint64_t id);

std::string number_key(Table table, std::uint64_t number, unsigned bytes = 4);

std::string encode_source(const Source& source);
Source decode_source(std::string_view bytes, SourceId id);
std::string encode_change_set(const ChangeSet& set, std::uint64_t first_actor,
                              std::uint64_t first_relationship, std::uint64_t last_actor,
                              std::uint64_t last_relationship);
struct StoredChangeSet {
    ChangeSet set;
    std::uint64_t first_actor = 0, last_actor = 0;  ///< numbers given by it, when last >= first
    std::uint64_t first_relationship = 0, last_relationship = 0;
};
StoredChangeSet decode_change_set(std::string_view bytes, ChangeSetId id);
std::string encode_evidence(const std::vector<Evidence>& evidence);
std::vector<Evidence> decode_evidence(std::string_view bytes, SourceId source);
/// The table evidence_source holds source << 1 and this bit when details are kept; without it locator,
/// excerpt, grade and confidence are the record's own columns.
inline constexpr std::uint64_t kHasDetail = 1;
std::string evidence_key(std::uint64_t subject, SourceId source);

/// Takes out what hidden sources alone said of a record in their own words.
void leave_out_hidden(const ReaderState& state, Table table, std::uint64_t id, Properties& properties);

/// The 56 bits under which keys and folded names are indexed.
std::uint64_t name_hash(std::string_view text);
/// The first seven bytes of a folded word, order-keeping.
std::uint64_t word_prefix(std::string_view folded_word);
/// At most this much of a name is indexed.
inline constexpr std::size_t kIndexedName = 1000;

/// Index entries of an actor's names.
struct NameEntries {
    std::vector<std::uint64_t> exact;     ///< hashes of folded names
    std::vector<std::uint64_t> prefixes;  ///< of words
    std::vector<std::pair<std::uint32_t, std::uint64_t>> trigrams;  ///< (trigram, prefix)
};
void append_name_entries(std::string_view name, NameEntries& out);
NameEntries name_entries(const Row& actor, const Dictionary& dictionary);
/// false: they have the same name entries.
bool names_differ(const Row& actor, const Row& other, const Dictionary& dictionary);

}  // namespace entente::storage
