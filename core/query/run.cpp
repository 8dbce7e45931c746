// SPDX-License-Identifier: MIT
#include "core/query/run.hpp"

#include <algorithm>

#include "core/query/binder.hpp"
#include "core/query/parser.hpp"
#include "core/query/planner.hpp"

namespace entente::query {
namespace {

/// Runs `f`; failures get their place in the text.
template <class F>
auto placed(std::string_view text, F&& f) {
    try {
        return f();
    } catch (const Failure& failure) {
        throw failure.placed(text);
    }
}

/// A nested transaction for as long as it lives.
class Nested {
public:
    explicit Nested(storage::Writer* writer) : writer_(writer) {
        if (writer_ != nullptr) writer_->begin();
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

}  // namespace

Prepared::Prepared(std::string_view text, const Procedures& procedures, const DatumMap& parameters)
    : text_(text), procedures_(&procedures), parameters_(&parameters) {
    placed(text_, [&] {
        statement_ = std::make_unique<Statement>(parse(text_));
        bind(*statement_, {procedures_, parameters_});
    });
}
Prepared::~Prepared() = default;
Prepared::Prepared(Prepared&&) noexcept = default;
Prepared& Prepared::operator=(Prepared&&) noexcept = default;

const Operator& Prepared::plan(const storage::Reader& reader) {
    if (!plan_) plan_ = query::plan(statement_->query, reader);
    return *plan_;
}

void Prepared::run(const storage::Reader& reader, storage::Writer* writer, const Bounds& bounds,
                   const std::function<bool(const Datums&)>& visit) {
    placed(text_, [&] {
        Nested nested(writes() ? writer : nullptr);
        Context context(reader, writes() ? writer : nullptr, *parameters_, *procedures_, bounds);
        plan(reader);
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

Condition::Condition(std::string_view text, const storage::Reader& reader, const Procedures& procedures,
                     const DatumMap& parameters)
    : text_(text) {
    placed(text_, [&] {
        expression_ = parse_expression(text_);
        const std::vector<Variable> variables = {{"a", 0, kind::kNode}, {"r", 1, kind::kRelationship},
                                                 {"b", 2, kind::kNode}};
        const Slot slots = bind(*expression_, variables, {&procedures, &parameters});
        std::vector<Slot> used;
        slots_of(*expression_, used);
        about_relationships_ = std::any_of(used.begin(), used.end(), [](Slot s) { return s == 1 || s == 2; });
        plan(*expression_, reader);
        row_.resize(slots);
        context_ = std::make_unique<Context>(reader, nullptr, parameters, procedures, Bounds());
    });
}
Condition::~Condition() = default;
Condition::Condition(Condition&&) noexcept = default;
Condition& Condition::operator=(Condition&&) noexcept = default;

bool Condition::holds(ActorId actor) {
    return placed(text_, [&] {
        row_[0] = Datum(actor);
        return query::holds(*expression_, row_, *context_);
    });
}
bool Condition::holds(RelationshipId relationship) {
    return placed(text_, [&] {
        const auto ends = context_->ends(relationship);
        row_[0] = Datum(ends.from);
        row_[1] = Datum(relationship);
        row_[2] = Datum(ends.to);
        return query::holds(*expression_, row_, *context_);
    });
}

}  // namespace entente::query
