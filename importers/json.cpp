// SPDX-License-Identifier: MIT
#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include <rapidjson/reader.h>

#include "core/names/similarity.hpp"
#include "importers/formats.hpp"
#include "importers/ignored.hpp"
#include "importers/json_batch.hpp"
#include "importers/json_stream.hpp"
#include "importers/json_value.hpp"
#include "importers/reading.hpp"

namespace entente::importers {
namespace {

struct Word {
    std::string_view many, one;
    RowKind kind;
};
constexpr Word kWords[] = {{"actors", "actor", RowKind::actors},
                           {"relationships", "relationship", RowKind::relationships},
                           {"sources", "source", RowKind::sources},
                           {"types", "type", RowKind::types}};

/// Finds the records in the events of the parser:
///   {"actors": [RECORD ...], ...}   {"actor": RECORD}   [RECORD ...]   RECORD
class Finder {
public:
    Finder(JsonStream& stream, JsonBatches& batches, Ignored& ignored) : stream_(stream), batches_(batches), ignored_(ignored) {}

    bool Null() { return value(Value()); }
    bool Bool(bool b) { return value(Value(b)); }
    bool Int(int i) { return value(Value(i)); }
    bool Uint(unsigned i) { return value(Value(static_cast<std::int64_t>(i))); }
    bool Int64(std::int64_t i) { return value(Value(i)); }
    bool Uint64(std::uint64_t i) { return value(Value(std::to_string(i))); }
    bool Double(double d) { return value(Value(d)); }
    bool RawNumber(const char* p, rapidjson::SizeType n, bool) {
        outside();
        count();
        place_value();
        return builder().number({p, n}) || fail("a number that cannot be read");
    }
    bool String(const char* p, rapidjson::SizeType n, bool) { return value(Value(std::string_view(p, n))); }

    bool Key(const char* p, rapidjson::SizeType n, bool) {
        const std::string_view key(p, n);
        if (where_ == Where::root && root_.depth() == 1) root_key_ = key;
        if (builder().depth() == 1) {
            places_.members.push_back({std::string(key), 0, 0});
            stream_.expect_value();
        }
        return builder().key(key);
    }

    bool StartObject() {
        switch (where_) {
            case Where::nothing:
                stream_.mark();
                start_ = stream_.place();
                where_ = Where::root;
                special_ = false;
                places_.members.clear();
                root_.keep_top(true);
                return root_.open(true);
            case Where::list:
                stream_.mark();
                return open_record();
            case Where::root:
                if (root_.depth() == 1) {
                    for (const Word& w : kWords) {
                        if (root_key_ != w.one) continue;
                        special_ = true;
                        kind_ = w.kind;
                        after_ = Where::root;
                        return open_record();
                    }
                }
                return open(true);
            case Where::record: return open(true);
        }
        return false;
    }

    bool StartArray() {
        if (where_ == Where::nothing) {
            where_ = Where::list;
            after_ = Where::list;
            in_array_ = true;
            kind_.reset();
            return true;
        }
        if (where_ == Where::root && root_.depth() == 1) {
            for (const Word& w : kWords) {
                if (root_key_ != w.many) continue;
                special_ = true;
                kind_ = w.kind;
                where_ = after_ = Where::list;
                return true;
            }
        }
        if (where_ == Where::list) return outside();
        return open(false);
    }

    bool EndObject(rapidjson::SizeType) {
        builder().close();
        if (where_ == Where::record && record_.depth() == 0) {
            // the bracket that closes is not taken yet
            std::string raw = stream_.kept().substr(begin_) + "}";
            if (after_ == Where::root) raw = "{\"" + root_key_ + "\":" + raw + "}";
            finish(record_, kind_, raw);
            where_ = after_;
            if (where_ == Where::list) stream_.mark();
        } else if (where_ == Where::root && root_.depth() == 0) {
            if (special_) pass(root_.take());
            else finish(root_, std::nullopt, stream_.kept() + "}");
            stream_.mark();
            where_ = Where::nothing;
        }
        return true;
    }

    bool EndArray(rapidjson::SizeType) {
        if (where_ == Where::list) {
            where_ = std::exchange(in_array_, false) ? Where::nothing : Where::root;
            return true;
        }
        return builder().close();
    }

private:
    enum class Where : std::uint8_t { nothing, root, list, record };

    ValueBuilder& builder() { return where_ == Where::record ? record_ : root_; }

    bool fail(const std::string& what) const { throw Error(ErrorKind::import, stream_.place(), what); }

    bool outside() const {
        if (where_ == Where::nothing) return fail("a value alone, expected an object or an array of objects");
        if (where_ == Where::list) return fail("a value in a list of records, expected an object");
        return true;
    }

    void count() {
        constexpr std::size_t kMost = std::size_t{1} << 22U;
        if (++values_ > kMost) fail("a record of more than 4,194,304 values");
    }

    bool open_record() {
        start_ = stream_.place();
        begin_ = stream_.kept().size();
        where_ = Where::record;
        places_.members.clear();
        record_.keep_top(true);
        return record_.open(true);
    }

    /// A value of the record's own begins or has been read.
    void place_value() {
        if (builder().depth() != 1 || places_.members.empty()) return;
        MemberPlaces::One& member = places_.members.back();
        if (member.line == 0) std::tie(member.line, member.column) = stream_.value_at();
    }

    /// What stands beside the lists of records is not read.
    void pass(const Value& rest) {
        std::vector<std::string> words;
        for (const Word& w : kWords) words.emplace_back(w.many);
        for (const auto& [name, value] : rest.map()) {
            const bool list = value.kind() == Value::Kind::list;
            std::string what = "members '" + name.substr(0, 60) + "' of the outermost object";
            const auto near = names::nearest(name, words, 1);
            if (name == "evidence") what += "; evidence stands in its relationship or actor";
            else if (!near.empty() && near.front() != name) what += ", did you mean '" + near.front() + "'?";
            ignored_.add(what, list ? std::max<std::uint64_t>(value.list().size(), 1) : 1);
        }
    }

    bool open(bool map) {
        count();
        place_value();
        return builder().open(map) ||
               fail("brackets inside brackets deeper than " + std::to_string(ValueBuilder::kDeepest) + " levels");
    }

    bool value(Value v) {
        outside();
        count();
        place_value();
        return builder().put(std::move(v));
    }

    void finish(ValueBuilder& from, std::optional<RowKind> kind, const std::string& raw) {
        values_ = 0;
        Value record = from.take();
        batches_.add(kind, record, start_, raw, &places_);
    }

    JsonStream& stream_;
    JsonBatches& batches_;
    Ignored& ignored_;
    ValueBuilder root_, record_;
    MemberPlaces places_;
    std::string root_key_;
    Where where_ = Where::nothing;
    Where after_ = Where::list;
    bool in_array_ = false;
    bool special_ = false;
    std::optional<RowKind> kind_;
    std::size_t values_ = 0;
    Place start_;
    std::size_t begin_ = 0;  ///< of the record in what the stream has kept
};

}  // namespace

void read_json(Input& input, std::string_view head, const Reading& reading) {
    JsonStream stream(input, head, reading);
    JsonBatches batches(reading);
    Ignored ignored;
    if (!stream.more() && !reading.lines) {
        throw Error(ErrorKind::import, Place{reading.name, 1, 1}, "the file is empty, expected JSON");
    }
    while (stream.more()) {
        const Place begin = stream.place();
        stream.mark();
        try {
            rapidjson::Reader reader;
            Finder finder(stream, batches, ignored);
            const auto result = reader.Parse<kJsonFlags>(stream, finder);
            if (result.IsError()) throw Error(ErrorKind::import, stream.place(), json_reason(result.Code()), reading.lines ? std::string() : kMendText);
            if (reading.lines) {
                while (stream.Peek() == ' ' || stream.Peek() == '\t' || stream.Peek() == '\r') stream.Take();
                if (stream.Peek() != '\0') {
                    throw Error(ErrorKind::import, stream.place(), "something after the object, expected the end of the line");
                }
            }
        } catch (const Error& e) {
            if (!reading.skip_errors || !reading.lines || e.kind() != ErrorKind::import) throw;
            std::string what = e.what();
            if (const std::string at = e.place().text() + ": "; what.starts_with(at)) what.erase(0, at.size());
            stream.skip_line();
            reading.sink->reject({reading.file, begin.line, e.place().column, what, stream.kept()}, RowKind::actors);
        }
    }
    batches.flush();
    ignored.tell(reading);
}

namespace {

constexpr std::string_view kSuffixes[] = {".json"};
constexpr std::string_view kLineSuffixes[] = {".jsonl", ".ndjson"};

Fit sniff(std::string_view head) {
    const std::string_view text = past_comments(head, {});
    return text.starts_with('{') || text.starts_with('[') ? Fit::maybe : Fit::no;
}

void read_lines(Input& input, std::string_view head, const Reading& reading) {
    Reading lines = reading;
    lines.lines = true;
    read_json(input, head, lines);
}

}  // namespace

extern const Format kJson, kJsonLines;
constinit const Format kJson{
    .name = "json",
    .line = "one object of actors, relationships, sources, or one object after another",
    .suffixes = kSuffixes,
    .sniff = sniff,
    .read = read_json,
};
constinit const Format kJsonLines{
    .name = "jsonl",
    .line = R"(one JSON object a line: {"actor": ...}, {"relationship": ...}, {"source": ...})",
    .suffixes = kLineSuffixes,
    .sniff = sniff,
    .read = read_lines,
};

}  // namespace entente::importers
