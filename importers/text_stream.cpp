// SPDX-License-Identifier: MIT
#include "importers/text_stream.hpp"

#include "importers/csv_scan.hpp"

namespace entente::importers {

TextStream::TextStream(Input& input, std::string_view head, const Reading& reading)
    : input_(input), reading_(reading), buffer_(head) {
    at_ = check_start(head, reading.name);
    if (buffer_.find('\0') != std::string::npos) fail("a NUL byte, expected text");
}

bool TextStream::fill() {
    buffer_.resize(std::size_t{64} << 10U);
    buffer_.resize(input_.read(buffer_.data(), buffer_.size()));
    at_ = 0;
    if (buffer_.find('\0') != std::string::npos) fail("a NUL byte after this, expected text");
    if (reading_.progress) reading_.progress();
    return !buffer_.empty();
}

void TextStream::check_length(std::size_t size, const Place& begin) const {
    if (size > kLongestRecord) {
        throw Error(ErrorKind::import, begin, "more than 64 MiB without an end, expected it to end", "look for a quote that is not closed");
    }
}

void TextStream::check_token(std::string_view token, const Place& begin) const {
    if (find_bad_utf8(token) != std::string_view::npos) {
        throw Error(ErrorKind::import, begin, "text that is not UTF-8, expected UTF-8 text",
                    "convert it from its encoding, for example WINDOWS-1252 or, in Cyrillic, WINDOWS-1251: iconv -f WINDOWS-1252 -t UTF-8");
    }
}

}  // namespace entente::importers
