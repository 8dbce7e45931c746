// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/error.hpp"
#include "core/names/normalize.hpp"
#include "core/storage/loader_impl.hpp"

namespace entente::storage {

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
    ActorChunk made;
    made.made = true;
    std::vector<std::string> made_keys;
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
        made.ids.push_back(id);
        made_keys.push_back(key);
        ++account.files[file].made_actors;
        made.file = file;
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
    if (made_keys.empty()) return;
    made.rows = made_keys.size();
    std::vector<std::string_view> texts(made_keys.begin(), made_keys.end());
    made.keys = stage_texts("key", texts);
    made.columns.push_back(stage_texts("name", texts));
    w.dictionary.property("name");
    if (!fits_inline(made.columns, made.rows) || !fits_inline(made.keys, made.rows))
        for (std::uint32_t r = 0; r < made.rows; ++r) slow_actors.emplace_back(~0ull, r);
    actor_chunks.emplace(~0ull, std::move(made));
}

}  // namespace entente::storage
