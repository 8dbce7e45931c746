// SPDX-License-Identifier: MIT
#include "core/query/call_options.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/analysis/measure.hpp"
#include "core/names/similarity.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : between) + word;
    return out;
}

/// "did you mean MEETING?", else `otherwise`.
std::string near_or(const std::string& word, const std::vector<std::string>& known, const std::string& otherwise) {
    const auto near = names::nearest(word, known);
    return near.empty() ? otherwise : "did you mean " + joined(near, " or ") + "?";
}

std::string given_as(const Datum& d) {
    constexpr std::size_t kMost = 40;
    const std::string literal = to_literal(d);
    return literal.size() <= kMost ? literal : "a " + std::string(kind_name(d.kind()));
}

std::uint32_t count_of(const storage::Reader& reader, RelationshipType) { return reader.relationship_type_count(); }
std::uint32_t count_of(const storage::Reader& reader, ActorType) { return reader.actor_type_count(); }
std::string broader_of(const storage::Reader& reader, const std::string& name, RelationshipType) {
    const auto type = reader.find_relationship_type(name);
    return type ? reader.schema(*type).broader : default_schema(name).broader;
}
std::string broader_of(const storage::Reader& reader, const std::string& name, ActorType) {
    const auto type = reader.find_actor_type(name);
    return type ? reader.schema(*type).broader : default_actor_schema(name).broader;
}

/// The types of that name and their narrower ones.
template <class Type>
void add_types(const storage::Reader& reader, const char* option, const std::string& name, std::vector<Type>& out) {
    constexpr int kLongestChain = 32;
    const std::size_t before = out.size();
    std::vector<std::string> known;
    for (std::uint32_t i = 1; i <= count_of(reader, Type{}); ++i) {
        std::string at = reader.name(Type(i));
        known.push_back(at);
        for (int step = 0; step < kLongestChain && !at.empty(); ++step) {
            if (at == name) {
                out.push_back(Type(i));
                break;
            }
            at = broader_of(reader, at, Type{});
        }
    }
    if (out.size() == before) {
        throw CallFailure("there is no type `" + name + "`", option, near_or(name, known, "CALL entente.types() lists them"));
    }
}

}  // namespace

CallOptions::CallOptions(const Context& context, const Datums& arguments, std::size_t place) : context_(&context) {
    if (place < arguments.size() && arguments[place].kind() == Kind::map) left_ = arguments[place].map();
}

Datum CallOptions::take(const char* name) {
    known_.emplace_back(name);
    const auto at = left_.find(name);
    if (at == left_.end()) return {};
    Datum out = std::move(at->second);
    left_.erase(at);
    return out;
}

void CallOptions::refuse(const char* name, const char* wanted, const Datum& given) {
    throw CallFailure(std::string(name) + " wants " + wanted + ", not " + given_as(given), name);
}

std::optional<double> CallOptions::number(const char* name, double least, double most) {
    const Datum d = take(name);
    if (d.is_null()) return std::nullopt;
    if (!d.is_number()) refuse(name, "a number", d);
    if (!(d.number() >= least && d.number() <= most)) {
        refuse(name, ("a number from " + to_literal(Datum(least)) + " to " + to_literal(Datum(most))).c_str(), d);
    }
    return d.number();
}

std::optional<std::uint64_t> CallOptions::whole(const char* name, std::uint64_t least, std::uint64_t most) {
    const Datum d = take(name);
    if (d.is_null()) return std::nullopt;
    if (d.kind() != Kind::integer) refuse(name, "a whole number", d);
    const bool fits = d.integer() >= 0 && static_cast<std::uint64_t>(d.integer()) >= least && static_cast<std::uint64_t>(d.integer()) <= most;
    if (!fits) refuse(name, ("a whole number from " + std::to_string(least) + " to " + std::to_string(most)).c_str(), d);
    return static_cast<std::uint64_t>(d.integer());
}

bool CallOptions::flag(const char* name) {
    const Datum d = take(name);
    if (!d.is_null() && d.kind() != Kind::boolean) refuse(name, "true or false", d);
    return d.is_true();
}

std::optional<std::string> CallOptions::text(const char* name) {
    const Datum d = take(name);
    if (d.is_null()) return std::nullopt;
    if (d.kind() != Kind::text) refuse(name, "a text", d);
    return d.text();
}

std::size_t CallOptions::choice(const char* name, std::initializer_list<const char*> words) {
    const Datum d = take(name);
    if (d.is_null()) return 0;
    if (d.kind() == Kind::text) {
        const auto at = std::find(words.begin(), words.end(), d.text());
        if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
    }
    refuse(name, joined({words.begin(), words.end()}, " or ").c_str(), d);
}

std::vector<std::string> CallOptions::texts(const char* name) {
    const Datum d = take(name);
    std::vector<std::string> out;
    if (d.is_null()) return out;
    if (d.kind() == Kind::text) return {d.text()};
    if (d.kind() != Kind::list) refuse(name, "a text or a list of texts", d);
    for (const Datum& each : d.list()) {
        if (each.kind() != Kind::text) refuse(name, "a text or a list of texts", d);
        out.push_back(each.text());
    }
    return out;
}

std::optional<Date> CallOptions::date(const char* name) {
    const Datum d = take(name);
    if (d.is_null()) return std::nullopt;
    const bool may = d.kind() == Kind::text || d.kind() == Kind::integer || d.kind() == Kind::date || d.kind() == Kind::calendar_day;
    const auto parsed = may ? parse_date(to_text(d)) : std::nullopt;
    if (!parsed) refuse(name, "a date such as '2025', '2025-07' or '2025-07-28'", d);
    return parsed;
}

std::vector<ActorId> CallOptions::actors(const char* name) {
    const Datum d = take(name);
    std::vector<ActorId> out;
    if (d.is_null()) return out;
    if (d.kind() != Kind::list) return {named_actor(context_->reader(), d, name)};
    for (const Datum& each : d.list()) out.push_back(named_actor(context_->reader(), each, name));
    return out;
}

std::optional<PropertyId> CallOptions::property(const char* name) {
    const auto word = text(name);
    if (!word) return std::nullopt;
    const storage::Reader& reader = context_->reader();
    if (const auto found = reader.find_property(*word)) return found;
    std::vector<std::string> known;
    for (std::uint32_t i = 1; i <= reader.property_count(); ++i) known.push_back(reader.name(PropertyId(i)));
    throw CallFailure("there is no property `" + *word + "`", name, near_or(*word, known, "CALL db.propertyKeys() lists them"));
}

template <class Type>
std::vector<Type> CallOptions::types(const char* name) {
    std::vector<Type> out;
    for (const std::string& word : texts(name)) add_types(context_->reader(), name, word, out);
    return out;
}

std::vector<SourceId> CallOptions::sources(const char* name) {
    std::vector<SourceId> out;
    for (const std::string& key : texts(name)) {
        if (const auto found = context_->reader().source_by_key(key)) {
            out.push_back(*found);
            continue;
        }
        std::vector<std::string> known;
        for (const Source& source : context_->reader().sources()) known.push_back(source.key);
        throw CallFailure("there is no source `" + key + "`", name, near_or(key, known, "sources(r) tells those of a relationship"));
    }
    return out;
}

graph::Selection CallOptions::selection(bool surroundings) {
    constexpr std::uint64_t kFar = 1000;
    graph::Selection s;
    s.types = types<RelationshipType>("types");
    s.without_types = types<RelationshipType>("withoutTypes");
    s.actor_types = types<ActorType>("actorTypes");
    s.without_actor_types = types<ActorType>("withoutActorTypes");
    s.at = date("at");
    s.since = date("since");
    s.until = date("until");
    if (s.at && (s.since || s.until)) throw CallFailure("at does not go with since or until", "at");
    s.certain = flag("certain");
    if (s.certain && !s.at && !s.since && !s.until) throw CallFailure("certain needs a time", "certain", "add at, since or until");
    if (const auto words = texts("status"); !words.empty()) {
        s.statuses.clear();
        for (const std::string& word : words) {
            if (word == "all") {
                s.statuses = {Status::actual, Status::planned, Status::hypothetical, Status::denied, Status::inferred};
                break;
            }
            const auto status = parse_status(word);
            if (!status) {
                throw CallFailure("there is no status `" + word + "`", "status",
                                  "actual, planned, inferred, denied, hypothetical, or all");
            }
            s.statuses.push_back(*status);
        }
        std::sort(s.statuses.begin(), s.statuses.end());
    }
    s.min_confidence = number("minConfidence", 0, 1);
    s.sources = sources("source");
    s.without_sources = sources("withoutSource");
    s.without = actors("without");
    s.max_degree = whole("maxDegree", 0, UINT32_MAX);
    if (surroundings) {
        s.around = actors("around");
        const auto hops = whole("hops", 0, kFar);
        if (hops && s.around.empty()) throw CallFailure("hops needs around, from where they are counted", "hops");
        if (hops) s.hops = static_cast<std::uint32_t>(*hops);
    }
    return s;
}

std::optional<graph::Direction> CallOptions::direction() {
    constexpr const char* kName = "direction";
    const bool given = left_.contains(kName);
    const std::size_t which = choice(kName, {"any", "out", "in"});
    if (!given) return std::nullopt;
    return which == 0 ? graph::Direction::any : which == 1 ? graph::Direction::out : graph::Direction::in;
}

void CallOptions::done() const {
    if (left_.empty()) return;
    const std::string& name = left_.begin()->first;
    const auto near = names::nearest(name, known_);
    throw CallFailure("there is no option `" + name + "`" + (near.empty() ? "" : "; did you mean " + joined(near, " or ") + "?"),
                      name, "the options are " + joined(known_, ", "));
}

ActorId named_actor(const storage::Reader& reader, const Datum& given, const std::string& option) {
    if (given.kind() == Kind::node) return given.node();
    if (given.kind() != Kind::text) throw CallFailure("an actor is wanted, or a text that names one, not " + given_as(given), option);
    const std::string& word = given.text();
    if (const auto found = reader.actor_by_key(word)) return *found;
    if (word.size() > 1 && word.front() == '#') {
        std::uint32_t number = 0;
        const auto read = std::from_chars(word.data() + 1, word.data() + word.size(), number);
        if (read.ec == std::errc() && read.ptr == word.data() + word.size() && reader.actor(ActorId(number))) return ActorId(number);
    }
    constexpr std::size_t kLooked = 5;
    std::vector<ActorId> exact;
    std::vector<std::string> near;
    for (const storage::NameMatch& match : reader.find(word, kLooked)) {
        if (match.score >= 1) exact.push_back(match.actor);
        near.push_back(match.name + " (" + handle(match.actor) + ")");
    }
    if (exact.size() == 1) return exact.front();
    throw CallFailure((exact.empty() ? "there is no actor `" : "several actors are called `") + word + "`", option,
                      near.empty() ? "an actor is named by its key, its number such as '#17', or its name"
                                   : (exact.empty() ? "did you mean " : "they are ") + joined(near, exact.empty() ? " or " : ", ") +
                                         (exact.empty() ? "?" : ""));
}

OneCurrency::OneCurrency(const storage::Reader& reader, PropertyId property, const char* option, std::optional<std::string> chosen)
    : of_(reader, reader.name(property)), property_(reader.name(property)), option_(option), chosen_(std::move(chosen)) {}

bool OneCurrency::other(RelationshipId id) {
    if (!chosen_ && !of_.money()) return false;
    std::string code = of_(id);
    if (chosen_) return code != *chosen_;
    if (code.empty()) return false;
    if (!met_) {
        met_ = std::move(code);
    } else if (code != *met_) {
        throw CallFailure("`" + property_ + "` is told in several currencies, which do not add up: " + *met_ + " and, of " +
                              handle(id) + ", " + code,
                          option_, "choose one with currency: " + to_literal(Datum(*met_)));
    }
    return false;
}

void refuse_idle_currency(const std::optional<std::string>& currency, bool property) {
    if (currency && !property) throw CallFailure("a currency wants a property that it is the currency of", "currency");
}

Weights::Weights(const storage::Reader& reader, std::optional<PropertyId> property, const char* option,
                 const std::optional<std::string>& currency)
    : option_(option), zero_(std::string_view(option) == "cost"), any_(std::string_view(option) == "sum") {
    if (!property) return;
    numbers_ = reader.numbers(*property);
    currency_.emplace(reader, *property, option, currency);
}

void Weights::check(const graph::Snapshot& g) {
    if (!numbers_) return;
    for (const std::uint64_t id : g.out().ids) {
        if (id >= numbers_->size() || std::isnan((*numbers_)[id])) continue;
        double& number = (*numbers_)[id];
        if (currency_->other(RelationshipId(id))) {
            number = std::nan("");
            continue;
        }
        const bool small = number < analysis::kLeastWeight && !(zero_ && number >= 0 && number <= 0);
        if (any_ || (!small && number <= analysis::kMostWeight)) continue;
        if (std::isfinite(number) && number > 0) {
            throw CallFailure(std::string(option_) + " wants numbers from 1e-100 to 1e100, and that of " +
                                  handle(RelationshipId(id)) + " is " + to_literal(Datum(number)),
                              option_);
        }
        throw CallFailure(std::string(option_) + " wants numbers " + (zero_ ? "not below" : "above") + " zero, and that of " +
                              handle(RelationshipId(id)) + " is " + to_literal(Datum(number)),
                          option_);
    }
}

}  // namespace entente::query
