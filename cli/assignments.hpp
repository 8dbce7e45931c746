// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace entente::cli {

/// `name=value` as typed: a null value means that the property goes (`name=`).
struct Assignment {
    std::string name;
    Value value;
};

/// Reads `name=value` or `name:kind=value`; kinds: text, int, float, bool, date, list (parts between
/// bars). Without a kind: `date`, `startDate` and `endDate` want a date with precision, `confidence` a
/// number from 0 to 1, `status` one of the five, `grade` an Admiralty grade, `aliases` is a list,
/// `name` and `key` are texts; of any other the kind is found: whole number, decimal, true or false,
/// a date of at least a month, else text. Numbers with leading zeros stay texts.
/// Throws Error{usage} that says what was expected.
Assignment parse_assignment(std::string_view word);

/// The property names with `=` in the words from `from` on; throws Error{usage} for a word without.
std::vector<Assignment> parse_assignments(const std::vector<std::string>& words, std::size_t from);

/// Puts it into the properties, or takes the property away.
void apply(const Assignment& assignment, Properties& properties);

/// `--source` with what makes a new one, and where in it and how sure: shared by what writes by hand.
class SourceOptions {
public:
    void setup(Options& options);
    /// `--no-source` besides: for what must not stay without a source by mistake.
    void setup_demanding(Options& options);
    /// That there is a `--source` or a `--no-source`; asks for one on a terminal, else throws Error{usage}.
    void demand(Context& context);

    /// The source named: the stored one, or a new one when a title or url is given. Nothing when
    /// `--source` was not. Throws Error{unknown_name}.
    std::optional<SourceId> resolve(storage::Writer& writer) const;
    /// `locator`, `excerpt`, `grade`, `confidence` as properties of the record itself.
    void add_to(Properties& properties) const;
    /// The same as evidence.
    [[nodiscard]] Evidence evidence(SourceId source) const;

private:
    std::optional<std::string> key_;
    std::string title_, publisher_, url_, archive_url_, date_, licence_;
    std::string locator_, excerpt_, grade_, retrieved_at_;
    std::optional<double> confidence_;
    bool none_ = false;
};

/// Throws Error{usage} when another relationship than `self` has the `id` that stands among the properties.
void refuse_taken_id(const storage::Reader& reader, const Properties& properties, RelationshipId self);

}  // namespace entente::cli
