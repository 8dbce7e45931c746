// SPDX-License-Identifier: MIT
#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <rapidjson/reader.h>

#include "importers/formats.hpp"
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
    Finder(JsonStream& stream, JsonBatches& batches) : stream_(stream), batches_(batches) {}

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
        return builder().number({p, n}) || fail("a number that cannot be read");
    }
    bool String(const char* p, rapidjson::SizeType n, bool) { return value(Value(std::string_view(p, n))); }

    bool Key(const char* p, rapidjson::SizeType n, bool) {
        const std::string_view key(p, n);
        if (where_ == Where::root && root_.depth() == 1) root_key_ = key;
        return builder().key(key);
    }

    bool StartObject() {
        switch (where_) {
            case Where::nothing:
                stream_.mark();
                start_ = stream_.place();
                where_ = Where::root;
                special_ = false;
                root_.keep_top(true);
                return root_.open(true);
            case Where::list:
                stream_.mark();
                start_ = stream_.place();
                where_ = Where::record;
                record_.keep_top(true);
                return record_.open(true);
            case Where::root:
                if (root_.depth() == 1) {
                    for (const Word& w : kWords) {
                        if (root_key_ != w.one) continue;
                        special_ = true;
                        kind_ = w.kind;
                        after_ = Where::root;
                        start_ = stream_.place();
                        where_ = Where::record;
                        record_.keep_top(true);
                        return record_.open(true);
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
            finish(record_, kind_);
            where_ = after_;
        } else if (where_ == Where::root && root_.depth() == 0) {
            // beside the lists of records stand words of the writer's, which are not data
            if (special_) root_.take();
            else finish(root_, std::nullopt);
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

    bool open(bool map) {
        count();
        return builder().open(map) ||
               fail("brackets inside brackets deeper than " + std::to_string(ValueBuilder::kDeepest) + " levels");
    }

    bool value(Value v) {
        outside();
        count();
        return builder().put(std::move(v));
    }

    void finish(ValueBuilder& from, std::optional<RowKind> kind) {
        values_ = 0;
        Value record = from.take();
        batches_.add(kind, record, start_, stream_.kept());
        stream_.mark();
    }

    JsonStream& stream_;
    JsonBatches& batches_;
    ValueBuilder root_, record_;
    std::string root_key_;
    Where where_ = Where::nothing;
    Where after_ = Where::list;
    bool in_array_ = false;
    bool special_ = false;
    std::optional<RowKind> kind_;
    std::size_t values_ = 0;
    Place start_;
};

}  // namespace

void read_json(Input& input, std::string_view head, const Reading& reading) {
    JsonStream stream(input, head, reading);
    JsonBatches batches(reading);
    if (!stream.more() && !reading.lines) {
        throw Error(ErrorKind::import, Place{reading.name, 1, 1}, "the file is empty, expected JSON");
    }
    while (stream.more()) {
        const Place begin = stream.place();
        stream.mark();
        try {
            rapidjson::Reader reader;
            Finder finder(stream, batches);
            const auto result = reader.Parse<kJsonFlags>(stream, finder);
            if (result.IsError()) throw Error(ErrorKind::import, stream.place(), json_reason(result.Code()));
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
