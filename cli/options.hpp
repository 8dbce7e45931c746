// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/date.hpp"

namespace entente::cli {

/// One option: what help, man pages and completion say of it, and where its value goes.
struct Option {
    std::string name;      ///< `min-confidence`, without dashes
    char letter = 0;       ///< `n` for `-n`, or 0
    std::string argument;  ///< `N`, `FILE`, `DATE`; empty: a flag
    std::string help;
    std::string group;     ///< heading it stands under; empty: "Options"
    bool pair = false;     ///< takes two values, each handed to `apply`
    std::vector<std::string> choices;  ///< the words it takes, for help and completion
    std::vector<std::string> offers;   ///< words among those it takes, for completion
    std::function<void(std::string_view)> apply;
};

/// The options of one command. A command's setup() declares them and touches nothing else; the
/// targets must outlive the parsing. Declaring is cheap and cannot fail. `name` is `rows` or `rows,n`
/// (the letter after the comma), as in Boost.Program_options, which does the parsing.
///
/// A value that cannot be read throws Error{usage} that names the option and what it wants.
class Options {
public:
    /// Options declared from now on stand under this heading.
    Options& group(std::string heading);

    Options& flag(std::string_view name, bool& target, std::string help);
    Options& text(std::string_view name, std::string& target, std::string argument, std::string help);
    Options& text(std::string_view name, std::optional<std::string>& target, std::string argument,
                  std::string help);
    /// May be given several times, each one value.
    Options& texts(std::string_view name, std::vector<std::string>& target, std::string argument,
                   std::string help);
    /// May be given several times, each two values: `--watch A B`.
    Options& pairs(std::string_view name, std::vector<std::pair<std::string, std::string>>& target,
                   std::string argument, std::string help);
    /// May be given several times, each one value or several with commas between them.
    Options& list(std::string_view name, std::vector<std::string>& target, std::string argument,
                  std::string help);
    /// A whole number within the bounds.
    Options& whole(std::string_view name, std::optional<std::uint64_t>& target, std::string argument,
                   std::string help, std::uint64_t least = 0,
                   std::uint64_t most = UINT64_MAX);
    Options& number(std::string_view name, std::optional<double>& target, std::string argument,
                    std::string help, double least, double most);
    /// A date with precision.
    Options& date(std::string_view name, std::optional<Date>& target, std::string help);
    /// One of some words.
    Options& choice(std::string_view name, std::string& target, std::vector<std::string> choices,
                    std::string help);

    /// Completion offers these words for the option declared last.
    Options& offer(std::vector<std::string> words);

    [[nodiscard]] const std::vector<Option>& all() const { return options_; }
    /// The option of that long name, or nullptr.
    [[nodiscard]] const Option* find(std::string_view name) const;

private:
    Options& add(std::string_view name, std::string argument, std::string help,
                 std::function<void(std::string_view)> apply);
    std::vector<Option> options_;
    std::string group_;
};

/// Reads a command's arguments: applies each option, returns the other words in their order. `--`
/// ends the options. Throws Error{usage}: an unknown option (with the nearest), a missing value.
/// Options are never guessed from a prefix. `help` is set when `--help` or `-h` stands there, and
/// then nothing else is complained of.
std::vector<std::string> parse_options(const Options& options,
                                       const std::vector<std::string>& arguments, bool& help);

/// `text` as a whole number or a decimal, with nothing before or after; no locale.
std::optional<std::uint64_t> parse_whole(std::string_view text);
std::optional<double> parse_decimal(std::string_view text);

}  // namespace entente::cli
