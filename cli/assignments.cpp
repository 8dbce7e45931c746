// SPDX-License-Identifier: MIT
#include "cli/assignments.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/model/source.hpp"

namespace entente::cli {
namespace {

/// Properties that mean the same everywhere: no other kind can be told for them.
bool has_kind_of_ours(std::string_view name) {
    return name == "date" || name == "startDate" || name == "endDate" || name == "confidence" || name == "status" || name == "grade";
}

[[noreturn]] void refuse(std::string_view name, std::string_view value, std::string_view wanted) {
    throw Error(ErrorKind::usage, fmt::format("{} wants {}, not \"{}\"", name, wanted, value),
                has_kind_of_ours(name) ? fmt::format("to keep it as it is written, name it otherwise: {}Note={}", name, shell_quote(value))
                                       : fmt::format("to keep it as it is written: {}:text={}", name, shell_quote(value)));
}

std::optional<std::int64_t> whole(std::string_view text) {
    std::string_view digits = text;
    if (digits.starts_with('-')) digits.remove_prefix(1);
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
    const auto number = parse_whole(digits);
    if (!number || *number > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    const auto positive = static_cast<std::int64_t>(*number);
    return text.starts_with('-') ? -positive : positive;
}

std::optional<double> decimal(std::string_view text) {
    std::string_view digits = text;
    if (digits.starts_with('-')) digits.remove_prefix(1);
    if (digits.empty() || digits.find_first_not_of("0123456789.") != std::string_view::npos) {
        return std::nullopt;
    }
    if (digits.front() == '.' || digits.back() == '.') return std::nullopt;
    if (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') return std::nullopt;
    return parse_decimal(text);
}

List bars(std::string_view text) {
    List out;
    while (true) {
        const std::size_t bar = text.find('|');
        if (bar != 0 && !text.empty()) out.emplace_back(text.substr(0, bar));
        if (bar == std::string_view::npos) return out;
        text = text.substr(bar + 1);
    }
}

Value of_kind(std::string_view name, std::string_view kind, std::string_view value) {
    if (kind == "text" || kind == "string") return Value(value);
    if (kind == "int" || kind == "integer") {
        if (const auto number = whole(value)) return Value(*number);
        refuse(name, value, "a whole number");
    }
    if (kind == "float" || kind == "real" || kind == "double") {
        if (const auto number = parse_decimal(value)) return Value(*number);
        refuse(name, value, "a number");
    }
    if (kind == "bool" || kind == "boolean") {
        if (value == "true" || value == "false") return Value(value == "true");
        refuse(name, value, "true or false");
    }
    if (kind == "date") {
        if (const auto date = parse_date(value)) return Value(*date);
        refuse(name, value, "a date such as 2025, 2025-07, 2025-07-28 or 2025-01..2025-04");
    }
    if (kind == "list") return Value(bars(value));
    throw Error(ErrorKind::usage, fmt::format("there is no kind of value \"{}\"", kind),
                "the kinds are text, int, float, bool, date and list");
}

Value found_kind(std::string_view name, std::string_view value) {
    if (name == "date" || name == "startDate" || name == "endDate") {
        return of_kind(name, "date", value);
    }
    if (name == "name" || name == "key" || name == "type") return Value(value);
    if (name == "aliases") return Value(bars(value));
    if (name == "confidence") {
        const auto number = parse_decimal(value);
        if (!number || *number < 0 || *number > 1) refuse(name, value, "a number from 0 to 1");
        return Value(*number);
    }
    if (name == "status") {
        const auto status = parse_status(value);
        if (!status) {
            refuse(name, value, "actual, planned, hypothetical, denied or inferred");
        }
        return Value(status_name(*status));
    }
    if (name == "grade") {
        if (!confidence_of_grade(value)) refuse(name, value, "a grade from A1 to F6");
        return Value(value);
    }
    if (const auto number = whole(value)) return Value(*number);
    if (const auto number = decimal(value)) return Value(*number);
    if (value == "true" || value == "false") return Value(value == "true");
    if (value.size() >= 7) {  // a bare year is a number
        if (const auto date = parse_date(value)) return Value(*date);
    }
    return Value(value);
}

/// The text, when it is a date or a date and time; blanks around it do not matter.
std::string moment(std::string_view option, std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    text = text.substr(first, text.find_last_not_of(' ') - first + 1);
    if (parse_date(text) || parse_date_time(text)) return std::string(text);
    throw Error(ErrorKind::usage, fmt::format("{} wants a date such as 2025-07-28, 2025-07 or 2025-07-28T14:30Z, not \"{}\"", option, text));
}

}  // namespace

Assignment parse_assignment(std::string_view word) {
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos || equals == 0) {
        throw Error(ErrorKind::usage, fmt::format("\"{}\" is no PROPERTY=VALUE", word),
                    "write for example date=2025-07-28 or role='foreign minister'");
    }
    std::string_view name = word.substr(0, equals);
    const std::string_view value = word.substr(equals + 1);
    std::string_view kind;
    if (const std::size_t colon = name.rfind(':'); colon != std::string_view::npos && colon != 0) {
        kind = name.substr(colon + 1);
        name = name.substr(0, colon);
    }
    Assignment out{std::string(name), {}};
    if (value.empty()) return out;
    out.value = kind.empty() || has_kind_of_ours(name) ? found_kind(name, value) : of_kind(name, kind, value);
    return out;
}

std::vector<Assignment> parse_assignments(const std::vector<std::string>& words, std::size_t from) {
    std::vector<Assignment> out;
    for (std::size_t i = from; i < words.size(); ++i) {
        out.push_back(parse_assignment(words[i]));
        const std::string& name = out.back().name;
        if (std::any_of(out.begin(), out.end() - 1, [&](const Assignment& each) { return each.name == name; })) {
            throw Error(ErrorKind::usage, fmt::format("{} is told twice, as {} at last", name, words[i]), "give each property once");
        }
    }
    return out;
}

void apply(const Assignment& assignment, Properties& properties) {
    if (assignment.value.is_null()) {
        properties.erase(assignment.name);
    } else {
        properties[assignment.name] = assignment.value;
    }
}

void SourceOptions::setup(Options& options) {
    options.group("Source");
    options.text("source", key_, "KEY", "the source that says so, by its key");
    options.text("title", title_, "TEXT", "title of the source, when it is a new one");
    options.text("publisher", publisher_, "TEXT", "who published it");
    options.text("url", url_, "URL", "where it can be read");
    options.text("archive-url", archive_url_, "URL", "where a copy is kept");
    options.text("source-date", date_, "DATE", "when it was published");
    options.text("licence", licence_, "TEXT", "under which licence");
    options.text("locator", locator_, "TEXT", "where in the source: 'page 12', 'sentence 3'");
    options.text("excerpt", excerpt_, "TEXT", "the words of the source");
    options.text("grade", grade_, "GRADE", "how sure, on the Admiralty scale: A1 (surest) to F6");
    options.number("confidence", confidence_, "X", "how sure, from 0 to 1", 0, 1);
    options.text("retrieved-at", retrieved_at_, "DATE", "when it was looked up");
    options.group("");
}

void SourceOptions::setup_demanding(Options& options) {
    setup(options);
    options.group("Source");
    options.flag("no-source", none_, "there is none, and that is meant");
    options.group("");
}

void SourceOptions::demand(Context& context) {
    if (key_ && none_) throw Error(ErrorKind::usage, "--source and --no-source do not go together");
    if (key_ || none_) return;
    if (context.terminal.err && ::isatty(STDIN_FILENO) != 0) {
        context.err << "Who says so? The key of a source, or \"none\": ";
        context.err.flush();
        std::string line;
        std::getline(std::cin, line);
        if (line == "none") return;
        if (!line.empty()) {
            key_ = line;
            return;
        }
    }
    throw Error(ErrorKind::usage, "who says so?",
                "add --source KEY (with --title or --url if it is new), or --no-source if there is none");
}

std::optional<SourceId> SourceOptions::resolve(storage::Writer& writer) const {
    const std::string date = moment("--source-date", date_);
    const bool described = !title_.empty() || !publisher_.empty() || !url_.empty() ||
                           !archive_url_.empty() || !date.empty() || !licence_.empty();
    if (!key_) {
        if (described) {
            throw Error(ErrorKind::usage, "a source that is described needs a name",
                        "add --source KEY");
        }
        return std::nullopt;
    }
    if (key_->empty()) throw Error(ErrorKind::usage, "--source names nothing");
    const auto known = writer.reader().source_by_key(*key_);
    if (known && !described) return known;
    if (!known && !described) {
        try {
            return find_source(writer.reader(), *key_);
        } catch (const Error& error) {
            throw Error(error.kind(), error.what(),
                        error.advice() + "\nto make it, add --title TEXT or --url URL");
        }
    }
    Source source;
    if (known) source = writer.reader().source(*known).value_or(Source{});
    source.key = *key_;
    if (!title_.empty()) source.title = title_;
    if (!publisher_.empty()) source.publisher = publisher_;
    if (!url_.empty()) source.url = url_;
    if (!archive_url_.empty()) source.archive_url = archive_url_;
    if (!date.empty()) source.date = date;
    if (!licence_.empty()) source.licence = licence_;
    return writer.put(source);
}

void SourceOptions::add_to(Properties& properties) const {
    if (!locator_.empty()) properties["locator"] = locator_;
    if (!excerpt_.empty()) properties["excerpt"] = excerpt_;
    if (!grade_.empty()) properties["grade"] = parse_assignment("grade=" + grade_).value;
    if (confidence_) properties["confidence"] = *confidence_;
    if (const std::string day = moment("--retrieved-at", retrieved_at_); !day.empty()) properties["retrievedAt"] = day;
}

Evidence SourceOptions::evidence(SourceId source) const {
    if (!grade_.empty()) parse_assignment("grade=" + grade_);  // refuses what is none
    return Evidence{source, locator_, excerpt_, grade_, confidence_, {}, moment("--retrieved-at", retrieved_at_)};
}

void refuse_taken_id(const storage::Reader& reader, const Properties& properties, RelationshipId self) {
    const Value* id = find_property(properties, "id");
    if (id == nullptr) return;
    const auto taken = reader.relationship_by_key(to_text(*id));
    if (!taken || *taken == self) return;
    throw Error(ErrorKind::usage, fmt::format("the id \"{}\" is taken by {}", to_text(*id), handle(*taken)),
                fmt::format("`entente set {}` changes that one", handle(*taken)));
}

}  // namespace entente::cli
