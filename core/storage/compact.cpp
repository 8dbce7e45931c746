// SPDX-License-Identifier: MIT
#include <mutex>
#include <utility>

#include "core/error.hpp"
#include "core/storage/bulk_tuples.hpp"
#include "core/storage/components.hpp"
#include "core/storage/store.hpp"
#include "core/storage/value_codec.hpp"
#include "core/storage/writer_state.hpp"

namespace entente::storage {
namespace {

/// Commits the private copy now and then, so that few of its pages wait in memory.
class Copy {
public:
    explicit Copy(const std::string& path)
        : environment_(Environment::make(path)),
          tables_(Transaction(environment_->raw(), true), true) {}

    void put(std::string_view key, std::string_view value) {
        tables_.put_block(key, value);
        bytes_ += value.size();
        if (bytes_ < (48u << 20)) return;
        bytes_ = 0;
        tables_.transaction().commit();
        tables_ = Tables(Transaction(environment_->raw(), true), true);
        environment_->start_writeback();
    }
    void put(const Blocks& blocks) {
        const std::string_view all = blocks.bytes;
        std::size_t at = 0;
        for (const Blocks::Piece& p : blocks.pieces) {
            put(all.substr(at, p.key), all.substr(at + p.key, p.value));
            at += p.key + p.value;
        }
    }
    std::shared_ptr<Environment> environment_;
    Tables tables_;
    std::uint64_t bytes_ = 0;
};

/// Copies a tuple table as full blocks.
void repack(const Tables& from, const TupleSchema& schema, Copy& to) {
    constexpr std::size_t kAtOnce = 1u << 16;
    std::vector<Tuple> rows;
    Tuple below{};
    const Tuple last = greatest(schema);
    from.scan(schema, {}, [&](const Tuple& t) {
        rows.push_back(t);
        if (rows.size() < kAtOnce) return true;
        std::size_t at = 0;
        Blocks blocks;
        std::string block;
        for (;;) {
            const auto left = std::span(std::as_const(rows)).subspan(at);
            const std::size_t fit = tuple_fit(left, schema);
            if (fit == left.size()) break;
            const std::string key = tuple_key(schema, left[fit - 1]);
            encode_tuples(left.first(fit), schema, below, key, block);
            blocks.add(key, block);
            below = left[fit - 1];
            at += fit;
        }
        rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(at));
        to.put(blocks);
        return true;
    });
    Blocks blocks;
    encode_stretch(schema, rows, below, &last, blocks);
    to.put(blocks);
}

/// Both files have one lock file, and closing the old one would destroy the mutexes in it that the new one uses.
void leave_open(std::shared_ptr<Environment> old) {
    static std::mutex mutex;
    static auto* const left = new std::vector<std::shared_ptr<Environment>>;
    const std::lock_guard guard(mutex);
    left->push_back(std::move(old));
}

}  // namespace

Store::Sizes Store::compact() {
    Writer writer = write("compact");
    WriterState& w = writer.state();
    Sizes sizes;
    sizes.before = w.reader->file_bytes();
    Copy copy(path());
    const Transaction& from = w.tables->transaction();
    std::string key(1, '\0');
    for (auto e = from.seek(key); e; e = from.next()) {
        const auto table = static_cast<Table>(e->key.front());
        bool tuples = false;
        for (const TupleSchema& s : kTupleTables) tuples |= s.table == table;
        if (tuples) {
            repack(*w.tables, tuple_schema(table), copy);
            key = tuple_key(tuple_schema(table), greatest(tuple_schema(table)));
            e = from.seek(key);  // the last block of the table, the walk goes on behind it
            continue;
        }
        copy.put(e->key, e->value.text());
    }
    // The labels of components are as fine again as the relationships that there are.
    WriterState fresh;
    fresh.environment = copy.environment_;
    fresh.tables = std::make_unique<Tables>(std::move(copy.tables_));
    fresh.state = w.state;
    fresh.dictionary = w.dictionary;
    fresh.reader = std::make_unique<Reader>(detached_reader());
    fresh.borrow();
    rebuild_components(fresh);
    fresh.state.transaction = fresh.tables->transaction().id();
    write_state(*fresh.tables, fresh.state);
    fresh.tables->transaction().commit();
    fresh.tables.reset();
    copy.environment_->publish_over();
    leave_open(std::exchange(environment_, copy.environment_));
    sizes.after = read().file_bytes();
    return sizes;
}

}  // namespace entente::storage
