// SPDX-License-Identifier: MIT
#include "core/query/lexer.hpp"

#include <array>

#include "core/model/utf8.hpp"

namespace entente::query {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
int hex(char c) {
    if (digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Unicode white space beyond ASCII, as Java's and openCypher's grammars list it.
bool is_space(char32_t c) {
    return c == 0x20 || (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x1f) || c == 0xa0 ||
           c == 0x1680 || c == 0x180e || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000 || c == 0xfeff;
}

/// Punctuation beyond ASCII that nobody means as part of a name: dashes, quotes, arrows.
bool is_letter_beyond_ascii(char32_t c) {
    return c >= 0xaa && c != 0xd7 && c != 0xf7 && !(c >= 0x2010 && c <= 0x2bff) &&
           !(c >= 0x3000 && c <= 0x3003) && !(c >= 0xff00 && c <= 0xff0f) && c != kReplacement;
}

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    std::vector<Token> run() {
        if (text_.size() >= kNowhere) fail("UnexpectedSyntax", 0, "the statement is too long");
        if (!is_ascii(text_)) expect_utf8();
        for (;;) {
            skip_space();
            start_ = at_;
            if (at_ >= text_.size()) {
                add(Token::Kind::end, {});
                return std::move(tokens_);
            }
            next();
        }
    }

private:
    [[noreturn]] static void fail(std::string_view detail, std::size_t at, const std::string& what,
                                  std::string advice = {}) {
        throw Failure(fault::syntax(detail), static_cast<Offset>(at), what, std::move(advice));
    }
    /// What is no text would be stored and come out as another one.
    void expect_utf8() const {
        for (std::size_t at = 0; at < text_.size();) {
            const std::size_t from = at;
            if (next_character(text_, at) == kReplacement && text_.substr(from, 3) != "\xef\xbf\xbd") {
                fail("InvalidUnicodeCharacter", from, "the statement is not UTF-8 here", "save or type it as UTF-8");
            }
        }
    }
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    void add(Token::Kind kind, std::string text, bool quoted = false) {
        tokens_.push_back({kind, quoted, static_cast<Offset>(start_), static_cast<Offset>(at_),
                           std::move(text)});
    }

    void skip_space() {
        while (at_ < text_.size()) {
            if (peek() == '/' && peek(1) == '/') {
                while (at_ < text_.size() && peek() != '\n') ++at_;
                continue;
            }
            if (peek() == '/' && peek(1) == '*') {
                const std::size_t end = text_.find("*/", at_ + 2);
                if (end == std::string_view::npos) {
                    fail("UnexpectedSyntax", at_, "a comment is not closed");
                }
                at_ = end + 2;
                continue;
            }
            std::size_t after = at_;
            if (!is_space(next_character(text_, after))) return;
            at_ = after;
        }
    }

    void next() {
        const char c = peek();
        if (digit(c) || (c == '.' && digit(peek(1)))) return number();
        if (c == '\'' || c == '"') return string(c);
        if (c == '`') return add_quoted(Token::Kind::name);
        if (c == '$') return parameter();
        std::size_t after = at_;
        const char32_t code = next_character(text_, after);
        if (letter(c) || is_letter_beyond_ascii(code)) return add(Token::Kind::name, word());
        symbol();
    }

    std::string word() {
        const std::size_t from = at_;
        while (at_ < text_.size()) {
            if (letter(peek()) || digit(peek())) {
                ++at_;
                continue;
            }
            std::size_t after = at_;
            if (!is_letter_beyond_ascii(next_character(text_, after)) || is_space_at(at_)) break;
            at_ = after;
        }
        return std::string(text_.substr(from, at_ - from));
    }
    [[nodiscard]] bool is_space_at(std::size_t at) const { return is_space(next_character(text_, at)); }

    void add_quoted(Token::Kind kind) {
        std::string name;
        for (++at_;; ++at_) {
            if (at_ >= text_.size()) fail("UnexpectedSyntax", start_, "a name in ` is not closed");
            if (peek() == '`') {
                if (peek(1) != '`') break;
                ++at_;
            }
            name += peek();
        }
        ++at_;
        add(kind, std::move(name), true);
    }

    void parameter() {
        ++at_;
        if (peek() == '`') return add_quoted(Token::Kind::parameter);
        std::string name = word();
        if (name.empty()) fail("UnexpectedSyntax", start_, "a parameter needs a name behind the $");
        add(Token::Kind::parameter, std::move(name));
    }

    void digits() {
        while (digit(peek())) ++at_;
    }

    void number() {
        const std::size_t from = at_;
        bool real = false;
        if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
            at_ += 2;
            while (hex(peek()) >= 0) ++at_;
        } else if (peek() == '0' && (peek(1) == 'o' || peek(1) == 'O')) {
            at_ += 2;
            digits();
        } else {
            digits();
            if (peek() == '.' && digit(peek(1))) {
                real = true;
                ++at_;
                digits();
            }
            if ((peek() == 'e' || peek() == 'E') &&
                (digit(peek(1)) || ((peek(1) == '-' || peek(1) == '+') && digit(peek(2))))) {
                real = true;
                at_ += 2;
                digits();
            }
        }
        bool good = at_ - from != 2 || digit(text_[from + 1]) || text_[from] == '.';
        while (letter(peek()) || digit(peek())) {
            good = false;
            ++at_;
        }
        const Token::Kind kind = real ? Token::Kind::real : Token::Kind::integer;
        add(good ? kind : Token::Kind::no_number, std::string(text_.substr(from, at_ - from)));
    }

    char32_t code_point(unsigned length) {
        char32_t code = 0;
        for (unsigned i = 0; i < length; ++i, ++at_) {
            const int digit_value = hex(peek());
            if (digit_value < 0) {
                fail("InvalidUnicodeLiteral", at_,
                     "\\u wants 4 and \\U wants 8 hexadecimal digits behind it");
            }
            code = code * 16 + static_cast<char32_t>(digit_value);
        }
        return code;
    }

    void escape(std::string& out) {
        const char c = peek();
        ++at_;
        switch (c) {
            case 'n':
                out += '\n';
                return;
            case 't':
                out += '\t';
                return;
            case 'r':
                out += '\r';
                return;
            case 'b':
                out += '\b';
                return;
            case 'f':
                out += '\f';
                return;
            case '\\':
            case '\'':
            case '"':
            case '`':
                out += c;
                return;
            case 'u':
            case 'U': {
                char32_t code = code_point(c == 'u' ? 4 : 8);
                if (code >= 0xd800 && code < 0xdc00 && peek() == '\\' && peek(1) == 'u') {
                    at_ += 2;
                    const char32_t low = code_point(4);
                    if (low >= 0xdc00 && low < 0xe000) {
                        code = 0x10000 + ((code - 0xd800) << 10U) + (low - 0xdc00);
                    }
                }
                if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
                    fail("InvalidUnicodeLiteral", start_, "there is no character of that number");
                }
                append_character(out, code);
                return;
            }
            default:
                fail("UnexpectedSyntax", at_ - 2, "there is no such escape in a string",
                     "a backslash itself is written \\\\");
        }
    }

    void string(char quote) {
        std::string out;
        ++at_;
        for (;;) {
            if (at_ >= text_.size()) fail("UnexpectedSyntax", start_, "a string is not closed");
            const char c = peek();
            if (c == quote) break;
            ++at_;
            if (c == '\\') {
                escape(out);
            } else {
                out += c;
            }
        }
        ++at_;
        add(Token::Kind::string, std::move(out));
    }

    void symbol() {
        // Arrows are read by the parser from single signs: `a<-1` is a comparison.
        constexpr std::array<std::string_view, 9> kLong = {"<>", "<=", ">=", "=~", "+=",
                                                           "..", "!=", "||", "::"};
        for (const std::string_view s : kLong) {
            if (text_.substr(at_, s.size()) == s) {
                at_ += s.size();
                return add(Token::Kind::symbol, std::string(s));
            }
        }
        constexpr std::string_view kSingle = "()[]{},.:;|+-*/%^=<>&!?";
        const char c = peek();
        if (kSingle.find(c) == std::string_view::npos) {
            std::size_t after = at_;
            const char32_t code = next_character(text_, after);
            if (code < 0x80) {
                std::string shown;
                append_character(shown, code < 0x20 || code == 0x7f ? U'?' : code);
                fail("UnexpectedSyntax", at_, "the sign " + shown + " means nothing here");
            }
            fail("InvalidUnicodeCharacter", at_,
                 "the character " + std::string(text_.substr(at_, after - at_)) + " means nothing here",
                 "a dash is -, quotation marks are ' or \"");
        }
        ++at_;
        add(Token::Kind::symbol, std::string(1, c));
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t start_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view statement) { return Lexer(statement).run(); }

bool is_keyword(const Token& token, std::string_view keyword) {
    if (token.kind != Token::Kind::name || token.quoted || token.text.size() != keyword.size()) {
        return false;
    }
    for (std::size_t i = 0; i < keyword.size(); ++i) {
        const char c = token.text[i];
        if ((c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c) != keyword[i]) return false;
    }
    return true;
}

}  // namespace entente::query
