// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <rapidjson/error/error.h>
#include <rapidjson/reader.h>

#include "importers/mend.hpp"
#include "importers/reading.hpp"

namespace entente::importers {

/// Events of numbers that never come, for handlers of RapidJSON: numbers are read as texts (RawNumber).
struct NumbersAsTexts {
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }
};

/// How every JSON text is parsed: without recursion, numbers as they are written, one value at a time.
inline constexpr unsigned kJsonFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                                       rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseStopWhenDoneFlag;

/// What the parser found wrong, in our words.
std::string json_reason(rapidjson::ParseErrorCode code);

/// The text as RapidJSON reads it: counts lines, and refuses NUL bytes and endless records.
class JsonStream {
public:
    using Ch = char;

    JsonStream(Input& input, std::string_view head, const Reading& reading)
        : input_(input), reading_(reading), buffer_(head) {
        at_ = check_start(head, reading.name);
    }

    [[nodiscard]] Ch Peek() {
        if (at_ == buffer_.size() && !fill()) return '\0';
        const char c = buffer_[at_];
        if (c == '\0') {
            throw Error(ErrorKind::import, place(), "a NUL byte, expected JSON text");
        }
        return reading_.lines && c == '\n' ? '\0' : c;
    }
    Ch Take() {
        const Ch c = Peek();
        if (c == '\0') return c;
        step(c);
        return c;
    }
    [[nodiscard]] std::size_t Tell() const { return passed_ + at_; }
    // RapidJSON asks for these of every stream and calls them only when parsing in place
    Ch* PutBegin() { return nullptr; }
    void Put(Ch) {}
    void Flush() {}
    std::size_t PutEnd(Ch*) { return 0; }

    [[nodiscard]] Place place() const { return {reading_.name, line_, column_}; }

    /// Where the next value begins, told after its name: the handler of a value asks for it.
    void expect_value() { awaiting_ = true; }
    [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> value_at() const {
        return awaiting_ ? std::pair(line_, column_) : value_at_;
    }

    /// A record begins here: from now on it may be so long, and is kept if rows may be left out.
    void mark() {
        record_ = Tell();
        kept_.clear();
    }
    [[nodiscard]] const std::string& kept() const { return kept_; }

    /// Passes blanks and line ends; false at the end of the text.
    bool more() {
        while (true) {
            if (at_ == buffer_.size() && !fill()) return false;
            const char c = buffer_[at_];
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return true;
            step(c);
        }
    }
    void skip_line() {
        while (at_ != buffer_.size() || fill()) {
            const char c = buffer_[at_];
            step(c);
            if (c == '\n') return;
        }
    }

private:
    void step(char c) {
        ++at_;
        if (reading_.skip_errors && c != '\n') kept_ += c;
        if (awaiting_ && c != ':' && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
            value_at_ = {line_, column_};
            awaiting_ = false;
        }
        if (c == '\n') {
            ++line_;
            column_ = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++column_;
        }
    }

    bool fill();

    Input& input_;
    const Reading& reading_;
    std::string buffer_;
    std::size_t at_ = 0;
    std::size_t passed_ = 0;
    std::size_t record_ = 0;
    std::string kept_;
    std::uint64_t line_ = 1;
    std::uint64_t column_ = 1;
    std::pair<std::uint64_t, std::uint64_t> value_at_;
    bool awaiting_ = false;
};

}  // namespace entente::importers
