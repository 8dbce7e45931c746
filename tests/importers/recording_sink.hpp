// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/model/value.hpp"
#include "importers/cells.hpp"
#include "importers/sink.hpp"

namespace entente::importers {

/// Keeps what a format's reader stages, as lines of text in the order of the file.
class RecordingSink final : public Sink {
public:
    void stage(ActorBatch&& b) override {
        std::string out;
        for (std::size_t r = 0; r < b.rows; ++r) {
            out += line(b.origin, r) + "actor";
            if (!b.keys.empty() && !b.keys[r].empty()) out += " key=" + std::string(b.keys[r]);
            if (!b.single_type.empty() && !b.single_type[r].empty()) out += " :" + std::string(b.single_type[r]);
            if (!b.types.empty()) {
                for (const auto t : b.types[r]) out += " :" + std::string(t);
            }
            if (!b.sources.empty()) {
                for (const auto s : b.sources[r]) out += " source=" + std::string(s);
            }
            out += properties(b.properties, r) + "\n";
        }
        add(b.origin.sequence, std::move(out));
    }
    void stage(RelationshipBatch&& b) override {
        std::string out;
        for (std::size_t r = 0; r < b.rows; ++r) {
            out += line(b.origin, r) + std::string(b.from[r]) + " -" +
                   std::string(b.types.size() == 1 ? b.types[0] : b.types[r]) + "-> " + std::string(b.to[r]);
            if (!b.ids.empty() && !b.ids[r].empty()) out += " id=" + std::string(b.ids[r]);
            if (!b.sources.empty() && !b.sources[r].empty()) out += " source=" + std::string(b.sources[r]);
            if (!b.further_sources.empty()) {
                for (const auto s : b.further_sources[r]) out += " source=" + std::string(s);
            }
            if (!b.direction.empty() && b.direction[r] != 0) out += b.direction[r] == 1 ? " directed" : " undirected";
            out += properties(b.properties, r) + "\n";
        }
        add(b.origin.sequence, std::move(out));
    }
    void stage(std::uint32_t, Source s) override {
        std::string out = "source " + s.key;
        const auto part = [&out](const char* name, const std::string& text) {
            if (!text.empty()) out += std::string(" ") + name + "=" + text;
        };
        part("title", s.title);
        part("publisher", s.publisher);
        part("url", s.url);
        part("archiveUrl", s.archive_url);
        part("date", s.date);
        part("licence", s.licence);
        part("hash", s.hash);
        for (const auto& [name, value] : s.properties) out += " " + name + "=" + shown(value);
        extra += out + "\n";
    }
    void stage(EvidenceRow e) override {
        extra += "evidence " + (e.actor.empty() ? e.relationship : "of " + e.actor) + " " + e.source + " '" + e.locator + "' '" + e.excerpt + "' " + e.grade +
                 (e.confidence ? " " + shortest(*e.confidence) : "") + (e.url.empty() ? "" : " " + e.url) +
                 (e.retrieved_at.empty() ? "" : " looked up " + e.retrieved_at) + "\n";
    }
    void stage(std::uint32_t, const RelationshipSchema& s) override {
        extra += "type " + s.type + (s.symmetric ? " symmetric" : "") + (s.event ? " event" : "") + " verb=" +
                 s.verb + " broader=" + s.broader + "\n";
    }
    void stage(std::uint32_t, const ActorSchema& s) override { extra += "actor type " + s.type + " broader=" + s.broader + "\n"; }
    void reject(storage::Reject r, storage::RowOf) override {
        const std::lock_guard guard(lock_);
        rejects.push_back(std::to_string(r.line) + ":" + std::to_string(r.column) + ": " + r.reason + " <" + r.raw + ">");
    }
    void count(std::uint32_t, storage::RowOf, const storage::Tally& t) override {
        const std::lock_guard guard(lock_);
        counted.read += t.read;
        counted.joined += t.joined;
        counted.rejected += t.rejected;
    }
    void note(const std::string& text) override {
        const std::lock_guard guard(lock_);
        notes.push_back(text);
    }

    using Sink::text;
    /// Everything, in the order of the file; sources and types last.
    [[nodiscard]] std::string text() const {
        std::string out;
        for (const auto& [sequence, part] : parts_) out += part;
        return out + extra;
    }
    [[nodiscard]] bool gapless() const {
        std::uint64_t n = 0;
        for (const auto& [sequence, part] : parts_) {
            if (sequence != n++) return false;
        }
        return true;
    }

    bool with_lines = false;
    std::string extra;
    std::vector<std::string> rejects, notes;
    storage::Tally counted;  ///< rows that were not staged by themselves

private:
    static std::string shown(const Value& v) {
        return v.kind() == Value::Kind::text ? "'" + v.text() + "'"
               : v.kind() == Value::Kind::list || v.kind() == Value::Kind::map
                   ? to_json(v)
                   : to_text(v) + (v.kind() == Value::Kind::date ? "d" : "");
    }
    std::string line(const BatchOrigin& o, std::size_t r) const {
        if (!with_lines) return {};
        return std::to_string(o.first_line + (o.lines.empty() ? r : o.lines[r])) + ": ";
    }
    static std::string properties(const std::vector<Column>& columns, std::size_t r) {
        std::map<std::string, std::string> sorted;
        for (const Column& c : columns) {
            if (const Value v = value_at(c, r); !v.is_null()) sorted[c.name] = shown(v);
        }
        std::string out;
        for (const auto& [name, text] : sorted) out += " " + name + "=" + text;
        return out;
    }
    void add(std::uint64_t sequence, std::string part) {
        const std::lock_guard guard(lock_);
        parts_[sequence] += part;
    }
    std::mutex lock_;
    std::map<std::uint64_t, std::string> parts_;
};

}  // namespace entente::importers
