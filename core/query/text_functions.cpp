// SPDX-License-Identifier: MIT
#include "core/query/text_functions.hpp"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "core/model/utf8.hpp"
#include "core/query/function_error.hpp"

namespace entente::query {
namespace {

void check_length(std::size_t size) {
    if (size > kLongestText) {
        throw FunctionError(Fault::limit, "the text would be longer than " +
                                              std::to_string(kLongestText >> 20U) + " MiB");
    }
}

std::size_t count_of(std::int64_t number, std::string_view what) {
    if (number >= 0) return static_cast<std::size_t>(number);
    throw FunctionError(Fault::out_of_range, "the " + std::string(what) + " of a part of a text is " +
                                                 std::to_string(number) + ", less than 0");
}

/// Bytes of the first `count` characters, or all.
std::size_t bytes_of(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (std::size_t n = 0; n < count && at < text.size(); ++n) next_character(text, at);
    return at;
}

template <class Wanted>
std::string_view without_leading(std::string_view text, Wanted unwanted) {
    std::size_t at = 0;
    for (std::size_t next = 0; at < text.size(); at = next) {
        if (!unwanted(next_character(text, next))) break;
    }
    return text.substr(at);
}

template <class Wanted>
std::string_view without_trailing(std::string_view text, Wanted unwanted) {
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (!unwanted(next_character(text, at))) end = at;
    }
    return text.substr(0, end);
}

bool white(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0; }

auto one_of(std::string_view characters) {
    std::u32string set;
    for (std::size_t at = 0; at < characters.size();) set += next_character(characters, at);
    std::sort(set.begin(), set.end());
    return [set](char32_t c) { return std::binary_search(set.begin(), set.end(), c); };
}

template <class Change>
std::string with_case(std::string_view text, Change change) {
    check_length(text.size());
    icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    change(wide);
    std::string out;
    wide.toUTF8String(out);
    check_length(out.size());
    return out;
}

}  // namespace

std::string to_upper(std::string_view text) {
    return with_case(text, [](icu::UnicodeString& s) { s.toUpper(icu::Locale::getRoot()); });
}
std::string to_lower(std::string_view text) {
    return with_case(text, [](icu::UnicodeString& s) { s.toLower(icu::Locale::getRoot()); });
}

std::string_view trim(std::string_view text) { return trim_right(trim_left(text)); }
std::string_view trim_left(std::string_view text) { return without_leading(text, white); }
std::string_view trim_right(std::string_view text) { return without_trailing(text, white); }

std::string_view trim(std::string_view text, std::string_view characters) {
    return trim_right(trim_left(text, characters), characters);
}
std::string_view trim_left(std::string_view text, std::string_view characters) {
    return without_leading(text, one_of(characters));
}
std::string_view trim_right(std::string_view text, std::string_view characters) {
    return without_trailing(text, one_of(characters));
}

std::int64_t character_count(std::string_view text) {
    std::int64_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) next_character(text, at);
    return count;
}

std::string_view substring(std::string_view text, std::int64_t start) {
    return text.substr(bytes_of(text, count_of(start, "start")));
}
std::string_view substring(std::string_view text, std::int64_t start, std::int64_t length) {
    return left(substring(text, start), length);
}
std::string_view left(std::string_view text, std::int64_t length) {
    return text.substr(0, bytes_of(text, count_of(length, "length")));
}
std::string_view right(std::string_view text, std::int64_t length) {
    const auto wanted = static_cast<std::int64_t>(std::min(count_of(length, "length"), text.size()));
    return substring(text, std::max<std::int64_t>(character_count(text) - wanted, 0));
}

std::string replace(std::string_view text, std::string_view search, std::string_view replacement) {
    std::string out;
    const auto append = [&out](std::string_view part) {
        check_length(out.size() + part.size());
        out += part;
    };
    if (search.empty()) {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t from = at;
            next_character(text, at);
            append(replacement);
            append(text.substr(from, at - from));
        }
        append(replacement);
        return out;
    }
    std::size_t from = 0;
    for (std::size_t at = text.find(search); at != std::string_view::npos; at = text.find(search, from)) {
        append(text.substr(from, at - from));
        append(replacement);
        from = at + search.size();
    }
    append(text.substr(from));
    return out;
}

std::vector<std::string_view> split(std::string_view text, std::string_view delimiter) {
    return split(text, std::vector<std::string_view>{delimiter});
}

std::vector<std::string_view> split(std::string_view text,
                                    const std::vector<std::string_view>& delimiters) {
    std::vector<std::string_view> out;
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto here = [&](std::string_view d) { return text.substr(at, d.size()) == d; };
        const auto found = std::find_if(delimiters.begin(), delimiters.end(), here);
        if (found == delimiters.end()) {
            next_character(text, at);
        } else if (found->empty()) {
            if (at > from) {
                out.push_back(text.substr(from, at - from));
                from = at;
            }
            next_character(text, at);
        } else {
            out.push_back(text.substr(from, at - from));
            at += found->size();
            from = at;
        }
    }
    out.push_back(text.substr(from));
    return out;
}

std::string reverse(std::string_view text) {
    std::string out(text.size(), '\0');
    std::size_t end = text.size();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        next_character(text, at);
        end -= at - from;
        text.copy(out.data() + end, at - from, from);
    }
    return out;
}

}  // namespace entente::query
