// SPDX-License-Identifier: MIT
#include "core/query/script.hpp"

namespace entente::query {
namespace {

/// Where a semicolon that ends the statement beginning at `from` stands, or npos; `empty` tells whether
/// there is anything but space and comments before it.
std::size_t end_of(std::string_view text, std::size_t from, bool& empty) {
    empty = true;
    for (std::size_t i = from; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ';') return i;
        if (c == '/' && i + 1 < text.size() && (text[i + 1] == '/' || text[i + 1] == '*')) {
            const bool line = text[i + 1] == '/';
            const std::size_t end = text.find(line ? "\n" : "*/", i + 2);
            if (end == std::string_view::npos) {
                empty = empty && line;
                return std::string_view::npos;
            }
            i = end + (line ? 0 : 1);
            continue;
        }
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') empty = false;
        if (c == '\'' || c == '"' || c == '`') {
            for (++i; i < text.size() && text[i] != c; ++i) {
                if (text[i] == '\\' && c != '`') ++i;
            }
        }
    }
    return std::string_view::npos;
}

}  // namespace

std::vector<std::string_view> split_statements(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t from = 0; from < text.size();) {
        bool empty = true;
        const std::size_t end = end_of(text, from, empty);
        const std::size_t stop = end == std::string_view::npos ? text.size() : end;
        if (!empty) out.push_back(text.substr(from, stop - from));
        from = stop + 1;
    }
    return out;
}

std::string_view past_comments(std::string_view text) {
    for (;;) {
        const std::size_t first = text.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos) return {};
        text.remove_prefix(first);
        const bool block = text.starts_with("/*");
        if (!block && !text.starts_with("//")) return text;
        const std::size_t end = text.find(block ? "*/" : "\n", 2);
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + (block ? 2 : 1));
    }
}

bool is_complete(std::string_view text) {
    for (std::size_t from = 0;;) {
        bool empty = true;
        const std::size_t end = end_of(text, from, empty);
        if (end == std::string_view::npos) return empty && from != 0;
        from = end + 1;
    }
}

}  // namespace entente::query
