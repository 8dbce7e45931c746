// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "importers/csv_scan.hpp"
#include "importers/table_batch.hpp"

namespace entente::importers {

/// Whole records of a file, with room of kScanPadding after them.
struct CsvChunk {
    std::vector<char> buffer;
    std::size_t size = 0;
    std::uint64_t sequence = 0;  ///< of the first batch that it makes
    std::uint64_t first_line = 1;
    bool unclosed = false;  ///< one line whose quote nothing closes before the end of the file
    bool last = false;

    [[nodiscard]] std::string_view text() const { return {buffer.data(), size}; }
};

/// The place after a byte of a text.
inline void advance(Place& place, char byte) {
    if (byte == '\n') {
        ++place.line;
        place.column = 1;
    } else if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U) {
        ++place.column;
    }
}

/// Turns chunks into batches; one of them per thread, its buffers are used again and again.
class CsvBatcher final : public TableBatcher {
public:
    CsvBatcher(const Reading& reading, const Layout& layout, char separator)
        : TableBatcher(reading, layout), separator_(separator) {}

    /// Stages what the chunk holds. Throws the error of its first bad row unless they are skipped.
    void stage(const CsvChunk& chunk);

private:
    [[nodiscard]] Flaw locate(std::size_t row, std::size_t column) const override;
    [[nodiscard]] BatchOrigin origin() const override;
    [[nodiscard]] std::uint64_t line(std::size_t row) const override;
    [[nodiscard]] std::string_view raw(std::size_t row) const override;
    [[nodiscard]] std::uint64_t sequence() const override { return chunk_->sequence; }
    [[nodiscard]] Flaw flaw_of(std::size_t begin, std::size_t end, std::size_t line, std::size_t at) const;
    void scan();
    void check_bytes();
    void cut_columns();
    std::string_view unquoted(const CsvCell& cell);

    char separator_;
    const CsvChunk* chunk_ = nullptr;
    std::string_view text_;
    CsvRows scanned_;
};

/// Takes the apostrophe off a cell that is kept from being a formula by it, see README.md.
std::string_view unguarded(std::string_view cell);

}  // namespace entente::importers
