// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include <tsl/robin_map.h>
#include <xxhash.h>

#include "importers/bods_record.hpp"
#include "importers/formats.hpp"
#include "importers/ignored.hpp"
#include "importers/json_batch.hpp"
#include "importers/json_stream.hpp"
#include "importers/json_value.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kMostTypes = 21;
constexpr std::size_t kMostValues = std::size_t{1} << 22U;

/// Takes statements in the order of the text.
class Bods {
public:
    explicit Bods(const Reading& reading) : reading_(reading), batches_(reading) {}

    void take(Map record, const Place& place, const std::string& raw) {
        try {
            statement(bods_statement(std::move(record), place), place, raw);
        } catch (const Error& e) {
            if (!reading_.skip_errors || e.kind() != ErrorKind::import) throw;
            std::string what = e.what();
            if (const std::string at = e.place().text() + ": "; what.starts_with(at)) what.erase(0, at.size());
            reading_.sink->reject({reading_.file, place.line, place.column, what, raw}, storage::RowOf::actors);
        }
    }

    void finish() {
        batches_.flush();
        ignored_.tell(reading_);
    }

private:
    /// What was told last of a record.
    struct Latest {
        Day date = kBeginningOfTime;
        std::uint32_t interests = 0;
        std::uint64_t types = 0;  ///< three bits for each of the first 21 interests: its place in kBodsTypes
    };

    void statement(BodsStatement s, const Place& place, const std::string& raw) {
        if (s.kind == BodsStatement::Kind::other) {
            ignored_.add("statements of the kind " + s.what.substr(0, 60));
            return;
        }
        // 0.3 knows no records: a statement goes on with the one that it takes the place of
        if (!s.replaces.empty()) originals_.insert_or_assign(s.id, key_of(s.replaces.front()));
        s.record = key_of(s.record);
        Latest& latest = latest_[XXH3_64bits(s.record.data(), s.record.size())];
        Day day = kBeginningOfTime;
        if (const auto date = parse_date(std::string_view(s.date).substr(0, 10))) day = date->earliest();
        if (day < latest.date) {
            ignored_.add("statements that an earlier one in the text supersedes by its date");
            return;
        }
        Latest now{day, 0, 0};
        if (s.kind == BodsStatement::Kind::relationship) {
            BodsTies made = bods_ties(s, [this](const std::string& id) { return key_of(id); }, place);
            if (s.closed && !s.date.empty()) end_others(s, latest, made);
            source_of(s);
            for (const Map& party : made.parties) batches(RowKind::actors, party, place, raw);
            for (const Map& tie : made.ties) batches(RowKind::relationships, tie, place, raw);
            if (!made.none.empty()) ignored_.add("statements that there is nobody to name (" + made.none.substr(0, 60) + ")");
            now.interests = static_cast<std::uint32_t>(made.ties.size());
            for (std::size_t i = 0; i < made.ties.size() && i < kMostTypes; ++i) now.types |= type_number(made.ties[i]) << (3 * i);
            if (latest.interests > now.interests) ignored_.say("interests that a later statement no longer tells of, kept as they were told", latest.interests - now.interests);
        } else {
            Map actor = bods_actor(s, place);
            source_of(s);
            actor.insert_or_assign("key", Value(s.record));
            if (!s.source.key.empty()) actor.insert_or_assign("evidence", Value(List{Value(Map{{"source", Value(s.source.key)}})}));
            batches(RowKind::actors, actor, place, raw);
        }
        latest = now;
    }

    static std::uint64_t type_number(const Map& tie) {
        const std::string& type = tie.at("type").text();
        return static_cast<std::uint64_t>(std::find(std::begin(kBodsTypes), std::end(kBodsTypes), type) - std::begin(kBodsTypes));
    }

    /// A record that is closed ends the interests too that this statement of it no longer lists.
    static void end_others(const BodsStatement& s, const Latest& latest, BodsTies& made) {
        if (made.ties.empty()) return;
        const auto type = [&](std::size_t i) { return Value(kBodsTypes[(latest.types >> (3 * i)) & 7U]); };
        const std::size_t known = std::min<std::size_t>(latest.interests, kMostTypes);
        // a statement that lists none of them says nothing of the first one's type
        const bool none = made.ties.size() == 1 && !made.ties[0].contains("role");
        if (none && known != 0) made.ties[0].insert_or_assign("type", type(0));
        for (std::size_t i = made.ties.size(); i < known; ++i) {
            Map tie{{"id", Value(s.record + "/" + std::to_string(i + 1))}, {"type", type(i)}, {"recordStatus", Value("closed")}, {"endDate", Value(s.date)}};
            for (const char* same : {"from", "to", "source", "statementDate:date"}) {
                if (const auto found = made.ties[0].find(same); found != made.ties[0].end()) tie.insert(*found);
            }
            made.ties.push_back(std::move(tie));
        }
    }

    void batches(RowKind kind, const Map& record, const Place& place, const std::string& raw) {
        Value value(record);
        batches_.add(kind, value, place, raw);
    }

    void source_of(const BodsStatement& s) {
        if (!s.source.key.empty() && sources_.insert(s.source.key).second) reading_.sink->stage(reading_.file, s.source);
    }

    [[nodiscard]] std::string key_of(const std::string& id) const {
        const auto found = originals_.find(id);
        return found == originals_.end() ? id : found->second;
    }

    const Reading& reading_;
    JsonBatches batches_;
    Ignored ignored_;
    tsl::robin_map<std::uint64_t, Latest> latest_;
    std::unordered_map<std::string, std::string> originals_;
    std::set<std::string> sources_;
};

/// Finds the statements in the events of the parser: `[STATEMENT, ...]`, or one after another.
class Finder : public NumbersAsTexts {
public:
    Finder(JsonStream& stream, Bods& bods) : stream_(stream), bods_(bods) {}

    bool Null() { return value(Value()); }
    bool Bool(bool b) { return value(Value(b)); }
    bool RawNumber(const char* p, rapidjson::SizeType n, bool) {
        if (builder_.depth() == 0) return value(Value());
        count();
        return builder_.number({p, n}) || fail("a number that cannot be read");
    }
    bool String(const char* p, rapidjson::SizeType n, bool) { return value(Value(std::string_view(p, n))); }
    bool Key(const char* p, rapidjson::SizeType n, bool) { return builder_.key({p, n}); }
    bool StartObject() {
        if (builder_.depth() == 0) {
            stream_.mark();
            place_ = stream_.place();
            builder_.keep_top(true);
            values_ = 0;
        }
        return open(true);
    }
    bool StartArray() {
        if (builder_.depth() != 0) return open(false);
        if (std::exchange(in_list_, true)) return fail("a list in the list of statements, expected an object");
        return true;
    }
    bool EndObject(rapidjson::SizeType) {
        builder_.close();
        if (builder_.depth() != 0) return true;
        bods_.take(builder_.take().map(), place_, stream_.kept() + "}");  // the bracket that closes is not taken yet
        stream_.mark();
        return true;
    }
    bool EndArray(rapidjson::SizeType) {
        if (builder_.depth() != 0) return builder_.close();
        in_list_ = false;
        return true;
    }

private:
    bool fail(const std::string& what) const { throw Error(ErrorKind::import, stream_.place(), what); }
    void count() {
        if (++values_ > kMostValues) fail("a statement of more than 4,194,304 values");
    }
    bool open(bool map) {
        count();
        return builder_.open(map) || fail("brackets inside brackets deeper than " + std::to_string(ValueBuilder::kDeepest) + " levels");
    }
    bool value(Value v) {
        if (builder_.depth() == 0) return fail("a value alone, expected a statement as an object");
        count();
        return builder_.put(std::move(v));
    }

    JsonStream& stream_;
    Bods& bods_;
    ValueBuilder builder_;
    bool in_list_ = false;
    std::size_t values_ = 0;
    Place place_;
};

void read(Input& input, std::string_view head, const Reading& reading) {
    JsonStream stream(input, head, reading);
    if (!stream.more()) throw Error(ErrorKind::import, Place{reading.name, 1, 1}, "the file is empty, expected statements");
    Bods bods(reading);
    while (stream.more()) {
        stream.mark();
        rapidjson::Reader reader;
        Finder finder(stream, bods);
        const auto result = reader.Parse<kJsonFlags>(stream, finder);
        if (result.IsError()) throw Error(ErrorKind::import, stream.place(), json_reason(result.Code()), kMendText);
    }
    bods.finish();
}

Fit sniff(std::string_view head) {
    const std::string_view text = past_comments(head, {});
    if (!text.starts_with('{') && !text.starts_with('[')) return Fit::no;
    const auto has = [&](const char* name) { return text.find(name) != std::string_view::npos; };
    return (has("\"statementId\"") && has("\"recordType\"")) || (has("\"statementID\"") && has("\"statementType\"")) ? Fit::sure : Fit::no;
}

}  // namespace

extern const Format kBods;
constinit const Format kBods{
    .name = "bods",
    .line = "statements of the Beneficial Ownership Data Standard, 0.3 and 0.4",
    .suffixes = {},
    .sniff = sniff,
    .read = read,
};

}  // namespace entente::importers
