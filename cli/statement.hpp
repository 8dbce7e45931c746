// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/known_at.hpp"
#include "cli/output.hpp"
#include "core/query/datum.hpp"
#include "core/query/run.hpp"

namespace entente::cli {

/// All of a file of statements. Throws Error{usage} when it cannot be read.
std::string read_script(const std::string& name);

/// What `query` and `shell` share: parameters, bounds, and how an answer is written.
class StatementOptions {
public:
    void setup(Options& options);

    /// Throws Error{usage} for a parameter or a size that cannot be read. Call once, before the others.
    void resolve();

    [[nodiscard]] const query::DatumMap& parameters() const { return parameters_; }
    query::DatumMap& parameters() { return parameters_; }
    [[nodiscard]] bool read_only() const { return read_only_; }
    /// The state that is asked: `--known-at`. Throws Error{usage}.
    [[nodiscard]] storage::Reader read(const Database& database) const { return known_at_.read(database); }
    /// "known at 2025-03", or empty.
    [[nodiscard]] std::string reading() const { return known_at_.reading(); }
    /// Throws Error{usage} with --read-only and with --known-at. `what`: "the statement writes".
    void expect_writing(const std::string& what) const;
    [[nodiscard]] query::Bounds bounds(const std::atomic<bool>* interrupted = nullptr) const;

    OutputOptions output;

private:
    std::vector<std::string> words_;
    std::string memory_word_;
    std::optional<double> timeout_;
    bool read_only_ = false;
    KnownAtOption known_at_;
    query::DatumMap parameters_;
    std::size_t memory_ = 0;
};

/// A parameter's value: a literal of the language where it reads as one (`5`, `'text'`, `[1, 2]`, `true`),
/// else the text as it stands. Throws Error{usage} for a text that begins like a list or a map and is none.
query::Datum parameter_value(std::string_view text);

/// A statement with its answer, ready to be written; `reader` is the state it was asked of, which `reading`
/// names where it is no present one.
int write_answer(Context& context, const query::Prepared& prepared, const query::Answer& answer,
                 const storage::Reader& reader, const OutputOptions& output, const std::string& reading = {});
/// What EXPLAIN answers, or PROFILE, whose statement was run with this answer.
int write_plan(Context& context, const query::Operator& plan, const query::Answer* profiled, const OutputOptions& output);

}  // namespace entente::cli
