// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "importers/mapped_table.hpp"
#include "importers/table_batch.hpp"
#include "importers/text_arena.hpp"

namespace entente::importers {

/// What the rules of a mapping make of the rows of a batcher: a batch of actors or relationships for each rule,
/// in the order of the rules. One for each thread.
class MappedRows {
public:
    /// REQUIRES: both outlive it.
    MappedRows(TableBatcher& rows, MappedTable& table);
    ~MappedRows();
    MappedRows(const MappedRows&) = delete;
    MappedRows& operator=(const MappedRows&) = delete;

    /// Stages what the rows make that are not marked as bad.
    void stage();

private:
    class Made;
    class Sources;
    struct Row {
        std::uint32_t row;
        std::string_view each;
    };

    [[nodiscard]] static TableBatcher::Flaw place(const TableBatcher& rows, std::size_t row, std::optional<std::size_t> column);
    [[nodiscard]] static std::uint64_t line(const TableBatcher& rows, std::size_t row);
    [[nodiscard]] static std::string_view raw(const TableBatcher& rows, std::size_t row);
    [[nodiscard]] std::string_view say(const BoundTemplate& from, const Row& row, bool whole, std::string& flaw);
    [[nodiscard]] std::string_view say(const BoundValue& from, const Row& row, std::string& flaw);
    [[nodiscard]] std::string_view translated(const BoundValue& from, const Row& row, std::string_view text, std::string& flaw);
    [[nodiscard]] const std::string* found(const Lookup& lookup, std::string_view text);
    [[nodiscard]] std::string_view without_empty(const BoundValue& from, const Row& row, std::string_view text);
    [[nodiscard]] std::string_view recased(MappedValue::Letters letters, std::string_view text);
    [[nodiscard]] std::string_view dated(const MappedValue& value, std::string_view text);
    [[nodiscard]] bool holds(const BoundCondition& condition, const Row& row);
    void choose();
    void make(const BoundRule& rule, Made& made);

    TableBatcher& rows_;
    MappedTable& table_;
    Reading reading_;
    std::unique_ptr<Sources> sources_;
    std::vector<std::unique_ptr<Made>> made_;
    std::vector<std::uint32_t> chosen_;  ///< rows that are neither bad nor passed over
    std::vector<std::uint8_t> used_;     ///< by a rule
    TextArena texts_;
    std::string scratch_;

    /// What was looked up before, as columns say the same again and again.
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Answers = std::unordered_map<std::string, const std::string*, Hash, std::equal_to<>>;
    std::map<const Lookup*, Answers> answers_;
};

}  // namespace entente::importers
