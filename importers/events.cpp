// SPDX-License-Identifier: MIT
#include "importers/events.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include <xxhash.h>

#include "importers/cameo.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kBatch = 16384;

/// `https://www.example.org/a` is published by `example.org`.
std::string host_of(std::string_view url) {
    const std::size_t at = url.find("://");
    if (at == std::string_view::npos) return {};
    url.remove_prefix(at + 3);
    url = url.substr(0, url.find_first_of("/?#:"));
    if (url.starts_with("www.")) url.remove_prefix(4);
    return std::string(url);
}

/// Means have four digits after the point: they are no more exact, and the last bits of a sum say nothing.
double mean(double sum, std::uint32_t count) { return count == 1 ? sum : std::round(sum / count * 1e4) / 1e4; }

void add_to(std::optional<std::int64_t>& sum, const std::optional<std::int64_t>& more) {
    if (more) sum = sum.value_or(0) + *more;
}

Column column(const char* name, Column::Kind kind) {
    Column out;
    out.name = name;
    out.kind = kind;
    out.fixed = true;
    return out;
}

/// Appends a column, if a row has a value.
void put(std::vector<Column>& columns, Column&& column) {
    if (std::find(column.present.begin(), column.present.end(), 1) != column.present.end()) columns.push_back(std::move(column));
}

template <class Row, class Get>
void put_numbers(std::vector<Column>& columns, const char* name, std::span<const Row> rows, const Get& get) {
    Column out = column(name, Column::Kind::integer);
    out.present.reserve(rows.size());
    out.numbers.reserve(rows.size());
    for (const Row& row : rows) {
        const std::optional<std::int64_t> number = get(row);
        out.present.push_back(number ? 1 : 0);
        out.numbers.push_back(number.value_or(0));
    }
    put(columns, std::move(out));
}

template <class Row, class Get>
void put_reals(std::vector<Column>& columns, const char* name, std::span<const Row> rows, const Get& get) {
    Column out = column(name, Column::Kind::real);
    out.present.reserve(rows.size());
    out.numbers.reserve(rows.size());
    for (const Row& row : rows) {
        const std::optional<double> number = get(row);
        out.present.push_back(number ? 1 : 0);
        out.numbers.push_back(std::bit_cast<std::int64_t>(number.value_or(0)));
    }
    put(columns, std::move(out));
}

template <class Row, class Get>
void put_texts(std::vector<Column>& columns, const char* name, std::span<const Row> rows, const Get& get) {
    Column out = column(name, Column::Kind::text);
    out.present.reserve(rows.size());
    out.texts.reserve(rows.size());
    for (const Row& row : rows) {
        const std::string_view text = get(row);
        out.present.push_back(text.empty() ? 0 : 1);
        out.texts.push_back(text);
    }
    put(columns, std::move(out));
}

template <class Row, class Get>
void put_values(std::vector<Column>& columns, const char* name, std::span<const Row> rows, const Get& get) {
    Column out = column(name, Column::Kind::value);
    out.present.reserve(rows.size());
    out.values.reserve(rows.size());
    for (const Row& row : rows) {
        Value value = get(row);
        out.present.push_back(value.is_null() ? 0 : 1);
        out.values.push_back(std::move(value));
    }
    put(columns, std::move(out));
}

}  // namespace

std::size_t Events::hash_of(std::string_view text) noexcept { return XXH3_64bits(text.data(), text.size()); }

std::size_t Events::HashDeed::operator()(const Deed& d) const noexcept {
    const std::uint32_t words[] = {static_cast<std::uint32_t>(d.day), d.from, d.action, d.to};
    return XXH3_64bits(words, sizeof words);
}

void Events::begin(std::string_view data, std::uint32_t file) {
    const auto found = std::find(data_.begin(), data_.end(), data);
    data_number_ = static_cast<std::uint32_t>(found - data_.begin());
    if (found == data_.end()) data_.emplace_back(data);
    file_ = file;
}

std::uint32_t Events::add_actor(std::string_view told, EventActor actor) {
    const auto [at, fresh] = actor_keys_.emplace(actor.key, static_cast<std::uint32_t>(keys_.size()));
    if (fresh) {
        keys_.push_back(actor.key);
        for (const std::string& type : actor.types) {
            if (!actor_types_.insert(type).second) continue;
            const std::string_view broader = broader_role(type);
            if (broader.empty() || default_actor_schema(type).broader == broader) continue;
            reading_.sink->stage(*file_, ActorSchema{type, std::string(broader)});
        }
        new_actor_files_.push_back(*file_);
        new_actors_.push_back(std::move(actor));
    }
    actors_told_.emplace(told, at->second);
    return at->second;
}

std::uint32_t Events::add_action(std::string_view told, EventAction action) {
    const auto number = static_cast<std::uint32_t>(actions_.size());
    actions_told_.emplace(told, number);
    const RelationshipSchema& schema = action.schema;
    // ties whose words are those of their name need no telling, and a person may have told better ones
    if (tie_types_.insert(schema.type).second && !(default_schema(schema.type) == schema)) {
        reading_.sink->stage(*file_, schema);
    }
    actions_.push_back(std::move(action));
    return number;
}

std::uint32_t Events::place(const EventPlace& place) {
    const auto [at, fresh] = places_named_.emplace(place.name, static_cast<std::uint32_t>(places_.size() + 1));
    if (fresh) places_.push_back(place);
    return at->second;
}

std::uint32_t Events::source(std::string_view key, std::string_view publisher) {
    if (const auto found = source_keys_.find(key, hash_of(key)); found != source_keys_.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(sources_.size() + 1);
    source_keys_.emplace(key, number);
    sources_.push_back({std::string(key), publisher.empty() ? host_of(key) : std::string(publisher), false});
    return number;
}

void Events::leave_out(std::string_view reason, std::uint64_t line, std::string_view raw) {
    if (reading_.skip_errors) {
        reading_.sink->reject({*file_, line, 1, std::string(reason), std::string(raw)}, storage::RowOf::relationships);
        return;
    }
    const auto found = left_out_.find(reason);
    ++(found != left_out_.end() ? found : left_out_.emplace(reason, 0).first)->second;
    storage::Tally& tally = tallies_[*file_];
    ++tally.read;
    ++tally.rejected;
}

Events::Tie& Events::tie_of(const Deed& what) {
    if (!reading_.each_event) {
        const auto [at, fresh] = days_.emplace(what, static_cast<std::uint32_t>(ties_.size()));
        if (!fresh) return ties_[at->second];
    }
    Tie& tie = ties_.emplace_back();
    tie.what = what;
    tie.data = data_number_;
    tie.file = *file_;
    return tie;
}

void Events::add(const EventRow& row) {
    ++rows_;
    if (!reading_.each_event) {
        const std::uint64_t hash = XXH3_64bits_withSeed(row.id.data(), row.id.size(), data_number_);
        if (!seen_.insert(hash).second) {  // the same event in another file
            storage::Tally& tally = tallies_[*file_];
            ++tally.read;
            ++tally.joined;
            return;
        }
    }
    Tie& tie = tie_of({row.day, row.from, row.action, row.to});
    if (tie.events++ == 0) {
        tie.line = row.line;
        tie.id = row.id;
        if (reading_.each_event) tie.event = row.event;
    } else {
        storage::Tally& tally = tallies_[*file_];
        ++tally.read;
        ++tally.joined;
        if (tie.more_ids.size() + 1 < kMostIds) tie.more_ids.emplace_back(row.id);
        else ++further_ids_;
    }
    tie.touched = rows_;
    add_to(tie.mentions, row.mentions);
    add_to(tie.sources, row.sources);
    add_to(tie.articles, row.articles);
    if (row.goldstein) {
        tie.goldstein += *row.goldstein;
        ++tie.goldsteins;
    }
    if (row.tone) {
        tie.tone += *row.tone;
        ++tie.tones;
    }
    if (row.root) {
        tie.tells_root = true;
        tie.roots += *row.root ? 1 : 0;
    }
    if (row.place != 0) tie.places.add(row.place, further_places_);
    if (row.source != 0) note_source(tie, row);
    if (reading_.each_event ? ties_.size() >= kBatch : ties_.size() >= most_days) write_older_half();
}

void Events::note_source(Tie& tie, const EventRow& row) {
    if (!tie.from.add(row.source, further_sources_)) return;
    if (!row.locator.empty()) {
        tie.locators.resize(tie.from.size);
        tie.locators.back() = row.locator;
    }
    Told& told = sources_[row.source - 1];
    if (told.staged) return;
    told.staged = true;
    Source source;
    source.key = told.key;
    source.publisher = told.publisher;
    if (told.key.find("://") != std::string::npos) source.url = told.key;
    reading_.sink->stage(*file_, std::move(source));
}

void Events::write_older_half() {
    std::vector<Tie> older = std::move(ties_);
    ties_.clear();
    days_.clear();
    if (!reading_.each_event) {
        parted_ = true;
        std::vector<std::uint64_t> touched;
        for (const Tie& tie : older) touched.push_back(tie.touched);
        const auto middle = touched.begin() + static_cast<std::ptrdiff_t>(touched.size() / 2);
        std::nth_element(touched.begin(), middle, touched.end());
        const auto newer = std::stable_partition(older.begin(), older.end(), [at = *middle](const Tie& tie) { return tie.touched < at; });
        ties_.assign(std::make_move_iterator(newer), std::make_move_iterator(older.end()));
        older.erase(newer, older.end());
        for (std::size_t i = 0; i < ties_.size(); ++i) days_.emplace(ties_[i].what, static_cast<std::uint32_t>(i));
    }
    write(std::move(older));
}

void Events::write(std::vector<Tie>&& ties) {
    write_actors();
    for (std::size_t at = 0; at < ties.size();) {
        std::size_t end = at + 1;
        while (end < ties.size() && end - at < kBatch && ties[end].file == ties[at].file) ++end;
        const auto batch = std::span<const Tie>(ties).subspan(at, end - at);
        write_batch(batch);
        write_evidence(batch);
        at = end;
    }
}

std::string Events::id_of(const Tie& tie) const {
    return data_[tie.data] + (reading_.each_event ? ":" : "-day:") + tie.id;
}

void Events::write_batch(std::span<const Tie> ties) {
    RelationshipBatch batch;
    batch.rows = ties.size();
    batch.origin.file = ties.front().file;
    batch.origin.sequence = (*reading_.sequence)++;
    batch.origin.first_line = std::min_element(ties.begin(), ties.end(), [](const Tie& a, const Tie& b) { return a.line < b.line; })->line;
    std::vector<std::string> ids;
    ids.reserve(ties.size());
    for (auto* texts : {&batch.from, &batch.to, &batch.types, &batch.ids, &batch.sources}) texts->reserve(ties.size());
    batch.origin.lines.reserve(ties.size());
    for (const Tie& tie : ties) {
        const EventAction& action = actions_[tie.what.action];
        batch.origin.lines.push_back(static_cast<std::uint32_t>(tie.line - batch.origin.first_line));
        batch.from.push_back(keys_[tie.what.from]);
        batch.to.push_back(keys_[tie.what.to]);
        batch.types.push_back(action.schema.type);
        batch.ids.push_back(ids.emplace_back(id_of(tie)));
        batch.sources.push_back(tie.from.size == 0 ? std::string_view() : std::string_view(sources_[tie.from.numbers[0] - 1].key));
    }
    auto& out = batch.properties;
    Column date = column("date", Column::Kind::date);
    for (const Tie& tie : ties) date.numbers.push_back(Date::day(tie.what.day).code());
    out.push_back(std::move(date));
    const auto code = [&](const Tie& tie, std::string_view property) {
        const EventAction& action = actions_[tie.what.action];
        return action.property == property ? std::string_view(action.code) : std::string_view();
    };
    put_texts(out, "cameo", ties, [&](const Tie& tie) { return code(tie, "cameo"); });
    put_texts(out, "mode", ties, [&](const Tie& tie) { return code(tie, "mode"); });
    put_numbers(out, "quadClass", ties, [&](const Tie& tie) -> std::optional<std::int64_t> {
        const int quad = actions_[tie.what.action].quad;
        return quad != 0 ? std::optional<std::int64_t>(quad) : std::nullopt;
    });
    const auto score = [&](const Tie& tie, std::string_view property) {
        const bool fits = tie.goldsteins != 0 && actions_[tie.what.action].property == property;
        return fits ? std::optional(mean(tie.goldstein, tie.goldsteins)) : std::nullopt;
    };
    put_reals(out, "goldstein", ties, [&](const Tie& tie) { return score(tie, "cameo"); });
    put_reals(out, "intensity", ties, [&](const Tie& tie) { return score(tie, "mode"); });
    put_texts(out, "event", ties, [](const Tie& tie) { return std::string_view(tie.event); });
    put_reals(out, "tone", ties, [](const Tie& tie) { return tie.tones == 0 ? std::nullopt : std::optional(mean(tie.tone, tie.tones)); });
    put_numbers(out, "numMentions", ties, [](const Tie& tie) { return tie.mentions; });
    put_numbers(out, "numSources", ties, [](const Tie& tie) { return tie.sources; });
    put_numbers(out, "numArticles", ties, [](const Tie& tie) { return tie.articles; });
    if (reading_.each_event) {
        put_values(out, "rootEvent", ties, [](const Tie& tie) { return tie.tells_root ? Value(tie.roots != 0) : Value(); });
    } else {
        put_numbers(out, "events", ties, [](const Tie& tie) { return std::optional<std::int64_t>(tie.events); });
        put_numbers(out, "rootEvents", ties, [](const Tie& tie) { return tie.tells_root ? std::optional<std::int64_t>(tie.roots) : std::nullopt; });
        put_values(out, "eventIds", ties, [](const Tie& tie) {
            List all;
            all.reserve(1 + tie.more_ids.size());
            all.emplace_back(tie.id);
            all.insert(all.end(), tie.more_ids.begin(), tie.more_ids.end());
            return Value(std::move(all));
        });
    }
    // where several places are told, none of them is the place
    const auto only = [&](const Tie& tie) { return tie.places.size == 1 ? &places_[tie.places.numbers[0] - 1] : nullptr; };
    put_texts(out, "place", ties, [&](const Tie& tie) { return only(tie) != nullptr ? std::string_view(only(tie)->name) : std::string_view(); });
    put_reals(out, "latitude", ties, [&](const Tie& tie) { return only(tie) != nullptr ? only(tie)->latitude : std::nullopt; });
    put_reals(out, "longitude", ties, [&](const Tie& tie) { return only(tie) != nullptr ? only(tie)->longitude : std::nullopt; });
    put_values(out, "places", ties, [&](const Tie& tie) {
        if (tie.places.size < 2) return Value();
        List names;
        for (std::uint32_t i = 0; i < tie.places.size; ++i) names.emplace_back(places_[tie.places.numbers[i] - 1].name);
        return Value(std::move(names));
    });
    put_texts(out, "locator", ties, [](const Tie& tie) { return tie.locators.empty() ? std::string_view() : std::string_view(tie.locators.front()); });
    reading_.sink->stage(std::move(batch));
}

void Events::write_evidence(std::span<const Tie> ties) {
    for (const Tie& tie : ties) {
        for (std::uint32_t i = 1; i < tie.from.size; ++i) {
            EvidenceRow evidence;
            evidence.relationship = id_of(tie);
            evidence.source = sources_[tie.from.numbers[i] - 1].key;
            if (i < tie.locators.size()) evidence.locator = tie.locators[i];
            evidence.file = tie.file;
            evidence.line = tie.line;
            reading_.sink->stage(std::move(evidence));
        }
    }
}

void Events::write_actors() {
    for (std::size_t at = 0; at < new_actors_.size();) {
        std::size_t end = at + 1;
        while (end < new_actors_.size() && end - at < kBatch && new_actor_files_[end] == new_actor_files_[at]) ++end;
        const auto actors = std::span<const EventActor>(new_actors_).subspan(at, end - at);
        ActorBatch batch;
        batch.rows = actors.size();
        batch.origin.file = new_actor_files_[at];
        batch.origin.sequence = (*reading_.sequence)++;
        std::set<std::string> names;
        for (const EventActor& actor : actors) {
            batch.keys.push_back(actor.key);
            auto& types = batch.types.emplace_back();
            for (const std::string& type : actor.types) types.push_back(type);
            for (const auto& property : actor.properties) names.insert(property.first);
        }
        put_texts(batch.properties, "name", actors, [](const EventActor& actor) { return std::string_view(actor.name); });
        for (const std::string& name : names) {
            const auto value = [&](const EventActor& actor) {
                const auto found = actor.properties.find(name);
                return found == actor.properties.end() ? Value() : found->second;
            };
            const bool texts = std::all_of(actors.begin(), actors.end(), [&](const EventActor& actor) {
                const auto found = actor.properties.find(name);
                return found == actor.properties.end() || found->second.kind() == Value::Kind::text;
            });
            if (!texts) {
                put_values(batch.properties, name.c_str(), actors, value);
                continue;
            }
            put_texts(batch.properties, name.c_str(), actors, [&](const EventActor& actor) {
                const auto found = actor.properties.find(name);
                return found == actor.properties.end() ? std::string_view() : std::string_view(found->second.text());
            });
        }
        reading_.sink->stage(std::move(batch));
        at = end;
    }
    new_actors_.clear();
    new_actor_files_.clear();
}

void Events::finish() {
    write(std::move(ties_));
    ties_.clear();
    days_.clear();
    for (const auto& [file, tally] : tallies_) reading_.sink->count(file, storage::RowOf::relationships, tally);
    tallies_.clear();
    for (const auto& [reason, count] : left_out_) {
        reading_.sink->note("left out: " + std::to_string(count) + (count == 1 ? " event: " : " events: ") + reason);
    }
    left_out_.clear();
    if (parted_) reading_.sink->note("more than " + std::to_string(most_days) + " days of two actors at once: some stand in parts beside each other");
    const std::string of_one = " of a relationship";
    if (further_ids_ != 0) drop("event ids beyond the first " + std::to_string(kMostIds) + of_one, further_ids_);
    if (further_sources_ != 0) drop("sources of events beyond the first " + std::to_string(kMostSources) + of_one, further_sources_);
    if (further_places_ != 0) drop("places of events beyond the first " + std::to_string(kMostPlaces) + of_one, further_places_);
    further_ids_ = further_sources_ = further_places_ = 0;
    for (const auto& [what, count] : dropped_) reading_.sink->note("not read: " + what + " (" + std::to_string(count) + ")");
    dropped_.clear();
}

EventText::EventText(const Reading& reading, std::string_view data) {
    if (reading.events == nullptr) own_ = std::make_unique<Events>(reading);
    events_ = own_ ? own_.get() : reading.events;
    events_->begin(data, reading.file);
}

EventText::~EventText() = default;

void EventText::finish() {
    if (own_) own_->finish();
}

}  // namespace entente::importers
