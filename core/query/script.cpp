// SPDX-License-Identifier: MIT
#include "core/query/script.hpp"

namespace entente::query {
namespace {

struct Comment {
    bool there = false;
    bool line = false;    ///< it ends with its line
    std::size_t end = 0;  ///< behind it; npos: it goes on to the end of the text
};
Comment comment_at(std::string_view text, std::size_t at) {
    const bool line = text.substr(at, 2) == "//";
    if (!line && text.substr(at, 2) != "/*") return {};
    const std::size_t end = text.find(line ? "\n" : "*/", at + 2);
    return {true, line, end == std::string_view::npos ? end : end + (line ? 1 : 2)};
}

/// Where a semicolon that ends the statement beginning at `from` stands, or npos; `empty` tells whether
/// there is anything but space and comments before it.
std::size_t end_of(std::string_view text, std::size_t from, bool& empty) {
    empty = true;
    for (std::size_t i = from; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ';') return i;
        if (const Comment comment = comment_at(text, i); comment.there) {
            if (comment.end == std::string_view::npos) {
                empty = empty && comment.line;
                return std::string_view::npos;
            }
            i = comment.end - 1;
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
        const Comment comment = comment_at(text, first);
        if (!comment.there) return text.substr(first);
        if (comment.end == std::string_view::npos) return {};
        text.remove_prefix(comment.end);
    }
}

std::string in_one_line(std::string_view statement) {
    std::string out;
    char quote = 0;
    bool line_comment = false, comment = false;
    for (std::size_t i = 0; i < statement.size(); ++i) {
        const char c = statement[i];
        const char next = i + 1 < statement.size() ? statement[i + 1] : '\0';
        if (c == '\n') {
            if (line_comment) out += " */";
            line_comment = false;
            out += quote == '\'' || quote == '"' ? "\\n" : " ";
        } else if (quote != 0) {
            out += c;
            if (c == '\\' && quote != '`' && next != '\n' && next != '\0') out += statement[++i];
            else if (c == quote) quote = 0;
        } else if (line_comment) {
            if (c != '*' || next != '/') out += c;
        } else if (comment) {
            out += c;
            if (c == '*' && next == '/') {
                out += statement[++i];
                comment = false;
            }
        } else if (c == '/' && next == '/') {
            out += "/*";
            ++i;
            line_comment = true;
        } else {
            out += c;
            if (c == '/' && next == '*') {
                out += statement[++i];
                comment = true;
            }
            if (c == '\'' || c == '"' || c == '`') quote = c;
        }
    }
    return line_comment ? out + " */" : out;
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
