// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "importers/mend.hpp"
#include "importers/reading.hpp"

namespace entente::importers {

/// A text character by character, for formats that are a language of tokens. NUL bytes and tokens of more
/// than 64 MiB are errors.
class TextStream {
public:
    TextStream(Input& input, std::string_view head, const Reading& reading);

    /// The next character, or NUL at the end of the text.
    [[nodiscard]] char peek() {
        if (at_ == buffer_.size() && !fill()) return '\0';
        return buffer_[at_];
    }
    char take() {
        const char c = peek();
        if (c == '\0') return c;
        ++at_;
        if (c == '\n') {
            ++line_;
            column_ = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++column_;
        }
        return c;
    }
    void skip_line() {
        while (peek() != '\0' && peek() != '\n') take();
    }

    [[nodiscard]] Place place() const { return {reading_.name, line_, column_}; }
    [[nodiscard]] std::uint64_t line() const { return line_; }
    [[noreturn]] void fail(const std::string& what, const std::string& advice = kMendText) const {
        throw Error(ErrorKind::import, place(), what, advice);
    }
    /// Throws unless the token that begins there is UTF-8, or may still grow.
    void check_token(std::string_view token, const Place& begin) const;
    void check_length(std::size_t size, const Place& begin) const;

private:
    bool fill();

    Input& input_;
    const Reading& reading_;
    std::string buffer_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 1;
    std::uint64_t column_ = 1;
};

}  // namespace entente::importers
