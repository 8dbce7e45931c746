// SPDX-License-Identifier: MIT
#include "cli/statement.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/query/answer_table.hpp"
#include "core/query/binder.hpp"
#include "core/query/evaluate.hpp"
#include "core/query/parser.hpp"
#include "core/query/unknown_names.hpp"

namespace entente::cli {
namespace {

/// Only what stands for itself: no variables, no functions.
bool is_literal(const query::Expression& e) {
    if (e.op != query::Op::literal && e.op != query::Op::list && e.op != query::Op::map &&
        e.op != query::Op::negate) {
        return false;
    }
    return std::all_of(e.parts.begin(), e.parts.end(), [](const auto& part) { return is_literal(*part); });
}

query::Datum literal(const query::Expression& e) {
    if (e.op == query::Op::list) {
        query::Datums out;
        for (const auto& part : e.parts) out.push_back(literal(*part));
        return query::Datum(std::move(out));
    }
    if (e.op == query::Op::map) {
        query::DatumMap out;
        for (std::size_t i = 0; i < e.parts.size(); ++i) out.insert_or_assign(e.names[i], literal(*e.parts[i]));
        return query::Datum(std::move(out));
    }
    if (e.op == query::Op::negate) {
        const query::Datum d = literal(*e.parts[0]);
        return d.kind() == query::Datum::Kind::integer ? query::Datum(-d.integer()) : query::Datum(-d.number());
    }
    return e.value;
}

/// `2G`, `512M`, `1000000`.
std::size_t parse_size(std::string_view text) {
    std::size_t scale = 1;
    std::string_view digits = text;
    if (!digits.empty()) {
        const char unit = digits.back();
        if (unit == 'k' || unit == 'K') scale = std::size_t{1} << 10U;
        if (unit == 'm' || unit == 'M') scale = std::size_t{1} << 20U;
        if (unit == 'g' || unit == 'G') scale = std::size_t{1} << 30U;
        if (scale != 1) digits.remove_suffix(1);
    }
    const auto number = parse_decimal(digits);
    if (!number || *number <= 0 || *number * static_cast<double>(scale) > 1e15) {
        throw Error(ErrorKind::usage, fmt::format("--memory: \"{}\" is no size", text), "for example 512M or 2G");
    }
    return static_cast<std::size_t>(*number * static_cast<double>(scale));
}

query::Shape shape_of(Format format) {
    switch (format) {
        case Format::table:
            return query::Shape::people;
        case Format::csv:
            return query::Shape::handles;
        case Format::json:
        case Format::jsonl:
            break;
    }
    return query::Shape::objects;
}

}  // namespace

query::Datum parameter_value(std::string_view text) {
    std::string wrong = "it holds more than values";
    try {
        const query::ExpressionPtr e = query::parse_expression(text);
        if (is_literal(*e)) return literal(*e);
    } catch (const query::Failure& failure) {  // no literal: the text itself is meant
        wrong = failure.bare();
    }
    if (text.starts_with('[') || text.starts_with('{')) {
        throw Error(ErrorKind::usage, fmt::format("\"{}\" is no list or map: {}", query::clipped(text), wrong),
                    "write lists as [1, 'a'], maps as {a: 1}; a text that begins so stands in quotes, '[...'");
    }
    return query::Datum(text);
}

std::string read_script(const std::string& name) {
    std::ifstream in(name, std::ios::binary);
    if (!in) throw Error(ErrorKind::usage, fmt::format("cannot read {}", name));
    return {std::istreambuf_iterator<char>(in), {}};
}

void StatementOptions::setup(Options& options) {
    output.setup(options);
    options.texts("param", words_, "NAME=VALUE",
                  "gives $NAME a value: a number, true, 'text', [1, 2], {a: 1}, else text as it stands");
    options.flag("read-only", read_only_, "refuse statements that write");
    options.text("memory", memory_word_, "SIZE",
                 "how much memory rows may take, such as 512M or 2G (a quarter of the machine's)");
    known_at_.setup(options);
    options.number("timeout", timeout_, "SECONDS", "end a statement that takes longer", 0.001, 1e9);
}

void StatementOptions::expect_writing(const std::string& what) const {
    if (read_only_) {
        throw Error(ErrorKind::usage, what + ", and --read-only stands against it",
                    "leave --read-only away to let it write");
    }
    if (!known_at_.reading().empty()) {
        throw Error(ErrorKind::usage, what + ", and --known-at asks of what is past",
                    "leave --known-at away to let it write");
    }
}

void StatementOptions::resolve() {
    for (const std::string& word : words_) {
        const std::size_t at = word.find('=');
        if (at == std::string::npos || at == 0) {
            throw Error(ErrorKind::usage, fmt::format("--param: \"{}\" is not NAME=VALUE", word));
        }
        parameters_.insert_or_assign(word.substr(0, at), parameter_value(word.substr(at + 1)));
    }
    constexpr std::size_t kShare = 4;
    memory_ = memory_word_.empty() ? static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) *
                                         static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) / kShare
                                   : parse_size(memory_word_);
}

query::Bounds StatementOptions::bounds(const std::atomic<bool>* interrupted) const {
    query::Bounds out;
    out.memory = memory_;
    out.interrupted = interrupted;
    if (timeout_) {
        out.until = std::chrono::steady_clock::now() +
                    std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                        std::chrono::duration<double>(*timeout_));
    }
    return out;
}

int write_answer(Context& context, const query::Prepared& prepared, const query::Answer& answer,
                 const storage::Reader& reader, const OutputOptions& output, const std::string& reading) {
    const std::string wrote = sentence(answer.changes);
    if (answer.columns.empty()) {
        std::ostream& where = output.for_programs() ? context.err : context.out;
        if (prepared.writes()) where << (wrote.empty() ? "nothing differs, nothing was written" : wrote) << "\n";
        for (const std::string& each : query::unknown_names(prepared.statement(), reader)) where << escape_controls(each) << "\n";
        return answered;
    }
    Table table = to_table(answer, reader, shape_of(output.format()));
    table.reading = reading;
    if (!wrote.empty()) table.notes.push_back(wrote);
    for (const std::string& each : query::unknown_names(prepared.statement(), reader)) table.notes.push_back(escape_controls(each));
    if (table.rows.empty() && !output.for_programs()) table.notes.insert(table.notes.begin(), "(no rows)");
    write_table(context, table, output);
    return table.rows.empty() && !prepared.writes() ? nothing_found : answered;
}

int write_plan(Context& context, const query::Operator& plan, const query::Answer* profiled, const OutputOptions& output) {
    OutputOptions all = output;
    if (!all.rows) all.rows = 0;
    Table table = plan_table(plan, profiled != nullptr);
    if (profiled != nullptr && !sentence(profiled->changes).empty()) table.notes.push_back(sentence(profiled->changes));
    write_table(context, table, all);
    return answered;
}

}  // namespace entente::cli
