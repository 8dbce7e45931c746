// SPDX-License-Identifier: MIT
#include "importers/json_lists.hpp"

#include <algorithm>
#include <utility>

#include "importers/json_stream.hpp"
#include "importers/json_value.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kDeepest = ValueBuilder::kDeepest;
constexpr std::size_t kMostValues = std::size_t{1} << 22U;

class Handler : public NumbersAsTexts {
public:
    Handler(JsonStream& stream, const JsonLists& what, const Reading& reading) : stream_(stream), what_(what), reading_(reading) {}

    bool Null() { return value(Value()); }
    bool Bool(bool b) { return value(Value(b)); }
    bool RawNumber(const char* p, rapidjson::SizeType n, bool) {
        ValueBuilder one;
        if (!one.number({p, n})) fail("a number that cannot be read");
        return value(one.take());
    }
    bool String(const char* p, rapidjson::SizeType n, bool) { return value(Value(std::string_view(p, n))); }

    bool Key(const char* p, rapidjson::SizeType n, bool) {
        if (recording_) return builder_.key({p, n});
        if (open_.size() <= 2 && objects()) {
            keys_.resize(open_.size());
            keys_.back() = std::string_view(p, n);
        }
        stream_.mark();
        return true;
    }

    bool StartObject() {
        if (recording_) return deeper(true);
        if (open_.empty()) {
            open_.push_back('{');
            return true;
        }
        if (in_list_ && open_.size() == list_depth_) {
            stream_.mark();
            place_ = stream_.place();
            recording_ = true;
            values_ = 0;
            builder_.keep_top(true);
            return builder_.open(true);
        }
        return push('{');
    }

    bool StartArray() {
        if (recording_) return deeper(false);
        if (open_.empty()) fail("a list, expected an object");
        if (in_list_ && open_.size() == list_depth_) fail("a list in a list of records, expected an object");
        const bool listed = objects() && std::find(what_.lists.begin(), what_.lists.end(), path()) != what_.lists.end();
        if (!in_list_ && listed && open_.size() == keys_.size()) {
            list_ = path();
            push('[');
            in_list_ = true;
            list_depth_ = open_.size();
            return true;
        }
        return push('[');
    }

    bool EndObject(rapidjson::SizeType) {
        if (recording_) {
            builder_.close();
            if (builder_.depth() != 0) return true;
            recording_ = false;
            // the bracket that closes is not taken yet
            Map record = builder_.take().map();
            take(std::move(record), stream_.kept() + "}");
            stream_.mark();
            return true;
        }
        return pop();
    }

    bool EndArray(rapidjson::SizeType) {
        if (recording_) return builder_.close();
        if (in_list_ && open_.size() == list_depth_) in_list_ = false;
        return pop();
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throw Error(ErrorKind::import, stream_.place(), what); }

    void take(Map record, const std::string& raw) const {
        try {
            what_.record(list_, std::move(record), place_, raw);
        } catch (const Error& e) {
            if (!reading_.skip_errors || e.kind() != ErrorKind::import) throw;
            std::string what = e.what();
            if (const std::string at = e.place().text() + ": "; what.starts_with(at)) what.erase(0, at.size());
            const RowKind kind = list_.ends_with("nodes") ? RowKind::actors : RowKind::relationships;
            reading_.sink->reject({reading_.file, place_.line, place_.column, what, raw}, kind);
        }
    }

    bool deeper(bool map) {
        count();
        if (!builder_.open(map)) fail("brackets inside brackets deeper than " + std::to_string(kDeepest) + " levels");
        return true;
    }

    void count() {
        if (++values_ > kMostValues) fail("a record of more than 4,194,304 values");
    }

    bool value(Value v) {
        if (recording_) {
            count();
            return builder_.put(std::move(v));
        }
        if (open_.empty()) fail("a value alone, expected an object");
        if (in_list_ && open_.size() == list_depth_) fail("a value in a list of records, expected an object");
        if (open_.size() == 1 && keys_.size() == 1) what_.value(keys_[0], v);
        stream_.mark();
        return true;
    }

    /// Are all brackets that are open those of objects?
    [[nodiscard]] bool objects() const { return open_.find('[') == std::string::npos; }

    [[nodiscard]] std::string path() const {
        std::string out;
        for (const std::string& key : keys_) out.append(out.empty() ? "" : ".").append(key);
        return out;
    }

    bool push(char bracket) {
        if (open_.size() >= kDeepest) fail("brackets inside brackets deeper than " + std::to_string(kDeepest) + " levels");
        if (open_.size() == 1 && keys_.size() == 1) {
            const std::string inside = keys_[0] + ".";
            const bool known = std::any_of(what_.lists.begin(), what_.lists.end(), [&](std::string_view l) {
                return l == keys_[0] || l.starts_with(inside);
            });
            if (!known) what_.other(keys_[0]);
        }
        open_ += bracket;
        return true;
    }

    bool pop() {
        open_.pop_back();
        if (keys_.size() > open_.size()) keys_.resize(open_.size());
        stream_.mark();
        return true;
    }

    JsonStream& stream_;
    const JsonLists& what_;
    const Reading& reading_;
    std::string open_;               // brackets outside of records
    std::vector<std::string> keys_;  // the member that we are in, of the two outermost objects
    std::string list_;
    bool in_list_ = false;
    std::size_t list_depth_ = 0;
    bool recording_ = false;
    ValueBuilder builder_;
    std::size_t values_ = 0;
    Place place_;
};

}  // namespace

void read_json_lists(Input& input, std::string_view head, const Reading& reading, const JsonLists& what) {
    JsonStream stream(input, head, reading);
    if (!stream.more()) throw Error(ErrorKind::import, Place{reading.name, 1, 1}, "the file is empty, expected JSON");
    stream.mark();
    Handler handler(stream, what, reading);
    rapidjson::Reader reader;
    const auto result = reader.Parse<kJsonFlags>(stream, handler);
    if (result.IsError()) throw Error(ErrorKind::import, stream.place(), json_reason(result.Code()), kMendText);
    if (stream.more()) throw Error(ErrorKind::import, stream.place(), "something after the object, expected the end of the text");
}

}  // namespace entente::importers
