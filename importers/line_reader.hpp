// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "importers/reading.hpp"

namespace entente::importers {

/// A text line by line. Lines end in LF, CRLF or CR alone. A line that is longer than 64 MiB, has a NUL byte
/// or is no UTF-8 is an error.
class LineReader {
public:
    LineReader(Input& input, std::string_view head, const Reading& reading);

    /// The next line without its end, valid until the next call; false: there is none.
    bool next(std::string_view& line);
    /// The same, whatever bytes it has: check() says whether they are text.
    bool next_bytes(std::string_view& line);
    /// Throws Error{import} placed at a NUL byte or one that is no UTF-8 of the line that was read last.
    void check(std::string_view line) const;

    /// Number of the line that was read last.
    [[nodiscard]] std::uint64_t number() const { return number_; }
    [[nodiscard]] Place place(std::size_t column = 1) const { return {reading_.name, number_, column}; }

private:
    bool fill();
    [[nodiscard]] bool looks_plain() const;
    [[nodiscard]] std::size_t end_after(std::size_t from) const;

    Input& input_;
    const Reading& reading_;
    std::string buffer_;
    std::size_t at_ = 0;
    std::uint64_t number_ = 0;
    bool ended_ = false;
    bool plain_ = false;  ///< no line of the buffer that ends in it has a CR or a bad byte: looked at all at once
};

}  // namespace entente::importers
