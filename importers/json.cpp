// SPDX-License-Identifier: MIT
#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include "importers/json_batch.hpp"
#include "importers/json_value.hpp"
#include "importers/reading.hpp"

namespace entente::importers {
namespace {

/// The text as RapidJSON reads it: counts lines, and refuses NUL bytes and endless records.
class JsonStream {
public:
    using Ch = char;

    JsonStream(Input& input, std::string_view head, const Reading& reading)
        : input_(input), reading_(reading), buffer_(head) {
        at_ = check_start(head, reading.name);
    }

    [[nodiscard]] Ch Peek() {
        if (at_ == buffer_.size() && !fill()) return '\0';
        const char c = buffer_[at_];
        if (c == '\0') {
            throw Error(ErrorKind::import, place(), "a NUL byte, expected JSON text");
        }
        return reading_.lines && c == '\n' ? '\0' : c;
    }
    Ch Take() {
        const Ch c = Peek();
        if (c == '\0') return c;
        step(c);
        return c;
    }
    [[nodiscard]] std::size_t Tell() const { return passed_ + at_; }
    // RapidJSON asks for these of every stream and calls them only when parsing in place
    Ch* PutBegin() { return nullptr; }
    void Put(Ch) {}
    void Flush() {}
    std::size_t PutEnd(Ch*) { return 0; }

    [[nodiscard]] Place place() const { return {reading_.name, line_, column_}; }

    /// A record begins here: from now on it may be so long, and is kept if rows may be left out.
    void mark() {
        record_ = Tell();
        kept_.clear();
    }
    [[nodiscard]] const std::string& kept() const { return kept_; }

    /// Passes blanks and line ends; false at the end of the text.
    bool more() {
        while (true) {
            if (at_ == buffer_.size() && !fill()) return false;
            const char c = buffer_[at_];
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return true;
            step(c);
        }
    }
    void skip_line() {
        while (at_ != buffer_.size() || fill()) {
            const char c = buffer_[at_];
            step(c);
            if (c == '\n') return;
        }
    }

private:
    void step(char c) {
        ++at_;
        if (reading_.skip_errors && c != '\n') kept_ += c;
        if (c == '\n') {
            ++line_;
            column_ = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++column_;
        }
    }

    bool fill() {
        passed_ += buffer_.size();
        buffer_.resize(std::size_t{64} << 10U);
        buffer_.resize(input_.read(buffer_.data(), buffer_.size()));
        at_ = 0;
        if (passed_ > record_ && passed_ - record_ > kLongestRecord) {
            throw Error(ErrorKind::import, place(), "a record of more than 64 MiB, expected it to end",
                        "look for a quote or a bracket that is not closed");
        }
        if (reading_.progress) reading_.progress();
        return !buffer_.empty();
    }

    Input& input_;
    const Reading& reading_;
    std::string buffer_;
    std::size_t at_ = 0;
    std::size_t passed_ = 0;
    std::size_t record_ = 0;
    std::string kept_;
    std::uint64_t line_ = 1;
    std::uint64_t column_ = 1;
};

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

std::string reason(rapidjson::ParseErrorCode code) {
    std::string text = rapidjson::GetParseError_En(code);
    while (text.ends_with('.') || text.ends_with(' ')) text.pop_back();
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] + 32);
    return "this is no JSON: " + text;
}

}  // namespace

void read_json(Input& input, std::string_view head, const Reading& reading) {
    JsonStream stream(input, head, reading);
    JsonBatches batches(reading);
    if (!stream.more() && !reading.lines) {
        throw Error(ErrorKind::import, Place{reading.name, 1, 1}, "the file is empty, expected JSON");
    }
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                                rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseStopWhenDoneFlag;
    while (stream.more()) {
        const Place begin = stream.place();
        stream.mark();
        try {
            rapidjson::Reader reader;
            Finder finder(stream, batches);
            const auto result = reader.Parse<kFlags>(stream, finder);
            if (result.IsError()) throw Error(ErrorKind::import, stream.place(), reason(result.Code()));
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

}  // namespace entente::importers
