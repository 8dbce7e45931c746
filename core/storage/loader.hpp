// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/model/batch.hpp"
#include "core/model/change_set.hpp"
#include "core/model/relationship.hpp"
#include "core/model/source.hpp"
#include "core/storage/store.hpp"

namespace entente::storage {

struct LoadOptions {
    bool dry_run = false;       ///< everything but the commit
    bool replace = false;       ///< supersede the earlier import of the same source
    bool join_names = false;    ///< ends also join unique exact names in the database
    bool make_actors = false;   ///< an end that nobody has becomes an actor
    bool skip_errors = false;   ///< reject bad rows and go on
    int threads = 0;            ///< 0: as many as the machine has
    /// Bytes of staged relationships that stay in memory; the others rest in a file without a name in the
    /// folder of the database.
    std::uint64_t staged_bytes = 512u << 20;
    /// Relationships that are put in order at once; more are parted by their ends in such a file first.
    std::uint64_t sorted_at_once = 16u << 20;
    std::string what;           ///< for the change set
    std::function<void(double share)> progress;
};

/// A row that was left out.
struct Reject {
    std::uint32_t file = 0;
    std::uint64_t line = 0;
    std::uint64_t column = 0;
    std::string reason;
    std::string raw;
};

/// What became of what was read; per kind read = stored + joined + changed + rejected.
struct Tally {
    std::uint64_t read = 0, stored = 0, joined = 0, changed = 0, rejected = 0;
};
/// What a row of a file is.
enum class RowOf : std::uint8_t { actors, relationships, sources, types, evidence };

struct FileAccount {
    std::string name;
    Tally actors, relationships, sources, types, evidence;
    std::uint64_t made_actors = 0;  ///< ends that became actors (not rows)
    bool unchanged = false;         ///< recognised by its hash

    Tally& of(RowOf rows);
    [[nodiscard]] Tally total() const;  ///< of all kinds together
};

/// Names that an import brought, and that neither the database had nor anyone knows: one that was misspelt stands among
/// them. In the order of their bytes.
struct NewNames {
    std::vector<std::string> properties, actor_types, relationship_types;
};

struct Account {
    std::vector<FileAccount> files;
    std::uint64_t retired = 0;  ///< by `replace`: rows of the earlier import that this one lacks
    std::vector<Reject> rejects;
    std::vector<std::string> joined_names;  ///< "Naftogaz -> #12 naftogaz"
    NewNames new_names;
    std::vector<std::string> notes;
    ChangeSetId change_set;     ///< none when nothing changed or on a dry run
};

/// Takes an import's batches and makes one transaction of them: resolves keys, joins what is known,
/// settles the kinds of columns, writes packed blocks in bulk.
///
/// stage() may be called from many threads at once, each batch once; batches carry a sequence number
/// and the result never depends on who came first. The order of rows is (sequence, row). finish() is
/// called once, after the last stage(); it throws Error{import} at the first bad row unless
/// skip_errors; whatever is thrown, nothing is written.
class Loader {
public:
    Loader(Store& store, LoadOptions options);
    ~Loader();

    /// Registers a file; its number is the next from 0. `hash` may come later through set_hash().
    std::uint32_t add_file(const std::string& name);
    void set_hash(std::uint32_t file, const std::string& hash, std::uint64_t bytes);
    /// Is a file of this hash the content of a change set that still stands untouched?
    [[nodiscard]] bool known(const std::string& hash) const;
    /// Takes the file's account from that change set instead of reading it again.
    void skip_known(std::uint32_t file, const std::string& hash);

    /// The source of everything that names no other.
    void set_source(const Source& source);
    void stage(std::uint32_t file, Source source);  ///< a row that brings a source; not thread-safe
    void stage(ActorBatch&& batch);
    void stage(RelationshipBatch&& batch);
    void stage(std::uint32_t file, const RelationshipSchema& schema);  ///< not thread-safe, as the next two
    void stage(std::uint32_t file, const ActorSchema& schema);
    void stage(EvidenceRow evidence);
    /// A row that the importer itself refuses, when skip_errors is set. Counts as read.
    void reject(Reject reject, RowOf rows);
    /// Rows that the importer made part of others or that are none to be taken: adds to the file's account.
    void count(std::uint32_t file, RowOf rows, const Tally& tally);
    /// Actors were brought (even if the file had none): a missing end is then an error, see DESIGN.
    Account finish();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace entente::storage
