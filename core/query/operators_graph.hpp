// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "core/query/ast.hpp"
#include "core/query/operators_find.hpp"
#include "core/storage/record_cursor.hpp"

namespace entente::query {

// Steps that find actors and relationships.

/// All actors, or those of a type, into a slot.
class ScanActors final : public Operator, public Numbered {
public:
    ScanActors(OperatorPtr input, Slot slot, const NameRef* type)
        : Operator(std::move(input)), slot_(slot), type_(type) {}
    void open(Row& row, Context& context) override;
    std::uint64_t count(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return type_ != nullptr ? "ActorsOfType" : "AllActors"; }
    [[nodiscard]] std::uint64_t last_number(const Context& context) const override;
    void only(std::uint64_t first, std::uint64_t last) override {
        first_ = static_cast<std::uint32_t>(first);
        most_ = static_cast<std::uint32_t>(last);
    }

protected:
    bool pull(Row& row, Context& context) override;

private:
    bool fill(Context& context);
    Slot slot_;
    const NameRef* type_;
    std::vector<ActorId> found_;
    std::size_t at_ = 0;
    ActorId last_;
    std::uint32_t first_ = 1, most_ = 0xffffffff;
    bool inside_ = false;
};

/// The actors that a value names: by key, by number, or by name, which finds more than are meant and
/// leaves the rest to a filter.
class FindActors final : public FindingActors {
public:
    enum class By : std::uint8_t { key, number, name };
    /// `one_of`: the value is a list of such values.
    FindActors(OperatorPtr input, Slot slot, By by, const Expression* value, bool one_of,
               OperatorPtr otherwise)
        : FindingActors(std::move(input), slot, std::move(otherwise)), by_(by), value_(value), one_of_(one_of) {}
    [[nodiscard]] const char* name() const override {
        return by_ == By::key ? "ActorByKey" : by_ == By::number ? "ActorByNumber" : "ActorsByName";
    }

private:
    bool find(Row& row, Context& context) override;
    bool find_one(const Datum& value, Context& context);
    bool find_all(const Datum& list, Context& context);
    By by_;
    const Expression* value_;
    bool one_of_;
};

/// The first ones of a list of slots that grows while a plan is made; all hops of a pattern share it.
class Unlike {
public:
    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] const Slot* begin() const { return all_ ? all_->data() : nullptr; }
    [[nodiscard]] const Slot* end() const { return begin() + count_; }
    /// To be called on the longest one alone.
    void push_back(Slot slot) {
        if (!all_) all_ = std::make_shared<std::vector<Slot>>();
        all_->push_back(slot);
        ++count_;
    }

private:
    std::shared_ptr<std::vector<Slot>> all_;
    std::size_t count_ = 0;
};

/// A relationship pattern as the steps see it, from the end that is known to the one that is sought.
struct Hop {
    Slot from = kNoSlot;
    Slot relationship = kNoSlot;
    Slot to = kNoSlot;
    Heading heading = Heading::both;
    const std::vector<NameRef>* types = nullptr;
    bool to_known = false;                ///< `to` is bound: only relationships that lead there
    Unlike unlike = {};                   ///< relationships, or lists of them, that it must differ from
};

/// Ties of an actor in a heading and of some types, one after the other.
class Ties {
public:
    void open(ActorId actor, const Hop& hop, Heading heading, const Context& context);
    /// The next one, or nothing.
    [[nodiscard]] const storage::Tie* next();

private:
    [[nodiscard]] bool turn();
    const storage::Reader* reader_ = nullptr;
    ActorId actor_;
    Heading heading_ = Heading::both;
    std::vector<RelationshipType> types_;  ///< none: all
    std::size_t type_ = 0;
    bool all_types_ = true;
    bool incoming_ = false;
    std::optional<storage::TieCursor> cursor_;
    storage::Tie current_;
};

/// Relationships of a known actor, and their other ends.
class Expand final : public Operator {
public:
    Expand(OperatorPtr input, Hop hop) : Operator(std::move(input)), hop_(std::move(hop)) {}
    void open(Row& row, Context& context) override;
    std::uint64_t count(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return hop_.to_known ? "ExpandInto" : "Expand"; }
    [[nodiscard]] bool row_by_row() const override { return true; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    Hop hop_;
    Ties ties_;
    bool inside_ = false;
};

/// A relationship that is known already: do its ends fit?
class ExpandKnown final : public Operator {
public:
    ExpandKnown(OperatorPtr input, Hop hop, bool from_known)
        : Operator(std::move(input)), hop_(std::move(hop)), from_known_(from_known) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "ExpandKnown"; }
    [[nodiscard]] bool row_by_row() const override { return true; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    [[nodiscard]] bool fits(ActorId from, ActorId to, Row& row) const;
    Hop hop_;
    bool from_known_;
    int turn_ = 2;
};

/// Walks of a varying number of hops, none of which stands twice in one of them.
class ExpandMany final : public Operator {
public:
    /// `each` holds for every relationship, which is in slot `each_slot` for the purpose; `reversed`:
    /// the pattern's order runs from `to` to `from`.
    ExpandMany(OperatorPtr input, Hop hop, Hops hops, std::vector<const Expression*> each, Slot each_slot,
               bool reversed, bool relationships_known)
        : Operator(std::move(input)), hop_(std::move(hop)), hops_(hops), each_(std::move(each)),
          each_slot_(each_slot), reversed_(reversed), known_(relationships_known) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "ExpandMany"; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    struct Frame {
        ActorId actor;
        RelationshipId by;
        Ties ties;
    };
    bool pull_known(Row& row, Context& context);
    [[nodiscard]] bool used(RelationshipId id, const Row& row) const;
    bool emit(Row& row) const;
    bool passes(const storage::Tie& tie, Row& row, Context& context) const;
    Hop hop_;
    Hops hops_;
    std::vector<const Expression*> each_;
    Slot each_slot_;
    bool reversed_;
    bool known_;
    std::deque<Frame> frames_;
    bool inside_ = false;
    bool start_due_ = false;
};

/// Shortest walks between two actors or from one to all, by breadth-first search.
class ExpandShortest final : public Operator {
public:
    ExpandShortest(OperatorPtr input, Hop hop, Hops hops, std::vector<const Expression*> each,
                   Slot each_slot, bool reversed, Selector selector, std::uint64_t count)
        : Operator(std::move(input)), hop_(std::move(hop)), hops_(hops), each_(std::move(each)),
          each_slot_(each_slot), reversed_(reversed), selector_(selector), count_(count) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "ExpandShortest"; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    struct Found {
        ActorId to;
        std::vector<RelationshipId> relationships;
    };
    void search(Row& row, Context& context);
    void search_walks(Row& row, Context& context);
    Hop hop_;
    Hops hops_;
    std::vector<const Expression*> each_;
    Slot each_slot_;
    bool reversed_;
    Selector selector_;
    std::uint64_t count_;
    std::vector<Found> found_;
    std::size_t at_ = 0;
};

/// All relationships, or those of some types, with both ends, in the order of their numbers: where a
/// pattern has no better beginning than everything.
class ScanRelationships final : public Operator, public Numbered {
public:
    ScanRelationships(OperatorPtr input, Hop hop) : Operator(std::move(input)), hop_(std::move(hop)) {}
    void open(Row& row, Context& context) override;
    std::uint64_t count(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "Relationships"; }
    [[nodiscard]] std::uint64_t last_number(const Context& context) const override;
    void only(std::uint64_t first, std::uint64_t last) override {
        first_ = first;
        most_ = last;
    }

protected:
    bool pull(Row& row, Context& context) override;

private:
    void begin(Context& context);
    Hop hop_;
    std::vector<std::uint8_t> wanted_;  ///< by number of the type; empty: all
    std::optional<storage::RecordCursor> cursor_;
    std::uint64_t first_ = 0, most_ = storage::kLastRecord;
    bool turned_ = false;  ///< the relationship at hand comes once more, the other way round
};

/// Makes the value of a path variable.
class MakePath final : public Operator {
public:
    MakePath(OperatorPtr input, const PathPattern* path) : Operator(std::move(input)), path_(path) {}
    [[nodiscard]] const char* name() const override { return "Path"; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    const PathPattern* path_;
};

/// The path of a pattern whose actors and relationships stand in the row; null where one is null.
Datum path_of(const PathPattern& path, const Row& row, const Context& context);
/// Is the relationship one of those in the slots?
bool stands_in(RelationshipId id, const Unlike& slots, const Row& row);

}  // namespace entente::query
