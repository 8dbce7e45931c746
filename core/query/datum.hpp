// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/id.hpp"
#include "core/model/value.hpp"

namespace entente::query {

class Datum;
using Datums = std::vector<Datum>;
using DatumMap = std::map<std::string, Datum, std::less<>>;

/// A walk: one more actor than relationships, in walking order.
struct Walk {
    std::vector<ActorId> actors;
    std::vector<RelationshipId> relationships;
    friend bool operator==(const Walk&, const Walk&) = default;
};

/// What an expression evaluates to: a value of the model, or an actor, a relationship, a path, or lists
/// and maps of these. Sixteen bytes; texts, lists and the like are shared and never change. The count of
/// sharers is not atomic: a Datum and its copies belong to one thread.
class Datum {
public:
    enum class Kind : std::uint8_t {
        null, boolean, integer, real, text, date, calendar_day, time, date_time, duration, list, map,
        node, relationship, path
    };
    /// Lists and maps nest at most this deep; deeper ones throw.
    static constexpr std::uint32_t kDeepest = 500;

    Datum() = default;
    template <class T>
    Datum(T*) = delete;  // no pointer becomes a boolean
    Datum(bool b) : kind_(Kind::boolean) { bits_.boolean = b; }
    Datum(std::int64_t i) : kind_(Kind::integer) { bits_.integer = i; }
    Datum(int i) : Datum(static_cast<std::int64_t>(i)) {}
    Datum(double d) : kind_(Kind::real) { bits_.real = d; }
    Datum(std::string text);
    explicit Datum(std::string_view text) : Datum(std::string(text)) {}
    Datum(Datums list);
    Datum(DatumMap map);
    Datum(ActorId id) : kind_(Kind::node) { bits_.number = id.value; }
    Datum(RelationshipId id) : kind_(Kind::relationship) { bits_.number = id.value; }
    Datum(Walk walk);
    explicit Datum(const Value& value);

    Datum(const Datum& other) noexcept : bits_(other.bits_), kind_(other.kind_) { keep(); }
    Datum(Datum&& other) noexcept : bits_(other.bits_), kind_(other.kind_) { other.kind_ = Kind::null; }
    Datum& operator=(const Datum& other) noexcept {
        other.keep();
        drop();
        bits_ = other.bits_;
        kind_ = other.kind_;
        return *this;
    }
    Datum& operator=(Datum&& other) noexcept {
        std::swap(bits_, other.bits_);
        std::swap(kind_, other.kind_);
        return *this;
    }
    ~Datum() { drop(); }

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] bool is_null() const { return kind_ == Kind::null; }
    [[nodiscard]] bool is_true() const { return kind_ == Kind::boolean && bits_.boolean; }
    [[nodiscard]] bool is_number() const { return kind_ == Kind::integer || kind_ == Kind::real; }
    [[nodiscard]] bool is_temporal() const {
        return kind_ >= Kind::date && kind_ <= Kind::duration;
    }

    // The content. REQUIRES: kind() is the one asked for.
    [[nodiscard]] bool boolean() const { return bits_.boolean; }
    [[nodiscard]] std::int64_t integer() const { return bits_.integer; }
    [[nodiscard]] double real() const { return bits_.real; }
    /// An integer or a real as double.
    [[nodiscard]] double number() const {
        return kind_ == Kind::integer ? static_cast<double>(bits_.integer) : bits_.real;
    }
    [[nodiscard]] const std::string& text() const;
    [[nodiscard]] const Datums& list() const;
    [[nodiscard]] const DatumMap& map() const;
    [[nodiscard]] const Walk& walk() const;
    [[nodiscard]] ActorId node() const { return ActorId(static_cast<std::uint32_t>(bits_.number)); }
    [[nodiscard]] RelationshipId relationship() const { return RelationshipId(bits_.number); }
    /// A temporal value as the model has it.
    [[nodiscard]] const Value& temporal() const;

    /// The same as a value of the model; std::nullopt when it is or holds an actor, relationship or path.
    [[nodiscard]] std::optional<Value> value() const;
    /// How deep lists and maps nest: 0 for anything else.
    [[nodiscard]] std::uint32_t depth() const;
    /// Bytes that it takes, parts included, roughly; shared parts count in each place.
    [[nodiscard]] std::size_t bytes() const;
    /// The same kind and the same bits: equivalent without a look inside. false tells nothing.
    [[nodiscard]] bool identical(const Datum& other) const {
        return kind_ == other.kind_ && (kind_ == Kind::null || bits_.number == other.bits_.number);
    }
    /// A hash that identical ones share, for as long as they live.
    [[nodiscard]] std::size_t identity() const {
        const std::uint64_t bits = kind_ == Kind::null ? 0 : bits_.number;
        return static_cast<std::size_t>((bits + static_cast<std::uint64_t>(kind_)) * 0x9e3779b97f4a7c15ULL >> 32U);
    }
    /// One and the same shared content: equal without a look inside.
    [[nodiscard]] bool same_box(const Datum& other) const {
        return kind_ == other.kind_ && boxed() && bits_.box == other.bits_.box;
    }

private:
    struct Box;
    template <class T>
    struct BoxOf;
    union Bits {
        std::uint64_t number = 0;
        std::int64_t integer;
        double real;
        bool boolean;
        Box* box;
    };
    [[nodiscard]] bool boxed() const {
        return kind_ >= Kind::text && kind_ != Kind::node && kind_ != Kind::relationship;
    }
    void keep() const noexcept {
        if (boxed()) add_sharer();
    }
    void drop() noexcept {
        if (boxed()) drop_sharer();
    }
    void add_sharer() const noexcept;
    void drop_sharer() noexcept;
    template <class T>
    [[nodiscard]] const T& content() const;
    template <class T>
    void hold(Kind kind, T content);

    Bits bits_;
    Kind kind_ = Kind::null;
};

/// The kind as messages give it, in openCypher's words: `Integer`, `String`, `List` ...
std::string_view kind_name(Datum::Kind kind);

/// As it stands in a table for people and in toString(): text bare, numbers as in Cypher.
/// Actors are `#17`, relationships `r17`, paths `#1-r3-#2`.
std::string to_text(const Datum& datum);
/// As a literal of the language: texts quoted, lists and maps in brackets.
std::string to_literal(const Datum& datum);

}  // namespace entente::query
