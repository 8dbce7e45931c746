// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/temporal.hpp"

namespace entente {

class Value;
using List = std::vector<Value>;
using Map = std::map<std::string, Value, std::less<>>;

/// A property's value. Lists and maps own their parts. Maps are query values and are never stored.
class Value {
public:
    /// The order of the alternatives is written to files (core/storage/FORMAT.md): append only.
    enum class Kind : std::uint8_t {
        null, boolean, integer, real, text, date, calendar_day, time, date_time, duration, list, map
    };

    Value() = default;
    Value(bool b) : data_(b) {}
    Value(std::int64_t i) : data_(i) {}
    Value(int i) : data_(static_cast<std::int64_t>(i)) {}
    Value(double d) : data_(d) {}
    Value(std::string s) : data_(std::move(s)) {}
    Value(std::string_view s) : data_(std::string(s)) {}
    Value(const char* s) : data_(std::string(s)) {}
    Value(Date d) : data_(d) {}
    Value(CalendarDay d) : data_(d) {}
    Value(Time t) : data_(t) {}
    Value(DateTime t) : data_(std::move(t)) {}
    Value(Duration d) : data_(d) {}
    Value(List l) : data_(std::move(l)) {}
    Value(Map m) : data_(std::move(m)) {}

    [[nodiscard]] Kind kind() const { return static_cast<Kind>(data_.index()); }
    [[nodiscard]] bool is_null() const { return kind() == Kind::null; }

    /// The content; REQUIRES: kind() is the one asked for (std::bad_variant_access otherwise).
    [[nodiscard]] bool boolean() const { return std::get<bool>(data_); }
    [[nodiscard]] std::int64_t integer() const { return std::get<std::int64_t>(data_); }
    [[nodiscard]] double real() const { return std::get<double>(data_); }
    [[nodiscard]] const std::string& text() const { return std::get<std::string>(data_); }
    [[nodiscard]] const Date& date() const { return std::get<Date>(data_); }
    [[nodiscard]] const CalendarDay& calendar_day() const { return std::get<CalendarDay>(data_); }
    [[nodiscard]] const Time& time() const { return std::get<Time>(data_); }
    [[nodiscard]] const DateTime& date_time() const { return std::get<DateTime>(data_); }
    [[nodiscard]] const Duration& duration() const { return std::get<Duration>(data_); }
    [[nodiscard]] const List& list() const { return std::get<List>(data_); }
    [[nodiscard]] const Map& map() const { return std::get<Map>(data_); }

    /// An integer or a real as double; std::nullopt for every other kind.
    [[nodiscard]] std::optional<double> number() const;

    /// Sameness as storage and joining mean it: same kind and same content; NaN equals NaN and
    /// 0.0 differs from -0.0. openCypher's three-valued equality lives in core/query.
    friend bool operator==(const Value& a, const Value& b);

private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Date, CalendarDay, Time,
                 DateTime, Duration, List, Map>
        data_;
};

/// The value as it stands in CSV cells and tables: text bare, integers in full, reals in the shortest
/// form that reads back as the same double and always told from an integer (`1.0`), lists as JSON,
/// null as the empty text. Never depends on the locale.
std::string to_text(const Value& value);

/// The value as JSON text. Dates and other temporal values become strings. NaN and infinities, which
/// JSON has no word for, become null. Text that is not UTF-8 is written with U+FFFD.
std::string to_json(const Value& value);
void append_json_string(std::string& out, std::string_view text);

/// The kind's name as messages give it: `integer`, `text`, `date` ...
std::string_view kind_name(Value::Kind kind);

/// Shortest text that reads back as the same double (`0.1`, `1e+300`, `5`).
std::string shortest(double number);

/// A total order for sorting and for storing sets: by kind, then by content.
bool value_less(const Value& a, const Value& b);

/// Properties of an actor or a relationship: by name, each at most once, null never stored.
using Properties = std::map<std::string, Value, std::less<>>;

/// The property's value, or nullptr.
const Value* find_property(const Properties& properties, std::string_view name);

}  // namespace entente
