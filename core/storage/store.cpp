// SPDX-License-Identifier: MIT
#include "core/storage/store.hpp"

#include <csignal>

#include "core/error.hpp"
#include "core/storage/same_state.hpp"
#include "core/storage/value_codec.hpp"
#include "core/storage/writer_state.hpp"

namespace entente::storage {

Store::Store(std::shared_ptr<Environment> environment) : environment_(std::move(environment)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

const std::string& Store::path() const { return environment_->path(); }
bool Store::read_only() const { return environment_->read_only(); }
bool Store::unlocked() const { return environment_->no_lock(); }
bool Store::created() const { return created_; }
Environment& Store::environment() const { return *environment_; }

namespace {

struct View {
    Tables tables;
    State state;
};

/// A read transaction whose state record is its own. LMDB takes the number of a transaction before the
/// meta page; two commits in between give it the later state under the earlier number, which is as
/// good a view, but cannot be told from damage. So such a view is taken again.
View begin_read(const Environment& environment, const std::string& path) {
    for (int tries = 0;; ++tries) {
        Tables tables(Transaction(environment.raw(), false), false);
        const State state = read_state(tables, path);
        if (state.transaction == tables.transaction().id()) return {std::move(tables), state};
        if (tries == 1000) throw_corrupt("its state belongs to another transaction");
    }
}

}  // namespace

Store Store::open(const std::string& path, const OpenOptions& options) {
    // A write past a limit on file size must come back as an error, not end the process.
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        Store store(Environment::open(path, options.read_only));
        store.options_ = options;
        begin_read(*store.environment_, path);
        return store;
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::missing_database || !options.create || options.read_only)
            throw;
    }
    Store store(Environment::make(path));
    store.options_ = options;
    store.created_ = true;
    Tables tables(Transaction(store.environment_->raw(), true), true);
    tables.initialise();
    State state;
    Dictionary dictionary;
    dictionary.store(tables, state);
    state.transaction = tables.transaction().id();
    write_state(tables, state);
    tables.transaction().commit();
    return store;
}

namespace {

std::shared_ptr<const Dictionary> dictionary_of(const Environment& environment, const Tables& tables,
                                                const State& state) {
    // The counts of types change with every transaction; an edition alone does not name them.
    if (auto known = environment.dictionary(static_cast<std::uint32_t>(state.transaction)))
        return known;
    auto fresh = std::make_shared<const Dictionary>(Dictionary::load(tables, state));
    environment.keep(fresh, static_cast<std::uint32_t>(state.transaction));
    return fresh;
}

}  // namespace

Reader detached_reader() { return Reader(std::make_unique<ReaderState>()); }

Reader Store::read() const {
    auto r = std::make_unique<ReaderState>();
    r->environment = environment_;
    View view = begin_read(*environment_, path());
    r->own_tables.emplace(std::move(view.tables));
    r->tables = &*r->own_tables;
    r->own_state = view.state;
    r->state = &*r->own_state;
    r->own_dictionary = dictionary_of(*environment_, *r->tables, *r->state);
    r->dictionary = r->own_dictionary.get();
    return Reader(std::move(r));
}

std::optional<Reader> same_state(const Reader& reader) {
    const ReaderState& from = reader.state();
    if (!from.own_tables) return std::nullopt;
    View view = begin_read(*from.environment, from.environment->path());
    if (!(view.state == *from.state)) return std::nullopt;  // a sheet's state is not that of any commit
    Reader other = detached_reader();
    ReaderState& r = other.state();
    r.environment = from.environment;
    r.own_tables.emplace(std::move(view.tables));
    r.tables = &*r.own_tables;
    r.own_state = view.state;
    r.state = &*r.own_state;
    r.own_dictionary = from.own_dictionary;
    r.dictionary = r.own_dictionary.get();
    r.hidden = from.hidden;
    return other;
}

Writer Store::write(const std::string& what) {
    if (environment_->read_only())
        throw Error(ErrorKind::read_only, "'" + path() + "' is open for reading only");
    auto w = std::make_unique<WriterState>();
    w->environment = environment_;
    w->lock = environment_->lock(options_.wait, options_.on_wait);
    w->tables = std::make_unique<Tables>(Transaction(environment_->raw(), true), true);
    w->state = read_state(*w->tables, path());
    // A write transaction's number is one above the last committed one.
    if (w->state.transaction + 1 != w->tables->transaction().id())
        throw_corrupt("its state belongs to another transaction");
    w->dictionary = Dictionary::load(*w->tables, w->state);
    w->set.set.id = ChangeSetId(w->state.change_sets + 1);
    w->set.set.what = what;
    w->set.first_actor = w->state.last_actor + 1;
    w->set.first_relationship = w->state.last_relationship + 1;
    w->reader = std::make_unique<Reader>(detached_reader());
    w->borrow();
    return Writer(std::move(w));
}

}  // namespace entente::storage
