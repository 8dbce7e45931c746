// SPDX-License-Identifier: MIT
#include <algorithm>
#include <unordered_map>

#include "core/query/operators_graph.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

Datum list_of(std::vector<RelationshipId> ids, bool reversed) {
    if (reversed) std::reverse(ids.begin(), ids.end());
    Datums out;
    out.reserve(ids.size());
    for (const RelationshipId id : ids) out.emplace_back(id);
    return Datum(std::move(out));
}

/// Does the tie satisfy what the pattern says of each relationship?
bool satisfies(const storage::Tie& tie, const std::vector<const Expression*>& each, Slot slot, Row& row,
               Context& context) {
    if (each.empty()) return true;
    const Datum before = row[slot];
    row[slot] = Datum(tie.id);
    const bool yes = std::all_of(each.begin(), each.end(),
                                 [&](const Expression* e) { return holds(*e, row, context); });
    row[slot] = before;
    return yes;
}

}  // namespace

void ExpandMany::open(Row& row, Context& context) {
    inside_ = false;
    frames_.clear();
    input().open(row, context);
}

bool ExpandMany::used(RelationshipId id, const Row& row) const {
    for (const Frame& f : frames_) {
        if (f.by == id) return true;
    }
    return !hop_.unlike.empty() && stands_in(id, hop_.unlike, row);
}

bool ExpandMany::passes(const storage::Tie& tie, Row& row, Context& context) const {
    return !used(tie.id, row) && satisfies(tie, each_, each_slot_, row, context);
}

/// Writes the walk on the stack into the row, if it ends where it should.
bool ExpandMany::emit(Row& row) const {
    const ActorId end = frames_.back().actor;
    if (hop_.to_known) {
        if (row[hop_.to].kind() != Kind::node || row[hop_.to].node() != end) return false;
    } else {
        row[hop_.to] = Datum(end);
    }
    std::vector<RelationshipId> ids;
    for (std::size_t i = 1; i < frames_.size(); ++i) ids.push_back(frames_[i].by);
    row[hop_.relationship] = list_of(std::move(ids), reversed_);
    return true;
}

/// The list of relationships is known: is it a walk that fits?
bool ExpandMany::pull_known(Row& row, Context& context) {
    while (input().next(row, context)) {
        const Datum& from = row[hop_.from];
        const Datum& list = row[hop_.relationship];
        if (from.kind() != Kind::node || list.kind() != Kind::list) continue;
        if (list.list().size() < hops_.least || list.list().size() > hops_.most) continue;
        ActorId at = from.node();
        bool good = true;
        Datums relationships = list.list();
        if (reversed_) std::reverse(relationships.begin(), relationships.end());
        for (const Datum& r : relationships) {
            if (r.kind() != Kind::relationship) {
                good = false;
                break;
            }
            const auto ends = context.ends(r.relationship());
            const bool forward = ends.from == at && hop_.heading != Heading::left;
            const bool backward = ends.to == at && hop_.heading != Heading::right;
            const bool type = hop_.types->empty() ||
                              std::any_of(hop_.types->begin(), hop_.types->end(), [&](const NameRef& n) {
                                  return context.relationship_type(n) == ends.type;
                              });
            if (!type || (!forward && !backward)) {
                good = false;
                break;
            }
            at = forward ? ends.to : ends.from;
        }
        if (!good) continue;
        if (hop_.to_known && (row[hop_.to].kind() != Kind::node || row[hop_.to].node() != at)) continue;
        row[hop_.to] = Datum(at);
        return true;
    }
    return false;
}

bool ExpandMany::pull(Row& row, Context& context) {
    if (known_) return pull_known(row, context);
    for (;;) {
        if (inside_) {
            if (std::exchange(start_due_, false) && hops_.least == 0 && emit(row)) return true;
            while (!frames_.empty()) {
                context.step();
                const storage::Tie* tie =
                    frames_.size() - 1 < hops_.most ? frames_.back().ties.next() : nullptr;
                if (tie == nullptr) {
                    frames_.pop_back();
                    continue;
                }
                if (!passes(*tie, row, context)) continue;
                Frame& frame = frames_.emplace_back();
                frame.actor = tie->neighbour;
                frame.by = tie->id;
                frame.ties.open(frame.actor, hop_, hop_.heading, context);
                if (frames_.size() - 1 >= hops_.least && emit(row)) return true;
            }
            inside_ = false;
        }
        if (!input().next(row, context)) return false;
        const Datum& from = row[hop_.from];
        if (from.kind() != Kind::node) continue;
        frames_.clear();
        Frame& frame = frames_.emplace_back();
        frame.actor = from.node();
        frame.ties.open(frame.actor, hop_, hop_.heading, context);
        inside_ = true;
        start_due_ = true;
    }
}

// --- shortest ---

void ExpandShortest::open(Row& row, Context& context) {
    found_.clear();
    at_ = 0;
    input().open(row, context);
}

/// Breadth first, each actor once; all ties that first reach an actor are kept, so that every shortest
/// walk can be told.
void ExpandShortest::search(Row& row, Context& context) {
    const ActorId from = row[hop_.from].node();
    const bool one_end = hop_.to_known;
    const ActorId end = one_end ? row[hop_.to].node() : ActorId();
    struct Reached {
        std::uint64_t distance = 0;
        std::vector<std::pair<ActorId, RelationshipId>> by;
    };
    std::unordered_map<std::uint32_t, Reached> reached;
    reached[from.value] = {};
    std::vector<ActorId> layer{from}, order;
    std::uint64_t distance = 0;
    bool done = one_end && end == from && hops_.least == 0;
    if (hops_.least == 0) order.push_back(from);
    std::vector<std::pair<ActorId, RelationshipId>> circles;  // ties back to the start
    Ties ties;
    while (!layer.empty() && !done && distance < hops_.most) {
        ++distance;
        std::vector<ActorId> next_layer;
        for (const ActorId a : layer) {
            ties.open(a, hop_, hop_.heading, context);
            while (const storage::Tie* tie = ties.next()) {
                context.step();
                if (stands_in(tie->id, hop_.unlike, row) || !satisfies(*tie, each_, each_slot_, row, context)) {
                    continue;
                }
                const auto [at, fresh] = reached.try_emplace(tie->neighbour.value);
                if (fresh) {
                    context.hold(96);
                    at->second.distance = distance;
                    next_layer.push_back(tie->neighbour);
                    order.push_back(tie->neighbour);
                }
                if (at->second.distance == distance &&
                    (selector_ == Selector::all_shortest || at->second.by.empty())) {
                    at->second.by.emplace_back(a, tie->id);
                }
            }
        }
        layer = std::move(next_layer);
        done = one_end && reached.contains(end.value);
    }
    const auto tell = [&](ActorId to) {
        // Back from the end, over all ways or the first one.
        std::vector<RelationshipId> walk;
        const auto back = [&](auto&& self, ActorId at) -> void {
            if (at == from) {
                context.step();
                found_.push_back({to, {walk.rbegin(), walk.rend()}});
                return;
            }
            for (const auto& [before, id] : reached[at.value].by) {
                walk.push_back(id);
                self(self, before);
                walk.pop_back();
            }
        };
        if (reached.size() > 100000 && distance > 5000) {
            throw Failure({"LimitError", fault::kRun, "LimitExceeded"}, kNowhere,
                          "a shortest path is longer than 5000 hops");
        }
        back(back, to);
    };
    if (one_end) {
        if (reached.contains(end.value) && (end != from || hops_.least == 0)) tell(end);
    } else {
        for (const ActorId a : order) tell(a);
    }
    context.release(96 * reached.size());
}

/// Walks in the order of their length until every end has its share; for SHORTEST k and for a least
/// length above one, where breadth-first search over actors does not do.
void ExpandShortest::search_walks(Row& row, Context& context) {
    struct Part {
        std::size_t before;
        ActorId at;
        RelationshipId by;
        std::uint64_t length;
    };
    const ActorId from = row[hop_.from].node();
    const bool one_end = hop_.to_known;
    const ActorId end = one_end ? row[hop_.to].node() : ActorId();
    constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::vector<Part> parts{{kNone, from, {}, 0}};
    struct Share {
        std::uint64_t walks = 0, groups = 0, last_length = 0;
    };
    std::unordered_map<std::uint32_t, Share> shares;
    Ties ties;
    const auto take = [&](std::size_t i) {
        const Part part = parts[i];
        if (part.length < hops_.least || (one_end && part.at != end)) return;
        if (part.length != 0 && part.at == from) return;  // going round is no way there
        Share& share = shares[part.at.value];
        if (share.walks == 0 || part.length != share.last_length) ++share.groups;
        share.last_length = part.length;
        ++share.walks;
        const bool mine = selector_ == Selector::any_shortest      ? share.walks <= count_
                          : selector_ == Selector::all_shortest    ? share.groups <= 1
                                                                   : share.groups <= count_;
        if (!mine) return;
        std::vector<RelationshipId> walk;
        for (std::size_t at = i; parts[at].before != kNone; at = parts[at].before) walk.push_back(parts[at].by);
        std::reverse(walk.begin(), walk.end());
        found_.push_back({part.at, std::move(walk)});
    };
    const auto satisfied = [&] {
        if (!one_end) return false;
        const Share& share = shares[end.value];
        return selector_ == Selector::any_shortest ? share.walks >= count_
               : selector_ == Selector::all_shortest ? share.groups > 1 : share.groups > count_;
    };
    take(0);
    for (std::size_t i = 0; i < parts.size() && !satisfied(); ++i) {
        if (parts[i].length >= hops_.most) continue;
        ties.open(parts[i].at, hop_, hop_.heading, context);
        while (const storage::Tie* tie = ties.next()) {
            context.step();
            bool again = stands_in(tie->id, hop_.unlike, row);
            for (std::size_t at = i; !again && parts[at].before != kNone; at = parts[at].before) {
                again = parts[at].by == tie->id;
            }
            if (again || !satisfies(*tie, each_, each_slot_, row, context)) continue;
            context.hold(sizeof(Part));
            parts.push_back({i, tie->neighbour, tie->id, parts[i].length + 1});
            take(parts.size() - 1);
        }
    }
    context.release(sizeof(Part) * (parts.size() - 1));
}

bool ExpandShortest::pull(Row& row, Context& context) {
    for (;;) {
        if (at_ < found_.size()) {
            const Found& found = found_[at_++];
            row[hop_.to] = Datum(found.to);
            row[hop_.relationship] = list_of(found.relationships, reversed_);
            return true;
        }
        if (!input().next(row, context)) return false;
        found_.clear();
        at_ = 0;
        if (row[hop_.from].kind() != Kind::node) continue;
        if (hop_.to_known && row[hop_.to].kind() != Kind::node) continue;
        const bool plain = hops_.least <= 1 && selector_ != Selector::shortest_groups &&
                           (selector_ == Selector::all_shortest || count_ == 1);
        if (plain) {
            search(row, context);
        } else {
            search_walks(row, context);
        }
    }
}

}  // namespace entente::query
