// SPDX-License-Identifier: MIT
#include "importers/cells.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "core/error.hpp"

namespace entente::importers {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool blank(std::string_view cell) { return cell.empty(); }

std::string shown(std::string_view text) {
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

std::optional<double> parse_real(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double d = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), d);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return d;
}

/// `1.234,5` with `mark` for the decimal mark: groups of three out, the mark made a point.
std::optional<std::string> plain_number(std::string_view text, char mark) {
    const char group = mark == ',' ? '.' : ',';
    std::string out;
    std::size_t i = 0;
    if (i < text.size() && text[i] == '-') out += text[i++];
    const std::size_t at_mark = text.find(mark);
    const std::string_view whole = text.substr(i, at_mark == std::string_view::npos ? at_mark : at_mark - i);
    std::size_t run = 0;
    bool grouped = false;
    for (std::size_t k = 0; k < whole.size(); ++k) {
        const char c = whole[k];
        if (digit(c)) {
            out += c;
            ++run;
        } else if (c == group || c == ' ' || c == '\'') {
            if (run == 0 || run > 3 || (grouped && run != 3)) return std::nullopt;
            grouped = true;
            run = 0;
        } else {
            return std::nullopt;
        }
    }
    if (run == 0 || (grouped && run != 3)) return std::nullopt;
    if (at_mark != std::string_view::npos) {
        const std::string_view rest = text.substr(at_mark + 1);
        if (rest.empty()) return std::nullopt;
        out += '.';
        for (const char c : rest) {
            if (!digit(c)) return std::nullopt;
            out += c;
        }
    }
    return out;
}

/// Could a person have meant a number in another notation?
bool numberish(std::string_view text) {
    bool any = false;
    for (const char c : text) {
        if (digit(c)) any = true;
        else if (c != '.' && c != ',' && c != ' ' && c != '\'' && c != '-' && c != '+') return false;
    }
    return any;
}

/// `1.234` or `1.234.567`: point or group?
bool grouped_by_point(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t first = text.find('.');
    if (first == std::string_view::npos || first == 0 || first > 3 || text[0] == '0') return false;
    return plain_number(text, ',').has_value();
}

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
        switch (field_.kind) {
            case CellKind::infer: infer(); return;
            case CellKind::amount: infer(); return;
            case CellKind::text: text(true); return;
            case CellKind::date: dates(); return;
            case CellKind::confidence: confidence(); return;
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
        if (rules_.decimal == '.') return parse_decimal(cell, n.value, n.scale);
        const auto plain = plain_number(cell, ',');
        if (!plain) return false;
        return parse_integer(*plain, n.value) || parse_decimal(*plain, n.value, n.scale);
    }

    /// Is this cell one that `--decimal` would settle?
    [[nodiscard]] bool ambiguous(std::string_view cell) const {
        if (rules_.decimal_told) return false;
        return (rules_.semicolons || field_.kind == CellKind::amount) && grouped_by_point(cell);
    }

    void refuse_amount(std::size_t row) {
        refuse_(row, shown(cells_[row]) + " can be read as more than one number, expected digits with at most one point",
                "say --decimal . or --decimal ,");
    }

    [[nodiscard]] Found classify(std::string_view cell) const {
        Number n;
        const char c = cell[0];
        if (digit(c) || c == '-') {
            if (ambiguous(cell)) return Found::text;
            if (parse_integer(cell, n.value)) return Found::integer;
            if (number(cell, n)) return n.scale == 0 ? Found::integer : Found::decimal;
            if (cell.find('-', 1) != std::string_view::npos && parse_date(cell)) return Found::date;
            if (const auto d = parse_real(cell); d && to_text(Value(*d)) == cell) return Found::real;
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
            case Found::real: fits = try_reals(); break;
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
            if ((check && ambiguous(cell)) || !number(cell, n)) return false;
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

    bool try_reals() {
        out_.numbers.assign(rows(), 0);
        for (std::size_t r = 0; r < rows(); ++r) {
            if (blank(cells_[r])) {
                absent(r);
                continue;
            }
            const auto d = parse_real(cells_[r]);
            if (!d || to_text(Value(*d)) != cells_[r]) return false;
            out_.numbers[r] = std::bit_cast<std::int64_t>(*d);
        }
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
            if (!rules_.date_format.empty()) {
                refuse_(r, shown(cell) + " is no date in the form " + rules_.date_format + " nor an ISO date",
                        "correct the row, or say another --date-format");
            } else {
                refuse_(r,
                        shown(cell) +
                            " is no date that can be read one way only, expected 2025-07-28, 2025-07, 2025, "
                            "2025-01..2025-04 and the like",
                        "say how dates are written: --date-format %d/%m/%Y");
            }
        });
    }

    void refuse_number(std::size_t r, std::string_view cell, const char* what) {
        if (plain_number(cell, ',') || plain_number(cell, '.')) {
            refuse_(r, shown(cell) + " is not " + what + " as it stands, expected digits with at most one point",
                    "say --decimal . or --decimal ,");
        } else {
            refuse_(r, shown(cell) + " is not " + what, "");
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
            else refuse_(r, shown(cell) + " is neither true nor false", "");
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
                refuse_(r, shown(cell) + " is no confidence, expected a number from 0 to 1", "");
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
                refuse_(r, shown(cells_[r]) + " is not " + told_word(), "");
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

    [[nodiscard]] const char* told_word() const {
        switch (field_.kind) {
            case CellKind::day: return "a day such as 2025-07-28";
            case CellKind::time: return "a time such as 14:30 or 14:30:00+02:00";
            case CellKind::date_time: return "a date and time such as 2025-07-28T14:30:00Z";
            case CellKind::duration: return "a duration such as P1Y2M3DT4H";
            default: return "JSON text of one value";
        }
    }

    const Field& field_;
    std::vector<std::string_view>& cells_;
    const CellRules& rules_;
    const Refuse& refuse_;
    Column& out_;
};

bool word(std::string_view text, std::string_view small) {
    if (text.size() != small.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
        if (c != small[i]) return false;
    }
    return true;
}

/// `14:30:00` is `14:30`, the form that the model writes; a space between day and time is a `T`.
std::string without_zero_seconds(std::string_view text) {
    std::string out(text);
    if (out.size() > 10 && out[10] == ' ') out[10] = 'T';
    const std::size_t colon = out.find(':');
    if (colon != std::string::npos && colon + 6 <= out.size() && out.compare(colon + 3, 3, ":00") == 0) {
        std::size_t end = colon + 6;
        if (end < out.size() && out[end] == '.') {
            end = out.find_first_not_of('0', end + 1);
            if (end == std::string::npos) end = out.size();
            else if (digit(out[end])) return out;
        }
        out.erase(colon + 3, end - colon - 3);
    }
    return out;
}

/// `2025-07-28T00:00:00Z` says no more than its day.
std::optional<Date> midnight(std::string_view text) {
    Day day = 0;
    if (text.size() <= 10 || !parse_exact_day(text.substr(0, 10), day)) return std::nullopt;
    for (const std::string_view rest : {"T00:00", "T00:00:00", "T00:00:00Z", " 00:00:00", " 00:00", "T00:00:00.000Z"}) {
        if (text.substr(10) == rest) return Date::day(day);
    }
    return std::nullopt;
}

}  // namespace

bool parse_integer(std::string_view text, std::int64_t& out) {
    const char* p = text.data();
    std::size_t n = text.size();
    const bool minus = n != 0 && *p == '-';
    if (minus) {
        ++p;
        --n;
    }
    if (n == 0 || n > 19) return false;
    if (*p == '0') {
        if (n != 1 || minus) return false;
        out = 0;
        return true;
    }
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const auto d = static_cast<std::uint64_t>(static_cast<unsigned char>(p[i])) - '0';
        if (d > 9) return false;
        v = v * 10 + d;
    }
    constexpr std::uint64_t kTop = std::uint64_t{1} << 63U;
    if (v > kTop - (minus ? 0 : 1)) return false;
    out = minus ? static_cast<std::int64_t>(~v + 1) : static_cast<std::int64_t>(v);
    return true;
}

bool parse_decimal(std::string_view text, std::int64_t& mantissa, std::uint8_t& scale) {
    const char* p = text.data();
    const char* const end = p + text.size();
    const bool minus = p != end && *p == '-';
    if (minus) ++p;
    const char* const first = p;
    // 18 digits fit for sure; longer numbers are not worth a slower loop
    if (end - p > 19 || p == end || static_cast<unsigned>(*p - '0') > 9) return false;
    std::uint64_t v = 0;  // nineteen digits, of which the point takes one, do not overflow it
    const auto digits = [&] {
        while (p != end && static_cast<unsigned>(*p - '0') <= 9) {
            v = v * 10 + static_cast<std::uint64_t>(*p++ - '0');
        }
    };
    digits();
    if (*first == '0' && p - first != 1) return false;
    if (p == end || *p != '.' || ++p == end) return false;
    const char* const point = p;
    digits();
    if (p != end || (minus && v == 0)) return false;
    scale = static_cast<std::uint8_t>(end - point);
    mantissa = minus ? -static_cast<std::int64_t>(v) : static_cast<std::int64_t>(v);
    return true;
}

std::optional<Value> read_told(CellKind kind, std::string_view text, const CellRules& rules) {
    switch (kind) {
        case CellKind::text: return Value(text);
        case CellKind::integer: {
            std::int64_t i = 0;
            if (parse_integer(text, i)) return Value(i);
            std::string plain(text);
            if (rules.decimal_told) plain = plain_number(text, rules.decimal).value_or(plain);
            const std::string_view t = plain;
            const auto [end, error] = std::from_chars(t.data() + (t.starts_with('+') ? 1 : 0), t.data() + t.size(), i);
            if (error != std::errc{} || end != t.data() + t.size()) return std::nullopt;
            return Value(i);
        }
        case CellKind::real:
        case CellKind::confidence: {
            if (rules.decimal_told) {
                if (const auto plain = plain_number(text, rules.decimal)) {
                    if (const auto d = parse_real(*plain)) return Value(*d);
                }
                if (rules.decimal != '.') return std::nullopt;
            }
            if (const auto d = parse_real(text)) return Value(*d);
            return std::nullopt;
        }
        case CellKind::boolean:
            if (word(text, "true") || word(text, "yes") || text == "1") return Value(true);
            if (word(text, "false") || word(text, "no") || text == "0") return Value(false);
            return std::nullopt;
        case CellKind::date:
            if (const auto d = parse_date(text)) return Value(*d);
            if (!rules.date_format.empty()) {
                if (const auto d = parse_dated(text, rules.date_format)) return Value(*d);
                return std::nullopt;
            }
            if (const auto d = midnight(text)) return Value(*d);
            return std::nullopt;
        case CellKind::day:
            if (const auto d = parse_calendar_day(text)) return Value(*d);
            return std::nullopt;
        case CellKind::time:
            if (const auto t = parse_time(text)) return Value(*t);
            if (const auto t = parse_time(without_zero_seconds(text))) return Value(*t);
            return std::nullopt;
        case CellKind::date_time:
            if (const auto t = parse_date_time(text)) return Value(*t);
            if (const auto t = parse_date_time(without_zero_seconds(text))) return Value(*t);
            return std::nullopt;
        case CellKind::duration:
            if (const auto d = parse_duration(text)) return Value(*d);
            return std::nullopt;
        case CellKind::json: return value_from_json(text);
        case CellKind::text_list: {
            List list;
            while (true) {
                const std::size_t at = text.find(';');
                list.emplace_back(text.substr(0, at));
                if (at == std::string_view::npos) return Value(std::move(list));
                text.remove_prefix(at + 1);
            }
        }
        case CellKind::infer:
        case CellKind::amount: break;
    }
    return Value(text);
}

CellRules make_rules(const std::string& decimal, const std::string& date_format) {
    CellRules rules;
    if (!decimal.empty()) {
        if (decimal != "." && decimal != ",") {
            throw Error(ErrorKind::usage, "--decimal " + decimal + ": expected . or ,");
        }
        rules.decimal = decimal[0];
        rules.decimal_told = true;
    }
    rules.date_format = date_format;
    if (!date_format.empty()) {
        bool year = false;
        for (std::size_t i = 0; i < date_format.size(); ++i) {
            if (date_format[i] != '%') continue;
            const char c = ++i < date_format.size() ? date_format[i] : '\0';
            if (c == 'Y' || c == 'y') year = true;
            if (c == '\0' || std::string_view("YymdebBjHMS%").find(c) == std::string_view::npos) {
                throw Error(ErrorKind::usage,
                            "--date-format " + date_format + ": expected %Y %y %m %d %e %b %B %j %H %M %S %%");
            }
        }
        if (!year) throw Error(ErrorKind::usage, "--date-format " + date_format + ": no year (%Y or %y)");
    }
    return rules;
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
        case Column::Kind::decimal: {
            double d = 0;
            std::string text = std::to_string(column.numbers[row]) + "e-" + std::to_string(column.scales[row]);
            std::from_chars(text.data(), text.data() + text.size(), d);
            return d;
        }
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
