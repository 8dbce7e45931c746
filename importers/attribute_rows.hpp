// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "importers/table_batch.hpp"

namespace entente::importers {

/// Rows whose cells come one by one from formats that declare attributes and their kinds. The first
/// columns are the row's own: `key` of an actor; `from`, `to`, `id`, `direction` of a relationship. The names
/// of the others mean what they mean in a table (README.md).
class AttributeRows final : public TableBatcher {
public:
    enum Own : std::size_t { key = 0, from = 0, to = 1, id = 2, direction = 3 };

    /// REQUIRES: `kind` is actors or relationships; `reading` outlives the rows.
    AttributeRows(const Reading& reading, RowKind kind);

    /// The column of that name. A name that was there gives the same column; if the kinds differ, it holds
    /// both: numbers, else texts. `fallback`: what a row has there that says nothing; no text: nothing.
    std::size_t column(const std::string& name, CellKind kind);
    void fallback(std::size_t column, std::string_view text);

    /// A row begins in this line.
    void start(std::uint64_t line);
    [[nodiscard]] bool started() const { return started_; }
    /// The text of the row's cell; one that was set before gives way. An absent text is none.
    void set(std::size_t column, std::string_view text);
    [[nodiscard]] bool has(std::size_t column) const;
    [[nodiscard]] std::string_view get(std::size_t column) const;
    /// The cells of the row that is started, by column.
    [[nodiscard]] std::vector<std::pair<std::size_t, std::string>> cells() const;
    [[nodiscard]] const std::string& name(std::size_t column) const { return names_[column].text; }
    /// The row ends. Throws Error{import} when rows that are full are staged and one is bad.
    void finish();
    /// Stages what is left.
    void flush();

private:
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0, used = 0;
    };
    struct Name {
        std::string text;
        CellKind kind;
        std::string fallback;
        bool falls_back = false;
    };

    [[nodiscard]] Flaw locate(std::size_t row, std::size_t column) const override;
    [[nodiscard]] BatchOrigin origin() const override;
    [[nodiscard]] std::uint64_t line(std::size_t row) const override { return lines_[row]; }
    [[nodiscard]] std::string raw(std::size_t row) const;
    std::string_view keep(std::string_view text);
    void lay_out();

    RowKind kind_;
    Layout own_;
    std::vector<Name> names_;
    std::map<std::string, std::size_t, std::less<>> known_;
    std::vector<std::uint64_t> lines_;
    std::vector<std::string> raws_;
    std::vector<Block> blocks_;
    std::size_t block_ = 0;
    std::size_t bytes_ = 0;
    bool started_ = false;
    bool laid_out_ = false;
};

}  // namespace entente::importers
