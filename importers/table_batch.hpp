// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/reading.hpp"

namespace entente::importers {

class MappedRows;

/// Turns rows of text cells into batches, as their layout says what the columns mean. A format's reader
/// derives from it: it calls begin(), fills columns_, and calls stage_rows().
class TableBatcher {
public:
    virtual ~TableBatcher();
    TableBatcher(const TableBatcher&) = delete;
    TableBatcher& operator=(const TableBatcher&) = delete;

protected:
    /// A row that cannot be taken, or its record that is no row. Sorted by where it begins and what is wrong.
    struct Flaw {
        std::uint64_t begin = 0, at = 0;
        Place place;
        std::string raw;  ///< text of the row, when errors are skipped
        std::string what, advice;
    };

    TableBatcher(const Reading& reading, const Layout& layout);

    /// Where a cell stands; a column beyond the last one is the row itself.
    [[nodiscard]] virtual Flaw locate(std::size_t row, std::size_t column) const = 0;
    /// Of the rows that are not marked in bad_; see shrink().
    [[nodiscard]] virtual BatchOrigin origin() const = 0;
    [[nodiscard]] virtual std::uint64_t line(std::size_t row) const = 0;
    /// Text of a row as it stands in its file; of readers that use origin_of(), and whose tables a saved mapping may be
    /// about. Asked when errors are skipped.
    [[nodiscard]] virtual std::string_view raw(std::size_t) const { return {}; }
    /// Number of the first batch that these rows make.
    [[nodiscard]] virtual std::uint64_t sequence() const { return 0; }

    void begin(std::size_t rows);
    /// Stages the rows and empties columns_. Throws the error of the first bad row unless they are skipped.
    void stage_rows();
    void flaw(std::size_t row, std::size_t column, std::string what, std::string advice = {});
    /// Leaves out what belongs to bad rows.
    template <class Vector> void shrink(Vector& rows) const {
        if (!any_bad_ || rows.size() != bad_.size()) return;
        std::size_t to = 0;
        for (std::size_t r = 0; r < rows.size(); ++r) {
            if (!bad_[r]) rows[to++] = std::move(rows[r]);
        }
        rows.resize(to);
    }

    /// Numbers of lines, counted from the first of them.
    [[nodiscard]] static std::vector<std::uint32_t> from_first(const std::vector<std::uint64_t>& lines);
    /// What most origins are: these lines, of all rows and counted from the first one, or none where each line is a
    /// row; and the rows' texts.
    [[nodiscard]] BatchOrigin origin_of(std::uint64_t sequence, std::uint64_t first_line, std::vector<std::uint32_t> lines) const;

    const Reading& reading_;
    const Layout& layout_;
    std::size_t rows_ = 0;
    /// A cell per column and row; without data (nullptr) where there is none.
    std::vector<std::vector<std::string_view>> columns_;
    std::deque<std::string> texts_;  ///< what had to be rewritten; batches point into it
    std::vector<Flaw> flaws_;
    std::vector<bool> bad_;
    bool any_bad_ = false;

private:
    friend class MappedRows;
    void settle();
    void fill_blanks();
    [[nodiscard]] int column_for(const Field& field) const;
    Column property(std::size_t column);
    void properties(std::vector<Column>& out);
    void prefix_group(int column);
    void actors();
    void actor_types(ActorBatch& batch, int column);
    std::vector<EvidenceRow> actor_evidence(ActorBatch& batch);
    void stage_cited(EvidenceRow evidence);
    std::optional<double> sureness(std::size_t row);
    void relationships();
    void directions(RelationshipBatch& batch, int column);
    void take_ids(RelationshipBatch& batch);
    void sources();
    void types();
    void evidence();
    [[nodiscard]] std::string cell(Role role, std::size_t row) const;
    [[nodiscard]] std::string checked(Role role, CellKind kind, std::size_t row);
    [[nodiscard]] const std::string* constant(Role role) const;
    bool yes(std::size_t column, std::size_t row);

    std::unique_ptr<MappedRows> mapped_;
};

}  // namespace entente::importers
