// SPDX-License-Identifier: MIT
#include <charconv>
#include <utility>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "importers/cells.hpp"
#include "importers/json_stream.hpp"
#include "importers/json_value.hpp"

namespace entente::importers {

bool ValueBuilder::number(std::string_view text) {
    const bool whole = text.find_first_of(".eE") == std::string_view::npos;
    std::int64_t i = 0;
    if (whole) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), i);
        if (error == std::errc{} && end == text.data() + text.size()) return put(Value(i));
        return put(Value(text));  // an identifier of twenty digits keeps all of them
    }
    double d = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), d);
    if (end != text.data() + text.size() || error == std::errc::invalid_argument) return false;
    if (error != std::errc{}) return put(Value(text));
    return put(Value(d));
}

bool ValueBuilder::put(Value value) {
    if (open_.empty()) {
        result_ = std::move(value);
        done_ = true;
        return true;
    }
    Frame& top = open_.back();
    if (top.is_map) top.map.insert_or_assign(std::exchange(top.key, {}), std::move(value));
    else top.list.push_back(std::move(value));
    return true;
}

bool ValueBuilder::close() {
    Frame frame = std::move(open_.back());
    open_.pop_back();
    if (!frame.is_map) return put(Value(std::move(frame.list)));
    if (!(keep_top_ && open_.empty()) && frame.map.size() == 1 && frame.map.begin()->second.kind() == Value::Kind::text) {
        const auto& [word, inner] = *frame.map.begin();
        const std::string& text = inner.text();
        static constexpr std::pair<std::string_view, CellKind> kKinds[] = {
            {"date", CellKind::date}, {"day", CellKind::day}, {"time", CellKind::time}, {"datetime", CellKind::date_time}, {"duration", CellKind::duration}};
        for (const auto& [name, kind] : kKinds) {
            if (word != name) continue;
            if (auto v = read_told(kind, text, {})) return put(std::move(*v));
        }
        if (word == "real") {
            double d = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), d);
            if (error == std::errc{} && end == text.data() + text.size()) return put(Value(d));
        }
    }
    return put(Value(std::move(frame.map)));
}

namespace {

struct Handler : NumbersAsTexts {
    ValueBuilder builder;
    bool Null() { return builder.put(Value()); }
    bool Bool(bool b) { return builder.put(Value(b)); }
    bool RawNumber(const char* p, rapidjson::SizeType n, bool) { return builder.number({p, n}); }
    bool String(const char* p, rapidjson::SizeType n, bool) { return builder.put(Value(std::string_view(p, n))); }
    bool Key(const char* p, rapidjson::SizeType n, bool) { return builder.key({p, n}); }
    bool StartObject() { return builder.open(true); }
    bool StartArray() { return builder.open(false); }
    bool EndObject(rapidjson::SizeType) { return builder.close(); }
    bool EndArray(rapidjson::SizeType) { return builder.close(); }
};

}  // namespace

std::optional<Value> value_from_json(std::string_view text) {
    rapidjson::MemoryStream stream(text.data(), text.size());
    rapidjson::Reader reader;
    Handler handler;
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                                rapidjson::kParseNumbersAsStringsFlag;
    if (reader.Parse<kFlags>(stream, handler).IsError()) return std::nullopt;
    return handler.builder.take();
}

}  // namespace entente::importers
