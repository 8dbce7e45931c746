// SPDX-License-Identifier: MIT
#include "core/storage/property_index.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/error.hpp"
#include "core/storage/property_entries.hpp"
#include "core/storage/record_cursor.hpp"
#include "core/storage/value_codec.hpp"
#include "core/storage/writer_state.hpp"

namespace entente::storage {
namespace {

using Place = IndexSpan::Place;

constexpr unsigned kBits = 48;  // of an order below its class
constexpr std::uint64_t kMask = (std::uint64_t{1} << kBits) - 1;
constexpr std::uint64_t kMostRest = (std::uint64_t{1} << 56) - 1;

/// Kinds of values that compare with each other, in the upper byte of an order. Persistent.
enum class Class : std::uint8_t { boolean = 1, number = 2, date = 3, text = 4 };

constexpr std::uint64_t order(Class c, std::uint64_t low) {
    return (static_cast<std::uint64_t>(c) << kBits) | (low & kMask);
}

/// Bits that ascend as the numbers do.
std::uint64_t ascending(double d) {
    if (d == 0) d = 0;  // -0 is 0
    const auto bits = std::bit_cast<std::uint64_t>(d);
    constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
    return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

Place number_place(double d) {
    const std::uint64_t bits = ascending(d);
    return {order(Class::number, bits >> 16), bits & 0xffff};
}

std::uint64_t day_order(std::int64_t day) {
    constexpr std::int64_t kFar = std::int64_t{1} << (kBits - 1);
    return order(Class::date, static_cast<std::uint64_t>(std::clamp(day, -kFar, kFar - 1) + kFar));
}

/// The first six bytes, what is missing filled up.
std::uint64_t text_order(std::string_view text, std::uint8_t fill) {
    std::uint64_t low = 0;
    for (std::size_t i = 0; i < kBits / 8; ++i)
        low = low << 8 | (i < text.size() ? static_cast<std::uint8_t>(text[i]) : fill);
    return order(Class::text, low);
}

std::pair<std::int64_t, std::int64_t> days(const Value& v) {
    if (v.kind() == Value::Kind::calendar_day) return {v.calendar_day().day, v.calendar_day().day};
    return {v.date().earliest(), v.date().latest()};
}

Place text_place(std::string_view text) { return {text_order(text, 0), name_hash(text)}; }

std::optional<Place> place_of(const Value& v) {
    switch (v.kind()) {
        case Value::Kind::boolean: return Place{order(Class::boolean, v.boolean() ? 1 : 0), 0};
        case Value::Kind::integer: return number_place(static_cast<double>(v.integer()));
        case Value::Kind::real:
            if (std::isnan(v.real())) return std::nullopt;
            return number_place(v.real());
        case Value::Kind::text: return text_place(v.text());
        case Value::Kind::date:
        case Value::Kind::calendar_day: return Place{day_order(days(v).first), 0};
        default: return std::nullopt;
    }
}

std::optional<Place> place_of(const Cell& cell) {
    if (cell.kind == Encoding::text) return text_place(cell.bytes);
    return place_of(value_of(cell));
}

/// The whole class of a place.
IndexSpan class_of(const Place& place) {
    const std::uint64_t c = place.first & ~kMask;
    return {{c, 0}, {c | kMask, kMostRest}};
}

const TupleSchema& schema() { return tuple_schema(Table::indexed); }

Tuple tuple(std::uint32_t index, const Place& place, std::uint64_t actor) {
    return {index, place.first, place.second, actor};
}

/// Entries of one index for the live actors behind `after`.
void gather(WriterState& w, std::uint32_t number, std::uint64_t after, std::vector<Tables::Change>& out) {
    constexpr std::size_t kAtOnce = 4096;
    const IndexEntry& index = w.dictionary.indexes()[number - 1];
    RecordCursor cursor(*w.reader, RecordCursor::Of::actors);
    ActorId last(static_cast<std::uint32_t>(after));
    for (;;) {
        const std::vector<ActorId> ids = w.reader->actors(last, kAtOnce, index.type);
        if (ids.empty()) return;
        last = ids.back();
        for (const ActorId id : ids) {
            if (!cursor.seek(id.value)) throw_corrupt("actor " + handle(id) + " has no record");
            const auto cell = cursor.cell(index.property);
            if (!cell) continue;
            if (const auto place = place_of(*cell)) out.push_back({tuple(number, *place, id.value), false});
        }
    }
}

}  // namespace

// --- spans ---

IndexSpan IndexSpan::within(const IndexSpan& other) const {
    return {std::max(least, other.least), std::min(most, other.most)};
}

std::optional<IndexSpan> equal_to(const Value& value) {
    const auto place = place_of(value);
    if (!place) return std::nullopt;
    return IndexSpan{*place, *place};
}

std::optional<IndexSpan> at_least(const Value& value) {
    auto place = place_of(value);
    if (!place) return std::nullopt;
    if (value.kind() == Value::Kind::text) place->second = 0;
    return IndexSpan{*place, class_of(*place).most};
}

std::optional<IndexSpan> at_most(const Value& value) {
    auto place = place_of(value);
    if (!place) return std::nullopt;
    if (value.kind() == Value::Kind::text) place->second = kMostRest;
    // An entry stands at its first day, which may come before the value's last one.
    if (value.kind() == Value::Kind::date) place->first = day_order(days(value).second);
    return IndexSpan{class_of(*place).least, *place};
}

IndexSpan starting_with(std::string_view text) {
    return {{text_order(text, 0), 0}, {text_order(text, 0xff), kMostRest}};
}

// --- reading ---

bool has_index(const Reader& reader, std::uint32_t number) {
    const auto& all = reader.state().dictionary->indexes();
    return number != 0 && number <= all.size() && !all[number - 1].name.empty();
}

std::vector<PropertyIndex> property_indexes(const Reader& reader) {
    std::vector<PropertyIndex> out;
    std::uint32_t number = 0;
    for (const IndexEntry& entry : reader.state().dictionary->indexes()) {
        ++number;
        if (entry.name.empty()) continue;
        out.push_back({entry.name, entry.type ? reader.name(entry.type) : "", reader.name(entry.property), number, 0});
    }
    return out;
}

std::uint64_t count_indexed(const Reader& reader, std::uint32_t index, const IndexSpan& span, std::uint64_t most) {
    if (span.empty()) return 0;
    const Tables& tables = *reader.state().tables;
    const Tuple from = tuple(index, span.least, 0), to = tuple(index, span.most, 0xffffffff);
    std::uint64_t n = 0;
    for (Tuple at = from; n < most;) {
        const auto found = tables.locate(schema(), at);
        const std::uint32_t first = found.block.lower_bound(at);
        const bool ends = to < found.upper;
        n += (ends ? found.block.lower_bound(successor(to, schema())) : found.block.rows()) - first;
        if (ends || found.upper == greatest(schema())) break;
        at = successor(found.upper, schema());
    }
    return std::min(n, most);
}

std::uint64_t count_entries(const Reader& reader, std::uint32_t index) {
    return count_indexed(reader, index, {{0, 0}, {kMostRest, kMostRest}}, UINT64_MAX);
}

std::vector<ActorId> indexed_actors(const Reader& reader, std::uint32_t index, const IndexSpan& span) {
    std::vector<ActorId> out;
    if (span.empty()) return out;
    const Tuple to = tuple(index, span.most, 0xffffffff);
    reader.state().tables->scan(schema(), tuple(index, span.least, 0), [&](const Tuple& t) {
        if (to < t) return false;
        out.emplace_back(static_cast<std::uint32_t>(t[3]));
        return true;
    });
    std::sort(out.begin(), out.end());
    return out;
}

// --- writing ---

void add_property_index(Writer& writer, const PropertyIndex& index) {
    WriterState& w = writer.state();
    for (const PropertyIndex& other : property_indexes(writer.reader())) {
        if (other.name == index.name)
            throw Error(ErrorKind::usage, "there is an index named " + index.name + " already",
                        "name it otherwise, or drop that one first");
        if (other.type == index.type && other.property == index.property)
            throw Error(ErrorKind::usage, "the index " + other.name + " is of the same property already");
    }
    if (w.state.format < kFormatOfIndexes) {
        w.state.format = kFormatOfIndexes;
        w.tables->clear(schema());
    }
    IndexEntry entry;
    entry.name = index.name;
    if (!index.type.empty()) entry.type = w.dictionary.actor_type(index.type);
    entry.property = w.dictionary.property(index.property);
    const std::uint32_t number = w.dictionary.add(std::move(entry));
    std::vector<Tables::Change> changes;
    gather(w, number, 0, changes);
    w.tables->apply(schema(), changes);
    w.reindexed = true;
}

bool drop_property_index(Writer& writer, std::string_view name) {
    WriterState& w = writer.state();
    for (const PropertyIndex& index : property_indexes(writer.reader())) {
        if (index.name != name) continue;
        w.dictionary.drop_index(index.number);
        w.tables->retain(schema(), [&](const Tuple& t) { return t[0] != index.number; });
        w.reindexed = true;
        return true;
    }
    return false;
}

std::vector<Tuple> index_entries(const Row& row, const Dictionary& dictionary) {
    std::vector<Tuple> out;
    const std::vector<ActorType>* types = nullptr;
    for (std::uint32_t i = 0; i < dictionary.indexes().size(); ++i) {
        const IndexEntry& index = dictionary.indexes()[i];
        if (index.name.empty()) continue;
        const OwnedCell* cell = row.find(column::kFirstProperty + index.property.value);
        if (cell == nullptr) continue;
        if (index.type) {
            if (types == nullptr) {
                const OwnedCell* set = row.find(column::kTypes);
                types = &dictionary.type_set(set == nullptr ? 0 : static_cast<std::uint32_t>(set->number));
            }
            if (!std::binary_search(types->begin(), types->end(), index.type)) continue;
        }
        if (const auto place = place_of(cell->view())) out.push_back(tuple(i + 1, *place, row.id));
    }
    return out;
}

void index_properties_from(WriterState& w, std::uint64_t first) {
    std::vector<Tables::Change> changes;
    for (std::uint32_t n = 1; n <= w.dictionary.indexes().size(); ++n)
        if (!w.dictionary.indexes()[n - 1].name.empty()) gather(w, n, first - 1, changes);
    w.tables->apply(schema(), changes);
}

void drop_properties(WriterState& w, std::uint64_t first, std::uint64_t last) {
    if (w.dictionary.indexes().empty()) return;
    w.tables->retain(schema(), [&](const Tuple& t) { return t[3] < first || t[3] > last; });
}

void drop_all_properties(WriterState& w) {
    if (!w.dictionary.indexes().empty()) w.tables->clear(schema());
}

}  // namespace entente::storage
