// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "importers/file_pattern.hpp"
#include "importers/mapping.hpp"
#include "importers/reading.hpp"

namespace entente::importers {

/// What a template says of a row, its columns found in a header.
struct BoundTemplate {
    struct Piece {
        enum class Kind : std::uint8_t { text, column, each, line } kind = Kind::text;
        std::string text;
        std::size_t column = 0;
        const Lookup* lookup = nullptr;
    };
    std::vector<Piece> pieces;
    bool refers = false;  ///< not the same for all rows
};

struct BoundValue {
    const MappedValue* value = nullptr;
    std::vector<BoundTemplate> first;
    std::optional<BoundTemplate> otherwise;
    std::vector<BoundTemplate> empty;
    bool whole = false;                 ///< it names something: with a part missing it is nothing
    std::optional<std::size_t> column;  ///< the first that it looks at, for messages
};

struct BoundCondition {
    const Condition* condition = nullptr;
    BoundValue value;
};

struct BoundRule {
    const MappedRule* rule = nullptr;
    std::optional<BoundValue> each;
    std::vector<BoundCondition> when;
    Layout layout;  ///< a field for each member, each property that gets odd dates, each column of the rest
    struct Source {
        std::optional<BoundValue> value;    ///< or
        std::optional<std::size_t> column;  ///< the cells as they are
        std::optional<std::size_t> odd;     ///< the field that gets what is no date
    };
    std::vector<Source> sources;  ///< of each field; none of both: filled by another one
};

/// A section of a mapping applied to one table: its columns are found in the header. Threads share it.
class MappedTable {
public:
    /// Throws Error{import} placed in the mapping when the header lacks a column.
    MappedTable(const Mapping& mapping, const MappedSection& section, const Captures& captures,
                const std::vector<HeaderName>& header, const std::string& text_name);

    /// Batches that a chunk of rows makes.
    [[nodiscard]] std::size_t batches() const { return batches_; }
    /// What is staged depends on the order of rows: one thread.
    [[nodiscard]] bool alone() const { return alone_; }
    [[nodiscard]] const std::vector<BoundRule>& rules() const { return rules_; }
    [[nodiscard]] const std::vector<BoundCondition>& skip() const { return skip_; }
    [[nodiscard]] const Mapping& mapping() const { return mapping_; }

    /// Rows that were passed over, and rows that no rule is for.
    void count(std::uint64_t passed, std::uint64_t idle);
    void count_odd(const std::string& property, std::uint64_t cells);
    /// A source that a row brings; of several with a key the one of the first row counts.
    void offer(Source source, std::uint64_t sequence);

    /// All rows are read: stages the sources that they brought, and tells what was passed over and not read.
    void finish(const Reading& reading);

private:
    const Mapping& mapping_;
    std::vector<BoundRule> rules_;
    std::vector<BoundCondition> skip_;
    std::size_t batches_ = 0;
    bool alone_ = false;
    std::vector<std::string> unread_;  ///< columns
    std::mutex lock_;
    std::map<std::string, std::pair<std::uint64_t, Source>> sources_;  ///< by key, with the chunk
    std::uint64_t passed_ = 0, idle_ = 0;
    std::map<std::string, std::uint64_t> odd_;
};

/// The layout of a table: what the mapping of the reading says, else what make_layout() does. Stages the types and
/// sources of a mapping the first time it is met.
Layout lay_out(const std::vector<HeaderName>& header, const Reading& reading, const Place& whole);

/// Is one of the mapping's sections for files of that name?
bool takes_file(const Mapping& mapping, const std::string& name);
/// The same of a sheet; without a mapping all are read.
bool takes_sheet(const Reading& reading);
/// The separator that the mapping says for the text, or '\0'.
char separator_told(const Reading& reading);

}  // namespace entente::importers
