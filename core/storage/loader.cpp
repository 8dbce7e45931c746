// SPDX-License-Identifier: MIT
#include "core/storage/loader.hpp"

#include <malloc.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <thread>

#include "core/error.hpp"
#include "core/model/kept_hash.hpp"
#include "core/storage/bulk_tuples.hpp"
#include "core/storage/loader_impl.hpp"
#include "core/storage/property_entries.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {

Loader::Impl::Impl(Store& s, LoadOptions o)
    : store(s), options(std::move(o)), writer(s.write(options.what)), spill(s.environment().path()) {
    threads = options.threads > 0
                  ? options.threads
                  : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    bulk = s.environment().unpublished();
    // One transaction on what is there already keeps up to half a gigabyte of changed pages in memory.
    if (!bulk) options.staged_bytes /= 4;
    keys_loaded = writer.reader().counts().actors == 0;
    first_new_actor = writer.reader().last_actor().value + 1;
}

Loader::Loader(Store& store, LoadOptions options)
    : impl_(std::make_unique<Impl>(store, std::move(options))) {}
Loader::~Loader() = default;

std::uint32_t Loader::add_file(const std::string& name) {
    impl_->files.push_back({name, {}, 0});
    FileAccount a;
    a.name = name;
    impl_->account.files.push_back(std::move(a));
    return static_cast<std::uint32_t>(impl_->files.size() - 1);
}

void Loader::set_hash(std::uint32_t file, const std::string& hash, std::uint64_t bytes) {
    impl_->files[file].hash = hash;
    impl_->files[file].bytes = bytes;
}

namespace {

/// How many rows of a file of this hash were rejected, if the same would be again.
std::optional<std::uint64_t> rejected_of(std::string_view kept, std::string_view hash) {
    const KeptHash told = kept_hash(kept);
    return told.hash == hash && !told.late ? std::optional(told.rejected) : std::nullopt;
}

/// The change set that read a file of this hash and of which nothing was changed or removed since.
std::optional<ChangeSet> untouched(const Writer& writer, const std::string& hash) {
    if (hash.empty()) return std::nullopt;
    std::optional<ChangeSet> found;
    for (const ChangeSet& set : writer.reader().change_sets()) {
        if (set.undone_by || set.undoes) continue;
        if (found && (set.changed.actors + set.changed.relationships + set.removed.actors +
                      set.removed.relationships) != 0)
            found.reset();
        for (const ReadFile& f : set.files)
            if (rejected_of(f.hash, hash)) found = set;
    }
    return found;
}

}  // namespace

bool Loader::known(const std::string& hash) const {
    return untouched(impl_->writer, hash).has_value();
}

void Loader::skip_known(std::uint32_t file, const std::string& hash) {
    const auto set = untouched(impl_->writer, hash);
    if (!set) throw Error(ErrorKind::usage, "no change set holds this file");
    FileAccount& a = impl_->account.files[file];
    a.unchanged = true;
    for (const ReadFile& f : set->files) {
        const auto rejected = rejected_of(f.hash, hash);
        if (!rejected) continue;
        std::uint64_t left = *rejected;
        const auto tell = [&](Tally& tally, std::uint64_t read) {
            tally.read = read;
            tally.rejected = std::min(left, read);
            tally.joined = read - tally.rejected;
            left -= tally.rejected;
        };
        tell(a.relationships, f.read.relationships);
        tell(a.actors, f.read.actors);
        tell(a.sources, f.read.sources);
    }
}

void Loader::set_source(const Source& source) { impl_->default_source = source; }

void Loader::stage(std::uint32_t file, Source source) {
    const std::lock_guard lock(impl_->mutex);
    ++impl_->account.files[file].sources.read;
    impl_->sources.push_back(std::move(source));
    impl_->source_files.push_back(file);
}
void Loader::stage(std::uint32_t file, const RelationshipSchema& schema) {
    ++impl_->account.files[file].types.read;
    impl_->relationship_schemas.emplace_back(file, schema);
}
void Loader::stage(std::uint32_t file, const ActorSchema& schema) {
    ++impl_->account.files[file].types.read;
    impl_->actor_schemas.emplace_back(file, schema);
}
void Loader::stage(EvidenceRow evidence) {
    ++impl_->account.files[evidence.file].evidence.read;
    impl_->evidence.push_back(std::move(evidence));
}

Tally& FileAccount::of(RowOf rows) {
    switch (rows) {
        case RowOf::actors: return actors;
        case RowOf::relationships: return relationships;
        case RowOf::sources: return sources;
        case RowOf::types: return types;
        case RowOf::evidence: break;
    }
    return evidence;
}

Tally FileAccount::total() const {
    Tally out;
    for (const Tally* t : {&actors, &relationships, &sources, &types, &evidence}) {
        out.read += t->read;
        out.stored += t->stored;
        out.joined += t->joined;
        out.changed += t->changed;
        out.rejected += t->rejected;
    }
    return out;
}

void Loader::reject(Reject reject, RowOf rows) {
    const std::lock_guard lock(impl_->mutex);
    Tally& t = impl_->account.files[reject.file].of(rows);
    ++t.read;
    ++t.rejected;
    impl_->account.rejects.push_back(std::move(reject));
}

void Loader::count(std::uint32_t file, RowOf rows, const Tally& tally) {
    const std::lock_guard lock(impl_->mutex);
    Tally& t = impl_->account.files[file].of(rows);
    t.read += tally.read;
    t.stored += tally.stored;
    t.joined += tally.joined;
    t.changed += tally.changed;
    t.rejected += tally.rejected;
}

Account Loader::finish() { return impl_->finish(); }

std::uint64_t Loader::Impl::room() const {
    const std::uint64_t lookups = keys.bytes() + strangers.bytes();
    const std::uint64_t beyond = lookups - std::min(lookups, options.staged_bytes / 4);
    return options.staged_bytes - std::min(beyond, options.staged_bytes);
}

void Loader::Impl::make_room(std::uint64_t keys_to_come) {
    constexpr std::uint64_t kBytesOfKey = 64;
    if (staged_bytes + keys_to_come * kBytesOfKey <= room()) return;
    const auto lay = [&](auto& chunks) {
        for (auto& [sequence, chunk] : chunks) {
            rest(chunk, spill);
            chunk.let_go();
        }
    };
    lay(tie_chunks);
    lay(actor_chunks);
    staged_bytes = 0;
    give_back();
}

RowsInPortions Loader::Impl::in_portions(Table table) const {
    return {*writer.state().tables, tuple_schema(table), options.sorted_at_once / kChangesApart};
}

Citations Loader::Impl::citations() const { return {*writer.state().tables, options.sorted_at_once / kChangesApart / 2}; }

template <class Chunk>
void Loader::Impl::settle_down(Chunk& chunk) {
    const std::size_t bytes = in_memory(chunk);
    {
        const std::lock_guard lock(mutex);
        if (staged_bytes + bytes <= room()) {
            staged_bytes += bytes;
            return;
        }
    }
    rest(chunk, spill);
}
template void Loader::Impl::settle_down(ActorChunk&);
template void Loader::Impl::settle_down(TieChunk&);

void Loader::Impl::mark_staged(std::uint64_t sequence) {
    staged.insert(sequence);
    while (!staged.empty() && *staged.begin() == contiguous) {
        staged.erase(staged.begin());
        ++contiguous;
    }
}

namespace {

/// Numbers distinct texts of a batch; consecutive equal ones, the common case, cost one comparison.
class LocalNames {
public:
    std::uint32_t number(std::string_view text) {
        if (!names_.empty() && text == last_) return last_number_;
        const auto [at, fresh] = index_.emplace(text, static_cast<std::uint32_t>(names_.size()));
        if (fresh) names_.emplace_back(text);
        last_ = text;
        last_number_ = at->second;
        return last_number_;
    }
    std::vector<std::string> take() { return std::move(names_); }

private:
    tsl::robin_map<std::string_view, std::uint32_t> index_;
    std::vector<std::string> names_;
    std::string_view last_;
    std::uint32_t last_number_ = 0;
};

/// What `number` makes of the members of each list.
template <class T>
StagedLists<T> numbered(const auto& rows, auto&& number) {
    if (std::all_of(rows.begin(), rows.end(), [](const auto& row) { return row.empty(); })) return {};
    std::vector<T> all;
    std::vector<std::uint32_t> begin{0};
    for (const auto& row : rows) {
        for (const auto& name : row)
            if (const std::optional<T> n = number(name)) all.push_back(*n);
        begin.push_back(static_cast<std::uint32_t>(all.size()));
    }
    return {std::move(all), std::move(begin)};
}

void take_origin(BatchOrigin& origin, auto& chunk) {
    chunk.file = origin.file;
    chunk.first_line = origin.first_line;
    // Only rows that do not follow line by line need their own.
    bool plain = true;
    for (std::size_t i = 0; i < origin.lines.size() && plain; ++i) plain = origin.lines[i] == i;
    if (!plain) chunk.lines = std::move(origin.lines);
}

}  // namespace

void Loader::stage(ActorBatch&& batch) {
    ActorChunk chunk;
    take_origin(batch.origin, chunk);
    chunk.rows = batch.rows;
    if (!batch.keys.empty()) chunk.keys = stage_texts("key", batch.keys);
    LocalNames types;
    const auto number = [&](std::string_view t) {
        const std::uint32_t n = types.number(t);
        if (n >= 0xffff) throw Error(ErrorKind::import, "more than 65,534 types of actors in one batch");
        return static_cast<std::uint16_t>(n);
    };
    std::vector<std::uint16_t> single;
    for (const auto& t : batch.single_type) single.push_back(t.empty() ? 0xffff : number(t));
    chunk.single = std::move(single);
    chunk.many = numbered<std::uint16_t>(batch.types, [&](std::string_view t) { return t.empty() ? std::nullopt : std::optional(number(t)); });
    chunk.type_names = types.take();
    for (Column& c : batch.properties)
        if (c.kind != Column::Kind::empty)
            chunk.columns.push_back(stage_column(std::move(c), batch.rows));
    LocalNames sources;
    chunk.sources = numbered<std::uint32_t>(batch.sources, [&](std::string_view s) { return std::optional(sources.number(s)); });
    chunk.source_names = sources.take();
    chunk.fragments = batch.fragments;
    impl_->settle_down(chunk);
    const std::lock_guard lock(impl_->mutex);
    impl_->brought_actors = true;
    impl_->account.files[chunk.file].actors.read += chunk.rows;
    impl_->actor_chunks.emplace(batch.origin.sequence, std::move(chunk));
    impl_->mark_staged(batch.origin.sequence);
}

void Loader::stage(RelationshipBatch&& batch) {
    TieChunk chunk;
    const std::uint64_t sequence = batch.origin.sequence;
    take_origin(batch.origin, chunk);
    if (!batch.origin.raw.empty()) chunk.raw = stage_texts("raw", batch.origin.raw);
    chunk.rows = batch.rows;
    bool direct = false;
    {
        // Once every earlier batch is there, its actors get their numbers and the keys are frozen, so
        // that this and later batches find their ends right here, on their own threads.
        const std::lock_guard lock(impl_->mutex);
        if (!impl_->sealed && impl_->keys_loaded && impl_->contiguous >= sequence) {
            impl_->seal_actors(sequence);
            impl_->sealed = true;
        }
        direct = impl_->sealed;
    }
    chunk.from = std::vector<std::uint32_t>(batch.rows, 0);
    chunk.to = std::vector<std::uint32_t>(batch.rows, 0);
    chunk.keep = std::vector<std::uint8_t>(batch.rows, 1);
    std::vector<std::uint32_t> pending;
    std::vector<Strangers::Ask> asks;
    const KeyMap& keys = impl_->keys;
    constexpr std::size_t kAhead = 16;
    std::vector<std::uint64_t> hashes(2 * batch.rows);
    for (std::size_t r = 0; r < batch.rows; ++r) {
        hashes[2 * r] = KeyMap::hash(batch.from[r]);
        hashes[2 * r + 1] = KeyMap::hash(batch.to[r]);
    }
    for (std::size_t r = 0; r < batch.rows; ++r) {
        if (direct) {
            if (r + kAhead < batch.rows) {
                keys.prefetch(hashes[2 * (r + kAhead)]);
                keys.prefetch(hashes[2 * (r + kAhead) + 1]);
            }
            chunk.from[r] = keys.find(batch.from[r], hashes[2 * r]);
            chunk.to[r] = keys.find(batch.to[r], hashes[2 * r + 1]);
        }
        const auto row = static_cast<std::uint32_t>(r);
        if (chunk.from[r] == 0) {
            asks.push_back({batch.from[r], hashes[2 * r], &chunk.from[r]});
            pending.push_back(2 * row);
        }
        if (chunk.to[r] == 0) {
            asks.push_back({batch.to[r], hashes[2 * r + 1], &chunk.to[r]});
            pending.push_back(2 * row + 1);
        }
    }
    impl_->strangers.number(asks);
    pending.shrink_to_fit();
    chunk.pending = std::move(pending);
    LocalNames types;
    std::vector<std::uint32_t> type;
    type.reserve(batch.rows);
    if (batch.types.size() == 1 && batch.rows != 1)
        type.assign(batch.rows, types.number(batch.types[0]));
    else
        for (const auto& t : batch.types) type.push_back(types.number(t));
    chunk.type = std::move(type);
    chunk.type_names = types.take();
    LocalNames sources;
    bool named = false;
    for (const auto& s : batch.sources) named |= !s.empty();
    if (named) {
        std::vector<std::uint32_t> numbers;
        for (const auto& s : batch.sources)
            numbers.push_back(s.empty() ? 0xffffffffu : sources.number(s));
        chunk.source = std::move(numbers);
    }
    chunk.further = numbered<std::uint32_t>(batch.further_sources, [&](std::string_view s) { return std::optional(sources.number(s)); });
    chunk.source_names = sources.take();
    chunk.fragments = batch.fragments;
    chunk.direction = std::move(batch.direction);
    if (!batch.ids.empty()) chunk.ids = stage_texts("id", batch.ids);
    for (Column& c : batch.properties)
        if (c.kind != Column::Kind::empty)
            chunk.columns.push_back(stage_column(std::move(c), batch.rows));
    impl_->settle_down(chunk);
    const std::lock_guard lock(impl_->mutex);
    impl_->account.files[chunk.file].relationships.read += chunk.rows;
    impl_->tie_chunks.emplace(sequence, std::move(chunk));
    impl_->mark_staged(sequence);
}

std::size_t TieChunk::kept() const {
    std::size_t n = 0;
    for (const std::uint8_t k : keep) n += k;
    return n;
}

void StagedChunk::let_go() const {
    for (const auto& [at, bytes] : rests) Spill::let_go(at, bytes);
}

// --- actors find their numbers ---

void Loader::Impl::load_keys() {
    if (keys_loaded) return;
    keys_loaded = true;
    const WriterState& w = writer.state();
    std::vector<std::uint8_t> gone(w.state.last_actor + 1, 0);
    w.tables->scan(tuple_schema(Table::ended_actors), {}, [&](const Tuple& t) {
        for (std::uint64_t i = t[1]; i <= t[0]; ++i) gone[i] = 1;
        return true;
    });
    keys.reserve(w.state.actors);
    for (std::uint64_t at = 0;;) {
        const auto found = w.tables->locate(Table::actors, at);
        for (std::uint32_t i = 0; i < found.block.rows(); ++i) {
            const std::uint64_t id = found.block.id(i);
            if (gone[id] != 0) continue;
            if (const auto c = w.tables->cell(Table::actors, found.block, i, id, column::kKey))
                keys.insert(c->bytes, static_cast<std::uint32_t>(id));
        }
        if (found.upper == kLastRecord) break;
        at = found.upper + 1;
    }
    // Actors that were merged into another one are found by their keys there.
    for (const Merge& merge : writer.reader().merges())
        if (const auto c = w.tables->cell(Table::actors, merge.absorbed.value, column::kKey))
            if (const auto id = writer.reader().actor_by_key(c->bytes)) keys.insert(c->bytes, id->value);
}

std::uint32_t Loader::Impl::find_actor(std::string_view key) const {
    if (const std::uint32_t id = keys.find(key)) return id;
    if (keys_loaded) return 0;
    const auto id = writer.reader().actor_by_key(key);
    return id ? id->value : 0;
}

void Loader::Impl::seal_actors(std::uint64_t before) {
    std::size_t rows = 0;
    for (auto at = actor_chunks.lower_bound(sealed_before);
         at != actor_chunks.end() && at->first < before; ++at)
        rows += at->second.rows;
    keys.reserve(keys.size() + rows);
    for (auto at = actor_chunks.lower_bound(sealed_before);
         at != actor_chunks.end() && at->first < before; ++at)
        number_actors(at->first, at->second);
    sealed_before = before;
}

void Loader::Impl::number_actors(std::uint64_t sequence, ActorChunk& chunk) {
    WriterState& w = writer.state();
    chunk.ids = std::vector<std::uint32_t>(chunk.rows, 0);
    const bool inlined = fits_inline(chunk.columns, chunk.rows) && fits_inline(chunk.keys, chunk.rows);
    for (std::size_t r = 0; r < chunk.rows; ++r) {
        const auto row = static_cast<std::uint32_t>(r);
        const auto next = static_cast<std::uint32_t>(w.state.last_actor + 1);
        if (next == 0xffffffff)
            throw Error(ErrorKind::full, "the database has given all its actor numbers");
        std::string_view key;
        if (chunk.keys.kind == Column::Kind::text && chunk.keys.has(r)) key = chunk.keys.bytes(r);
        if (!key.empty()) {
            std::uint32_t known = 0;
            if (!keys_loaded) {
                if (const auto id = writer.reader().actor_by_key(key)) known = id->value;
            }
            if (known == 0) known = keys.insert(key, next);
            if (known != next) {
                matched.push_back({sequence, row, known});
                continue;
            }
        } else if (!bulk || account.files.size() > 1) {
            // Without a key the same actor is told by all its fields.
            matched.push_back({sequence, row, 0});
            continue;
        }
        chunk.ids[r] = next;
        ++w.state.last_actor;
        ++w.state.actors;
        if (!inlined) slow_actors.emplace_back(sequence, row);
    }
    rest_again(chunk, spill);
}

void Loader::Impl::reject_row(RowOf rows, std::uint32_t file, std::uint64_t line,
                              std::string reason, std::string raw, std::string advice) {
    if (!options.skip_errors) throw Error(ErrorKind::import, Place{files[file].name, line, 1}, reason, std::move(advice));
    ++account.files[file].of(rows).rejected;
    late_rejects.insert(file);
    account.rejects.push_back({file, line, 1, std::move(reason), std::move(raw)});
}

// --- the whole ---

void Loader::Impl::write_blocks(const Blocks& blocks) {
    WriterState& w = writer.state();
    blocks.write(*w.tables);
    written += blocks.bytes.size();
    // Only a private file may be committed in part. It keeps the pages in memory few.
    if (!bulk || options.dry_run || written < (48u << 20)) return;
    written = 0;
    w.tables->transaction().commit();
    *w.tables = Tables(Transaction(w.environment->raw(), true), true);
    w.environment->start_writeback();
}

/// What was freed goes back to the system: the allocator keeps memory between that of batches which stay.
void Loader::Impl::give_back() const {
#ifdef __GLIBC__
    if (spill.size() != 0) ::malloc_trim(0);
#endif
}

Account Loader::Impl::finish() {
    WriterState& w = writer.state();
    std::uint64_t rows = 0;
    for (const auto& [sequence, chunk] : tie_chunks) rows += chunk.rows;
    if (rows > 0xffffffff)
        throw Error(ErrorKind::full, "more than 4,294,967,295 relationships in one import", "import them in several parts");
    settle_sources();
    settle_schemas();
    std::size_t unresolved = strangers.size();
    for (const auto& [sequence, chunk] : actor_chunks) unresolved += chunk.rows;
    const bool load = !keys_loaded && unresolved * 16 > w.state.actors;
    std::size_t to_come = strangers.size() + (load ? w.state.actors : 0);
    for (auto at = actor_chunks.lower_bound(sealed_before); at != actor_chunks.end(); ++at) to_come += at->second.rows;
    make_room(to_come);
    if (load) load_keys();
    seal_actors(~0ull);
    settle_columns();
    number_keyless();
    resolve_ends();
    strangers.clear();
    keys.clear();
    give_back();
    settle_types();
    join_ties();
    write_actors();
    write_actor_indexes();
    index_properties_from(writer.state(), first_new_actor);
    merge_matched();
    actor_chunks.clear();
    write_ties();
    give_back();
    write_adjacency();
    change_ties();
    support_joined_rows();
    cite_further();
    if (options.replace) retire();
    for (std::size_t f = 0; f < files.size(); ++f) {
        const FileAccount& a = account.files[f];
        if (a.unchanged) continue;
        ReadFile read;
        read.name = files[f].name;
        read.hash = files[f].hash;
        read.bytes = files[f].bytes;
        if (!read.hash.empty())
            read.hash = text_of({read.hash, a.total().rejected, late_rejects.contains(static_cast<std::uint32_t>(f))});
        read.read.actors = a.actors.read;
        read.read.relationships = a.relationships.read;
        read.read.sources = a.sources.read;
        writer.add_file(read);
    }
    if (options.dry_run) {
        account.change_set = {};
        return std::move(account);
    }
    account.change_set = w.wrote ? w.set.set.id : ChangeSetId{};
    if (!w.wrote && w.environment->unpublished()) return std::move(account);  // no database is made of nothing
    writer.commit();
    return std::move(account);
}

}  // namespace entente::storage
