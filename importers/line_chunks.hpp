// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "importers/reading.hpp"

namespace entente::importers {

/// Whole lines of a text; the last byte is LF.
struct LineChunk {
    std::string buffer;  ///< the text, and room behind it
    std::size_t size = 0;
    std::uint64_t sequence = 0;    ///< of the first batch that it makes
    std::uint64_t number = 0;      ///< of the chunk within the text, from 0
    std::uint64_t first_line = 1;
    [[nodiscard]] std::string_view text() const { return {buffer.data(), size}; }
};

/// Cuts a text into chunks of about so many bytes, longer where a line is, which may have 64 MiB (Error{import}).
class LineCutter {
public:
    /// `batches`: how many numbers of batches each chunk gets.
    LineCutter(Input& input, std::string_view head, const Reading& reading, std::uint64_t batches = 1, std::size_t bytes = std::size_t{1} << 20U)
        : input_(input), reading_(reading), carry_(head), batches_(batches), bytes_(bytes) {}

    /// The next chunk; false: there is none.
    bool next(LineChunk& chunk);

private:
    Input& input_;
    const Reading& reading_;
    std::string carry_;
    std::uint64_t batches_;
    std::size_t bytes_;
    std::uint64_t line_ = 1;
    std::uint64_t number_ = 0;
    bool ended_ = false;
};

}  // namespace entente::importers
