// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace entente::query {

/// A place in a statement: how many bytes stand before it.
using Offset = std::uint32_t;
inline constexpr Offset kNowhere = 0xffffffff;

/// What went wrong in the three words of openCypher's compatibility kit: `SyntaxError` at
/// `compile time`: `UndefinedVariable`.
struct ErrorWords {
    std::string_view type;
    std::string_view phase;
    std::string_view detail;
};

namespace fault {
inline constexpr std::string_view kCompile = "compile time";
inline constexpr std::string_view kRun = "runtime";
constexpr ErrorWords syntax(std::string_view detail) { return {"SyntaxError", kCompile, detail}; }
constexpr ErrorWords runtime_type(std::string_view detail) { return {"TypeError", kRun, detail}; }
constexpr ErrorWords argument(std::string_view detail) { return {"ArgumentError", kRun, detail}; }
}  // namespace fault

/// An error of a statement. Code deep inside knows an offset only; placed() adds line, column and the
/// line itself once the text is at hand.
class Failure : public Error {
public:
    Failure(ErrorWords words, Offset at, const std::string& text, std::string advice = {})
        : Error(words.type == "SyntaxError" ? ErrorKind::syntax : ErrorKind::type, text,
                std::move(advice)),
          words_(words),
          at_(at),
          bare_(text) {}

    [[nodiscard]] const ErrorWords& words() const noexcept { return words_; }
    [[nodiscard]] Offset at() const noexcept { return at_; }
    /// A limit ended it: nothing is wrong with the statement.
    [[nodiscard]] bool by_limit() const noexcept {
        return words_.type == "TimeoutError" || words_.type == "MemoryError";
    }
    /// The message without a place.
    [[nodiscard]] const std::string& bare() const noexcept { return bare_; }
    /// The line of the statement, and below it a caret under the place; empty when there is none.
    [[nodiscard]] const std::string& excerpt() const noexcept { return excerpt_; }

    /// The same with `what:line:column: ` before its text, and the excerpt.
    [[nodiscard]] Failure placed(std::string_view statement, std::string_view what = "query") const;

private:
    Failure(const Failure& bare, Place place, std::string excerpt)
        : Error(bare.kind(), place, bare.bare_, bare.advice()),
          words_(bare.words_),
          at_(bare.at_),
          bare_(bare.bare_),
          excerpt_(std::move(excerpt)) {}
    ErrorWords words_;
    Offset at_ = kNowhere;
    std::string bare_;
    std::string excerpt_;
};

}  // namespace entente::query
