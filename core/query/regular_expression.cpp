// SPDX-License-Identifier: MIT
#include "core/query/regular_expression.hpp"

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <string>

#include "core/query/function_error.hpp"
#include "core/query/text_functions.hpp"

namespace entente::query {
namespace {

constexpr std::int64_t kLongestPattern = 10'000;
constexpr std::int32_t kStack = 8 << 20;  // bytes
constexpr std::int32_t kTime = 500;       // ICU's steps, each of some milliseconds at most

icu::UnicodeString wide(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

}  // namespace

struct RegularExpression::State {
    icu::UnicodeString subject;  // the matcher looks into it until it is given another
    std::unique_ptr<icu::RegexPattern> pattern;
    std::unique_ptr<icu::RegexMatcher> matcher;
};

RegularExpression::RegularExpression(std::string_view pattern) : state_(std::make_unique<State>()) {
    if (pattern.size() > 4 * kLongestPattern || character_count(pattern) > kLongestPattern) {
        throw FunctionError(Fault::limit, "the regular expression is longer than " +
                                              std::to_string(kLongestPattern) + " characters");
    }
    UParseError place{};
    UErrorCode status = U_ZERO_ERROR;
    state_->pattern.reset(icu::RegexPattern::compile(wide(pattern), 0, place, status));
    if (U_FAILURE(status)) {
        std::string where;
        if (place.offset > 0) where = " at character " + std::to_string(place.offset);
        throw FunctionError(Fault::argument_value, "the regular expression is wrong" + where + " (" +
                                                       u_errorName(status) + ")");
    }
    state_->matcher.reset(state_->pattern->matcher(status));
    if (U_SUCCESS(status)) state_->matcher->setStackLimit(kStack, status);
    if (U_SUCCESS(status)) state_->matcher->setTimeLimit(kTime, status);
    if (U_FAILURE(status)) {
        throw FunctionError(Fault::limit, std::string("the regular expression: ") + u_errorName(status));
    }
}

RegularExpression::~RegularExpression() = default;
RegularExpression::RegularExpression(RegularExpression&&) noexcept = default;
RegularExpression& RegularExpression::operator=(RegularExpression&&) noexcept = default;

bool RegularExpression::matches(std::string_view text) {
    if (text.size() > kLongestText) {
        throw FunctionError(Fault::limit, "the text is too long for a regular expression");
    }
    state_->subject = wide(text);
    UErrorCode status = U_ZERO_ERROR;
    state_->matcher->reset(state_->subject);
    const bool found = state_->matcher->matches(status) != 0;
    if (U_FAILURE(status)) {
        throw FunctionError(Fault::limit,
                            std::string("the regular expression takes too long on this text (") +
                                u_errorName(status) + ")",
                            "Avoid a repetition of something that itself repeats");
    }
    return found;
}

}  // namespace entente::query
