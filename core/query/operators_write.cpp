// SPDX-License-Identifier: MIT
#include "core/query/operators_write.hpp"

#include <algorithm>

namespace entente::query {

void Writing::open(Row& row, Context& context) {
    out_.clear();
    context.release(held_);
    held_ = 0;
    at_ = 0;
    ready_ = false;
    input().open(row, context);
}

bool Writing::pull(Row& row, Context& context) {
    if (!ready_) {
        std::vector<Saved> in;
        std::size_t held = 0;
        while (input().next(row, context)) {
            context.step();
            in.emplace_back(before_, row);
            context.hold(in.back().bytes());
            held += in.back().bytes();
        }
        ++context.writing;
        for (const Saved& saved : in) {
            context.step();
            saved.put_back(before_, row);
            if (!bare_) context.writer().settle();
            write(row, context);
        }
        finish(context);
        // whoever reads on may hold views of the database, which end where something is written
        if (--context.writing == 0 && !context.only_adds) context.writer().settle();
        context.release(held);
        ready_ = true;
    }
    if (at_ >= out_.size()) return false;
    out_[at_++].put_back(after_, row);
    return true;
}

void Writing::emit(Row& row, Context& context) {
    out_.emplace_back(after_, row);
    context.hold(out_.back().bytes());
    held_ += out_.back().bytes();
}

void Create::write(Row& row, Context& context) {
    create_pattern(clause().pattern, row, context);
    emit(row, context);
}

namespace {

void refuse_nulls(const ExpressionPtr& properties, Row& row, Context& context) {
    if (!properties) return;
    const Datum map = evaluate(*properties, row, context);
    if (map.kind() != Datum::Kind::map) return;
    for (const auto& [name, value] : map.map()) {
        if (!value.is_null()) continue;
        throw Failure({"SemanticError", fault::kRun, "MergeReadOwnWrites"}, properties->at,
                      "MERGE cannot look for a property `" + name + "` that is null");
    }
}

}  // namespace

void Merge::write(Row& row, Context& context) {
    const PathPattern& path = clause().pattern.paths[0];
    for (const NodePattern& n : path.nodes) {
        if (!n.bound) refuse_nulls(n.properties, row, context);
    }
    for (const RelationshipPattern& r : path.relationships) refuse_nulls(r.properties, row, context);
    for (const NodePattern& n : path.nodes) {
        if (n.bound && row[n.slot].is_null()) {
            throw Failure({"SemanticError", fault::kRun, "MergeNullNode"}, n.at,
                          "MERGE cannot tie `" + n.variable + "`, which is null");
        }
    }
    std::vector<Saved> found;
    search_->open(row, context);
    while (search_->next(row, context)) found.emplace_back(clause().scope_after, row);
    for (const Saved& saved : found) {
        saved.put_back(clause().scope_after, row);
        assign(clause().on_match, row, context);
        emit(row, context);
    }
    if (!found.empty()) return;
    create_pattern(clause().pattern, row, context);
    assign(clause().on_create, row, context);
    emit(row, context);
}

void Assign::write(Row& row, Context& context) {
    assign(clause().sets, row, context);
    emit(row, context);
}

void Delete::gather(const Datum& what, Offset at) {
    switch (what.kind()) {
        case Datum::Kind::null:
            return;
        case Datum::Kind::node:
            actors_.push_back(what.node());
            return;
        case Datum::Kind::relationship:
            relationships_.push_back(what.relationship());
            return;
        case Datum::Kind::path:
            actors_.insert(actors_.end(), what.walk().actors.begin(), what.walk().actors.end());
            relationships_.insert(relationships_.end(), what.walk().relationships.begin(),
                                  what.walk().relationships.end());
            return;
        case Datum::Kind::list:
            for (const Datum& each : what.list()) gather(each, at);
            return;
        default:
            throw Failure(fault::runtime_type("InvalidArgumentType"), at,
                          std::string(kind_name(what.kind())) + " cannot be deleted");
    }
}

void Delete::write(Row& row, Context& context) {
    for (const ExpressionPtr& e : clause().arguments) gather(evaluate(*e, row, context), e->at);
    emit(row, context);
}

void Delete::finish(Context& context) {
    const auto once = [](auto& ids) {
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    };
    if (clause().detach) {
        for (const ActorId a : actors_) {
            for (const storage::Side side : {storage::Side::out, storage::Side::in}) {
                for (storage::TieCursor c = context.reader().ties(a, side); c; ++c) {
                    relationships_.push_back(c->id);
                }
            }
        }
    }
    once(actors_);
    once(relationships_);
    for (const RelationshipId id : relationships_) {
        if (context.is_deleted(id)) continue;
        context.deleted(id, context.ends(id));
        context.writer().remove(id);
        ++context.changes.relationships_removed;
    }
    for (const ActorId id : actors_) {
        if (context.is_deleted(id)) continue;
        if (context.reader().degree(id, storage::Side::out) + context.reader().degree(id, storage::Side::in) > 0) {
            throw Failure({"ConstraintVerificationFailed", fault::kRun, "DeleteConnectedNode"}, clause().at,
                          "the actor " + handle(id) + " has relationships",
                          "DETACH DELETE deletes them too");
        }
        context.writer().remove(id);
        ++context.changes.actors_removed;
        context.deleted(id);
    }
    actors_.clear();
    relationships_.clear();
}

void Foreach::write(Row& row, Context& context) {
    const Datum list = evaluate(*clause().expression, row, context);
    if (!list.is_null() && list.kind() != Datum::Kind::list) {
        throw Failure(fault::runtime_type("InvalidArgumentType"), clause().expression->at,
                      "FOREACH wants a list");
    }
    if (!list.is_null()) {
        for (const Datum& each : list.list()) {
            row[clause().slot] = each;
            body_->open(row, context);
            while (body_->next(row, context)) context.step();
        }
    }
    emit(row, context);
}

}  // namespace entente::query
