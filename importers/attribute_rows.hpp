// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <exception>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "importers/table_batch.hpp"
#include "importers/text_arena.hpp"
#include "importers/xml.hpp"

namespace entente::importers {

/// Rows whose cells come one by one from formats that declare attributes and their kinds. The first
/// columns are the row's own: `key` of an actor; `from`, `to`, `id`, `direction` of a relationship. The names
/// of the others mean what they mean in a table (README.md).
///
/// Full batches are staged by a thread of their own, one at a time, if the reading has more than one.
class AttributeRows {
public:
    enum Own : std::size_t { key = 0, from = 0, to = 1, id = 2, direction = 3 };

    /// REQUIRES: `kind` is actors or relationships; `reading` outlives the rows.
    AttributeRows(const Reading& reading, RowKind kind);

    /// The column of that name. A name that was there gives the same column; if the kinds differ, it holds
    /// both: numbers, else texts. `id` of a relationship is its own. `fallback`: what a row has there that says
    /// nothing; no text: nothing.
    std::size_t column(const std::string& name, CellKind kind);
    void fallback(std::size_t column, std::string_view text);
    [[nodiscard]] const std::string& name(std::size_t column) const { return names_[column].text; }

    /// A row begins here.
    void start(std::uint64_t line, std::uint64_t column);
    [[nodiscard]] bool started() const { return started_; }
    /// The text of the row's cell; one that was set before gives way. An absent text is none.
    void set(std::size_t column, std::string_view text);
    [[nodiscard]] bool has(std::size_t column) const;
    [[nodiscard]] std::string_view get(std::size_t column) const;
    /// The cells of the row that is started, by column.
    [[nodiscard]] std::vector<std::pair<std::size_t, std::string>> cells() const;
    /// The row ends. Throws Error{import} of a bad row in the batches that were full before.
    void finish();
    /// The row that is started cannot be taken: throws Error{import}, or leaves it out when errors are skipped.
    void refuse(const std::string& what);
    /// Stages what is left. Throws as finish().
    void flush();
    /// Reading failed: finds out whether rows of before are bad too, and gives the failure that stands first.
    [[nodiscard]] std::exception_ptr settle(std::exception_ptr failure);

private:
    struct Name {
        std::string text;
        CellKind kind;
        std::string fallback;
        bool falls_back = false;
    };

    /// The rows of one batch with the memory of their cells.
    class Rows final : public TableBatcher {
    public:
        explicit Rows(const Reading& reading) : TableBatcher(reading, own) {}
        void stage();
        void clear();
        [[nodiscard]] std::vector<std::vector<std::string_view>>& columns() { return columns_; }
        [[nodiscard]] const std::vector<std::vector<std::string_view>>& columns() const { return columns_; }

        Layout own;
        std::size_t laid_out = 0;  ///< which layout it has
        std::uint64_t sequence = 0;
        std::vector<std::uint64_t> lines, places;  ///< line and column of each row
        std::vector<std::string> raws;
        TextArena texts;

    private:
        [[nodiscard]] Flaw locate(std::size_t row, std::size_t column) const override;
        [[nodiscard]] BatchOrigin origin() const override;
        [[nodiscard]] std::string_view raw(std::size_t row) const override { return raws[row]; }
        [[nodiscard]] std::uint64_t line(std::size_t row) const override { return lines[row]; }
    };

    [[nodiscard]] std::string raw(std::size_t row) const;
    void take_evidence();
    void lay_out();
    void hand_over();
    void wait();

    const Reading& reading_;
    RowKind kind_;
    std::vector<Name> names_;
    std::map<std::string, std::size_t, std::less<>> known_;
    Layout layout_;
    std::size_t version_ = 0;  ///< of the layout; 0: none yet
    bool laid_out_ = false;
    std::unique_ptr<Rows> rows_;     ///< are being filled
    std::unique_ptr<Rows> staging_;  ///< are being staged
    bool started_ = false;
    std::future<void> staged_;       ///< last, so that its thread ends first
};

/// Reads an XML text with events that fill such rows. What is thrown is what stands first in the text.
template <class Events>
void read_xml_graph(Input& input, std::string_view head, const Reading& reading) {
    Events events(reading);
    try {
        read_xml(input, head, reading, events);
        events.finish();
    } catch (...) {
        std::rethrow_exception(events.settle(std::current_exception()));
    }
}

}  // namespace entente::importers
