// SPDX-License-Identifier: MIT
#include "cli/options.hpp"

#include <algorithm>
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/parsers.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/model/value.hpp"
#include "core/names/similarity.hpp"

namespace entente::cli {
namespace po = boost::program_options;
namespace {

constexpr std::size_t kWordsInLine = 60;  ///< letters of a list of choices that stands in the place of its value

[[noreturn]] void refuse(std::string_view name, std::string_view value, const std::string& wanted) {
    throw Error(ErrorKind::usage, fmt::format("--{} wants {}, not \"{}\"", name, wanted, value));
}

std::string bounds(std::uint64_t least, std::uint64_t most) {
    if (most == UINT64_MAX) {
        return least == 0 ? "a whole number" : fmt::format("a whole number from {} up", least);
    }
    return fmt::format("a whole number from {} to {}", least, most);
}

}  // namespace

std::optional<std::uint64_t> parse_whole(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<double> parse_decimal(std::string_view text) {
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (!std::isfinite(number)) return std::nullopt;
    return number;
}

Options& Options::group(std::string heading) {
    group_ = std::move(heading);
    return *this;
}

Options& Options::add(std::string_view name, std::string argument, std::string help,
                      std::function<void(std::string_view)> apply) {
    Option option;
    const std::size_t comma = name.find(',');
    option.name = name.substr(0, comma);
    if (comma != std::string_view::npos) option.letter = name.at(comma + 1);
    option.argument = std::move(argument);
    option.help = std::move(help);
    option.group = group_;
    option.apply = std::move(apply);
    options_.push_back(std::move(option));
    return *this;
}

Options& Options::flag(std::string_view name, bool& target, std::string help) {
    return add(name, "", std::move(help), [&target](std::string_view) { target = true; });
}

Options& Options::text(std::string_view name, std::string& target, std::string argument,
                       std::string help) {
    return add(name, std::move(argument), std::move(help),
               [&target](std::string_view value) { target = value; });
}

Options& Options::text(std::string_view name, std::optional<std::string>& target,
                       std::string argument, std::string help) {
    return add(name, std::move(argument), std::move(help),
               [&target](std::string_view value) { target = value; });
}

Options& Options::texts(std::string_view name, std::vector<std::string>& target,
                        std::string argument, std::string help) {
    return add(name, std::move(argument), std::move(help),
               [&target](std::string_view value) { target.emplace_back(value); });
}

Options& Options::list(std::string_view name, std::vector<std::string>& target,
                       std::string argument, std::string help) {
    const std::string plain(name.substr(0, name.find(',')));
    return add(name, std::move(argument), std::move(help),
               [&target, plain](std::string_view value) {
                   const auto parts = split_commas(value);
                   if (parts.empty()) refuse(plain, value, "at least one word");
                   target.insert(target.end(), parts.begin(), parts.end());
               });
}

Options& Options::pairs(std::string_view name, std::vector<std::pair<std::string, std::string>>& target,
                        std::string argument, std::string help) {
    add(name, std::move(argument), std::move(help), [&target, half = false](std::string_view value) mutable {
        if (half) target.back().second = value;
        else target.emplace_back(value, "");
        half = !half;
    });
    options_.back().pair = true;
    return *this;
}

Options& Options::whole(std::string_view name, std::optional<std::uint64_t>& target,
                        std::string argument, std::string help, std::uint64_t least,
                        std::uint64_t most) {
    const std::string plain(name.substr(0, name.find(',')));
    return add(name, std::move(argument), std::move(help),
               [&target, plain, least, most](std::string_view value) {
                   const auto number = parse_whole(value);
                   if (!number || *number < least || *number > most) {
                       refuse(plain, value, bounds(least, most));
                   }
                   target = number;
               });
}

Options& Options::number(std::string_view name, std::optional<double>& target, std::string argument,
                         std::string help, double least, double most) {
    const std::string plain(name.substr(0, name.find(',')));
    return add(name, std::move(argument), std::move(help),
               [&target, plain, least, most](std::string_view value) {
                   const auto number = parse_decimal(value);
                   if (!number || *number < least || *number > most) {
                       refuse(plain, value,
                              fmt::format("a number from {} to {}", number_for_people(least), number_for_people(most)));
                   }
                   target = number;
               });
}

Options& Options::date(std::string_view name, std::optional<Date>& target, std::string help) {
    const std::string plain(name.substr(0, name.find(',')));
    return add(name, "DATE", std::move(help), [&target, plain](std::string_view value) {
        target = parse_date(value);
        if (!target) refuse(plain, value, "a date such as 2025, 2025-07 or 2025-07-28");
    });
}

Options& Options::choice(std::string_view name, std::string& target,
                         std::vector<std::string> choices, std::string help) {
    const std::string plain(name.substr(0, name.find(',')));
    add(name, "WORD", std::move(help), [&target, plain, choices](std::string_view value) {
        if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
            refuse(plain, value, fmt::format("one of {}", fmt::join(choices, ", ")));
        }
        target = value;
    });
    std::string all = fmt::format("{}", fmt::join(choices, "|"));
    if (all.size() <= kWordsInLine) options_.back().argument = std::move(all);
    else options_.back().help += fmt::format(": {}", fmt::join(choices, ", "));
    options_.back().choices = std::move(choices);
    return *this;
}

Options& Options::offer(std::vector<std::string> words) {
    options_.back().offers = std::move(words);
    return *this;
}

const Option* Options::find(std::string_view name) const {
    const auto found = std::find_if(options_.begin(), options_.end(),
                                    [&](const Option& option) { return option.name == name; });
    return found == options_.end() ? nullptr : &*found;
}

namespace {

[[noreturn]] void refuse_unknown(const Options& options, const std::string& given) {
    std::vector<std::string> names{"help"};
    for (const Option& option : options.all()) names.push_back(option.name);
    const std::string bare = given.substr(std::min(given.size(), given.find_first_not_of('-')));
    std::string advice;
    if (bare.size() > 1) {
        std::vector<std::string> near = names::nearest(bare, names, 3);
        if (near.empty()) {  // what other tools would have completed
            for (const std::string& name : names) {
                if (name.starts_with(bare) && near.size() < 3) near.push_back(name);
            }
        }
        for (std::string& name : near) name = "--" + name;
        if (!near.empty()) advice = fmt::format("did you mean {}?", fmt::join(near, " or "));
    }
    throw Error(ErrorKind::usage, fmt::format("unknown option {}", given), advice);
}

}  // namespace

std::vector<std::string> parse_options(const Options& options,
                                       const std::vector<std::string>& arguments, bool& help) {
    for (const std::string& argument : arguments) {
        if (argument == "--") break;
        if (argument == "--help" || argument == "-h") {
            help = true;
            return {};
        }
    }
    po::options_description description;
    for (const Option& option : options.all()) {
        std::string names = option.name;
        if (option.letter != 0) names += std::string(",") + option.letter;
        if (option.argument.empty()) {
            description.add_options()(names.c_str(), "");
        } else {
            description.add_options()(names.c_str(), po::value<std::string>(), "");
        }
    }
    const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    std::vector<std::string> words;
    try {
        const po::parsed_options parsed =
            po::command_line_parser(arguments).options(description).style(style).run();
        const Option* half = nullptr;  // a pair that waits for its second value
        const auto whole = [&] {
            if (half != nullptr) throw Error(ErrorKind::usage, fmt::format("--{} needs two values", half->name));
        };
        for (const po::option& given : parsed.options) {
            if (given.position_key != -1 && half != nullptr && !given.value.empty()) {
                half->apply(given.value.front());
                half = nullptr;
                words.insert(words.end(), given.value.begin() + 1, given.value.end());
                continue;
            }
            whole();
            if (given.position_key != -1) {
                words.insert(words.end(), given.value.begin(), given.value.end());
                continue;
            }
            std::string_view name = given.string_key;
            while (name.starts_with('-')) name.remove_prefix(1);
            const Option* option = options.find(name);
            if (option == nullptr) {  // Boost hands short options over by their letter
                for (const Option& each : options.all()) {
                    if (name.size() == 1 && each.letter == name.front()) option = &each;
                }
            }
            if (option == nullptr) refuse_unknown(options, given.string_key);
            option->apply(given.value.empty() ? std::string_view{} : given.value.front());
            if (option->pair) half = option;
        }
        whole();
    } catch (const po::unknown_option& unknown) {
        // get_option_name() has lost the dashes that were typed when the option is short
        std::string given = unknown.get_option_name();
        if (!given.starts_with('-')) given = (given.size() > 1 ? "--" : "-") + given;
        refuse_unknown(options, given);
    } catch (const po::invalid_command_line_syntax& problem) {
        std::string given = problem.get_option_name();
        if (!given.starts_with('-')) given = (given.size() > 1 ? "--" : "-") + given;
        const bool extra =
            problem.kind() == po::invalid_syntax::extra_parameter;
        throw Error(ErrorKind::usage, extra ? fmt::format("{} takes no value", given)
                                            : fmt::format("{} needs a value", given));
    } catch (const po::error& problem) {
        throw Error(ErrorKind::usage, problem.what());
    }
    return words;
}

}  // namespace entente::cli
