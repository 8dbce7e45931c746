// SPDX-License-Identifier: MIT
#include "core/query/operators_graph.hpp"

#include <algorithm>

#include "core/names/normalize.hpp"

namespace entente::query {
namespace {

constexpr std::size_t kBatch = 4096;
using Kind = Datum::Kind;

[[noreturn]] void throw_no_actor(const Datum& d) {
    throw Failure(fault::runtime_type("InvalidArgumentType"), kNowhere,
                  std::string(kind_name(d.kind())) + " stands where an actor should");
}

}  // namespace

// --- scans ---

void ScanActors::open(Row& row, Context& context) {
    inside_ = false;
    input().open(row, context);
}

bool ScanActors::fill(Context& context) {
    ActorType type;
    if (type_ != nullptr) {
        const auto known = context.actor_type(*type_);
        if (!known) return false;
        type = *known;
    }
    found_ = context.reader().actors(last_, kBatch, type);
    at_ = 0;
    while (!found_.empty() && found_.back().value > most_) found_.pop_back();
    if (found_.empty()) return false;
    last_ = found_.back();
    return true;
}

bool ScanActors::pull(Row& row, Context& context) {
    for (;;) {
        context.step();
        if (inside_) {
            if (at_ < found_.size() || fill(context)) {
                row[slot_] = Datum(found_[at_++]);
                return true;
            }
            inside_ = false;
        }
        if (!input().next(row, context)) return false;
        last_ = ActorId(first_ - 1);
        found_.clear();
        at_ = 0;
        inside_ = true;
    }
}

std::uint64_t ScanActors::last_number(const Context& context) const { return context.reader().last_actor().value; }

namespace {

/// Capped: whoever asks finds that it is too large for a number of the language.
std::uint64_t product(std::uint64_t a, std::uint64_t b) {
    std::uint64_t out = 0;
    return __builtin_mul_overflow(a, b, &out) ? ~std::uint64_t{0} : out;
}

}  // namespace

std::uint64_t ScanActors::count(Row& row, Context& context) {
    const std::uint64_t times = input().count(row, context);
    std::uint64_t each = context.reader().counts().actors;
    if (type_ != nullptr) {
        const auto type = context.actor_type(*type_);
        each = type ? context.reader().count(*type) : 0;
    }
    const std::uint64_t all = product(times, each);
    counted(all);
    return all;
}

/// false: only a scan tells, of what is no list, or a name that is no text.
bool FindActors::find_one(const Datum& value, Context& context) {
    if (value.is_null()) return true;
    const storage::Reader& reader = context.reader();
    switch (by_) {
        case By::key:
            if (value.kind() == Kind::text) {
                if (const auto id = reader.actor_by_key(value.text())) found_.push_back(*id);
            }
            return true;
        case By::number:
            if (value.kind() == Kind::integer && value.integer() > 0 && value.integer() <= 0xffffffff) {
                const ActorId id(static_cast<std::uint32_t>(value.integer()));
                if (reader.exists(id)) found_.push_back(id);
            }
            return value.kind() != Kind::real;
        case By::name:
            // a name without letters is in no index
            if (value.kind() != Kind::text || names::fold(value.text()).empty()) return false;
            for (const ActorId id : reader.actors_by_name(value.text())) found_.push_back(id);
            return true;
    }
    return false;
}

bool FindActors::find_all(const Datum& list, Context& context) {
    if (list.is_null()) return true;
    if (list.kind() != Kind::list) return false;
    for (const Datum& each : list.list()) {
        if (!find_one(each, context)) return false;
    }
    sort_found();
    return true;
}

bool FindActors::find(Row& row, Context& context) {
    const Datum value = evaluate(*value_, row, context);
    return one_of_ ? find_all(value, context) : find_one(value, context);
}

// --- all relationships ---

void ScanRelationships::open(Row& row, Context& context) {
    cursor_.reset();
    turned_ = false;
    input().open(row, context);
}

void ScanRelationships::begin(Context& context) {
    wanted_.clear();
    if (!hop_.types->empty()) {
        wanted_.assign(context.reader().relationship_type_count() + std::size_t{1}, 0);
        for (const NameRef& name : *hop_.types) {
            if (const auto type = context.relationship_type(name)) wanted_[type->value] = 1;
        }
    }
    cursor_.emplace(context.reader(), storage::RecordCursor::Of::relationships);
    cursor_->only(first_, most_);
}

std::uint64_t ScanRelationships::last_number(const Context& context) const {
    return context.reader().last_relationship().value;
}

bool ScanRelationships::pull(Row& row, Context& context) {
    const auto emit = [&](ActorId from, ActorId to) {
        row[hop_.from] = Datum(from);
        row[hop_.relationship] = Datum(RelationshipId(cursor_->id()));
        row[hop_.to] = Datum(to);
        return true;
    };
    for (;;) {
        if (cursor_) {
            if (std::exchange(turned_, false)) return emit(cursor_->to(), cursor_->from());
            while (wanted_.empty() ? cursor_->next() : cursor_->next(wanted_)) {
                context.step();
                const ActorId from = cursor_->from(), to = cursor_->to();
                if (hop_.heading == Heading::left) return emit(to, from);
                turned_ = hop_.heading == Heading::both && from != to;
                return emit(from, to);
            }
            cursor_.reset();
        }
        if (!input().next(row, context)) return false;
        begin(context);
    }
}

std::uint64_t ScanRelationships::count(Row& row, Context& context) {
    if (hop_.heading == Heading::both) return Operator::count(row, context);
    const std::uint64_t times = input().count(row, context);
    std::uint64_t each = hop_.types->empty() ? context.reader().counts().relationships : 0;
    std::vector<RelationshipType> types;
    for (const NameRef& name : *hop_.types) {
        if (const auto type = context.relationship_type(name)) types.push_back(*type);
    }
    std::sort(types.begin(), types.end());
    types.erase(std::unique(types.begin(), types.end()), types.end());
    for (const RelationshipType type : types) each += context.reader().count(type);
    const std::uint64_t all = product(times, each);
    counted(all);
    return all;
}

// --- ties ---

void Ties::open(ActorId actor, const Hop& hop, Heading heading, const Context& context) {
    reader_ = &context.reader();
    actor_ = actor;
    heading_ = heading;
    types_.clear();
    all_types_ = hop.types == nullptr || hop.types->empty();
    if (!all_types_) {
        for (const NameRef& name : *hop.types) {
            if (const auto type = context.relationship_type(name)) types_.push_back(*type);
        }
        std::sort(types_.begin(), types_.end());
        types_.erase(std::unique(types_.begin(), types_.end()), types_.end());
    } else {
        types_.emplace_back();
    }
    incoming_ = heading == Heading::left;
    type_ = 0;
    cursor_.reset();
}

/// Opens the cursor of the next type, or of the other side.
bool Ties::turn() {
    if (type_ == types_.size()) {
        if (heading_ != Heading::both || incoming_ || types_.empty()) return false;
        incoming_ = true;
        type_ = 0;
    }
    cursor_.emplace(reader_->ties(actor_, incoming_ ? storage::Side::in : storage::Side::out,
                                  types_[type_++]));
    return true;
}

const storage::Tie* Ties::next() {
    for (;;) {
        if (cursor_ && *cursor_) {
            current_ = **cursor_;
            ++*cursor_;
            // A tie from an actor to itself has been met going out.
            if (incoming_ && heading_ == Heading::both && current_.neighbour == actor_) continue;
            return &current_;
        }
        if (!turn()) return nullptr;
    }
}

bool stands_in(RelationshipId id, const Unlike& slots, const Row& row) {
    for (const Slot s : slots) {
        const Datum& d = row[s];
        if (d.kind() == Kind::relationship) {
            if (d.relationship() == id) return true;
        } else if (d.kind() == Kind::list) {
            for (const Datum& each : d.list()) {
                if (each.kind() == Kind::relationship && each.relationship() == id) return true;
            }
        }
    }
    return false;
}

// --- one hop ---

void Expand::open(Row& row, Context& context) {
    inside_ = false;
    input().open(row, context);
}

bool Expand::pull(Row& row, Context& context) {
    for (;;) {
        if (inside_) {
            while (const storage::Tie* tie = ties_.next()) {
                context.step();
                if (hop_.to_known &&
                    (row[hop_.to].kind() != Kind::node || row[hop_.to].node() != tie->neighbour)) {
                    continue;
                }
                if (!hop_.unlike.empty() && stands_in(tie->id, hop_.unlike, row)) continue;
                row[hop_.relationship] = Datum(tie->id);
                if (!hop_.to_known) row[hop_.to] = Datum(tie->neighbour);
                return true;
            }
            inside_ = false;
        }
        if (!input().next(row, context)) return false;
        const Datum& from = row[hop_.from];
        if (from.is_null()) continue;
        if (from.kind() != Kind::node) throw_no_actor(from);
        ties_.open(from.node(), hop_, hop_.heading, context);
        inside_ = true;
    }
}

std::uint64_t Expand::count(Row& row, Context& context) {
    if (hop_.to_known || hop_.heading == Heading::both) return Operator::count(row, context);
    // Degrees say how many there are; of relationships that must differ, those that are there go off.
    input().open(row, context);
    const storage::Side side =
        hop_.heading == Heading::right ? storage::Side::out : storage::Side::in;
    std::uint64_t n = 0;
    while (input().next(row, context)) {
        context.step();
        const Datum& from = row[hop_.from];
        if (from.is_null()) continue;
        if (from.kind() != Kind::node) throw_no_actor(from);
        const auto of_type = [&](const NameRef& name) {
            const auto type = context.relationship_type(name);
            return type ? context.reader().degree(from.node(), side, *type) : 0;
        };
        std::uint64_t degree = 0;
        if (hop_.types == nullptr || hop_.types->empty()) {
            degree = context.reader().degree(from.node(), side);
        } else if (hop_.types->size() == 1) {
            degree = of_type(hop_.types->front());
        } else {
            ties_.open(from.node(), hop_, hop_.heading, context);
            while (ties_.next() != nullptr) ++degree;
        }
        for (const Slot s : hop_.unlike) {
            const auto counts = [&](const Datum& d) {
                if (d.kind() != Kind::relationship) return;
                const auto ends = context.ends(d.relationship());
                const ActorId here = side == storage::Side::out ? ends.from : ends.to;
                if (here != from.node()) return;
                const bool type_fits =
                    hop_.types == nullptr || hop_.types->empty() ||
                    std::any_of(hop_.types->begin(), hop_.types->end(), [&](const NameRef& name) {
                        return context.relationship_type(name) == ends.type;
                    });
                if (type_fits) --degree;
            };
            if (row[s].kind() == Kind::list) {
                for (const Datum& each : row[s].list()) counts(each);
            } else {
                counts(row[s]);
            }
        }
        n += degree;
    }
    counted(n);
    return n;
}

void ExpandKnown::open(Row& row, Context& context) {
    turn_ = 2;
    input().open(row, context);
}

bool ExpandKnown::fits(ActorId from, ActorId to, Row& row) const {
    if (from_known_ && (row[hop_.from].kind() != Kind::node || row[hop_.from].node() != from)) return false;
    if (hop_.to_known && (row[hop_.to].kind() != Kind::node || row[hop_.to].node() != to)) return false;
    // One variable at both ends.
    if (!from_known_ && !hop_.to_known && hop_.from == hop_.to && from != to) return false;
    row[hop_.from] = Datum(from);
    row[hop_.to] = Datum(to);
    return true;
}

bool ExpandKnown::pull(Row& row, Context& context) {
    for (;;) {
        for (; turn_ < 2;) {
            const Datum& r = row[hop_.relationship];
            const auto ends = context.ends(r.relationship());
            const int turn = turn_++;
            if (turn == 0 && hop_.heading == Heading::left) continue;
            if (turn == 1 && (hop_.heading == Heading::right || (hop_.heading == Heading::both &&
                                                                 ends.from == ends.to))) {
                continue;
            }
            if (!hop_.types->empty() &&
                std::none_of(hop_.types->begin(), hop_.types->end(), [&](const NameRef& name) {
                    return context.relationship_type(name) == ends.type;
                })) {
                continue;
            }
            if (fits(turn == 0 ? ends.from : ends.to, turn == 0 ? ends.to : ends.from, row)) return true;
        }
        if (!input().next(row, context)) return false;
        context.step();
        const Datum& r = row[hop_.relationship];
        if (r.is_null()) continue;
        if (r.kind() != Kind::relationship) {
            throw Failure(fault::runtime_type("InvalidArgumentType"), kNowhere,
                          std::string(kind_name(r.kind())) + " stands where a relationship should");
        }
        if (stands_in(r.relationship(), hop_.unlike, row)) continue;
        turn_ = 0;
    }
}

// --- paths ---

Datum path_of(const PathPattern& path, const Row& row, const Context& context) {
    Walk walk;
    const Datum& first = row[path.nodes[0].slot];
    if (first.kind() != Kind::node) return {};
    walk.actors.push_back(first.node());
    for (std::size_t i = 0; i < path.relationships.size(); ++i) {
        const Datum& r = row[path.relationships[i].slot];
        if (r.kind() == Kind::relationship) {
            walk.relationships.push_back(r.relationship());
            const Datum& to = row[path.nodes[i + 1].slot];
            if (to.kind() != Kind::node) return {};
            walk.actors.push_back(to.node());
        } else if (r.kind() == Kind::list) {
            for (const Datum& each : r.list()) {
                const auto ends = context.ends(each.relationship());
                walk.relationships.push_back(each.relationship());
                walk.actors.push_back(ends.from == walk.actors.back() ? ends.to : ends.from);
            }
        } else {
            return {};
        }
    }
    return Datum(std::move(walk));
}

bool MakePath::pull(Row& row, Context& context) {
    if (!input().next(row, context)) return false;
    row[path_->slot] = path_of(*path_, row, context);
    return true;
}

}  // namespace entente::query
