// SPDX-License-Identifier: MIT
#include "core/storage/tables.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

constexpr std::size_t kVerifiedSlots = 4096;

/// Few changes are made block by block; more than this share of the blocks' number rewrites them all.
constexpr std::size_t kFewChanges = 4096;

std::size_t slot_of(const std::uint8_t* p) {
    return (reinterpret_cast<std::uintptr_t>(p) >> 6) % kVerifiedSlots;
}

}  // namespace

Tables::Tables(Transaction transaction, bool write)
    : transaction_(std::move(transaction)),
      verified_(kVerifiedSlots),
      encoder_(write ? std::make_unique<RecordEncoder>() : nullptr) {}
Tables::Tables(Tables&&) noexcept = default;
Tables& Tables::operator=(Tables&&) noexcept = default;
Tables::~Tables() {
    transaction_.abort();
    while (!parents_.empty()) parents_.pop_back();  // innermost first
}

void Tables::lay_sheet() {
    transaction_.lay_sheet();
    verified_.assign(kVerifiedSlots, {});
    encoder_ = std::make_unique<RecordEncoder>();
}
void Tables::only_read() {
    settle();
    verified_.assign(kVerifiedSlots, {});
    encoder_.reset();
}

void Tables::begin(MDB_env* env) {
    Transaction child(env, true, transaction_.raw());
    parents_.push_back(std::move(transaction_));
    transaction_ = std::move(child);
    waiting_.begin();
}
void Tables::end() {
    transaction_.commit();
    transaction_ = std::move(parents_.back());
    parents_.pop_back();
    waiting_.end();
}
void Tables::abort() noexcept {
    transaction_.abort();
    transaction_ = std::move(parents_.back());
    parents_.pop_back();
    waiting_.abort();
}

void Tables::verify(std::string_view key, const Bytes& value, const TupleSchema* schema) const {
    // The same block under another key is not the same: a damaged page may name it twice. What a writer writes where
    // another block lay is its own, and nothing that a disk could have damaged.
    Verified& slot = verified_[slot_of(value.data)];
    if (slot.value == value.data && slot.key == key.data()) return;
    bool good = value.size >= 8 && load32(value.data) == checksum(key, value.data, value.size);
    if (good) good = schema != nullptr ? TupleBlock::valid(value.data, value.size, *schema)
                                       : RecordBlock::valid(value.data, value.size);
    if (!good) throw_corrupt("a block of table '" + std::string(1, key.front()) + "' fails its checksum");
    slot = {value.data, key.data()};
}

// --- plain entries ---

namespace {
void verify_plain(std::string_view key, const Bytes& value) {
    if (value.size < 4 || load32(value.data) != checksum(key, value.data, value.size))
        throw_corrupt("an entry of table '" + std::string(1, key.empty() ? '?' : key.front()) +
                      "' fails its checksum");
}
}  // namespace

void Tables::prove_absent(std::string_view key) const {
    const Transaction::Neighbours around = transaction_.neighbours(key);
    if ((around.at && around.at->key <= key) || (around.before && around.before->key >= key))
        throw_corrupt("keys are out of order");
    for (const auto& entry : {around.before, around.at})
        if (entry) verify_plain(entry->key, entry->value);
}

std::optional<std::string_view> Tables::get(std::string_view key) const {
    const auto value = transaction_.get(key);
    if (!value) {
        prove_absent(key);
        return std::nullopt;
    }
    verify_plain(key, *value);
    return value->text().substr(4);
}

void Tables::put(std::string_view key, std::string_view content) {
    std::string value(4, '\0');
    value += content;
    auto* p = reinterpret_cast<std::uint8_t*>(value.data());
    store32(p, checksum(key, p, value.size()));
    transaction_.put(key, value);
}

bool Tables::erase(std::string_view key) { return transaction_.erase(key); }

void Tables::for_each(
    std::string_view prefix,
    const std::function<bool(std::string_view, std::string_view)>& visit) const {
    // Nothing that belongs here may stand, damaged, on either side, nor may a damaged page have led past it.
    if (const auto before = transaction_.neighbours(prefix).before) {
        verify_plain(before->key, before->value);
        if (before->key >= prefix) throw_corrupt("keys are out of order");
    }
    std::string last;
    for (auto e = transaction_.seek(prefix); e; e = transaction_.next()) {
        verify_plain(e->key, e->value);
        if (!last.empty() && e->key <= last) throw_corrupt("keys are out of order");
        last = e->key;
        if (!e->key.starts_with(prefix)) return;
        const std::string key(e->key);
        if (!visit(key, e->value.text().substr(4))) return;
    }
}

// --- tuple tables ---

Tables::Located Tables::locate_written(const TupleSchema& schema, const Tuple& wanted) const {
    const std::string key = tuple_key(schema, wanted);
    const auto entry = transaction_.seek(key);
    if (!entry || entry->key.empty() ||
        entry->key.front() != static_cast<char>(schema.table) || entry->key.size() != key.size())
        throw_corrupt("a block of table '" + std::string(1, key.front()) + "' is missing");
    verify(entry->key, entry->value, &schema);
    Located found{TupleBlock(entry->value.data, schema), tuple_of_key(schema, entry->key)};
    // The very first block's lower bound is all zeros and covers them too.
    const Tuple lower = found.block.lower();
    if (!(lower < wanted) && lower != Tuple{})
        throw_corrupt("a block of table '" + std::string(1, key.front()) + "' is missing");
    return found;
}

bool Tables::contains(const TupleSchema& schema, const Tuple& tuple) const {
    const Located found = locate(schema, tuple);
    const std::uint32_t i = found.block.lower_bound(tuple);
    return i < found.block.rows() && found.block.row(i) == tuple;
}

std::vector<Tuple> Tables::tuples_of(const TupleSchema& schema, std::uint64_t first) const {
    std::vector<Tuple> out;
    const Tuple last = greatest(schema);
    for (Tuple at{first, 0, 0, 0};;) {
        const Located found = locate_written(schema, at);
        std::uint32_t i = found.block.lower_bound(at);
        for (; i < found.block.rows() && found.block.row(i)[0] == first; ++i) out.push_back(found.block.row(i));
        if (i < found.block.rows() || found.upper == last || found.upper[0] != first) break;
        at = successor(found.upper, schema);
    }
    for (const Change& c : waiting_.changes(schema.table, first)) {
        const auto place = std::lower_bound(out.begin(), out.end(), c.tuple);
        const bool there = place != out.end() && *place == c.tuple;
        if (c.erase && there) out.erase(place);
        if (!c.erase && !there) out.insert(place, c.tuple);
    }
    return out;
}

void Tables::write_rows(const TupleSchema& schema, std::span<const Tuple> rows, const Tuple& lower,
                        const Tuple& upper, bool even) {
    std::string block;
    Tuple below = lower;
    std::size_t at = 0;
    std::size_t share = rows.size();
    if (even && !rows.empty()) {
        std::size_t blocks = 0;
        for (std::size_t i = 0; i < rows.size(); ++blocks) i += tuple_fit(rows.subspan(i), schema);
        share = (rows.size() + blocks - 1) / blocks;
    }
    for (;;) {
        std::size_t n = rows.size() - at;
        if (n > 0) n = std::min(std::min(n, share), tuple_fit(rows.subspan(at), schema));
        const bool last = at + n == rows.size();
        const Tuple above = last ? upper : rows[at + n - 1];
        const std::string key = tuple_key(schema, above);
        encode_tuples(rows.subspan(at, n), schema, below, key, block);
        transaction_.put(key, block);
        if (last) return;
        below = above;
        at += n;
    }
}

void Tables::apply(const TupleSchema& schema, std::vector<Change>& changes) {
    if (changes.empty()) return;
    std::stable_sort(changes.begin(), changes.end(),
                     [](const Change& a, const Change& b) { return a.tuple < b.tuple; });
    if (std::all_of(changes.begin(), changes.end(), [](const Change& c) { return c.erase; }))
        return erase_all(schema, changes);
    if (changes.size() > kFewChanges) return apply_stream(schema, changes);
    std::vector<Tuple> rows;
    for (std::size_t i = 0; i < changes.size();) {
        const Located found = locate(schema, changes[i].tuple);
        const Tuple lower = found.block.lower(), upper = found.upper;
        // Most entries of words are there already: nothing to decode then.
        const auto differs = [&](const Change& c) {
            const std::uint32_t at = found.block.lower_bound(c.tuple);
            return (at < found.block.rows() && found.block.row(at) == c.tuple) == c.erase;
        };
        std::size_t next = i;
        bool any = false;
        for (; next < changes.size() && changes[next].tuple <= upper; ++next) any = any || differs(changes[next]);
        if (!any) {
            i = next;
            continue;
        }
        rows.clear();
        std::uint32_t r = 0;
        bool touched = false, appended = true;
        for (; i < changes.size() && changes[i].tuple <= upper; ++i) {
            const Tuple& t = changes[i].tuple;
            while (r < found.block.rows() && found.block.row(r) < t)
                rows.push_back(found.block.row(r++));
            if (r < found.block.rows()) appended = false;
            const bool stored = r < found.block.rows() && found.block.row(r) == t;
            const bool there = stored || (!rows.empty() && rows.back() == t);
            if (changes[i].erase) {
                if (!there) continue;
                if (stored) ++r;
                else rows.pop_back();
            } else {
                if (there) continue;
                rows.push_back(t);
            }
            touched = true;
        }
        if (!touched) continue;
        while (r < found.block.rows()) rows.push_back(found.block.row(r++));
        write_rows(schema, rows, lower, upper, !appended);
    }
}

void Tables::erase_all(const TupleSchema& schema, const std::vector<Change>& changes) {
    std::vector<std::uint32_t> gone;
    std::string block;
    for (std::size_t i = 0; i < changes.size();) {
        const Located found = locate(schema, changes[i].tuple);
        gone.clear();
        for (; i < changes.size() && changes[i].tuple <= found.upper; ++i) {
            const std::uint32_t row = found.block.lower_bound(changes[i].tuple);
            if (row == found.block.rows() || found.block.row(row) != changes[i].tuple) continue;
            if (gone.empty() || gone.back() != row) gone.push_back(row);
        }
        if (gone.empty()) continue;
        if (gone.size() == found.block.rows()) {
            write_rows(schema, {}, found.block.lower(), found.upper, false);
            continue;
        }
        const std::string key = tuple_key(schema, found.upper);
        found.block.encode_without(gone, key, block);
        transaction_.put(key, block);
    }
}

void Tables::apply_stream(const TupleSchema& schema, const std::vector<Change>& changes) {
    // Old blocks are read in order, merged with the changes and written as full blocks. A new block's
    // key never passes the rows read so far, so that it cannot meet an old block not read yet.
    std::vector<Tuple> pending;
    std::size_t i = 0;
    // From the block of the first change to that of the last.
    Tuple at = changes.front().tuple;
    Tuple below = locate(schema, at).block.lower();
    Tuple upper{};
    for (;;) {
        const Located found = locate(schema, at);
        upper = found.upper;
        std::uint32_t r = 0;
        const std::uint32_t n = found.block.rows();
        for (;;) {
            const bool change = i < changes.size() && changes[i].tuple <= upper;
            if (r < n && (!change || found.block.row(r) < changes[i].tuple)) {
                pending.push_back(found.block.row(r++));
                continue;
            }
            if (!change) break;
            const Tuple& t = changes[i].tuple;
            if (r < n && found.block.row(r) == t) pending.push_back(found.block.row(r++));
            const bool there = !pending.empty() && pending.back() == t;
            if (changes[i].erase && there) pending.pop_back();
            if (!changes[i].erase && !there) pending.push_back(t);
            ++i;
        }
        transaction_.erase(tuple_key(schema, upper));
        encode_full(schema, pending, below, [&](std::string_view key, std::string_view full) { transaction_.put(key, full); });
        if (i == changes.size()) break;
        at = successor(upper, schema);
    }
    write_rows(schema, pending, below, upper, false);
}

void Tables::apply_later(const TupleSchema& schema, const std::vector<Change>& changes) {
    waiting_.add(schema, changes);
    if (waiting_.full()) settle();
}

void Tables::settle() {
    if (waiting_.empty()) return;
    waiting_.flush([this](const TupleSchema& schema, std::vector<Change>& changes) { apply(schema, changes); },
                   [this](Table table, std::vector<Row> rows) { put(table, std::move(rows)); });
}

void Tables::insert(const TupleSchema& schema, const Tuple& tuple) {
    std::vector<Change> one{{tuple, false}};
    apply(schema, one);
}
void Tables::erase(const TupleSchema& schema, const Tuple& tuple) {
    std::vector<Change> one{{tuple, true}};
    apply(schema, one);
}

void Tables::clear(const TupleSchema& schema) {
    settle();
    const std::string prefix(1, static_cast<char>(schema.table));
    std::vector<std::string> keys;
    for (auto e = transaction_.seek(prefix); e && e->key.starts_with(prefix); e = transaction_.next())
        keys.emplace_back(e->key);
    for (const std::string& key : keys) transaction_.erase(key);
    write_rows(schema, {}, Tuple{}, greatest(schema), false);
}

std::uint64_t Tables::retain(const TupleSchema& schema,
                             const std::function<bool(const Tuple&)>& keep) {
    std::uint64_t gone = 0;
    std::vector<Tuple> rows;
    Tuple at{};
    const Tuple last = greatest(schema);
    for (;;) {
        const Located found = locate(schema, at);
        const Tuple upper = found.upper, lower = found.block.lower();
        rows.clear();
        for (std::uint32_t i = 0; i < found.block.rows(); ++i) {
            const Tuple t = found.block.row(i);
            if (keep(t)) rows.push_back(t);
        }
        const std::size_t lost = found.block.rows() - rows.size();
        gone += lost;
        if (lost != 0) write_rows(schema, rows, lower, upper, false);
        if (upper == last) return gone;
        at = successor(upper, schema);
    }
}

void Tables::initialise() {
    for (const TupleSchema& schema : kTupleTables)
        if (schema.table != Table::indexed) write_rows(schema, {}, Tuple{}, greatest(schema), false);
    for (const Table table : {Table::actors, Table::relationships})
        write_records(table, {}, 0, kLastRecord);
}

}  // namespace entente::storage
