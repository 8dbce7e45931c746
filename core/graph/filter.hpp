// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <tsl/robin_map.h>

#include "core/graph/facts.hpp"
#include "core/graph/selection.hpp"
#include "core/model/id.hpp"

namespace entente::graph {

/// Decides during a search what a selection keeps, and counts what it leaves out, each relationship
/// and actor once however often it is met. Types left out are not counted: the reading names them.
///
/// A type is decided from a table; everything else of a relationship only when the selection asks for
/// it, from Facts, and remembered. One thread at a time. `facts` must outlive it. `Selection::around`
/// and `direction` are not decided here: see within() and the searches.
class Filter {
public:
    Filter(const Selection& selection, const Facts& facts);

    /// Keeps everything: a search may leave it out.
    [[nodiscard]] bool trivial() const { return trivial_; }

    /// Will actor() ever say no?
    [[nodiscard]] bool looks_at_actors() const { return by_actor_; }

    [[nodiscard]] bool tie(RelationshipType type, RelationshipId id) {
        if (trivial_) return true;
        if (by_type_ && !keeps_type(type)) return false;
        return !by_record_ || record(type, id);
    }
    [[nodiscard]] bool actor(ActorId id) { return !by_actor_ || judge_actor(id); }

    /// Only these actors from now on (and those the selection keeps): for `around`. Sorted.
    void within(std::vector<ActorId> actors);

    /// What was left out so far, of what was met.
    [[nodiscard]] const LeftOut& left_out() const { return left_out_; }

private:
    enum class Verdict : std::uint8_t {
        keep, denied, hypothetical, other_status, by_date, by_confidence, by_source, by_where
    };
    [[nodiscard]] bool keeps_type(RelationshipType type) const {
        return type.value < keep_type_.size() ? keep_type_[type.value] != 0 : keep_unknown_type_;
    }
    bool record(RelationshipType type, RelationshipId id);
    bool judge_actor(ActorId id);
    Verdict judge(RelationshipType type, RelationshipId id);
    [[nodiscard]] bool judge_new_actor(ActorId id) const;
    void count(Verdict verdict);

    Selection selection_;
    const Facts* facts_;
    bool by_type_ = false, by_record_ = false, by_actor_ = false, trivial_ = true;
    bool by_status_ = false, only_status_ = false, around_ = false;
    bool keep_unknown_type_ = true;
    std::vector<std::uint8_t> keep_type_;  ///< by number of the type
    std::vector<ActorId> within_;
    tsl::robin_map<std::uint64_t, Verdict> verdicts_;
    tsl::robin_map<std::uint32_t, bool> actors_;
    LeftOut left_out_;
};

}  // namespace entente::graph
