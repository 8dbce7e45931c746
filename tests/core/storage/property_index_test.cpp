// SPDX-License-Identifier: MIT
// Indexes of properties against a look at every actor, while change sets come, go and are taken back.
#include "core/storage/property_index.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>

#include "core/error.hpp"
#include "core/storage/check.hpp"
#include "core/storage/loader.hpp"
#include "tests/core/storage/model.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::tests;
using storage::IndexSpan;
using storage::PropertyIndex;

namespace {

bool is_number(const Value& v) {
    return v.kind() == Value::Kind::integer || (v.kind() == Value::Kind::real && v.real() == v.real());
}
long double number(const Value& v) {
    return v.kind() == Value::Kind::integer ? static_cast<long double>(v.integer()) : static_cast<long double>(v.real());
}
bool is_date(const Value& v) { return v.kind() == Value::Kind::date || v.kind() == Value::Kind::calendar_day; }
std::int64_t first_day(const Value& v) {
    return v.kind() == Value::Kind::date ? v.date().earliest() : v.calendar_day().day;
}
std::int64_t last_day(const Value& v) { return v.kind() == Value::Kind::date ? v.date().latest() : v.calendar_day().day; }

/// -1, 0, 1, or 2 when there is no telling.
int compared(const Value& a, const Value& b) {
    const auto sign = [](const auto& x, const auto& y) { return x < y ? -1 : y < x ? 1 : 0; };
    if (is_number(a) && is_number(b)) return sign(number(a), number(b));
    if (is_date(a) && is_date(b)) {
        if (last_day(a) < first_day(b)) return -1;
        if (last_day(b) < first_day(a)) return 1;
        return first_day(a) == last_day(a) && first_day(b) == last_day(b) ? 0 : 2;
    }
    if (a.kind() != b.kind()) return 2;
    if (a.kind() == Value::Kind::text) return sign(a.text(), b.text());
    if (a.kind() == Value::Kind::boolean) return sign(a.boolean(), b.boolean());
    return 2;
}

bool indexable(const Value& v) {
    return is_number(v) || is_date(v) || v.kind() == Value::Kind::text || v.kind() == Value::Kind::boolean;
}

const Value* value_of(const Actor& actor, const PropertyIndex& index) {
    if (!index.type.empty() && std::find(actor.types.begin(), actor.types.end(), index.type) == actor.types.end()) {
        return nullptr;
    }
    const auto at = actor.properties.find(index.property);
    return at == actor.properties.end() ? nullptr : &at->second;
}

/// What stands in each index, and what can be found there by every value that anybody has.
void compare_all(const storage::Reader& reader) {
    std::vector<Actor> actors;
    reader.scan_actors([&](const Actor& a) {
        actors.push_back(a);
        return true;
    });
    for (const PropertyIndex& index : storage::property_indexes(reader)) {
        INFO("index " << index.name);
        std::uint64_t entries = 0;
        std::vector<Value> probes{Value(0), Value(50), Value(1e300), Value("M"), Value("Зел"), Value(true)};
        for (const Actor& a : actors) {
            const Value* v = value_of(a, index);
            if (v == nullptr || !indexable(*v)) continue;
            ++entries;
            if (probes.size() < 60) probes.push_back(*v);
        }
        REQUIRE(storage::count_entries(reader, index.number) == entries);
        const auto compare = [&](const std::optional<IndexSpan>& span, bool exact, const std::function<bool(const Value&)>& holds) {
            REQUIRE(span);
            const std::vector<ActorId> found = storage::indexed_actors(reader, index.number, *span);
            REQUIRE(std::is_sorted(found.begin(), found.end()));
            REQUIRE(storage::count_indexed(reader, index.number, *span, UINT64_MAX) == found.size());
            for (const Actor& a : actors) {
                const Value* v = value_of(a, index);
                const bool wanted = v != nullptr && holds(*v);
                const bool there = std::binary_search(found.begin(), found.end(), a.id);
                if (wanted) REQUIRE(there);
                if (exact) REQUIRE(there == wanted);
            }
        };
        for (const Value& probe : probes) {
            const bool exact = is_number(probe) && std::abs(static_cast<double>(number(probe))) < 1e15;
            compare(storage::equal_to(probe), exact || probe.kind() == Value::Kind::text,
                    [&](const Value& v) { return compared(v, probe) == 0; });
            compare(storage::at_least(probe), exact, [&](const Value& v) {
                const int c = compared(v, probe);
                return c == 0 || c == 1;
            });
            compare(storage::at_most(probe), exact, [&](const Value& v) { return compared(v, probe) <= 0; });
            if (probe.kind() != Value::Kind::text) continue;
            for (const std::size_t length : std::initializer_list<std::size_t>{0, 1, 3, 6, 9}) {
                const std::string start = probe.text().substr(0, length);
                compare(storage::starting_with(start), false,
                        [&](const Value& v) { return v.kind() == Value::Kind::text && v.text().starts_with(start); });
            }
        }
    }
}

void make_or_drop(Random& random, storage::Writer& writer) {
    const std::string property = random() % 3 == 0 ? "name" : "p" + std::to_string(random() % 6);
    const std::string type = random() % 2 == 0 ? "" : "Type" + std::to_string(random() % 4);
    const std::string name = type + "_" + property;
    if (!storage::drop_property_index(writer, name)) storage::add_property_index(writer, {name, type, property});
}

void run(std::uint64_t seed, std::uint64_t edits) {
    const Scratch scratch;
    const std::string path = scratch / "index.db";
    std::vector<Model> states(1);
    Random random(seed * 104729);
    storage::OpenOptions options;
    options.create = true;
    std::optional<storage::Store> open = storage::Store::open(path, options);
    storage::Store& store = *open;
    while (states.back().edits < edits) {
        INFO("seed " << seed << ", change set " << states.size());
        if (random() % 6 == 0) {  // by itself: no change set
            storage::Writer writer = store.write("index");
            writer.begin();
            make_or_drop(random, writer);
            if (random() % 3 == 0) {
                writer.abort();
            } else {
                writer.end();
            }
            make_or_drop(random, writer);
            writer.commit();
            REQUIRE(store.read().change_sets().size() + 1 == states.size());
        }
        Model model = states.back();
        storage::Writer writer = store.write("random");
        if (random() % 8 == 0) make_or_drop(random, writer);
        if (states.size() > 2 && random() % 3 == 0) {
            if (!random_reversal(random, states, model, writer)) continue;
        } else {
            random_change_set(seed, model, &writer, true);
        }
        writer.commit();
        states.push_back(model);
        compare_all(store.read());
        if (states.size() % 8 == 0) {
            REQUIRE(storage::check(path).problems == std::vector<std::string>{});
            const auto then = static_cast<std::uint32_t>(random() % states.size());
            INFO("as of change set " << then);
            compare_all(store.read_at(ChangeSetId(then)));
        }
    }
    const std::size_t indexes = storage::property_indexes(store.read()).size();
    store.compact();
    open.reset();
    REQUIRE(storage::check(path).problems == std::vector<std::string>{});
    open = storage::Store::open(path);
    REQUIRE(storage::property_indexes(open->read()).size() == indexes);
    compare_all(open->read());
}

/// Imports actors numbered `first` on: short decimals of several scales, texts, and no value here and there.
storage::Account import_actors(storage::Store& store, std::uint32_t first, std::uint32_t rows, bool replace = false) {
    std::vector<std::string> texts;
    texts.reserve(3 * std::size_t{rows});
    const auto kept = [&](std::string text) { return std::string_view(texts.emplace_back(std::move(text))); };
    ActorBatch batch;
    batch.rows = rows;
    Column name, p1;
    name.name = "name";
    name.kind = Column::Kind::text;
    p1.name = "p1";
    p1.kind = Column::Kind::decimal;
    for (std::uint32_t i = first; i < first + rows; ++i) {
        batch.keys.push_back(kept("key" + std::to_string(i)));
        batch.single_type.push_back(i % 3 == 0 ? "Type1" : "Type2");
        name.texts.push_back(kept("Actor " + std::to_string(i % 97)));
        p1.present.push_back(i % 11 == 0 ? 0 : 1);
        p1.numbers.push_back(std::int64_t{i % 113} - 20);
        p1.scales.push_back(static_cast<std::uint8_t>(i % 3));
    }
    batch.properties = {std::move(name), std::move(p1)};
    storage::LoadOptions options;
    options.what = "import";
    options.replace = replace;
    storage::Loader loader(store, options);
    loader.add_file("actors.csv");
    Source source;
    source.key = "register";
    loader.set_source(source);
    loader.stage(std::move(batch));
    return loader.finish();
}

}  // namespace

TEST_CASE("indexes hold what a look at every actor finds, whatever is written, undone, merged") {
    const bool slow = std::getenv("ENTENTE_SLOW") != nullptr;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        if (slow || seed < 3 || seed == 7) run(seed, slow ? 800 : 250);
    }
}

TEST_CASE("an index takes a name and a property once, and is no change set") {
    const Scratch scratch;
    storage::OpenOptions options;
    options.create = true;
    storage::Store store = storage::Store::open(scratch / "one.db", options);
    {
        storage::Writer writer = store.write("index");
        storage::add_property_index(writer, {"one", "Person", "born"});
        CHECK_THROWS_AS(storage::add_property_index(writer, {"one", "Person", "died"}), Error);
        CHECK_THROWS_AS(storage::add_property_index(writer, {"two", "Person", "born"}), Error);
        CHECK_FALSE(storage::drop_property_index(writer, "two"));
        writer.commit();
    }
    CHECK(store.read().change_sets().empty());
    const auto all = storage::property_indexes(store.read());
    REQUIRE(all.size() == 1);
    CHECK(all[0].name == "one");
    CHECK(storage::has_index(store.read(), all[0].number));
    CHECK_FALSE(storage::has_index(store.read(), all[0].number + 1));
    CHECK(storage::check(scratch / "one.db").problems == std::vector<std::string>{});
}

TEST_CASE("indexes follow imports, their undoing, replacing and retraction") {
    const Scratch scratch;
    const std::string path = scratch / "import.db";
    storage::OpenOptions options;
    options.create = true;
    storage::Store store = storage::Store::open(path, options);
    const auto sound = [&] {
        REQUIRE(storage::check(path).problems == std::vector<std::string>{});
        compare_all(store.read());
    };
    const auto write = [&](const std::function<void(storage::Writer&)>& f) {
        storage::Writer writer = store.write("by hand");
        f(writer);
        writer.commit();
        sound();
    };
    import_actors(store, 0, 300);
    write([](storage::Writer& w) {
        storage::add_property_index(w, {"of_p1", "", "p1"});
        storage::add_property_index(w, {"of_name", "Type1", "name"});
        storage::add_property_index(w, {"of_nothing", "Type9", "p9"});
    });
    import_actors(store, 200, 300);  // a hundred of them known
    sound();
    import_actors(store, 1000, 9000);
    sound();
    const auto last = static_cast<std::uint32_t>(store.read().change_sets().size());
    write([&](storage::Writer& w) { w.undo(ChangeSetId(last)); });      // many at once
    write([&](storage::Writer& w) { w.undo(ChangeSetId(last + 1)); });  // and back
    import_actors(store, 1000, 8000, true);
    sound();
    compare_all(store.read_at(ChangeSetId(1)));
    compare_all(store.read_at(ChangeSetId(last)));
    write([](storage::Writer& w) { w.retract(*w.reader().source_by_key("register")); });
    write([](storage::Writer& w) { storage::drop_property_index(w, "of_p1"); });
    CHECK(storage::property_indexes(store.read()).size() == 2);
}
