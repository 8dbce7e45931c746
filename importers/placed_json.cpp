// SPDX-License-Identifier: MIT
#include "importers/placed_json.hpp"

#include <algorithm>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "importers/csv_scan.hpp"
#include "importers/json_stream.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kDeepest = 64;

class Builder : public NumbersAsTexts {
public:
    Builder(std::string_view text, const std::string& name, const rapidjson::MemoryStream& stream)
        : text_(text), name_(name), stream_(stream) {}

    bool Null() { return put(PlacedJson::Kind::null, "null", stream_.Tell() - 4); }
    bool Bool(bool b) { return put(PlacedJson::Kind::boolean, b ? "true" : "false", stream_.Tell() - (b ? 4 : 5)); }
    bool RawNumber(const char* p, rapidjson::SizeType n, bool) {
        return put(PlacedJson::Kind::number, {p, n}, stream_.Tell() - n);
    }
    bool String(const char* p, rapidjson::SizeType n, bool) {
        return put(PlacedJson::Kind::text, {p, n}, quote_before(stream_.Tell()));
    }
    bool Key(const char* p, rapidjson::SizeType n, bool) {
        PlacedJson key;
        key.kind = PlacedJson::Kind::text;
        key.text.assign(p, n);
        key.place = place(quote_before(stream_.Tell()));
        PlacedJson& object = open_.back();
        if (object.find(key.text) != nullptr) {
            throw Error(ErrorKind::import, key.place, "a second member '" + key.text + "', expected each once");
        }
        object.members.push_back({std::move(key), {}});
        return true;
    }
    bool StartObject() { return open(PlacedJson::Kind::object); }
    bool StartArray() { return open(PlacedJson::Kind::list); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }

    PlacedJson take() { return std::move(result_); }

    [[nodiscard]] Place place(std::size_t at) const {
        const std::string_view before = text_.substr(0, std::min(at, text_.size()));
        const std::size_t line = before.rfind('\n') + 1;  // npos + 1 is the start
        const std::string_view rest = before.substr(line);
        const auto characters =
            std::count_if(rest.begin(), rest.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
        return {name_, count_byte(before, '\n') + 1, static_cast<std::uint64_t>(characters) + 1};
    }

private:
    /// The quote that opens the text which ends before `end`.
    [[nodiscard]] std::size_t quote_before(std::size_t end) const {
        std::size_t at = end - 1;
        while (at > 0) {
            --at;
            if (text_[at] != '"') continue;
            std::size_t slashes = 0;
            while (slashes < at && text_[at - 1 - slashes] == '\\') ++slashes;
            if (slashes % 2 == 0) return at;
        }
        return 0;
    }

    bool put(PlacedJson::Kind kind, std::string_view text, std::size_t at) {
        PlacedJson value;
        value.kind = kind;
        value.text = text;
        value.place = place(at);
        return put(std::move(value));
    }
    bool put(PlacedJson value) {
        if (open_.empty())
            result_ = std::move(value);
        else if (open_.back().kind == PlacedJson::Kind::list)
            open_.back().items.push_back(std::move(value));
        else
            open_.back().members.back().value = std::move(value);
        return true;
    }
    bool open(PlacedJson::Kind kind) {
        PlacedJson& value = open_.emplace_back();
        value.kind = kind;
        value.place = place(stream_.Tell());
        if (open_.size() > kDeepest)
            throw Error(ErrorKind::import, value.place, "brackets inside brackets deeper than 64 levels");
        return true;
    }
    bool close() {
        PlacedJson value = std::move(open_.back());
        open_.pop_back();
        return put(std::move(value));
    }

    std::string_view text_;
    const std::string& name_;
    const rapidjson::MemoryStream& stream_;
    std::vector<PlacedJson> open_;
    PlacedJson result_;
};

}  // namespace

const PlacedJson* PlacedJson::find(std::string_view name) const {
    for (const Member& member : members) {
        if (member.name.text == name) return &member.value;
    }
    return nullptr;
}

PlacedJson parse_placed_json(std::string_view text, const std::string& name) {
    text.remove_prefix(check_start(text, name));
    rapidjson::MemoryStream stream(text.data(), text.size());
    Builder builder(text, name, stream);
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
        throw Error(ErrorKind::import, builder.place(nul), "a NUL byte, expected JSON text");
    }
    constexpr unsigned kFlags =
        rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;
    rapidjson::Reader reader;
    const auto result = reader.Parse<kFlags>(stream, builder);
    if (result.IsError()) throw Error(ErrorKind::import, builder.place(result.Offset()), json_reason(result.Code()));
    return builder.take();
}

std::string_view kind_word(PlacedJson::Kind kind) {
    switch (kind) {
        case PlacedJson::Kind::null:
            return "null";
        case PlacedJson::Kind::boolean:
            return "true or false";
        case PlacedJson::Kind::number:
            return "a number";
        case PlacedJson::Kind::text:
            return "a text";
        case PlacedJson::Kind::list:
            return "a list";
        case PlacedJson::Kind::object:
            break;
    }
    return "an object";
}

}  // namespace entente::importers
