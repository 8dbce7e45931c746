// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "core/names/normalize.hpp"
#include "core/names/similarity.hpp"
#include "core/storage/bulk_tuples.hpp"
#include "core/storage/entry_runs.hpp"
#include "core/storage/loader_impl.hpp"
#include "core/storage/pipeline.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

/// What actors are found by.
enum Index : std::size_t { by_key, by_type, by_name, by_word, by_trigram, indexes };
constexpr std::array<Table, indexes> kTables{Table::keys, Table::type_list, Table::names, Table::words, Table::trigrams};

/// Words whose trigrams are not told again; a word told twice does no harm.
constexpr std::size_t kWordsKept = 1u << 18;

using Words = tsl::robin_set<std::string>;

/// Index entries of one batch.
struct Entries {
    std::array<std::vector<Entry>, by_trigram> of;
    Words distinct_words;
};

void add_name(std::string_view name, std::uint64_t id, Entries& out) {
    thread_local std::string folded;
    folded.clear();
    names::fold_into(name.substr(0, kIndexedName), folded);
    if (folded.empty()) return;
    out.of[by_name].emplace_back(name_hash(folded), id);
    std::size_t n = 0;
    for (const std::string_view word : names::split_folded(folded)) {
        if (++n > 32) break;
        out.of[by_word].emplace_back(word_prefix(word), id);
        out.distinct_words.emplace(word);
    }
}

Entries entries_of(const ActorChunk& chunk, const Dictionary& dictionary) {
    Entries e;
    const bool keyed = chunk.keys.kind == Column::Kind::text;
    const StagedColumn* name = nullptr;
    const StagedColumn* aliases = nullptr;
    for (const StagedColumn& c : chunk.columns) {
        if (c.name == "name") name = &c;
        if (c.name == "aliases") aliases = &c;
    }
    for (std::size_t r = 0; r < chunk.rows; ++r) {
        const std::uint64_t id = chunk.ids[r];
        if (id == 0) continue;
        if (keyed && chunk.keys.has(r)) e.of[by_key].emplace_back(name_hash(chunk.keys.bytes(r)), id);
        for (const ActorType t : dictionary.type_set(chunk.type_set[r])) e.of[by_type].emplace_back(t.value, id);
        if (name != nullptr && name->has(r)) {
            if (name->kind == Column::Kind::text) add_name(name->bytes(r), id, e);
            else if (const Value v = name->value(r); v.kind() == Value::Kind::text) add_name(v.text(), id, e);
        }
        if (aliases == nullptr || !aliases->has(r)) continue;
        const Value v = aliases->value(r);
        if (v.kind() == Value::Kind::text) add_name(v.text(), id, e);
        if (v.kind() != Value::Kind::list) continue;
        for (const Value& item : v.list())
            if (item.kind() == Value::Kind::text) add_name(item.text(), id, e);
    }
    chunk.let_go();
    return e;
}

}  // namespace

void Loader::Impl::write_actor_indexes() {
    WriterState& w = writer.state();
    if (w.state.last_actor < first_new_actor) return;
    std::vector<const ActorChunk*> chunks;
    for (const auto& [sequence, chunk] : actor_chunks) chunks.push_back(&chunk);
    std::vector<EntryRuns> runs;
    for (std::size_t i = 0; i < indexes; ++i) runs.emplace_back(options.sorted_at_once / indexes, w.environment->path());
    Words told;
    in_order(
        chunks.size(), threads, [&](std::size_t i) { return entries_of(*chunks[i], w.dictionary); },
        [&](const Entries& e) {
            for (const Entry& type : e.of[by_type]) ++w.dictionary.actors_of_type[type.first];
            for (std::size_t i = 0; i < e.of.size(); ++i) runs[i].add(e.of[i]);
            for (const std::string& word : e.distinct_words) {
                if (!told.insert(word).second) continue;
                for (const std::uint32_t t : names::trigrams(word)) runs[by_trigram].add({t, word_prefix(word)});
            }
            if (told.size() > kWordsKept) told.clear();
        });
    Words().swap(told);
    if (first_new_actor != 1) {
        for (std::size_t i = 0; i < indexes; ++i) {
            RowsInPortions rows = in_portions(kTables[i]);
            runs[i].drain([&](std::span<const Entry> piece) {
                for (const auto& [a, b] : piece) rows.add({a, b, 0, 0});
            });
            rows.finish();
        }
        return;
    }
    for (const Table t : kTables) w.tables->clear(tuple_schema(t));
    const auto encode = [&](std::size_t i, auto&& write) {
        const TupleSchema& schema = tuple_schema(kTables[i]);
        StretchEncoder encoder(schema, {});
        runs[i].drain([&](std::span<const Entry> piece) {
            for (const auto& [a, b] : piece) encoder.add({a, b, 0, 0});
            write(encoder.take());
        });
        const Tuple last = greatest(schema);
        write(encoder.finish(&last));
    };
    // What was too much for memory as rows would be as blocks, too: it is written piece by piece.
    in_order(
        indexes, threads,
        [&](std::size_t i) {
            std::vector<Blocks> made;
            if (!runs[i].spilled()) encode(i, [&](Blocks blocks) { made.push_back(std::move(blocks)); });
            return made;
        },
        [&](const std::vector<Blocks>& made) {
            for (const Blocks& blocks : made) write_blocks(blocks);
        });
    for (std::size_t i = 0; i < indexes; ++i)
        if (runs[i].spilled()) encode(i, [&](const Blocks& blocks) { write_blocks(blocks); });
}

}  // namespace entente::storage
