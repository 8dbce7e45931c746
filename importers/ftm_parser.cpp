// SPDX-License-Identifier: MIT
#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#endif
#include "importers/ftm_parser.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include <rapidjson/reader.h>

#include "importers/csv_scan.hpp"
#include "importers/json_stream.hpp"

namespace entente::importers {

/// The parser's events of one line.
class FtmEvents {
public:
    FtmEvents(FtmParser& parser, const rapidjson::InsituStringStream& stream, std::uint32_t line, std::string_view raw)
        : parser_(parser), stream_(stream), line_(line), raw_(raw), escapes_(std::strchr(stream.src_, '\\') != nullptr) {}

    bool Null() { return scalar(Value()); }
    bool Bool(bool b) { return scalar(Value(b)); }
    bool Int(int i) { return scalar(Value(i)); }
    bool Uint(unsigned i) { return scalar(Value(static_cast<std::int64_t>(i))); }
    bool Int64(std::int64_t i) { return scalar(Value(i)); }
    bool Uint64(std::uint64_t i) { return scalar(Value(std::to_string(i))); }
    bool Double(double d) { return scalar(Value(d)); }
    bool RawNumber(const char* p, rapidjson::SizeType n, bool) {
        if (building_) return (other_.number({p, n}) || fail("a number that cannot be read")) && built();
        if (!stack_.empty() && stack_.back().in == In::entity) {
            if (key_ == "id") return text(parser_.keep(std::string(p, n)));
            ValueBuilder one;
            if (!one.number({p, n})) return fail("a number that cannot be read");
            return scalar(one.take());
        }
        if (!stack_.empty() && stack_.back().in == In::strings) return fail("datasets: " + std::string(p, n) + ", expected texts");
        return text(parser_.keep(std::string(p, n)));  // of a list of values: as it is written
    }
    bool String(const char* p, rapidjson::SizeType n, bool) {
        const std::string_view one(p, n);
        // half of a pair of \u escapes is no character
        if (escapes_ && find_bad_utf8(one) != std::string_view::npos) return fail("half of a pair of \\u escapes");
        if (building_) return other_.put(Value(one)) && built();
        return text(one);
    }
    bool Key(const char* p, rapidjson::SizeType n, bool) {
        const std::string_view one(p, n);
        if (escapes_ && find_bad_utf8(one) != std::string_view::npos) return fail("half of a pair of \\u escapes");
        if (building_) return other_.key(one);
        key_ = one;
        return true;
    }

    bool StartObject() {
        if (building_) return open(true);
        if (stack_.empty()) return start_entity();
        switch (stack_.back().in) {
            case In::entity:
                if (key_ == "properties") return push(In::properties, stack_.back().entity);
                if (key_ == "entity" && stack_.size() == 1) {
                    wrapped_ = true;
                    entity().left_out = true;
                    return start_entity();
                }
                return build(true);
            case In::properties: start_member(); return start_entity();
            case In::values:
                if (entity().members.back().beside) return fail(std::string(entity().members.back().name) + ": an object, expected texts");
                return start_entity();
            case In::strings: break;
        }
        return fail("datasets: an object, expected texts");
    }
    bool StartArray() {
        if (building_) return open(false);
        if (stack_.empty()) return fail("a list, expected an entity as an object");
        switch (stack_.back().in) {
            case In::entity:
                if (key_ == "properties") return fail("properties: a list, expected an object");
                if (key_ == "datasets") return push(In::strings, stack_.back().entity);
                if (key_ == "referents" || key_ == "origin") {
                    start_member();
                    entity().members.back().beside = true;
                    return push(In::values, stack_.back().entity);
                }
                return build(false);
            case In::properties: start_member(); return push(In::values, stack_.back().entity);
            case In::values: return fail("a list among the values of a property, expected texts");
            case In::strings: break;
        }
        return fail("datasets: a list in the list, expected texts");
    }
    bool EndObject(rapidjson::SizeType) {
        if (building_) return other_.close() && built();
        const Frame done = stack_.back();
        stack_.pop_back();
        if (done.in != In::entity) return true;
        FtmEntity& it = parser_.entities_[done.entity];
        const char* const lacks = it.left_out ? nullptr : it.id.empty() ? "an entity without id" : it.schema_name.empty() ? "an entity without schema" : nullptr;
        // what a delta takes away needs no more than to be named, and the word for it may follow
        if (lacks != nullptr && wrapped_ && stack_.size() == 1) lacking_ = {at(), lacks};
        else if (lacks != nullptr) return fail(lacks);
        if (stack_.empty() || stack_.back().in == In::entity) return true;
        // it stood among the values of another one
        FtmEntity& holder = entity();
        const auto member = static_cast<std::uint32_t>(holder.members.size() - 1);
        parser_.nested_.push_back({done.entity, stack_.back().entity, member, static_cast<std::uint32_t>(holder.values.size())});
        holder.members.back().entities = true;
        add_value(it.id);
        return true;
    }
    bool EndArray(rapidjson::SizeType) {
        if (building_) return other_.close() && built();
        stack_.pop_back();
        return true;
    }

    [[nodiscard]] bool wrapped() const { return wrapped_; }

private:
    enum class In : std::uint8_t { entity, properties, values, strings };
    struct Frame {
        In in;
        std::uint32_t entity;
    };
    /// What is open; without memory of its own, which each line would have to get.
    class Stack {
    public:
        [[nodiscard]] bool empty() const { return size_ == 0; }
        [[nodiscard]] std::size_t size() const { return size_; }
        [[nodiscard]] const Frame& back() const { return frames_[size_ - 1]; }
        void push_back(Frame frame) { frames_[size_++] = frame; }
        void pop_back() { --size_; }

    private:
        Frame frames_[FtmParser::kDeepest];
        std::size_t size_ = 0;
    };

    [[nodiscard]] std::size_t at() const { return stream_.src_ > stream_.head_ ? static_cast<std::size_t>(stream_.src_ - stream_.head_) - 1 : 0; }
    [[noreturn]] bool fail(std::string what) const { throw FtmParser::Flaw{at(), std::move(what)}; }

    FtmEntity& entity() { return parser_.entities_[stack_.back().entity]; }

    bool push(In in, std::uint32_t entity) {
        if (stack_.size() >= FtmParser::kDeepest) fail("brackets inside brackets deeper than " + std::to_string(FtmParser::kDeepest) + " levels");
        stack_.push_back({in, entity});
        return true;
    }
    bool start_entity() { return push(In::entity, parser_.add(line_, raw_)); }
    void start_member() {
        FtmEntity& it = entity();
        const auto at = static_cast<std::uint32_t>(it.values.size());
        it.members.push_back({key_, at, at});
    }
    void add_value(std::string_view text) {
        FtmEntity& it = entity();
        it.values.push_back(text);
        it.members.back().end = static_cast<std::uint32_t>(it.values.size());
    }

    bool open(bool map) {
        return other_.open(map) || fail("brackets inside brackets deeper than " + std::to_string(FtmParser::kDeepest) + " levels");
    }
    bool build(bool map) {
        building_ = true;
        built_key_ = key_;
        other_.keep_top(map);
        return open(map);
    }
    bool built() {
        if (!other_.done()) return true;
        building_ = false;
        Value value = other_.take();
        FtmEntity& it = entity();
        if (built_key_ == "statements") parser_.take_statements(it, value, static_cast<std::size_t>(stream_.src_ - stream_.head_));
        else if (built_key_ == "id" || built_key_ == "schema" || built_key_ == "caption") fail(std::string(built_key_) + ": a list or an object, expected a text");
        else if (built_key_ == "entente") it.own = std::move(value);
        else it.more.emplace_back(built_key_, std::move(value));
        return true;
    }

    bool text(std::string_view one) {
        if (stack_.empty()) return fail("a value alone, expected an entity as an object");
        FtmEntity& it = entity();
        switch (stack_.back().in) {
            case In::entity:
                if (key_ == "id") it.id = one;
                else if (key_ == "schema") it.schema_name = one;
                else if (key_ == "caption") it.caption = one;
                else if (key_ == "properties") return fail("properties: a text, expected an object");
                else if (key_ == "datasets") it.datasets.push_back(one);
                else if (key_ == "op" && stack_.size() == 1) op_ = one;
                else it.texts.emplace_back(key_, one);
                return true;
            case In::properties: start_member(); add_value(one); return true;
            case In::values: add_value(one); return true;
            case In::strings: it.datasets.push_back(one); return true;
        }
        return false;
    }
    bool scalar(Value value) {
        if (building_) return other_.put(std::move(value)) && built();
        if (stack_.empty()) return fail("a value alone, expected an entity as an object");
        if (value.is_null()) return true;
        switch (stack_.back().in) {
            case In::entity:
                for (const char* name : {"id", "schema", "caption", "properties", "datasets"}) {
                    if (key_ == name) return fail(std::string(name) + ": " + to_json(value) + ", expected " + (key_ == "properties" ? "an object" : "a text"));
                }
                entity().more.emplace_back(key_, std::move(value));
                return true;
            case In::properties:
            case In::values: return text(parser_.keep(to_text(value)));
            case In::strings: break;
        }
        return fail("datasets: " + to_json(value) + ", expected texts");
    }

    FtmParser& parser_;
    const rapidjson::InsituStringStream& stream_;
    std::uint32_t line_;
    std::string_view raw_;
    bool escapes_;
    Stack stack_;
    std::string_view key_, built_key_, op_;
    bool building_ = false;
    ValueBuilder other_;
    bool wrapped_ = false;
    std::optional<FtmParser::Flaw> lacking_;

public:
    /// What the entity of a line of a delta lacks.
    [[nodiscard]] const std::optional<FtmParser::Flaw>& lacking() const { return lacking_; }
    [[nodiscard]] std::string_view op() const { return op_; }
};

std::uint32_t FtmParser::add(std::uint32_t line, std::string_view raw) {
    if (count_ == entities_.size()) entities_.resize(std::max<std::size_t>(64, count_ * 2));
    FtmEntity& it = entities_[count_];
    it.clear();
    it.line = line;
    it.raw = raw;
    return static_cast<std::uint32_t>(count_++);
}

void FtmParser::clear() {
    count_ = 0;
    texts_.clear();
}

void FtmParser::take_statements(FtmEntity& entity, const Value& list, std::size_t at) {
    const auto bad = [&](const char* what) { throw Flaw{at, what}; };
    if (list.kind() != Value::Kind::list) bad("statements: expected a list");
    std::map<std::string, std::vector<std::string_view>> by_name;
    for (const Value& one : list.list()) {
        if (one.kind() != Value::Kind::map) bad("statements: expected objects");
        const auto member = [&](std::string_view name) -> std::string {
            const auto found = one.map().find(name);
            if (found == one.map().end() || found->second.is_null()) return {};
            if (found->second.kind() != Value::Kind::text) bad("statements: expected texts as members");
            return found->second.text();
        };
        const std::string prop = member("prop");
        if (prop.empty()) bad("a statement without prop");
        if (const std::string dataset = member("dataset"); !dataset.empty()) {
            if (std::find(entity.datasets.begin(), entity.datasets.end(), dataset) == entity.datasets.end()) entity.datasets.push_back(keep(dataset));
        }
        // `id` says no more than that there is such an entity
        if (prop != "id") by_name[prop].push_back(keep(member("value")));
    }
    for (const auto& [name, values] : by_name) {
        const auto begin = static_cast<std::uint32_t>(entity.values.size());
        entity.values.insert(entity.values.end(), values.begin(), values.end());
        entity.members.push_back({keep(name), begin, static_cast<std::uint32_t>(entity.values.size())});
    }
}

namespace {

/// Does it name the other one among its ends and the like?
bool refers(const FtmEntity& entity, std::string_view id) {
    return std::any_of(entity.members.begin(), entity.members.end(), [&](const FtmEntity::Member& m) {
        return entity.kind(m) == ftm::Kind::entity && std::find(entity.values.begin() + m.begin, entity.values.begin() + m.end, id) != entity.values.begin() + m.end;
    });
}

}  // namespace

const ftm::Schema* FtmParser::schema_named(std::string_view name) {
    if (const auto* const recent = schemata_.find(name)) return *recent;
    const ftm::Schema* const found = ftm::schema_named(name);
    if (found != nullptr) schemata_.keep(found->name, 0, found);
    return found;
}

const ftm::Property* FtmParser::property(const ftm::Schema& schema, std::string_view name) {
    if (const auto* const recent = properties_.find(name, schema.number)) return *recent;
    const auto found = schema.properties.find(name);
    if (found == schema.properties.end()) return nullptr;
    properties_.keep(found->first, schema.number, &found->second);
    return &found->second;
}

void FtmParser::settle(std::size_t first) {
    for (std::size_t i = first; i < count_; ++i) {
        FtmEntity& it = entities_[i];
        it.schema = schema_named(it.schema_name);
        it.settle([this](const ftm::Schema& schema, std::string_view name) { return property(schema, name); });
    }
    for (const Nested& n : nested_) {
        FtmEntity& holder = entities_[n.holder];
        const FtmEntity& it = entities_[n.entity];
        const ftm::Property* known = holder.members[n.member].known;
        // `sanctions` of a person: not a property but what names the person itself
        if ((known == nullptr || known->kind != ftm::Kind::entity) && refers(it, holder.id)) holder.values[n.value] = {};
    }
}

void FtmParser::parse(char* line, std::uint32_t number, std::string_view raw) {
    const std::size_t first = count_;
    nested_.clear();
    rapidjson::InsituStringStream stream(line);
    FtmEvents events(*this, stream, number, raw);
    try {
        rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>> reader;
        // without its own recursion guard: the events refuse what goes deeper than kDeepest
        const auto result = reader.Parse<rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag>(stream, events);
        if (result.IsError()) throw Flaw{result.Offset(), json_reason(result.Code())};
        settle(first);
        if (events.wrapped()) {
            const bool removed = events.op() == "DEL";
            if (!removed && events.lacking()) throw FtmParser::Flaw(*events.lacking());
            for (std::size_t i = first; i < count_; ++i) entities_[i].left_out = entities_[i].left_out || removed;
            if (removed) ++not_read["entities that the text takes away"];
        }
    } catch (...) {
        count_ = first;
        throw;
    }
}

}  // namespace entente::importers
