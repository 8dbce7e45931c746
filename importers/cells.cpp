// SPDX-License-Identifier: MIT
#include "importers/cells.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "core/storage/record_block.hpp"
#include "importers/numbers.hpp"

namespace entente::importers {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool blank(std::string_view cell) { return cell.empty(); }

enum class Found : std::uint8_t { text, integer, decimal, boolean, date, real };

struct Number {
    std::int64_t value = 0;
    std::uint8_t scale = 0;
};

class Converter {
public:
    Converter(const Field& field, std::vector<std::string_view>& cells, const CellRules& rules,
              const Refuse& refuse, Column& out)
        : field_(field), cells_(cells), rules_(rules), refuse_(refuse), out_(out) {}

    void run() {
        out_.name = field_.name;
        if (!field_.separator.empty()) return lists();
        switch (field_.kind) {
            case CellKind::infer: infer(); return;
            case CellKind::amount: infer(); return;
            case CellKind::text: text(true); return;
            case CellKind::date: dates(); return;
            case CellKind::confidence: confidence(); return;
            case CellKind::status:
            case CellKind::grade: words(); return;
            case CellKind::moment: moments(); return;
            case CellKind::integer: integers(); return;
            case CellKind::real: reals(); return;
            case CellKind::boolean: booleans(); return;
            default: values(); return;
        }
    }

private:
    [[nodiscard]] std::size_t rows() const { return cells_.size(); }

    void absent(std::size_t row) {
        if (out_.present.empty()) out_.present.assign(rows(), 1);
        out_.present[row] = 0;
    }

    void all_absent() {
        out_.kind = Column::Kind::empty;
        out_.present.assign(rows(), 0);
    }

    void text(bool told) {
        out_.kind = Column::Kind::text;
        out_.fixed = told;
        out_.present.clear();
        out_.numbers.clear();
        out_.scales.clear();
        bool any = false;
        for (std::size_t r = 0; r < rows(); ++r) {
            if (told ? cells_[r].data() == nullptr : cells_[r].empty()) absent(r);
            else any = true;
        }
        if (!any) {
            all_absent();
            return;
        }
        out_.texts = std::move(cells_);
    }

    [[nodiscard]] bool number(std::string_view cell, Number& n) const {
        n.scale = 0;
        if (parse_integer(cell, n.value)) return true;
        if (rules_.decimal == '.') {
            if (parse_decimal(cell, n.value, n.scale)) return true;
            n.scale = 0;
            if (!rules_.decimal_told) return false;
        }
        const auto plain = plain_number(cell, rules_.decimal);
        if (!plain) return false;
        return parse_integer(*plain, n.value) || parse_decimal(*plain, n.value, n.scale);
    }

    /// Is this cell one that `--decimal` would settle?
    [[nodiscard]] bool ambiguous(std::string_view cell) const {
        if (rules_.decimal_told) return false;
        return (rules_.semicolons || field_.kind == CellKind::amount) && grouped_by_point(cell);
    }

    void refuse_amount(std::size_t row) {
        refuse_(row, shown_cell(cells_[row]) + " can be read as more than one number, expected digits with at most one point",
                "say --decimal . or --decimal ,");
    }

    [[nodiscard]] Found classify(std::string_view cell) const {
        Number n;
        const char c = cell[0];
        if (digit(c) || c == '-' || c == rules_.decimal) {
            if (ambiguous(cell)) return Found::text;
            if (parse_integer(cell, n.value)) return Found::integer;
            if (number(cell, n)) return n.scale == 0 ? Found::integer : Found::decimal;
            if (parse_float(cell, rules_.decimal)) return Found::real;
            if (cell.find('-', 1) != std::string_view::npos && parse_date(cell)) return Found::date;
            if (exact_real(cell)) return Found::real;
            return Found::text;
        }
        if (cell == "true" || cell == "false") return Found::boolean;
        return Found::text;
    }

    void infer() {
        std::size_t first = 0;
        while (first < rows() && blank(cells_[first])) ++first;
        if (first == rows()) {
            all_absent();
            return;
        }
        bool fits = false;
        switch (classify(cells_[first])) {
            case Found::integer:
            case Found::decimal: fits = numbers(); break;
            case Found::boolean: fits = try_booleans(); break;
            case Found::date: fits = try_dates(); break;
            case Found::real: fits = reals_alone(); break;
            case Found::text: break;
        }
        if (fits) return;
        if (field_.kind == CellKind::amount && !rules_.decimal_told) {
            for (std::size_t r = 0; r < rows(); ++r) {
                Number n;
                const std::string_view cell = cells_[r];
                if (blank(cell) || !numberish(cell) || !digit(cell[cell[0] == '-' ? 1 : 0])) continue;
                if (ambiguous(cell) || (!number(cell, n) && (plain_number(cell, ',') || plain_number(cell, '.')))) {
                    refuse_amount(r);
                }
            }
        }
        text(false);
    }

    bool numbers() {
        std::vector<std::int64_t>& out = out_.numbers;
        out.resize(rows());
        const bool check = !rules_.decimal_told && (rules_.semicolons || field_.kind == CellKind::amount);
        bool decimal = false;
        for (std::size_t r = 0; r < rows(); ++r) {
            const std::string_view cell = cells_[r];
            if (blank(cell)) {
                absent(r);
                continue;
            }
            if (parse_integer(cell, out[r])) continue;
            Number n;
            if (check && ambiguous(cell)) return false;
            if (!number(cell, n)) return parse_float(cell, rules_.decimal) && reals_alone();
            out[r] = n.value;
            if (n.scale == 0) continue;  // grouped
            if (!decimal) out_.scales.assign(rows(), 0);
            decimal = true;
            out_.scales[r] = n.scale;
        }
        out_.kind = decimal ? Column::Kind::decimal : Column::Kind::integer;
        return true;
    }

    bool try_booleans() {
        out_.numbers.assign(rows(), 0);
        for (std::size_t r = 0; r < rows(); ++r) {
            if (blank(cells_[r])) absent(r);
            else if (cells_[r] == "true") out_.numbers[r] = 1;
            else if (cells_[r] != "false") return false;
        }
        out_.kind = Column::Kind::boolean;
        return true;
    }

    static bool code_of(std::string_view cell, std::int64_t& code) {
        Day day = 0;
        if (parse_exact_day(cell, day)) {
            code = Date::day(day).code();
            return true;
        }
        const auto date = parse_date(cell);
        if (!date) return false;
        code = date->code();
        return true;
    }

    bool try_dates() {
        out_.numbers.assign(rows(), 0);
        for (std::size_t r = 0; r < rows(); ++r) {
            const std::string_view cell = cells_[r];
            if (blank(cell)) {
                absent(r);
                continue;
            }
            if (!code_of(cell, out_.numbers[r])) return false;
            if (cell.find('-', 1) == std::string_view::npos) return false;  // a bare year is a number
        }
        out_.kind = Column::Kind::date;
        return true;
    }

    /// A real that prints back as it is written.
    static std::optional<double> exact_real(std::string_view cell) {
        auto d = parse_real(cell);
        if (d && to_text(Value(*d)) != cell) d.reset();
        return d;
    }

    /// Reals, with integers and decimals among them that a double can hold. Not `1.`, `2.` alone: they count something.
    bool reals_alone() {
        out_.scales.clear();
        out_.present.clear();
        out_.numbers.assign(rows(), 0);
        const bool check = !rules_.decimal_told && (rules_.semicolons || field_.kind == CellKind::amount);
        bool any = false, words = false, plain = false;
        for (std::size_t r = 0; r < rows(); ++r) {
            const std::string_view cell = cells_[r];
            if (blank(cell)) {
                absent(r);
                continue;
            }
            if (check && ambiguous(cell)) return false;
            std::optional<double> d;
            Number n;
            if (number(cell, n)) {
                constexpr std::int64_t kExact = std::int64_t{1} << 53;
                if (n.scale == 0 && (n.value > kExact || n.value < -kExact)) return false;
                d = n.scale == 0 ? static_cast<double>(n.value) : storage::decimal_to_double(n.value, n.scale);
                any |= n.scale != 0;
                plain = true;
            } else {
                d = parse_float(cell, rules_.decimal);
                if (!d) d = exact_real(cell);
                if (!d) return false;
                any |= cell.back() != rules_.decimal;
                words |= !std::isfinite(*d);
            }
            out_.numbers[r] = std::bit_cast<std::int64_t>(*d);
        }
        if (!any || (words && plain)) return false;  // a word among numbers is a word
        out_.kind = Column::Kind::real;
        return true;
    }

    /// Fills `numbers` with what `read` makes of each cell; a told kind.
    template <class Read>
    void told(Column::Kind kind, const Read& read) {
        out_.kind = kind;
        out_.fixed = true;
        out_.numbers.assign(rows(), 0);
        bool any = false;
        for (std::size_t r = 0; r < rows(); ++r) {
            if (blank(cells_[r])) {
                absent(r);
                continue;
            }
            any = true;
            read(r, cells_[r], out_.numbers[r]);
        }
        if (!any) {
            out_.numbers.clear();
            all_absent();
        }
    }

    void dates() {
        told(Column::Kind::date, [&](std::size_t r, std::string_view cell, std::int64_t& code) {
            if (code_of(cell, code)) return;
            if (const auto value = read_told(CellKind::date, cell, rules_)) {
                code = value->date().code();
                return;
            }
            refuse_as(CellKind::date, r);
        });
    }

    void refuse_as(CellKind kind, std::size_t r) {
        const Refusal refusal = refusal_of(kind, cells_[r], rules_);
        refuse_(r, refusal.why, refusal.advice);
    }

    /// Statuses and grades, as they are stored.
    void words() {
        for (std::size_t r = 0; r < rows(); ++r) {
            if (blank(cells_[r])) {
                cells_[r] = {};
                continue;
            }
            const auto word = known_word(field_.kind, cells_[r]);
            if (!word) refuse_as(field_.kind, r);
            cells_[r] = word && !word->empty() ? *word : std::string_view();
        }
        text(true);
    }

    /// Dates where all are, else each as it is written, or as ISO has it where they are in another form.
    void moments() {
        bool dates_alone = true;
        for (std::size_t r = 0; r < rows(); ++r) {
            cells_[r] = without_blanks(cells_[r]);
            if (blank(cells_[r]) || read_told(CellKind::date, cells_[r], rules_)) continue;
            if (told_moment(cells_[r], rules_)) {
                dates_alone = false;
                continue;
            }
            refuse_as(CellKind::moment, r);
            cells_[r] = {};
        }
        if (!dates_alone) {
            if (rules_.date_format.empty()) text(false);
            else values();
            return;
        }
        dates();
        out_.fixed = false;
    }

    void refuse_number(std::size_t r, std::string_view cell, const char* what) {
        if (plain_number(cell, ',') || plain_number(cell, '.')) {
            refuse_(r, shown_cell(cell) + " is not " + what + " as it stands, expected digits with at most one point",
                    "say --decimal . or --decimal ,");
        } else {
            refuse_(r, shown_cell(cell) + " is not " + what, "");
        }
    }

    void integers() {
        told(Column::Kind::integer, [&](std::size_t r, std::string_view cell, std::int64_t& out) {
            if (parse_integer(cell, out)) return;
            if (const auto v = read_told(CellKind::integer, cell, rules_)) out = v->integer();
            else refuse_number(r, cell, "an integer of 64 bits");
        });
    }

    void reals() {
        told(Column::Kind::real, [&](std::size_t r, std::string_view cell, std::int64_t& out) {
            if (!rules_.decimal_told && rules_.semicolons && grouped_by_point(cell)) {
                refuse_amount(r);
                return;
            }
            if (const auto v = read_told(CellKind::real, cell, rules_)) out = std::bit_cast<std::int64_t>(v->real());
            else refuse_number(r, cell, "a number");
        });
    }

    void booleans() {
        told(Column::Kind::boolean, [&](std::size_t r, std::string_view cell, std::int64_t& out) {
            if (const auto v = read_told(CellKind::boolean, cell, rules_)) out = v->boolean() ? 1 : 0;
            else refuse_(r, shown_cell(cell) + " is neither true nor false", "");
        });
    }

    void confidence() {
        bool any = false;
        for (std::size_t r = 0; r < rows(); ++r) {
            const std::string_view cell = cells_[r];
            if (blank(cell)) continue;
            any = true;
            Number n;
            double value = 0;
            if (number(cell, n)) {
                value = static_cast<double>(n.value);
                for (int i = 0; i < n.scale; ++i) value /= 10;
            } else if (const auto v = read_told(CellKind::real, cell, rules_)) {
                value = v->real();
            } else {
                refuse_number(r, cell, "a confidence from 0 to 1");
                cells_[r] = {};
                continue;
            }
            if (!(value >= 0 && value <= 1)) {
                refuse_(r, shown_cell(cell) + " is no confidence, expected a number from 0 to 1", "");
                cells_[r] = {};
            }
        }
        if (any && numbers()) return;
        out_.present.clear();
        out_.scales.clear();
        reals();
    }

    void values() {
        out_.kind = Column::Kind::value;
        out_.fixed = true;
        out_.values.resize(rows());
        bool any = false;
        for (std::size_t r = 0; r < rows(); ++r) {
            if (blank(cells_[r])) {
                absent(r);
                continue;
            }
            auto v = read_told(field_.kind, cells_[r], rules_);
            if (!v) {
                refuse_(r, shown_cell(cells_[r]) + " is not " + told_word(), "");
                absent(r);
            } else if (v->is_null()) {
                absent(r);
            } else {
                any = true;
                out_.values[r] = std::move(*v);
            }
        }
        if (!any) {
            out_.values.clear();
            all_absent();
        }
    }

    /// Parts between separators, without the blanks around them; empty ones are none.
    void lists() {
        out_.kind = Column::Kind::value;
        out_.fixed = true;
        out_.values.resize(rows());
        bool any = false;
        for (std::size_t r = 0; r < rows(); ++r) {
            List list;
            for (const std::string_view part : parts_of(cells_[r], field_.separator)) {
                auto v = field_.kind == CellKind::infer ? std::optional(Value(part)) : read_told(field_.kind, part, rules_);
                if (!v) refuse_(r, shown_cell(part) + " is not " + told_word(), "");
                else list.push_back(std::move(*v));
            }
            if (list.empty()) {
                absent(r);
                continue;
            }
            any = true;
            out_.values[r] = Value(std::move(list));
        }
        if (any) return;
        out_.values.clear();
        all_absent();
    }

    [[nodiscard]] const char* told_word() const {
        switch (field_.kind) {
            case CellKind::integer: return "an integer";
            case CellKind::real: return "a number";
            case CellKind::boolean: return "true or false";
            case CellKind::day: return "a day such as 2025-07-28";
            case CellKind::time: return "a time such as 14:30 or 14:30:00+02:00";
            case CellKind::date_time: return "a date and time such as 2025-07-28T14:30:00Z";
            case CellKind::duration: return "a duration such as P1Y2M3DT4H";
            case CellKind::integer_list: return "integers between semicolons";
            case CellKind::real_list: return "numbers between semicolons";
            case CellKind::boolean_list: return "true and false between semicolons";
            default: return "JSON text of one value";
        }
    }

    const Field& field_;
    std::vector<std::string_view>& cells_;
    const CellRules& rules_;
    const Refuse& refuse_;
    Column& out_;
};

}  // namespace

std::string shown_cell(std::string_view text) {
    std::string out = "'";
    std::size_t n = 0;
    for (const char c : text) {
        if (++n > 60) {
            // never half a character
            while (out.size() > 1 && (static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80U) out.pop_back();
            if (out.size() > 1 && (static_cast<unsigned char>(out.back()) & 0x80U) != 0) out.pop_back();
            out += "...";
            break;
        }
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    }
    return out + "'";
}

std::vector<std::string_view> parts_of(std::string_view cell, std::string_view separator) {
    std::vector<std::string_view> out;
    while (!cell.empty()) {
        const std::size_t at = cell.find(separator);
        const std::string_view part = without_blanks(cell.substr(0, at));
        if (!part.empty()) out.push_back(part);
        if (at == std::string_view::npos) break;
        cell.remove_prefix(at + separator.size());
    }
    return out;
}

std::string_view without_blanks(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

void make_column(const Field& field, std::vector<std::string_view>&& cells, const CellRules& rules,
                 const Refuse& refuse, Column& out) {
    Converter(field, cells, rules, refuse, out).run();
}

Value value_at(const Column& column, std::size_t row) {
    if (!column.has(row)) return {};
    switch (column.kind) {
        case Column::Kind::empty: return {};
        case Column::Kind::boolean: return column.numbers[row] != 0;
        case Column::Kind::integer: return column.numbers[row];
        case Column::Kind::decimal: return storage::decimal_to_double(column.numbers[row], column.scales[row]);
        case Column::Kind::real: return std::bit_cast<double>(column.numbers[row]);
        case Column::Kind::date: return Date::from_code(column.numbers[row]);
        case Column::Kind::text: return column.texts[row];
        case Column::Kind::value: return column.values[row];
    }
    return {};
}

void leave_out(Column& column, const std::vector<bool>& bad) {
    const auto shrink = [&bad](auto& rows) {
        if (rows.empty()) return;
        std::size_t to = 0;
        for (std::size_t r = 0; r < rows.size(); ++r) {
            if (bad[r]) continue;
            if (to != r) rows[to] = std::move(rows[r]);
            ++to;
        }
        rows.resize(to);
    };
    shrink(column.present);
    shrink(column.numbers);
    shrink(column.scales);
    shrink(column.texts);
    shrink(column.values);
}

}  // namespace entente::importers
