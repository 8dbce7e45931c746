// SPDX-License-Identifier: MIT
#include "core/graph/filter.hpp"

#include <algorithm>
#include <utility>

namespace entente::graph {
namespace {

template <class T>
bool has(const std::vector<T>& all, const T& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

bool keeps_every_status(const std::vector<Status>& statuses) {
    return has(statuses, Status::actual) && has(statuses, Status::planned) &&
           has(statuses, Status::hypothetical) && has(statuses, Status::denied) &&
           has(statuses, Status::inferred);
}

}  // namespace

std::vector<Status> factual_statuses() {
    return {Status::actual, Status::planned, Status::inferred};
}

bool Selection::plain() const {
    return types.empty() && without_types.empty() && actor_types.empty() && without_actor_types.empty() &&
           !at && !since && !until && !certain && statuses == Selection{}.statuses && !min_confidence &&
           sources.empty() && without_sources.empty() && without.empty() && !max_degree && around.empty() &&
           !where_actor && !where_tie;
}

Filter::Filter(const Selection& selection, const Facts& facts) : selection_(selection), facts_(&facts) {
    const Selection& s = selection_;
    by_type_ = !s.types.empty() || !s.without_types.empty();
    by_status_ = !keeps_every_status(s.statuses) && (facts.any_status() || !has(s.statuses, Status::actual));
    const bool more = s.at || s.since || s.until || s.certain || s.min_confidence || !s.sources.empty() ||
                      !s.without_sources.empty() || s.where_tie;
    by_record_ = by_status_ || more;
    only_status_ = by_status_ && !more;
    by_actor_ = !s.actor_types.empty() || !s.without_actor_types.empty() || !s.without.empty() || s.max_degree ||
                s.where_actor;
    trivial_ = !by_type_ && !by_record_;

    keep_unknown_type_ = s.types.empty();
    std::uint32_t last = 0;
    for (const auto type : s.types) last = std::max(last, type.value);
    for (const auto type : s.without_types) last = std::max(last, type.value);
    keep_type_.assign(last + 1, s.types.empty() ? 1 : 0);
    for (const auto type : s.types) keep_type_[type.value] = 1;
    for (const auto type : s.without_types) keep_type_[type.value] = 0;
}

void Filter::within(std::vector<ActorId> actors) {
    within_ = std::move(actors);
    around_ = by_actor_ = true;
    actors_.clear();
}

bool Filter::record(RelationshipType type, RelationshipId id) {
    if (const auto found = verdicts_.find(id.value); found != verdicts_.end()) {
        return found->second == Verdict::keep;
    }
    const Verdict verdict = judge(type, id);
    // a status alone is as quick to look up as to remember
    if (only_status_ && verdict == Verdict::keep) return true;
    verdicts_.insert({id.value, verdict});
    count(verdict);
    return verdict == Verdict::keep;
}

Filter::Verdict Filter::judge(RelationshipType type, RelationshipId id) {
    const Selection& s = selection_;
    if (by_status_) {
        const Status status = facts_->status(id);
        if (!has(s.statuses, status)) {
            return status == Status::denied         ? Verdict::denied
                   : status == Status::hypothetical ? Verdict::hypothetical
                                                    : Verdict::other_status;
        }
    }
    bool undated = false;
    if (s.at || s.since || s.until || s.certain) {
        const Interval interval = facts_->interval(id, type);
        undated = !interval.dated();
        if (undated && s.certain) return Verdict::by_date;
        const Certainty least = s.certain ? Certainty::certainly : Certainty::possibly;
        if (!undated && s.at && held(interval, s.at->earliest(), s.at->latest()) < least) return Verdict::by_date;
        if (!undated && (s.since || s.until)) {
            const Day from = s.since ? s.since->earliest() : kBeginningOfTime;
            const Day to = s.until ? s.until->latest() : kEndOfTime;
            if (held(interval, from, to) < least) return Verdict::by_date;
        }
    }
    bool ungraded = false;
    if (s.min_confidence) {
        const auto confidence = facts_->confidence(id);
        ungraded = !confidence;
        if (confidence && *confidence < *s.min_confidence) return Verdict::by_confidence;
    }
    if (!s.sources.empty()) {
        const auto sources = facts_->sources(id);
        if (std::none_of(sources.begin(), sources.end(), [&](SourceId one) { return has(s.sources, one); })) {
            return Verdict::by_source;
        }
    }
    if (!s.without_sources.empty() && facts_->rests_only_on(id, s.without_sources)) return Verdict::by_source;
    if (s.where_tie && !s.where_tie(id)) return Verdict::by_where;
    if (undated) ++left_out_.undated_kept;
    if (ungraded) ++left_out_.ungraded_kept;
    return Verdict::keep;
}

void Filter::count(Verdict verdict) {
    switch (verdict) {
        case Verdict::keep: break;
        case Verdict::denied: ++left_out_.denied; break;
        case Verdict::hypothetical: ++left_out_.hypothetical; break;
        case Verdict::other_status: ++left_out_.other_status; break;
        case Verdict::by_date: ++left_out_.by_date; break;
        case Verdict::by_confidence: ++left_out_.by_confidence; break;
        case Verdict::by_source: ++left_out_.by_source; break;
        case Verdict::by_where: ++left_out_.by_where; break;
    }
}

bool Filter::judge_actor(ActorId id) {
    if (const auto found = actors_.find(id.value); found != actors_.end()) return found->second;
    const bool keep = judge_new_actor(id);
    actors_.insert({id.value, keep});
    if (!keep) ++left_out_.actors;
    return keep;
}

bool Filter::judge_new_actor(ActorId id) const {
    const Selection& s = selection_;
    if (has(s.without, id)) return false;
    if (around_ && !std::binary_search(within_.begin(), within_.end(), id)) return false;
    if (!s.actor_types.empty() || !s.without_actor_types.empty()) {
        const auto types = facts_->types(id);
        const auto any_of = [&](const std::vector<ActorType>& wanted) {
            return std::any_of(types.begin(), types.end(), [&](ActorType t) { return has(wanted, t); });
        };
        if (!s.actor_types.empty() && !any_of(s.actor_types)) return false;
        if (any_of(s.without_actor_types)) return false;
    }
    if (s.where_actor && !s.where_actor(id)) return false;
    return !s.max_degree || !facts_->more_neighbours(id, *s.max_degree);
}

}  // namespace entente::graph
