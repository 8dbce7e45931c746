// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <ostream>
#include <span>
#include <string_view>

namespace entente::bench {

/// A text of one format that importers read, made up for measuring: the same size gives the same bytes.
struct ReaderText {
    std::string_view format;  ///< as `--format` takes it
    std::string_view file;    ///< a name that suits it
    void (*write)(std::ostream& out, std::size_t bytes);  ///< so many bytes, and to the end of the last record
};

std::span<const ReaderText> reader_texts();

}  // namespace entente::bench
