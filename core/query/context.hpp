// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/query/ast.hpp"
#include "core/query/procedures.hpp"
#include "core/query/list_set.hpp"
#include "core/query/regular_expression.hpp"
#include "core/storage/reader.hpp"
#include "core/storage/record_cursor.hpp"
#include "core/storage/writer.hpp"

namespace entente::query {

/// How far a statement may go.
struct Bounds {
    std::size_t memory = std::numeric_limits<std::size_t>::max();  ///< bytes that rows may take
    std::optional<std::chrono::steady_clock::time_point> until;
    const std::atomic<bool>* interrupted = nullptr;  ///< set by Ctrl-C
};

/// Throws when the time is up, or after Ctrl-C.
void check_clock(const Bounds& bounds);
[[noreturn]] void out_of_time();

/// What a statement has written.
struct Changes {
    std::uint64_t actors_added = 0, actors_removed = 0;
    std::uint64_t relationships_added = 0, relationships_removed = 0;
    std::uint64_t changed = 0;  ///< actors and relationships whose properties or types changed
    std::uint64_t indexes_added = 0, indexes_removed = 0;
};

class Helpers;

/// What a running statement stands on: the database as it is now, parameters, bounds. Everything that
/// looks at the graph goes through here, because a statement may have changed it a moment ago.
class Context {
public:
    /// `writer` may be null: then nothing can be written.
    Context(const storage::Reader& reader, storage::Writer* writer, const DatumMap& parameters,
            const Procedures& procedures, const Bounds& bounds);

    [[nodiscard]] const storage::Reader& reader() const { return *reader_; }
    /// REQUIRES: the statement may write. Marks everything read before as out of date.
    [[nodiscard]] storage::Writer& writer();
    [[nodiscard]] const DatumMap& parameters() const { return *parameters_; }
    [[nodiscard]] const Procedures& procedures() const { return *procedures_; }
    [[nodiscard]] const Bounds& bounds() const { return bounds_; }

    // --- names ---
    [[nodiscard]] std::optional<PropertyId> property(const NameRef& name) const;
    [[nodiscard]] std::optional<ActorType> actor_type(const NameRef& name) const;
    [[nodiscard]] std::optional<RelationshipType> relationship_type(const NameRef& name) const;

    // --- actors and relationships; those deleted by this statement throw EntityNotFound ---
    [[nodiscard]] Datum get(ActorId id, const NameRef& name) const;
    [[nodiscard]] Datum get(RelationshipId id, const NameRef& name) const;
    /// A property of an actor that is a text, in place: valid until the next call or write. Nothing when
    /// it is no text.
    [[nodiscard]] std::optional<std::string_view> text(ActorId id, const NameRef& name) const;
    [[nodiscard]] std::vector<std::string> labels(ActorId id) const;
    [[nodiscard]] bool has_label(ActorId id, const NameRef& label) const;
    [[nodiscard]] storage::Reader::Ends ends(RelationshipId id) const;  ///< of deleted ones too
    [[nodiscard]] const std::string& type(RelationshipId id) const;
    [[nodiscard]] DatumMap properties(ActorId id) const;
    [[nodiscard]] DatumMap properties(RelationshipId id) const;

    // --- deletions ---
    void deleted(ActorId id) { deleted_actors_.insert(id.value); }
    void deleted(RelationshipId id, const storage::Reader::Ends& ends) {
        deleted_relationships_.emplace(id.value, ends);
    }
    [[nodiscard]] bool is_deleted(ActorId id) const {
        return !deleted_actors_.empty() && deleted_actors_.contains(id.value);
    }
    [[nodiscard]] bool is_deleted(RelationshipId id) const {
        return !deleted_relationships_.empty() && deleted_relationships_.contains(id.value);
    }

    Changes changes;
    bool only_adds = false;      ///< what this statement writes may wait beyond its end
    std::uint32_t writing = 0;   ///< steps that write just now, one within the other

    Helpers* helpers = nullptr;  ///< for steps that can share their work; null: none do

    // --- bounds ---
    /// To be called once for each step of work, roughly.
    void step() {
        if (++steps_ % kSteps == 0) look_at_clock();
    }
    void look_at_clock();
    /// Takes memory for rows that are held; throws when there is none left. Negative gives it back.
    void hold(std::size_t bytes);
    void release(std::size_t bytes) { held_ -= bytes < held_ ? bytes : held_; }
    [[nodiscard]] std::size_t most_held() const { return most_held_; }

    /// A regular expression, compiled once.
    [[nodiscard]] RegularExpression& expression(const std::string& pattern);
    /// The members of an expression whose value is the same on every row. `list()` is asked on first use: a list, or
    /// null for one whose value is not; then the answer is null too.
    template <class Make>
    [[nodiscard]] const ListSet* members(const struct Expression& of, Make&& list) {
        auto at = members_.find(&of);
        if (at == members_.end()) {
            Datum all = list();
            at = members_.emplace(&of, all.is_null() ? std::nullopt : std::optional<ListSet>(std::move(all))).first;
        }
        return at->second ? &*at->second : nullptr;
    }

    std::mt19937_64& random() {
        if (!random_) random_.emplace(std::random_device{}());
        return *random_;
    }
    /// Now, the same for the whole statement: microseconds since 1970.
    [[nodiscard]] std::int64_t now() const { return now_; }
    void set_now(std::int64_t now) { now_ = now; }

private:
    static constexpr std::uint64_t kSteps = 4096;
    /// A property of all actors, read ahead once it is asked for again and again. Few different values
    /// stand once each, and a byte or two for each actor tells which: what fits a cache is found in it.
    struct Column {
        std::uint64_t asked = 0;
        bool ready = false;
        std::vector<Datum> values;  ///< by code; by number of the actor when there are no codes
        std::vector<std::uint8_t> narrow;
        std::vector<std::uint16_t> wide;
        [[nodiscard]] const Datum& at(std::uint32_t actor) const {
            return values[!narrow.empty() ? narrow[actor] : !wide.empty() ? wide[actor] : actor];
        }
    };
    void read_ahead(Column& column, PropertyId property) const;
    [[nodiscard]] std::uint64_t edition() const { return edition_; }
    void check_live(ActorId id) const;
    void check_live(RelationshipId id) const;

    const storage::Reader* reader_;
    storage::Writer* writer_;
    const DatumMap* parameters_;
    const Procedures* procedures_;
    Bounds bounds_;
    std::uint64_t edition_;
    std::uint64_t steps_ = 0;
    std::size_t held_ = 0;
    std::size_t most_held_ = 0;
    std::unordered_set<std::uint32_t> deleted_actors_;
    std::unordered_map<std::uint64_t, storage::Reader::Ends> deleted_relationships_;
    std::unordered_map<std::string, RegularExpression> expressions_;
    std::unordered_map<const struct Expression*, std::optional<ListSet>> members_;
    mutable std::optional<storage::RecordCursor> actor_cursor_, relationship_cursor_;
    mutable std::vector<Column> columns_;  ///< by number of the property
    std::optional<std::mt19937_64> random_;
    std::int64_t now_;
};

}  // namespace entente::query
