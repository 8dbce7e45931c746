// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string_view>

namespace entente::query {

/// The right side of `=~`, in ICU's syntax, which has all that Java's has that matters: `(?i)`, classes,
/// groups, lazy and possessive repetition, looking around. To be compiled once and used for many rows;
/// one thread at a time.
class RegularExpression {
public:
    /// Throws FunctionError: argument_value, saying at which character the pattern goes wrong; limit
    /// for one of more than 10,000 characters.
    explicit RegularExpression(std::string_view pattern);
    ~RegularExpression();
    RegularExpression(RegularExpression&&) noexcept;
    RegularExpression& operator=(RegularExpression&&) noexcept;

    /// True when the whole of the text matches. Throws FunctionError (limit) after about a second of
    /// work or 8 MiB of backtracking: the text and pattern of `(a+)+b` kind.
    [[nodiscard]] bool matches(std::string_view text);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace entente::query
