// SPDX-License-Identifier: MIT
#include "core/storage/record_cursor.hpp"

#include "core/storage/reader_state.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {

RecordCursor::RecordCursor(const Reader& reader, Of of)
    : state_(&reader.state()), table_(of == Of::actors ? Table::actors : Table::relationships) {}

void RecordCursor::enter(std::uint64_t id) {
    const auto found = state_->tables->locate_written(table_, id);
    block_ = found.block;
    upper_ = found.upper;
    inside_ = true;
    views_.clear();
}

void RecordCursor::enter_settled(std::uint64_t id) {
    state_->tables->settle_to_read(table_);
    enter(id);
}

bool RecordCursor::seek(std::uint64_t id) {
    waiting_ = state_->tables->waiting(table_, id);
    if (waiting_ != nullptr) return true;
    if (!inside_ || id > upper_ || id <= block_.lower()) {
        enter(id);
    } else if (row_ + 1 < block_.rows() && block_.id(row_ + 1) == id) {
        ++row_;
        return true;
    }
    row_ = block_.find(id);
    return row_ < block_.rows();
}

void RecordCursor::read_ended() {
    const Table ended = table_ == Table::actors ? Table::ended_actors : Table::ended_relationships;
    state_->tables->scan(tuple_schema(ended), {}, [&](const Tuple& t) {
        ended_.push_back({t[1], t[0]});
        return true;
    });
    ended_read_ = true;
}

/// Onto the row that next() looks at first.
void RecordCursor::begin() {
    if (ended_read_) {
        ++row_;
        return;
    }
    read_ended();
    enter_settled(first_);
    row_ = 0;
    while (row_ < block_.rows() && block_.id(row_) < first_) ++row_;
}

void RecordCursor::only(std::uint64_t first, std::uint64_t last) {
    first_ = first;
    last_ = last;
}

/// REQUIRES: ids that ascend from call to call.
bool RecordCursor::live(std::uint64_t id) {
    while (ended_at_ < ended_.size() && ended_[ended_at_].second < id) ++ended_at_;
    return ended_at_ >= ended_.size() || ended_[ended_at_].first > id;
}

bool RecordCursor::next() {
    for (begin();;) {
        for (; row_ < block_.rows(); ++row_) {
            const std::uint64_t id = block_.id(row_);
            if (id > last_) return false;
            if (live(id)) return true;
        }
        if (upper_ >= last_) return false;
        enter_settled(upper_ + 1);
        row_ = 0;
    }
}

bool RecordCursor::next(const std::vector<std::uint8_t>& wanted) {
    for (begin();;) {
        if (row_ < block_.rows()) {
            const auto& types = view(column::kType);
            if (!types || types->optional) throw_corrupt("a relationship has no type");
            const RecordBlock::ColumnView column = *types;
            for (; row_ < block_.rows(); ++row_) {
                const auto type = static_cast<std::uint64_t>(block_.number(column, row_));
                if (type >= wanted.size() || wanted[type] == 0) continue;
                const std::uint64_t id = block_.id(row_);
                if (id > last_) return false;
                if (live(id)) return true;
            }
        }
        if (upper_ >= last_) return false;
        enter_settled(upper_ + 1);
        row_ = 0;
    }
}

const std::optional<RecordBlock::ColumnView>& RecordCursor::view(std::uint32_t column) {
    for (const auto& [known, found] : views_) {
        if (known == column) return found;
    }
    views_.emplace_back(column, block_.find_column(column));
    return views_.back().second;
}

std::int64_t RecordCursor::number(std::uint32_t column) {
    if (waiting_ != nullptr) {
        const OwnedCell* cell = waiting_->find(column);
        if (cell == nullptr) throw_corrupt("a relationship has no ends");
        return cell->number;
    }
    const auto& c = view(column);
    if (!c || !c->has(row_)) throw_corrupt("a relationship has no ends");
    return block_.number(*c, row_);
}

std::optional<Cell> RecordCursor::cell(PropertyId property) {
    const std::uint32_t column = column::kFirstProperty + property.value;
    if (waiting_ != nullptr) return state_->tables->cell(table_, *waiting_, column);
    const auto& c = view(column);
    if (c && c->has(row_)) {
        Cell out;
        out.column = column;
        out.kind = c->encoding;
        out.scale = c->scale;
        switch (c->encoding) {
            case Encoding::integer:
            case Encoding::decimal:
            case Encoding::date:
            case Encoding::boolean:
                out.number = block_.number(*c, row_);
                return out;
            case Encoding::words:
            case Encoding::text:
                out.kind = Encoding::text;
                out.bytes = block_.bytes(*c, row_);
                return out;
            case Encoding::real:
            case Encoding::value:
                break;
        }
    } else if (!view(column::kRest)) {
        return std::nullopt;
    }
    return state_->tables->cell(table_, block_, row_, id(), column);
}

Value RecordCursor::property(PropertyId property) {
    const auto c = cell(property);
    if (!c) return {};
    if (state_->hidden.empty()) return value_of(*c);
    const Row row = *state_->tables->row(table_, id());
    Properties all = table_ == Table::actors ? actor_of(row, *state_->dictionary).properties : relationship_of(row, *state_->dictionary).properties;
    leave_out_hidden(*state_, table_, id(), all);
    const Value* value = find_property(all, state_->dictionary->properties()[property.value - 1]);
    return value == nullptr ? Value() : *value;
}

}  // namespace entente::storage
