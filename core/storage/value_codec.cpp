// SPDX-License-Identifier: MIT
#include "core/storage/value_codec.hpp"

#include <bit>

#include "core/error.hpp"
#include "core/storage/bits.hpp"

namespace entente::storage {

void throw_corrupt(const std::string& what) {
    throw Error(ErrorKind::corrupt, "the database is corrupt: " + what,
                "run 'entente check' and restore a backup");
}

void append_varint(std::string& out, std::uint64_t value) {
    while (value >= 0x80) {
        out.push_back(static_cast<char>(value | 0x80));
        value >>= 7;
    }
    out.push_back(static_cast<char>(value));
}

void append_text(std::string& out, std::string_view text) {
    append_varint(out, text.size());
    out.append(text);
}

std::uint8_t ByteReader::byte() {
    if (bytes_.empty()) throw_corrupt("a record ends too early");
    const auto b = static_cast<std::uint8_t>(bytes_.front());
    bytes_.remove_prefix(1);
    return b;
}

std::uint64_t ByteReader::varint() {
    std::uint64_t v = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t b = byte();
        v |= static_cast<std::uint64_t>(b & 0x7f) << shift;
        if ((b & 0x80) == 0) return v;
    }
    throw_corrupt("a number in a record is too long");
}

std::string_view ByteReader::take(std::size_t n) {
    if (n > bytes_.size()) throw_corrupt("a record ends too early");
    const std::string_view out = bytes_.substr(0, n);
    bytes_.remove_prefix(n);
    return out;
}

std::string_view ByteReader::text() { return take(varint()); }

namespace {

void append_offset(std::string& out, const std::optional<std::int32_t>& offset) {
    out.push_back(offset ? 1 : 0);
    if (offset) append_varint(out, zigzag(*offset));
}
std::optional<std::int32_t> read_offset(ByteReader& in) {
    if (in.byte() == 0) return std::nullopt;
    return static_cast<std::int32_t>(unzigzag(in.varint()));
}

Value read_nested(ByteReader& in, unsigned depth) {
    if (depth > 256) throw_corrupt("a list is nested too deeply");
    const auto signed_number = [&] { return unzigzag(in.varint()); };
    switch (static_cast<Value::Kind>(in.byte())) {
        case Value::Kind::null: return {};
        case Value::Kind::boolean: return in.byte() != 0;
        case Value::Kind::integer: return signed_number();
        case Value::Kind::real: {
            const auto raw = in.take(8);
            return std::bit_cast<double>(load64(reinterpret_cast<const std::uint8_t*>(raw.data())));
        }
        case Value::Kind::text: return std::string(in.text());
        case Value::Kind::date: return Date::from_code(signed_number());
        case Value::Kind::calendar_day: return CalendarDay{signed_number()};
        case Value::Kind::time: {
            Time t;
            t.nanoseconds = signed_number();
            t.offset = read_offset(in);
            return t;
        }
        case Value::Kind::date_time: {
            DateTime t;
            t.day = signed_number();
            t.nanoseconds = signed_number();
            t.offset = read_offset(in);
            t.zone = in.text();
            return t;
        }
        case Value::Kind::duration: {
            Duration d;
            d.months = signed_number();
            d.days = signed_number();
            d.seconds = signed_number();
            d.nanoseconds = static_cast<std::int32_t>(signed_number());
            return d;
        }
        case Value::Kind::list: {
            List list;
            const std::uint64_t n = in.varint();
            if (n > in.left()) throw_corrupt("a list is longer than its record");
            list.reserve(n);
            for (std::uint64_t i = 0; i < n; ++i) list.push_back(read_nested(in, depth + 1));
            return list;
        }
        case Value::Kind::map: break;
    }
    throw_corrupt("a value is of no known kind");
}

void append_nested(std::string& out, const Value& value, unsigned depth) {
    if (depth > 256) throw Error(ErrorKind::type, "a list is nested more than 256 deep");
    out.push_back(static_cast<char>(value.kind()));
    switch (value.kind()) {
        case Value::Kind::null: break;
        case Value::Kind::boolean: out.push_back(value.boolean() ? 1 : 0); break;
        case Value::Kind::integer: append_varint(out, zigzag(value.integer())); break;
        case Value::Kind::real: {
            char raw[8];
            store64(reinterpret_cast<std::uint8_t*>(raw), std::bit_cast<std::uint64_t>(value.real()));
            out.append(raw, 8);
            break;
        }
        case Value::Kind::text: append_text(out, value.text()); break;
        case Value::Kind::date: append_varint(out, zigzag(value.date().code())); break;
        case Value::Kind::calendar_day: append_varint(out, zigzag(value.calendar_day().day)); break;
        case Value::Kind::time:
            append_varint(out, zigzag(value.time().nanoseconds));
            append_offset(out, value.time().offset);
            break;
        case Value::Kind::date_time:
            append_varint(out, zigzag(value.date_time().day));
            append_varint(out, zigzag(value.date_time().nanoseconds));
            append_offset(out, value.date_time().offset);
            append_text(out, value.date_time().zone);
            break;
        case Value::Kind::duration:
            append_varint(out, zigzag(value.duration().months));
            append_varint(out, zigzag(value.duration().days));
            append_varint(out, zigzag(value.duration().seconds));
            append_varint(out, zigzag(value.duration().nanoseconds));
            break;
        case Value::Kind::list:
            append_varint(out, value.list().size());
            for (const Value& item : value.list()) append_nested(out, item, depth + 1);
            break;
        case Value::Kind::map: throw Error(ErrorKind::type, "a map cannot be stored as a property");
    }
}

}  // namespace

void append_value(std::string& out, const Value& value) { append_nested(out, value, 0); }
Value read_value(ByteReader& in) { return read_nested(in, 0); }

bool is_text_value(std::string_view bytes) {
    return !bytes.empty() && static_cast<std::uint8_t>(bytes.front()) == static_cast<std::uint8_t>(Value::Kind::text);
}

std::string_view text_in_value(std::string_view bytes) { return ByteReader(bytes.substr(1)).text(); }

}  // namespace entente::storage
