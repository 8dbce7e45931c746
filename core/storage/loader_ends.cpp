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
    for (auto& [sequence, chunk] : tie_chunks) {
        chunk.keep.assign(chunk.rows, 1);
        if (chunk.pending.empty()) continue;
        std::vector<std::uint32_t> ids(chunk.local_keys.size(), 0);
        for (std::size_t k = 0; k < ids.size(); ++k) {
            const std::string& key = chunk.local_keys[k];
            if ((ids[k] = find_actor(key)) != 0) continue;
            if ((ids[k] = own_name(key)) != 0) continue;
            if (options.join_names) {
                const auto named = writer.reader().actors_by_name(key);
                if (named.size() == 1) {
                    ids[k] = named[0].value;
                    const auto its_key = writer.reader().key(named[0]);
                    account.joined_names.push_back(key + " -> " + handle(named[0]) +
                                                   (its_key ? " " + *its_key : ""));
                    continue;
                }
            }
            if (!make) continue;
            const auto id = static_cast<std::uint32_t>(++w.state.last_actor);
            if (id == 0xffffffff)
                throw Error(ErrorKind::full, "the database has given all its actor numbers");
            ++w.state.actors;
            keys.insert(key, id);
            made.ids.push_back(id);
            made_keys.push_back(key);
            ids[k] = id;
            ++account.files[chunk.file].made_actors;
            made.file = chunk.file;
        }
        std::uint32_t rejected = 0xffffffff;
        for (const TieChunk::Pending& p : chunk.pending) {
            (p.end == 0 ? chunk.from : chunk.to)[p.row] = ids[p.key];
            if (ids[p.key] != 0 || p.row == rejected) continue;
            rejected = p.row;
            chunk.keep[p.row] = 0;
            reject_row(RowOf::relationships, chunk.file, chunk.line(p.row),
                       "nobody has the key '" + chunk.local_keys[p.key] + "', which this row goes " +
                           (p.end == 0 ? "from" : "to"),
                       chunk.raw.empty() ? std::string() : chunk.raw[p.row]);
        }
        chunk.pending = {};
        chunk.local_keys = {};
    }
    if (made_keys.empty()) return;
    made.rows = made_keys.size();
    std::vector<std::string_view> texts(made_keys.begin(), made_keys.end());
    made.keys = stage_texts("key", texts);
    made.columns.push_back(stage_texts("name", texts));
    w.dictionary.property("name");
    if (!fits_inline(made.columns, made.rows) || !fits_inline({made.keys}, made.rows))
        for (std::uint32_t r = 0; r < made.rows; ++r) slow_actors.emplace_back(~0ull, r);
    actor_chunks.emplace(~0ull, std::move(made));
}

}  // namespace entente::storage
