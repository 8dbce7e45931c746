// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "importers/csv_scan.hpp"
#include "importers/reading.hpp"

namespace entente::importers {

/// Whole records of a file, with room of kScanPadding after them.
struct CsvChunk {
    std::vector<char> buffer;
    std::size_t size = 0;
    std::uint64_t sequence = 0;
    std::uint64_t first_line = 1;
    bool unclosed = false;  ///< one line whose quote nothing closes before the end of the file
    bool last = false;

    [[nodiscard]] std::string_view text() const { return {buffer.data(), size}; }
};

/// Turns chunks into batches; one of them per thread, its buffers are used again and again.
class CsvBatcher {
public:
    CsvBatcher(const Reading& reading, const Layout& layout, char separator)
        : reading_(reading), layout_(layout), separator_(separator) {}

    /// Stages what the chunk holds. Throws the error of its first bad row unless they are skipped.
    void stage(const CsvChunk& chunk);

private:
    struct Flaw {
        std::size_t row = 0;      ///< or the number of rows for a record that is none
        std::uint32_t begin = 0, end = 0, line = 0, at = 0;
        std::string what, advice;
    };

    void scan(const CsvChunk& chunk);
    void check_bytes();
    void cut_columns();
    std::string_view unquoted(const CsvCell& cell);
    void flaw(std::size_t row, std::size_t column, std::string what, std::string advice = {});
    [[nodiscard]] Place place(const Flaw& flaw) const;
    void settle();
    [[nodiscard]] BatchOrigin origin() const;
    Column property(std::size_t column);
    void properties(std::vector<Column>& out);
    template <class Vector> void shrink(Vector& rows) const;

    void actors();
    void actor_types(ActorBatch& batch, int column);
    void relationships();
    void directions(RelationshipBatch& batch, int column);
    void sources();
    void types();
    void evidence();
    [[nodiscard]] std::string cell(Role role, std::size_t row) const;
    [[nodiscard]] const std::string* constant(Role role) const;
    bool yes(std::size_t column, std::size_t row);

    const Reading& reading_;
    const Layout& layout_;
    char separator_;
    const CsvChunk* chunk_ = nullptr;
    std::string_view text_;
    CsvRows rows_;
    std::vector<std::vector<std::string_view>> columns_;
    std::deque<std::string> texts_;  ///< what had to be rewritten; batches point into it
    std::vector<Flaw> flaws_;
    std::vector<bool> bad_;
    bool any_bad_ = false;
};

/// Takes the apostrophe off a cell that is kept from being a formula by it, see README.md.
std::string_view unguarded(std::string_view cell);

}  // namespace entente::importers
