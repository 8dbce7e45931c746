// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/error.hpp"
#include "core/storage/loader_impl.hpp"

namespace entente::storage {

/// Looking a source up by its key takes as long as there are sources: for many, all are read once.
std::optional<SourceId> Loader::Impl::source_id(std::string_view key) {
    if (!sources_read)
        for (std::uint32_t i = 1; i <= writer.state().state.sources; ++i)
            if (const auto source = writer.reader().source(SourceId(i))) source_ids.emplace(source->key, source->id);
    sources_read = true;
    const auto found = source_ids.find(key);
    return found == source_ids.end() ? std::nullopt : std::optional(found->second);
}

void Loader::Impl::settle_sources() {
    WriterState& w = writer.state();
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const Counts before = w.set.set.added, changed = w.set.set.changed;
        source_ids[sources[i].key] = put_source(w, sources[i], source_id(sources[i].key));
        Tally& t = account.files[source_files[i]].sources;
        if (w.set.set.added.sources != before.sources)
            ++t.stored;
        else if (w.set.set.changed.sources != changed.sources)
            ++t.changed;
        else
            ++t.joined;
    }
    if (default_source) {
        const auto known = source_id(default_source->key);
        bool bare = default_source->title.empty() && default_source->publisher.empty() &&
                    default_source->url.empty() && default_source->date.empty() &&
                    default_source->licence.empty() && default_source->hash.empty() &&
                    default_source->archive_url.empty();
        Source described = *default_source;
        const bool hashed = known && !writer.reader().source(*known)->hash.empty() && !options.replace;
        if (described.hash.empty() && files.size() == 1 && !hashed) {
            // Without what was added to tell how the file was read.
            const std::string& hash = files[0].hash;
            described.hash = hash.substr(0, hash.find_first_not_of("0123456789abcdef"));
        }
        if (known) {  // what is not said again stays
            const Source stored = *writer.reader().source(*known);
            for (std::string Source::*field : {&Source::title, &Source::publisher, &Source::url, &Source::archive_url,
                                               &Source::date, &Source::licence, &Source::hash})
                if ((described.*field).empty()) described.*field = stored.*field;
            described.properties = stored.properties;
        }
        const SourceId id = known && bare ? *known : writer.put(described);
        source_ids[default_source->key] = id;
        writer.set_source(id);
    }
    std::vector<std::string> bare;
    const auto find = [&](const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            if (source_id(name)) continue;
            Source s;
            s.key = name;
            source_ids[name] = put_source(w, s, std::nullopt);
            bare.push_back(name);
        }
    };
    for (const auto& [sequence, chunk] : actor_chunks) find(chunk.source_names);
    for (const auto& [sequence, chunk] : tie_chunks) find(chunk.source_names);
    constexpr std::size_t kTold = 8;
    for (std::size_t i = 0; i < bare.size() && i < kTold; ++i)
        account.notes.push_back("source '" + bare[i] + "' is named but not described");
    if (bare.size() > kTold)
        account.notes.push_back("and " + std::to_string(bare.size() - kTold) + " more sources, which `entente sources` lists");
}

void Loader::Impl::cite_further() {
    // threads that read one file hand on what they read as they come to it
    std::stable_sort(evidence.begin(), evidence.end(), [](const EvidenceRow& a, const EvidenceRow& b) {
        return a.file != b.file ? a.file < b.file : a.line < b.line;
    });
    const EditsWait waiting(writer.state());
    for (const EvidenceRow& row : evidence) {
        const auto refuse = [&](const std::string& what) { reject_row(RowOf::evidence, row.file, row.line, what, row.raw, {}); };
        const auto source = source_id(row.source);
        if (!source) {
            refuse("evidence: there is no source '" + row.source + "'");
            continue;
        }
        const Evidence brought{*source, row.locator, row.excerpt, row.grade, row.confidence, row.url, row.retrieved_at};
        const auto cite = [&](auto id) {
            const auto there = writer.reader().evidence(id);
            Tally& t = account.files[row.file].evidence;
            if (std::find(there.begin(), there.end(), brought) != there.end()) {
                ++t.joined;
                return;
            }
            const bool replaces = std::any_of(there.begin(), there.end(), [&](const Evidence& e) {
                return e.source == brought.source && e.locator == brought.locator;
            });
            ++(replaces ? t.changed : t.stored);
            writer.cite(id, brought);
        };
        if (row.actor.empty()) {
            const auto id = writer.reader().relationship_by_key(row.relationship);
            if (id) cite(*id);
            else refuse("evidence: there is no relationship with the id '" + row.relationship + "'");
        } else {
            const auto id = writer.reader().actor_by_key(row.actor);
            if (id) cite(*id);
            else refuse("evidence: there is no actor with the key '" + row.actor + "'");
        }
    }
}

}  // namespace entente::storage
