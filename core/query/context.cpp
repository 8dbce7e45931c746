// SPDX-License-Identifier: MIT
#include "core/query/context.hpp"

#include <algorithm>

namespace entente::query {
namespace {

/// Every context has editions of its own, so that what a tree remembers from an earlier run is stale.
std::uint64_t fresh_edition() {
    static std::atomic<std::uint64_t> last{0};
    return last.fetch_add(std::uint64_t{1} << 32U) + (std::uint64_t{1} << 32U);
}

[[noreturn]] void throw_deleted(const std::string& what) {
    throw Failure({"EntityNotFound", fault::kRun, "DeletedEntityAccess"}, kNowhere,
                  what + " has been deleted by this statement");
}

/// Looks a name up again only when the dictionaries can have grown.
template <class Find>
std::uint32_t resolve(const NameRef& name, std::uint64_t edition, Find&& find) {
    if (name.edition != edition) {
        name.number = find();
        name.edition = edition;
    }
    return name.number;
}

}  // namespace

Context::Context(const storage::Reader& reader, storage::Writer* writer, const DatumMap& parameters,
                 const Procedures& procedures, const Bounds& bounds)
    : reader_(&reader),
      writer_(writer),
      parameters_(&parameters),
      procedures_(&procedures),
      bounds_(bounds),
      edition_(fresh_edition()),
      now_(std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
               .count()) {}

storage::Writer& Context::writer() {
    ++edition_;
    actor_cursor_.reset();
    relationship_cursor_.reset();
    columns_.clear();
    if (writer_ == nullptr) {
        throw Error(ErrorKind::read_only, "this statement writes, and only reading is allowed here");
    }
    return *writer_;
}

std::optional<PropertyId> Context::property(const NameRef& name) const {
    const std::uint32_t n = resolve(name, edition_, [&] {
        const auto found = reader_->find_property(name.name);
        return found ? found->value : 0;
    });
    return n == 0 ? std::nullopt : std::optional(PropertyId(n));
}

// The reader also finds names that differ in case alone; the language does not.
std::optional<ActorType> Context::actor_type(const NameRef& name) const {
    const std::uint32_t n = resolve(name, edition_, [&] {
        const auto found = reader_->find_actor_type(name.name);
        return found && reader_->name(*found) == name.name ? found->value : 0;
    });
    return n == 0 ? std::nullopt : std::optional(ActorType(n));
}
std::optional<RelationshipType> Context::relationship_type(const NameRef& name) const {
    const std::uint32_t n = resolve(name, edition_, [&] {
        const auto found = reader_->find_relationship_type(name.name);
        return found && reader_->name(*found) == name.name ? found->value : 0;
    });
    return n == 0 ? std::nullopt : std::optional(RelationshipType(n));
}

void Context::check_live(ActorId id) const {
    if (is_deleted(id)) throw_deleted("the actor " + handle(id));
}
void Context::check_live(RelationshipId id) const {
    if (is_deleted(id)) throw_deleted("the relationship " + handle(id));
}

namespace {

Datum datum_of(const storage::Cell& cell) {
    switch (cell.kind) {
        case storage::Encoding::integer:
            return Datum(cell.number);
        case storage::Encoding::decimal:
            return Datum(storage::decimal_value(cell.number, cell.scale));
        case storage::Encoding::boolean:
            return Datum(cell.number != 0);
        case storage::Encoding::text:
            return Datum(cell.bytes);
        default:
            return Datum(storage::value_of(cell));
    }
}

/// Gives cells that say the same one number, in the order in which they come, from 1 on.
class Different {
public:
    explicit Different(std::vector<Datum>& values) : values_(values), recent_(kRecent) {}

    std::size_t code(const storage::Cell& cell) {
        // Words of a block lie in one place each: the same bytes need no look inside.
        const auto place = reinterpret_cast<std::uintptr_t>(cell.bytes.data());
        const std::uint64_t mixed = (place >> 1U) ^ (static_cast<std::uint64_t>(cell.number) * 0x9e3779b97f4a7c15ULL >> 40U);
        Recent& r = recent_[mixed % kRecent];
        if (r.code != 0 && r.cell.kind == cell.kind && r.cell.scale == cell.scale && r.cell.number == cell.number &&
            r.cell.bytes.data() == cell.bytes.data() && r.cell.bytes.size() == cell.bytes.size()) {
            return r.code;
        }
        std::string key(cell.bytes);
        for (unsigned shift = 0; shift < 64; shift += 8) {
            key += static_cast<char>(static_cast<std::uint64_t>(cell.number) >> shift);
        }
        key += static_cast<char>(cell.kind);
        key += static_cast<char>(cell.scale);
        const auto [at, fresh] = known_.emplace(std::move(key), values_.size());
        if (fresh) values_.push_back(datum_of(cell));
        r = {cell, at->second};
        return at->second;
    }

private:
    static constexpr std::size_t kRecent = 1024;
    struct Recent {
        storage::Cell cell;
        std::size_t code = 0;
    };
    std::vector<Datum>& values_;
    std::vector<Recent> recent_;
    std::unordered_map<std::string, std::size_t> known_;
};

}  // namespace

void Context::read_ahead(Column& column, PropertyId property) const {
    constexpr std::size_t kWide = 0xffff, kNarrow = 0xff, kFew = 4096;
    const std::size_t size = std::size_t{reader_->last_actor().value} + 1;
    column.values.assign(1, Datum());
    column.wide.assign(size, 0);
    Different different(column.values);
    storage::RecordCursor cursor(*reader_, storage::RecordCursor::Of::actors);
    std::size_t seen = 0;
    bool coded = true;
    while (cursor.next()) {
        const auto cell = cursor.cell(property);
        if (!cell) continue;
        ++seen;
        if (coded) {
            const std::size_t code = different.code(*cell);
            column.wide[cursor.id()] = static_cast<std::uint16_t>(code);
            // Names, amounts: nearly each its own.
            coded = column.values.size() <= kWide && (column.values.size() < kFew || column.values.size() * 4 < seen);
            if (coded) continue;
            std::vector<Datum> all(size);
            for (std::size_t i = 0; i < size; ++i) all[i] = column.values[column.wide[i]];
            all[cursor.id()] = column.values[code];
            column.values = std::move(all);
            column.wide.clear();
            continue;
        }
        column.values[cursor.id()] = datum_of(*cell);
    }
    if (coded && column.values.size() <= kNarrow) {
        column.narrow.assign(column.wide.begin(), column.wide.end());
        column.wide.clear();
    }
    column.ready = true;
}

Datum Context::get(ActorId id, const NameRef& name) const {
    check_live(id);
    const auto p = property(name);
    if (!p) return {};
    if (writer_ == nullptr) {
        constexpr std::uint64_t kMany = 20000;
        if (columns_.size() <= p->value) columns_.resize(p->value + std::size_t{1});
        Column& column = columns_[p->value];
        if (column.ready) return column.at(id.value);
        const std::uint64_t all = reader_->last_actor().value;
        if (++column.asked > std::max<std::uint64_t>(kMany, all / 32) && all < bounds_.memory / 128) {
            read_ahead(column, *p);
            return column.at(id.value);
        }
    }
    if (!actor_cursor_) actor_cursor_.emplace(*reader_, storage::RecordCursor::Of::actors);
    if (!actor_cursor_->seek(id.value)) return {};
    const auto cell = actor_cursor_->cell(*p);
    return cell ? datum_of(*cell) : Datum();
}

std::optional<std::string_view> Context::text(ActorId id, const NameRef& name) const {
    check_live(id);
    const auto p = property(name);
    if (!p) return std::nullopt;
    if (!actor_cursor_) actor_cursor_.emplace(*reader_, storage::RecordCursor::Of::actors);
    if (!actor_cursor_->seek(id.value)) return std::nullopt;
    const auto cell = actor_cursor_->cell(*p);
    if (!cell || cell->kind != storage::Encoding::text) return std::nullopt;
    return cell->bytes;
}

Datum Context::get(RelationshipId id, const NameRef& name) const {
    check_live(id);
    const auto p = property(name);
    if (!p) return {};
    if (!relationship_cursor_) {
        relationship_cursor_.emplace(*reader_, storage::RecordCursor::Of::relationships);
    }
    if (!relationship_cursor_->seek(id.value)) return {};
    const auto cell = relationship_cursor_->cell(*p);
    return cell ? datum_of(*cell) : Datum();
}

std::vector<std::string> Context::labels(ActorId id) const {
    check_live(id);
    std::vector<std::string> out;
    for (const ActorType t : reader_->types(id)) out.push_back(reader_->name(t));
    std::sort(out.begin(), out.end());
    return out;
}

bool Context::has_label(ActorId id, const NameRef& label) const {
    check_live(id);
    const auto type = actor_type(label);
    if (!type) return false;
    const auto types = reader_->types(id);
    return std::find(types.begin(), types.end(), *type) != types.end();
}

storage::Reader::Ends Context::ends(RelationshipId id) const {
    if (!deleted_relationships_.empty()) {
        if (const auto at = deleted_relationships_.find(id.value); at != deleted_relationships_.end()) {
            return at->second;
        }
    }
    const auto found = reader_->ends(id);
    if (!found) throw_deleted("the relationship " + handle(id));
    return *found;
}

const std::string& Context::type(RelationshipId id) const { return reader_->name(ends(id).type); }

namespace {

DatumMap to_map(const Properties& properties) {
    DatumMap out;
    for (const auto& [name, value] : properties) out.emplace(name, Datum(value));
    return out;
}

}  // namespace

DatumMap Context::properties(ActorId id) const {
    check_live(id);
    const auto actor = reader_->actor(id);
    return actor ? to_map(actor->properties) : DatumMap();
}
DatumMap Context::properties(RelationshipId id) const {
    check_live(id);
    const auto relationship = reader_->relationship(id);
    return relationship ? to_map(relationship->properties) : DatumMap();
}

RegularExpression& Context::expression(const std::string& pattern) {
    constexpr std::size_t kMany = 100;
    if (const auto at = expressions_.find(pattern); at != expressions_.end()) return at->second;
    if (expressions_.size() >= kMany) expressions_.clear();
    return expressions_.emplace(pattern, RegularExpression(pattern)).first->second;
}

void out_of_time() {
    throw Failure({"TimeoutError", fault::kRun, "Timeout"}, kNowhere, "the statement ran out of time",
                  "a longer --timeout lets it go on");
}

void check_clock(const Bounds& bounds) {
    if (bounds.interrupted != nullptr && bounds.interrupted->load(std::memory_order_relaxed)) {
        throw Error(ErrorKind::interrupted, "interrupted");
    }
    if (bounds.until && std::chrono::steady_clock::now() >= *bounds.until) out_of_time();
}

void Context::look_at_clock() { check_clock(bounds_); }

void Context::hold(std::size_t bytes) {
    held_ += bytes;
    most_held_ = std::max(most_held_, held_);
    if (held_ > bounds_.memory) {
        throw Failure({"MemoryError", fault::kRun, "OutOfMemory"}, kNowhere,
                      "the statement needs more memory than it is allowed",
                      "a larger --memory allows more; LIMIT and narrower patterns need less");
    }
}

}  // namespace entente::query
