// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/known_at.hpp"
#include "core/graph/selection.hpp"

namespace entente::cli {

/// Which of the options of surroundings a command shares: `--around` and `--hops`; or, where `--hops` is the length of
/// a path, `--around` and `--within`; or none, for neighbours are surroundings themselves.
enum class Surroundings { with, within, without };

/// The selection, the same on every analysis, drawing and export: `--type`, `--without-type` (`-T`),
/// `--actor-type`, `--without-actor-type` (`-A`), `--at`, `--since`, `--until`, `--certain`,
/// `--status`, `--min-confidence`, `--source`, `--without-source`, `--without`, `--max-degree`, `--where`,
/// `--direction`, `--known-at`, and of surroundings `--around` and `--hops` or `--within`.
class SelectionOptions {
public:
    void setup(Options& options, Surroundings surroundings = Surroundings::with);

    /// The database as `--known-at` says, which tells nothing of the sources of `--without-source`.
    /// Throws Error{usage}, Error{unknown_name}. Call it before resolve().
    [[nodiscard]] storage::Reader read(const Database& database);

    /// The names resolved: a type takes its narrower ones along, in any case. Actors as find_actors()
    /// with Naming::near. With `--where` the selection stands on the reader. Throws query::Failure, Error{unknown_name} with the nearest names, Error{usage}.
    /// `--certain` wants a time beside it unless `certain_alone`: for a command with a use of its own for it.
    [[nodiscard]] graph::Selection resolve(Context& context, const storage::Reader& reader,
                                           bool certain_alone = false) const;

    /// The options that were given, for the first line of an answer: `type MEETING, at 2025-03`.
    /// Empty when none was.
    [[nodiscard]] std::string reading() const;

    /// The same selection before `--without` and `--without-source` took something away: what `--diff`
    /// compares with. Throws Error{usage} when neither was given.
    [[nodiscard]] graph::Selection undiminished(graph::Selection selection) const;

    /// Was `--direction` given? Some measures have another default.
    [[nodiscard]] bool direction_given() const { return !direction_.empty(); }
    /// Does it leave anything out? `--known-at` does not: that is all of another time.
    [[nodiscard]] bool any_given() const { return !chosen().empty() || direction_given(); }

private:
    [[nodiscard]] std::string chosen() const;
    KnownAtOption known_at_;
    std::vector<SourceId> hidden_;  ///< those of --without-source
    bool read_ = false;
    std::vector<std::string> types_, without_types_, actor_types_, without_actor_types_;
    std::optional<Date> at_, since_, until_;
    bool certain_ = false;
    std::vector<std::string> statuses_;
    std::optional<double> min_confidence_;
    std::vector<std::string> sources_, without_sources_, without_, around_, where_;
    std::optional<std::uint64_t> max_degree_, hops_;
    std::string direction_;
    const char* near_ = "hops";  ///< the option that says how near
};

/// What the selection left out or kept in doubt, a sentence each, for the notes of an answer.
std::vector<std::string> notes(const graph::LeftOut& left_out);
/// The same for a search that ends before it has seen all.
std::vector<std::string> notes_of_met(const graph::LeftOut& left_out);

/// The types that a word names: the one of that name (any case) and all narrower ones. Throws
/// Error{unknown_name} with the nearest.
std::vector<RelationshipType> find_relationship_types(const storage::Reader& reader,
                                                      std::string_view word);
std::vector<ActorType> find_actor_types(const storage::Reader& reader, std::string_view word);

/// A source by its key or its exact title; throws Error{unknown_name} with the nearest.
SourceId find_source(const storage::Reader& reader, std::string_view word);

}  // namespace entente::cli
