// SPDX-License-Identifier: MIT
#include "core/query/operators_aggregate.hpp"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>

#include "core/query/function_error.hpp"
#include "core/query/helpers.hpp"

namespace entente::query {
namespace {

/// From so many actors or relationships on, in so many pieces.
constexpr std::uint64_t kMany = 400'000;
constexpr std::uint64_t kPieces = 32;
/// With more groups than this in the first piece, the groups are most of the work.
constexpr std::size_t kFewGroups = 5000;
/// Groups that are asked for again and again are remembered, from so many rows on.
constexpr std::size_t kMemo = 1024;

/// Runs `f`; what goes wrong in it has the place of the aggregate.
template <class F>
void at_call(const Expression& call, F&& f) {
    try {
        f();
    } catch (const FunctionError& error) {
        rethrow(error, call.at);
    }
}

}  // namespace

void Aggregation::open(Row& row, Context& context) {
    groups_ = {};
    context.release(held_);
    held_ = 0;
    at_ = 0;
    ready_ = false;
    input().open(row, context);
}

/// Values that are read from columns come again as the very same ones: no look at what texts say.
Aggregation::Group& Aggregation::group_of(Groups& groups, const Datums& keys, Context& context) {
    if (++groups.asked < kMemo) return groups.all[number_of(groups, keys, context)];
    std::size_t place = 0;
    for (const Datum& d : keys) place = place * 31 + d.identity();
    if (groups.memo.empty()) groups.memo.resize(kMemo);
    Memo& memo = groups.memo[place % kMemo];
    const bool met = memo.keys.size() == keys.size() &&
                     std::equal(keys.begin(), keys.end(), memo.keys.begin(),
                                [](const Datum& a, const Datum& b) { return a.identical(b); });
    if (!met) memo = {keys, number_of(groups, keys, context)};
    return groups.all[memo.group];
}

std::size_t Aggregation::number_of(Groups& groups, const Datums& keys, Context& context) {
    const auto at = groups.places.find(keys);
    if (at != groups.places.end()) return at->second;
    Group group;
    for (const AggregateItem& item : items_) {
        Gathered& g = group.gathered.emplace_back();
        if (item.call->op != Op::count_star) g.accumulator = item.call->aggregate->make();
    }
    std::size_t bytes = 200 + items_.size() * 160;
    for (const Datum& d : keys) bytes += 2 * d.bytes();
    context.hold(bytes);
    held_ += bytes;
    group.keys = keys;
    groups.places.emplace(keys, groups.all.size());
    groups.all.push_back(std::move(group));
    return groups.all.size() - 1;
}

void Aggregation::add(Group& group, Row& row, Context& context) {
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const Expression& call = *items_[i].call;
        Gathered& g = group.gathered[i];
        if (call.op == Op::count_star) {
            ++g.count;
            continue;
        }
        Datums& arguments = arguments_;
        arguments.clear();
        for (const ExpressionPtr& part : call.parts) arguments.push_back(evaluate(*part, row, context));
        if (call.distinct) {
            if (arguments[0].is_null()) continue;
            const std::size_t bytes = g.seen.insert(arguments);
            if (bytes == 0) continue;
            context.hold(bytes);
            held_ += bytes;
        }
        const std::size_t before = g.accumulator->bytes();
        at_call(call, [&] { g.accumulator->add({context, arguments, call.at}); });
        const std::size_t now = g.accumulator->bytes();
        if (now > before) {
            context.hold(now - before);
            held_ += now - before;
        }
    }
}

void Aggregation::gather(Groups& groups, Row& row, Context& context) {
    while (input().next(row, context)) {
        context.step();
        keys_now_.clear();
        for (const Project::Item& key : keys_) keys_now_.push_back(evaluate(*key.expression, row, context));
        add(group_of(groups, keys_now_, context), row, context);
    }
}

// --- in pieces ---

/// Where the rows come from, if each by itself comes from one number there.
Numbered* Aggregation::numbered() const {
    const auto distinct = [](const AggregateItem& item) { return item.call->distinct; };
    if (std::any_of(items_.begin(), items_.end(), distinct)) return nullptr;
    const Operator* op = &input();
    while (op->row_by_row()) op = op->inputs()[0];
    const auto* const scan = dynamic_cast<const Numbered*>(op);
    if (scan == nullptr || dynamic_cast<const Argument*>(op->inputs()[0]) == nullptr) return nullptr;
    return const_cast<Numbered*>(scan);
}

bool Aggregation::read_in_pieces(Row& row, Context& context) {
    if (context.helpers == nullptr || !context.helpers->know(*this)) return false;
    Numbered* const scan = numbered();
    if (scan == nullptr) return false;
    const std::uint64_t last = scan->last_number(context);
    if (last < kMany) return false;
    // Whatever comes, the plan can be run again.
    struct Restore {
        Numbered& scan;
        ~Restore() { scan.only(1, storage::kLastRecord); }
    } const restore{*scan};
    const auto end_of = [&](std::uint64_t piece) { return last * (piece + 1) / kPieces; };
    scan->only(1, end_of(0));
    input().open(row, context);
    gather(groups_, row, context);
    if (groups_.all.size() > kFewGroups) {
        scan->only(end_of(0) + 1, last);
        input().open(row, context);
        gather(groups_, row, context);
    } else {
        std::vector<Piece> pieces(kPieces - 1);
        for (std::uint64_t i = 1; i < kPieces; ++i) {
            pieces[i - 1].first = end_of(i - 1) + 1;
            pieces[i - 1].last = end_of(i);
        }
        share(pieces, row, context);
        for (Piece& piece : pieces) {
            if (piece.failure) std::rethrow_exception(piece.failure);
            put_together(piece.groups, context);
        }
    }
    return true;
}

/// Every thread takes the next piece that nobody has; who fails ends it, and the pieces before are whole.
void Aggregation::share(std::vector<Piece>& pieces, Row& row, Context& context) {
    std::atomic<std::size_t> next{0};
    const auto work = [&](Aggregation& own, Row& own_row, Context& own_context) {
        Numbered& scan = *own.numbered();
        for (std::size_t i = next++; i < pieces.size(); i = next++) {
            try {
                scan.only(pieces[i].first, pieces[i].last);
                own.input().open(own_row, own_context);
                own.gather(pieces[i].groups, own_row, own_context);
            } catch (...) {
                pieces[i].failure = std::current_exception();
                next = pieces.size();
            }
        }
    };
    std::vector<std::thread> threads;
    for (Helper* helper : context.helpers->all(*this)) {
        try {
            threads.emplace_back([&work, helper] {
                work(dynamic_cast<Aggregation&>(helper->step()), helper->row(), helper->context());
            });
        } catch (const std::system_error&) {  // no thread to be had: the others do it
            break;
        }
    }
    work(*this, row, context);
    for (std::thread& thread : threads) thread.join();
}

void Aggregation::put_together(Groups& later, Context& context) {
    for (Group& from : later.all) {
        Group& into = groups_.all[number_of(groups_, from.keys, context)];
        for (std::size_t i = 0; i < items_.size(); ++i) {
            Gathered& g = into.gathered[i];
            g.count += from.gathered[i].count;
            if (!g.accumulator) continue;
            at_call(*items_[i].call, [&] { g.accumulator->merge(*from.gathered[i].accumulator); });
        }
    }
    later = {};
}

void Aggregation::read(Row& row, Context& context) {
    ready_ = true;
    // count(*) alone needs no rows, only their number; where a filter must look at each, that is no help.
    const bool filtered = dynamic_cast<const Filter*>(&input()) != nullptr;
    if ((!counts_only() || filtered) && read_in_pieces(row, context)) {
        // done
    } else if (counts_only()) {
        group_of(groups_, {}, context).gathered[0].count = input().count(row, context);
    } else {
        gather(groups_, row, context);
    }
    if (keys_.empty() && groups_.all.empty()) group_of(groups_, {}, context);
}

bool Aggregation::pull(Row& row, Context& context) {
    if (!ready_) read(row, context);
    if (at_ >= groups_.all.size()) return false;
    Group& group = groups_.all[at_++];
    for (std::size_t i = 0; i < keys_.size(); ++i) row[keys_[i].slot] = group.keys[i];
    for (std::size_t i = 0; i < items_.size(); ++i) {
        Gathered& g = group.gathered[i];
        at_call(*items_[i].call,
                [&] { row[items_[i].slot] = g.accumulator ? g.accumulator->result() : count_datum(g.count); });
    }
    return true;
}

}  // namespace entente::query
