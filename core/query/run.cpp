// SPDX-License-Identifier: MIT
#include "core/query/run.hpp"

#include <algorithm>
#include <array>

#include "core/query/binder.hpp"
#include "core/query/helpers.hpp"
#include "core/query/index_command.hpp"
#include "core/query/waiting_writes.hpp"
#include "core/query/parser.hpp"
#include "core/query/planner.hpp"
#include "core/query/unknown_names.hpp"

namespace entente::query {
namespace {

/// Runs `f`; failures get their place in the text.
template <class F>
auto placed(std::string_view text, F&& f, std::string_view what = "query") {
    try {
        return f();
    } catch (const Failure& failure) {
        throw failure.placed(text, what);
    }
}

/// A nested transaction for as long as it lives.
class Nested {
public:
    Nested(storage::Writer* writer, storage::Waits waits) : writer_(writer) {
        if (writer_ != nullptr) writer_->begin(waits);
    }
    ~Nested() {
        if (writer_ != nullptr) writer_->abort();
    }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;
    void keep() {
        if (writer_ != nullptr) writer_->end();
        writer_ = nullptr;
    }

private:
    storage::Writer* writer_;
};

storage::Waits waits(const Statement& statement) {
    if (statement.index) return storage::Waits::nothing;
    return merges(statement.query) ? storage::Waits::records : storage::Waits::all;
}

}  // namespace

Prepared::Prepared(std::string_view text, const Procedures& procedures, const DatumMap& parameters)
    : text_(text), procedures_(&procedures), parameters_(&parameters) {
    placed(text_, [&] {
        statement_ = std::make_unique<Statement>(parse(text_));
        if (statement_->index) {
            statement_->query.columns = columns_of(*statement_->index);
        } else {
            bind(*statement_, {procedures_, parameters_});
        }
    });
}
Prepared::~Prepared() = default;
Prepared::Prepared(Prepared&&) noexcept = default;
Prepared& Prepared::operator=(Prepared&&) noexcept = default;

const Operator& Prepared::plan(const storage::Reader& reader) {
    return plan(reader, Bounds());
}
const Operator& Prepared::plan(const storage::Reader& reader, const Bounds& bounds) {
    if (!plan_) {
        placed(text_, [&] { plan_ = query::plan(statement_->query, reader, *parameters_, &bounds); });
    }
    return *plan_;
}

void Prepared::run(const storage::Reader& reader, storage::Writer* writer, const Bounds& bounds,
                   const std::function<bool(const Datums&)>& visit) {
    placed(text_, [&] {
        const bool adding = !statement_->index && only_adds(statement_->query);
        if (writer != nullptr && !adding) writer->settle();
        Nested nested(writes() ? writer : nullptr, waits(*statement_));
        if (statement_->index) {
            changes_ = {};
            query::run(*statement_->index, reader, writes() ? writer : nullptr, changes_, visit);
            return nested.keep();
        }
        Context context(reader, writes() ? writer : nullptr, *parameters_, *procedures_, bounds);
        context.only_adds = adding;
        plan(reader, bounds);
        // With real rows for PROFILE, one thread counts them.
        Helpers helpers(text_, *procedures_, *parameters_, *plan_, context);
        if (!writes() && statement_->mode != Statement::Mode::profile) context.helpers = &helpers;
        Row row(std::max<Slot>(statement_->slots, 1));
        const std::vector<Slot>& slots = statement_->query.column_slots[0];
        bool wanted = true;
        Datums out(slots.size());
        plan_->open(row, context);
        while (plan_->next(row, context)) {
            if (slots.empty() || !wanted) continue;
            for (std::size_t i = 0; i < slots.size(); ++i) out[i] = row[slots[i]];
            wanted = visit(out);
            if (!wanted && !writes()) break;
        }
        memory_ = context.most_held();
        changes_ = context.changes;
        nested.keep();
    });
}

Answer Prepared::run(const storage::Reader& reader, storage::Writer* writer, const Bounds& bounds) {
    Answer answer;
    answer.columns = columns();
    std::size_t held = 0;
    run(reader, writer, bounds, [&](const Datums& row) {
        for (const Datum& d : row) held += d.bytes();
        if (held > bounds.memory) {
            throw Failure({"MemoryError", fault::kRun, "OutOfMemory"}, kNowhere,
                          "the answer needs more memory than it is allowed",
                          "LIMIT makes it shorter; a larger --memory allows more");
        }
        answer.rows.push_back(row);
        return true;
    });
    answer.memory = std::max(memory_, held);
    answer.changes = changes_;
    return answer;
}

// --- conditions ---

namespace {

constexpr std::string_view kWhere = "--where";
constexpr Slot kActor = 0, kTie = 1, kOther = 2;

/// What is not known is most often the name of a property without its bearer.
Failure advised(const Failure& failure) {
    if (failure.words().detail == "MissingParameter") {
        return Failure(failure.words(), failure.at(), failure.bare(), "--where takes no parameters: write the value itself");
    }
    if (failure.words().detail != "UndefinedVariable") return failure;
    return Failure(failure.words(), failure.at(), failure.bare(),
                   "a is an actor, r a relationship with the ends a and b: a.country = 'ua', r.amount > 1000");
}

}  // namespace

Condition::Condition(std::string_view text, const storage::Reader& reader, const Procedures& procedures)
    : text_(text) {
    const auto bound = [&](const std::vector<Variable>& variables) {
        try {
            return bind_condition(expression_, variables, {&procedures, &parameters_});
        } catch (const Failure& failure) {
            throw advised(failure);
        }
    };
    const auto make = [&] {
        expression_ = parse_expression(text_);
        const std::vector<Variable> variables = {
            {"a", kActor, kind::kNode}, {"r", kTie, kind::kRelationship}, {"b", kOther, kind::kNode}};
        const Slot slots = bound(variables);
        std::vector<Slot> used;
        slots_of(*expression_, used);
        about_relationships_ = std::any_of(used.begin(), used.end(), [](Slot s) { return s == kTie || s == kOther; });
        unknown_ = unknown_names(expression_, std::array{kActor, kTie, kOther}, reader);
        plan(*expression_, reader, parameters_);
        row_.resize(slots);
        context_ = std::make_unique<Context>(reader, nullptr, parameters_, procedures, Bounds());
    };
    placed(text_, make, kWhere);
}
Condition::~Condition() = default;

bool Condition::holds(ActorId actor) {
    row_[kActor] = Datum(actor);
    return placed(text_, [&] { return query::holds(*expression_, row_, *context_); }, kWhere);
}
bool Condition::holds(RelationshipId relationship) {
    const auto ends = context_->ends(relationship);
    row_[kActor] = Datum(ends.from);
    row_[kTie] = Datum(relationship);
    row_[kOther] = Datum(ends.to);
    return placed(text_, [&] { return query::holds(*expression_, row_, *context_); }, kWhere);
}

}  // namespace entente::query
