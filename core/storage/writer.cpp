// SPDX-License-Identifier: MIT
#include "core/storage/writer.hpp"

#include <algorithm>
#include <chrono>

#include "core/error.hpp"
#include "core/storage/merges.hpp"
#include "core/storage/value_codec.hpp"
#include "core/storage/writer_state.hpp"

namespace entente::storage {

Writer::Writer(std::unique_ptr<WriterState> state) : state_(std::move(state)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

const Reader& Writer::reader() const { return *state_->reader; }
ChangeSetId Writer::change_set() const { return state_->set.set.id; }

std::string history_key(Operation operation, std::uint64_t id, std::uint32_t set) {
    std::string key(1, static_cast<char>(Table::history));
    key.push_back(static_cast<char>(operation));
    append_big_endian(key, id, 6);
    append_big_endian(key, set, 4);
    return key;
}

void WriterState::borrow() {
    ReaderState& r = reader->state();
    r.environment = environment;
    r.tables = tables.get();
    r.state = &state;
    r.dictionary = &dictionary;
}

void WriterState::note(Operation operation, std::uint64_t id) {
    wrote = true;
    if (going_back) return;
    const Tuple line{set.set.id.value, static_cast<std::uint64_t>(operation), id, 0};
    if (waits != Waits::nothing) tables->apply_later(tuple_schema(Table::journal), {{line, false}});
    else tables->insert(tuple_schema(Table::journal), line);
}

void WriterState::remember(Operation operation, std::uint64_t id, std::string_view content) {
    note(operation, id);
    if (going_back) return;
    const std::string key = history_key(operation, id, set.set.id.value);
    if (tables->get(key)) return;
    tables->put(key, content);
    ++state.history;
}

void put_row(WriterState& w, Table table, Row row, bool is_new) {
    if (w.waits != Waits::nothing) {
        w.state.blobs += static_cast<std::uint64_t>(w.tables->put_later(table, std::move(row), is_new));
        return;
    }
    std::vector<Row> rows;
    rows.push_back(std::move(row));
    w.state.blobs += static_cast<std::uint64_t>(w.tables->put(table, std::move(rows)));
}

void end_range(WriterState& w, Table ended, std::uint64_t first, std::uint64_t last) {
    const bool actors = ended == Table::ended_actors;
    w.tables->insert(tuple_schema(ended), {last, first, w.set.set.id.value, 0});
    w.note(actors ? Operation::removed_actors : Operation::removed_relationships, first);
    const std::uint64_t n = last - first + 1;
    (actors ? w.state.actors : w.state.relationships) -= n;
    (actors ? w.set.set.removed.actors : w.set.set.removed.relationships) += n;
}

void join_components(WriterState& w, std::uint64_t a, std::uint64_t b) {
    const Reader& r = *w.reader;
    ActorId x = r.component(ActorId(static_cast<std::uint32_t>(a)));
    ActorId y = r.component(ActorId(static_cast<std::uint32_t>(b)));
    if (x == y) return;
    std::uint64_t of_x = r.component_size(x), of_y = r.component_size(y);
    if (of_x < of_y || (of_x == of_y && y < x)) {
        std::swap(x, y);
        std::swap(of_x, of_y);
    }
    w.tables->insert(tuple_schema(Table::component_parent), {y.value, x.value, 0, 0});
    std::vector<Tables::Change> sizes;
    sizes.push_back({{x.value, of_x, 0, 0}, true});
    sizes.push_back({{y.value, of_y, 0, 0}, true});
    sizes.push_back({{x.value, of_x + of_y, 0, 0}, false});
    w.tables->apply(tuple_schema(Table::component_size), sizes);
}

// --- nesting ---

void Writer::begin(Waits waits) {
    WriterState& w = *state_;
    if (waits == Waits::nothing) w.tables->settle();
    w.tables->begin(w.environment->raw());
    w.saved.push_back({w.state, w.dictionary, w.set, w.wrote, w.reindexed, w.waits});
    w.waits = waits;
}

void Writer::settle() { state_->tables->settle(); }

void Writer::end() {
    state_->tables->end();
    state_->waits = state_->saved.back().waits;
    state_->saved.pop_back();
}

void Writer::abort() noexcept {
    WriterState& w = *state_;
    if (w.saved.empty()) return;
    w.tables->abort();
    w.state = w.saved.back().state;
    w.dictionary = std::move(w.saved.back().dictionary);
    w.set = std::move(w.saved.back().set);
    w.wrote = w.saved.back().wrote;
    w.reindexed = w.saved.back().reindexed;
    w.waits = w.saved.back().waits;
    w.saved.pop_back();
}

// --- adding ---

ActorId Writer::add(const Actor& actor) {
    WriterState& w = *state_;
    if (actor.key) {
        if (actor.key->empty()) throw Error(ErrorKind::usage, "a key may not be empty");
        if (const auto other = w.reader->actor_by_key(*actor.key))
            throw Error(ErrorKind::usage, "the key '" + *actor.key + "' is taken by " + handle(*other));
    }
    if (w.state.last_actor == 0xffffffff)
        throw Error(ErrorKind::full, "the database has given all its 4,294,967,295 actor numbers");
    Actor copy = actor;
    copy.id = ActorId(static_cast<std::uint32_t>(w.state.last_actor + 1));
    copy.since = w.set.set.id;
    Row row = row_of(copy, w.dictionary);
    index_actor(w, row, false);
    put_row(w, Table::actors, std::move(row), true);
    ++w.state.last_actor;
    ++w.state.actors;
    ++w.set.set.added.actors;
    w.wrote = true;
    return copy.id;
}

RelationshipId Writer::add(const Relationship& relationship) {
    WriterState& w = *state_;
    for (const ActorId end : {relationship.from, relationship.to})
        if (!w.reader->exists(end))
            throw Error(ErrorKind::usage, "there is no actor " + handle(end));
    if (relationship.type.empty()) throw Error(ErrorKind::usage, "a relationship needs a type");
    if (w.state.last_relationship + 1 >= kLastRecord)
        throw Error(ErrorKind::full, "the database has given all its relationship numbers");
    Relationship copy = relationship;
    copy.id = RelationshipId(w.state.last_relationship + 1);
    copy.since = w.set.set.id;
    Row row = row_of(copy, w.dictionary);
    index_ties(w, {tie_of(w, row)}, false);
    put_row(w, Table::relationships, std::move(row), true);
    ++w.state.last_relationship;
    ++w.state.relationships;
    ++w.set.set.added.relationships;
    w.wrote = true;
    join_components(w, copy.from.value, copy.to.value);
    return copy.id;
}

// --- changing ---

std::string evidence_text(const Tables& tables, std::uint64_t subject) {
    std::string out;
    for (const Tuple& t : tables.tuples_of(tuple_schema(Table::evidence_source), subject)) {
        append_varint(out, t[1]);
        if ((t[1] & kHasDetail) == 0) continue;
        const SourceId source(static_cast<std::uint32_t>(t[1] >> 1));
        append_text(out, tables.get(evidence_key(subject, source)).value_or(std::string_view()));
    }
    return out;
}

namespace {

std::uint64_t subject_of(Table table, std::uint64_t id) {
    return table == Table::actors ? kActorSubject | id : id;
}

void link_source(WriterState& w, std::uint64_t subject, SourceId source) {
    std::vector<Tables::Change> link{{{subject, std::uint64_t{source.value} << 1, 0, 0}, false}};
    std::vector<Tables::Change> inverse{{{source.value, subject, 0, 0}, false}};
    w.change_index(Table::evidence_source, link);
    w.change_index(Table::evidence_subject, inverse);
}

/// Is the source one of those that support the subject, and are details of that kept?
std::optional<bool> details_of(const WriterState& w, std::uint64_t subject, SourceId source) {
    for (const Tuple& t : w.tables->tuples_of(tuple_schema(Table::evidence_source), subject))
        if (t[1] >> 1 == source.value) return (t[1] & kHasDetail) != 0;
    return std::nullopt;
}

/// A subject without evidence of its own rests on the source of its change set; makes that a link. false: on none.
bool link_default_source(WriterState& w, Table table, std::uint64_t id) {
    const auto c = w.tables->cell(table, id, column::kSince);
    const ChangeSetId since(static_cast<std::uint32_t>(c ? c->number : 0));
    SourceId source = w.set.set.source;
    if (since != w.set.set.id) {
        const auto set = w.tables->get(number_key(Table::change_sets, since.value));
        if (!set) throw_corrupt("a change set is missing");
        source = decode_change_set(*set, since).set.source;
    }
    if (source) link_source(w, subject_of(table, id), source);
    return static_cast<bool>(source);
}

/// Before a record moves to this change set: the sources that supported it go on doing so.
void keep_support(WriterState& w, Table table, std::uint64_t id) {
    const std::uint64_t subject = subject_of(table, id);
    const std::string before = evidence_text(*w.tables, subject);
    const bool by_default = before.empty() && link_default_source(w, table, id);
    if (before.empty() && !by_default) return;
    const SourceId source = w.set.set.source;
    const bool more = source && !details_of(w, subject, source);
    if (more) link_source(w, subject, source);
    if (by_default || more) w.remember(Operation::evidence, subject, before);
}

}  // namespace

namespace {

bool same_but_since(const Row& a, const Row& b) {
    std::size_t i = 0, j = 0;
    for (;;) {
        while (i < a.cells.size() && a.cells[i].column == column::kSince) ++i;
        while (j < b.cells.size() && b.cells[j].column == column::kSince) ++j;
        if (i == a.cells.size() || j == b.cells.size()) return i == a.cells.size() && j == b.cells.size();
        const OwnedCell &x = a.cells[i++], &y = b.cells[j++];
        if (x.column != y.column) return false;
        if (x.kind == y.kind && x.scale == y.scale && x.number == y.number && x.bytes == y.bytes)
            continue;
        if (!(value_of(x.view()) == value_of(y.view()))) return false;
    }
}

}  // namespace

bool Writer::change(ActorId id, const Actor& actor) {
    WriterState& w = *state_;
    if (!w.reader->exists(id)) throw Error(ErrorKind::usage, "there is no actor " + handle(id));
    if (actor.key)
        if (const auto other = w.reader->actor_by_key(*actor.key); other && *other != id)
            throw Error(ErrorKind::usage, "the key '" + *actor.key + "' is taken by " + handle(*other));
    const Row before = *w.tables->row(Table::actors, id.value);
    Actor copy = actor;
    copy.id = id;
    copy.since = w.set.set.id;
    Row after = row_of(copy, w.dictionary);
    if (same_but_since(before, after)) return false;
    if (!w.fresh_actor(id.value)) {
        keep_support(w, Table::actors, id.value);
        w.remember(Operation::changed_actor, id.value, encode_row(before));
        ++w.set.set.changed.actors;
    }
    reindex_actor(w, before, after);
    put_row(w, Table::actors, std::move(after), false);
    w.wrote = true;
    return true;
}

bool Writer::change(RelationshipId id, const Properties& properties) {
    WriterState& w = *state_;
    if (!w.reader->exists(id)) throw Error(ErrorKind::usage, "there is no relationship " + handle(id));
    const Row before = *w.tables->row(Table::relationships, id.value);
    Relationship copy = relationship_of(before, w.dictionary);
    copy.properties = properties;
    copy.since = w.set.set.id;
    Row after = row_of(copy, w.dictionary);
    if (same_but_since(before, after)) return false;
    if (!w.fresh_relationship(id.value)) {
        keep_support(w, Table::relationships, id.value);
        w.remember(Operation::changed_relationship, id.value, encode_row(before));
        ++w.set.set.changed.relationships;
    }
    move_tie(w, before, after);
    put_row(w, Table::relationships, std::move(after), false);
    w.wrote = true;
    return true;
}

// --- removing ---

std::uint64_t Writer::remove(ActorId id, bool with_relationships) {
    WriterState& w = *state_;
    if (!w.reader->exists(id)) throw Error(ErrorKind::usage, "there is no actor " + handle(id));
    std::vector<std::uint64_t> ids;
    std::vector<TieRow> ties;
    for (const Side side : {Side::out, Side::in})
        for (TieCursor c = w.reader->ties(id, side); c; ++c) {
            if (side == Side::in && c->neighbour == id) continue;  // a self-loop was met going out
            TieRow t;
            t.id = c->id.value;
            t.from = side == Side::out ? id.value : c->neighbour.value;
            t.to = side == Side::out ? c->neighbour.value : id.value;
            t.type = c->type.value;
            ties.push_back(std::move(t));
        }
    if (!ties.empty() && !with_relationships)
        throw Error(ErrorKind::usage,
                    handle(id) + " has " + std::to_string(ties.size()) +
                        (ties.size() == 1 ? " relationship" : " relationships"),
                    "remove them too with --with-relationships");
    std::sort(ties.begin(), ties.end(), [](const TieRow& a, const TieRow& b) { return a.id < b.id; });
    if (w.reader->find_property("id"))
        for (TieRow& t : ties)
            if (const auto row = w.tables->row(Table::relationships, t.id)) t = tie_of(w, *row);
    index_ties(w, ties, true);
    std::vector<Tables::Change> ended, journal;
    for (const TieRow& t : ties) {
        ended.push_back({{t.id, t.id, w.set.set.id.value, 0}, false});
        journal.push_back({{w.set.set.id.value,
                            static_cast<std::uint64_t>(Operation::removed_relationships), t.id, 0},
                           false});
    }
    w.tables->apply(tuple_schema(Table::ended_relationships), ended);
    w.tables->apply(tuple_schema(Table::journal), journal);
    w.state.relationships -= ties.size();
    w.set.set.removed.relationships += ties.size();
    index_actor(w, *w.tables->row(Table::actors, id.value), true);
    end_range(w, Table::ended_actors, id.value, id.value);
    return ties.size();
}

void Writer::remove(RelationshipId id) {
    WriterState& w = *state_;
    if (!w.reader->exists(id)) throw Error(ErrorKind::usage, "there is no relationship " + handle(id));
    index_ties(w, {tie_of(w, *w.tables->row(Table::relationships, id.value))}, true);
    end_range(w, Table::ended_relationships, id.value, id.value);
}

// --- schemas, sources, evidence ---

void Writer::set_schema(const RelationshipSchema& schema) {
    WriterState& w = *state_;
    const bool known = w.dictionary.exact_relationship_type(schema.type).has_value();
    const RelationshipType t = w.dictionary.relationship_type(schema.type);
    const RelationshipSchema before = w.dictionary.relationship_types()[t.value - 1];
    if (before == schema && known) return;
    // A new type was read by its name alone until now; taken back, it is again.
    if (!(before == schema))
        w.remember(Operation::relationship_schema, t.value, schema_text(before));
    w.dictionary.set(t, schema);
    w.wrote = true;
}

void Writer::set_schema(const ActorSchema& schema) {
    WriterState& w = *state_;
    const std::uint32_t types = static_cast<std::uint32_t>(w.dictionary.actor_types().size());
    const ActorType t = w.dictionary.actor_type(schema.type);
    const ActorSchema before = w.dictionary.actor_types()[t.value - 1];
    if (before == schema && t.value <= types) return;
    if (!(before == schema)) w.remember(Operation::actor_schema, t.value, schema_text(before));
    w.dictionary.set(t, schema);
    w.wrote = true;
}

SourceId Writer::put(const Source& source) { return put_source(*state_, source, reader().source_by_key(source.key)); }

SourceId put_source(WriterState& w, const Source& source, std::optional<SourceId> known) {
    if (source.key.empty()) throw Error(ErrorKind::usage, "a source needs a key");
    Source copy = source;
    copy.id = {};
    if (known) {
        const Source before = *w.reader->source(*known);
        copy.id = *known;
        if (before == copy) return *known;
        // One that this same change set brought has no earlier version.
        const bool fresh =
            w.tables->contains(tuple_schema(Table::journal),
                               {w.set.set.id.value, static_cast<std::uint64_t>(Operation::source),
                                known->value, 0}) &&
            !w.tables->get(history_key(Operation::source, known->value, w.set.set.id.value));
        if (!fresh) {
            w.remember(Operation::source, known->value, encode_source(before));
            ++w.set.set.changed.sources;
        }
        w.tables->put(number_key(Table::sources, known->value), encode_source(copy));
        w.wrote = true;
        return *known;
    }
    copy.id = SourceId(w.state.sources + 1);
    w.tables->put(number_key(Table::sources, copy.id.value), encode_source(copy));
    ++w.state.sources;
    ++w.set.set.added.sources;
    w.note(Operation::source, copy.id.value);
    return copy.id;
}

namespace {

void cite_subject(WriterState& w, Table table, std::uint64_t id, const Evidence& evidence) {
    const std::uint64_t subject = subject_of(table, id);
    if (!evidence.source || !w.reader->source(evidence.source))
        throw Error(ErrorKind::usage, "there is no such source");
    const std::string before = evidence_text(*w.tables, subject);
    // The default source goes on supporting it beside the new one.
    if (before.empty()) link_default_source(w, table, id);
    w.remember(Operation::evidence, subject, before);
    std::vector<Evidence> all;
    const std::string key = evidence_key(subject, evidence.source);
    const std::uint64_t bare = std::uint64_t{evidence.source.value} << 1;
    if (const auto found = w.tables->get(key)) {
        all = decode_evidence(*found, evidence.source);
    } else {
        if (details_of(w, subject, evidence.source) == false) {
            const auto known = table == Table::actors
                                   ? w.reader->evidence(ActorId(static_cast<std::uint32_t>(id)))
                                   : w.reader->evidence(RelationshipId(id));
            for (const Evidence& e : known)
                if (e.source == evidence.source) all.push_back(e);
        }
        ++w.state.evidence_details;
    }
    const auto same = std::find_if(all.begin(), all.end(), [&](const Evidence& e) {
        return e.locator == evidence.locator;
    });
    if (same != all.end())
        *same = evidence;
    else
        all.push_back(evidence);
    w.tables->put(key, encode_evidence(all));
    std::vector<Tables::Change> links{{{subject, bare, 0, 0}, true},
                                      {{subject, bare | kHasDetail, 0, 0}, false}};
    std::vector<Tables::Change> inverse{{{evidence.source.value, subject, 0, 0}, false}};
    w.change_index(Table::evidence_source, links);
    w.change_index(Table::evidence_subject, inverse);
}

}  // namespace

void Writer::cite(RelationshipId id, const Evidence& evidence) {
    if (!state_->reader->exists(id))
        throw Error(ErrorKind::usage, "there is no relationship " + handle(id));
    cite_subject(*state_, Table::relationships, id.value, evidence);
}
void Writer::cite(ActorId id, const Evidence& evidence) {
    if (!state_->reader->exists(id)) throw Error(ErrorKind::usage, "there is no actor " + handle(id));
    cite_subject(*state_, Table::actors, id.value, evidence);
}

void Writer::set_source(SourceId source) { state_->set.set.source = source; }
void Writer::add_file(const ReadFile& file) { state_->set.set.files.push_back(file); }

namespace {

/// For work that looks at much while it writes: nothing waits as long as this lives.
class Settled {
public:
    explicit Settled(WriterState& w) : w_(w), waits_(w.waits) {
        w.tables->settle();
        w.waits = Waits::nothing;
    }
    Settled(const Settled&) = delete;
    Settled& operator=(const Settled&) = delete;
    ~Settled() { w_.waits = waits_; }

private:
    WriterState& w_;
    Waits waits_;
};

}  // namespace

void Writer::undo(ChangeSetId id) {
    const Settled settled(*state_);
    undo_change_set(*state_, id);
}
Retraction Writer::retract(SourceId source) {
    const Settled settled(*state_);
    return retract_source(*state_, *this, source);
}
MergeResult Writer::merge(const Merge& merge) {
    const Settled settled(*state_);
    return merge_actors(*state_, *this, merge);
}
MergeResult Writer::split(ActorId actor, ActorId absorbed) {
    const Settled settled(*state_);
    return split_actor(*state_, actor, absorbed);
}

void Writer::commit() {
    WriterState& w = *state_;
    while (!w.saved.empty()) end();
    if (!w.wrote && !w.reindexed) {
        if (w.environment->unpublished())
            throw Error(ErrorKind::usage, "nothing to store: no database was made");
        w.tables.reset();
        w.lock = {};
        return;
    }
    if (w.wrote) {
        w.set.last_actor = w.state.last_actor;
        w.set.last_relationship = w.state.last_relationship;
        w.set.set.time = std::chrono::duration_cast<std::chrono::microseconds>(
                             std::chrono::system_clock::now().time_since_epoch())
                             .count();
        w.state.change_sets = w.set.set.id.value;
        w.tables->put(number_key(Table::change_sets, w.set.set.id.value),
                      encode_change_set(w.set.set, w.set.first_actor, w.set.first_relationship,
                                        w.set.last_actor, w.set.last_relationship));
    }
    w.tables->settle();
    w.dictionary.store(*w.tables, w.state);
    w.state.transaction = w.tables->transaction().id();
    write_state(*w.tables, w.state);
    w.tables->transaction().commit();
    w.tables.reset();
    if (w.environment->unpublished()) w.environment->publish();
    w.lock = {};
}

}  // namespace entente::storage
