// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/names/normalize.hpp"
#include "core/storage/loader_impl.hpp"

namespace entente::storage {
namespace {

/// Numbers of batches of actors that were made of ends; those of files are far below.
constexpr std::uint64_t kMadeActors = 1ull << 63;
constexpr std::size_t kMadeAtOnce = 1u << 16;

}  // namespace

void Loader::Impl::resolve_ends() {
    WriterState& w = writer.state();
    const bool make = options.make_actors || !brought_actors;
    tsl::robin_map<std::string, std::uint32_t> own_names;  // 0: several actors of that name
    bool have_names = false;
    const auto own_name = [&](const std::string& key) -> std::uint32_t {
        if (!have_names) {
            have_names = true;
            for (const auto& [sequence, chunk] : actor_chunks)
                for (const StagedColumn& c : chunk.columns) {
                    if (c.name != "name" || c.kind != Column::Kind::text) continue;
                    for (std::size_t r = 0; r < chunk.rows; ++r) {
                        if (chunk.ids[r] == 0 || !c.has(r)) continue;
                        const auto [at, fresh] =
                            own_names.emplace(std::string(c.bytes(r)), chunk.ids[r]);
                        if (!fresh && at->second != chunk.ids[r]) at.value() = 0;
                    }
                }
        }
        const auto at = own_names.find(key);
        return at == own_names.end() ? 0 : at->second;
    };
    // Ends that nobody had become actors, in batches that come after all others.
    ActorChunk made;
    std::vector<std::string> made_keys;
    std::vector<std::uint32_t> made_ids;
    std::uint64_t next_made = kMadeActors;
    const auto put_made = [&] {
        if (made_keys.empty()) return;
        made.made = true;
        made.rows = made_keys.size();
        const std::vector<std::string_view> texts(made_keys.begin(), made_keys.end());
        made.keys = stage_texts("key", texts);
        made.columns.push_back(stage_texts("name", texts));
        made.ids = std::exchange(made_ids, {});
        if (!fits_inline(made.columns, made.rows) || !fits_inline(made.keys, made.rows))
            for (std::uint32_t r = 0; r < made.rows; ++r) slow_actors.emplace_back(next_made, r);
        settle_down(made);
        actor_chunks.emplace(next_made++, std::exchange(made, {}));
        made_keys.clear();
    };
    const auto resolve = [&](const std::string& key, std::uint32_t file) -> std::uint32_t {
        if (const std::uint32_t known = find_actor(key)) return known;
        if (const std::uint32_t named = own_name(key)) return named;
        if (options.join_names) {
            const auto named = writer.reader().actors_by_name(key);
            if (named.size() == 1) {
                const auto its_key = writer.reader().key(named[0]);
                std::string& line = account.joined_names.emplace_back(key);
                line.append(" -> #").append(std::to_string(named[0].value));
                if (its_key) line.append(" ").append(*its_key);
                return named[0].value;
            }
        }
        if (!make) return 0;
        const auto id = static_cast<std::uint32_t>(++w.state.last_actor);
        if (id == 0xffffffff)
            throw Error(ErrorKind::full, "the database has given all its actor numbers");
        ++w.state.actors;
        keys.insert(key, id);
        made_ids.push_back(id);
        made_keys.push_back(key);
        ++account.files[file].made_actors;
        made.file = file;
        if (made_keys.size() == kMadeAtOnce) put_made();
        return id;
    };
    if (make) keys.reserve(keys.size() + strangers.size());
    constexpr std::uint32_t kUnasked = 0xffffffff;
    std::vector<std::uint32_t> ids(strangers.bound(), kUnasked);
    for (auto& [sequence, chunk] : tie_chunks) {
        std::uint32_t rejected = 0xffffffff;
        for (const std::uint32_t p : chunk.pending) {
            const std::uint32_t row = p / 2;
            std::uint32_t& end = (p % 2 == 0 ? chunk.from : chunk.to)[row];
            const std::uint32_t stranger = end;
            if (ids[stranger] == kUnasked) ids[stranger] = resolve(std::string(strangers.key(stranger)), chunk.file);
            end = ids[stranger];
            if (end != 0 || row == rejected) continue;
            rejected = row;
            chunk.keep[row] = 0;
            // importers/missing_ends finds the cell of what is said in these words
            reject_row(RowOf::relationships, chunk.file, chunk.line(row),
                       "nobody has the key '" + std::string(strangers.key(stranger)) + "', which this row goes " +
                           (p % 2 == 0 ? "from" : "to"),
                       chunk.raw.has(row) ? std::string(chunk.raw.bytes(row)) : std::string(),
                       "bring the actor along, or use --make-actors");
        }
        chunk.pending = {};
        chunk.let_go();
    }
    put_made();
    if (next_made != kMadeActors) w.dictionary.property("name");
}

}  // namespace entente::storage
