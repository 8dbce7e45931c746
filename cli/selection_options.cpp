// SPDX-License-Identifier: MIT
#include "cli/selection_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/actors.hpp"
#include "cli/text.hpp"
#include "cli/where.hpp"
#include "core/error.hpp"
#include "core/names/similarity.hpp"

namespace entente::cli {
namespace {

constexpr int kLongestChain = 32;  ///< of broader types; ends a circle
constexpr std::size_t kListAll = 12;

std::uint32_t count_of(const storage::Reader& reader, RelationshipType) {
    return reader.relationship_type_count();
}
std::uint32_t count_of(const storage::Reader& reader, ActorType) { return reader.actor_type_count(); }

std::string broader_of(const storage::Reader& reader, std::string_view name, RelationshipType) {
    const auto known = reader.find_relationship_type(name);
    return known ? reader.schema(*known).broader : default_schema(name).broader;
}
std::string broader_of(const storage::Reader& reader, std::string_view name, ActorType) {
    const auto known = reader.find_actor_type(name);
    return known ? reader.schema(*known).broader : default_actor_schema(name).broader;
}

std::string nearest_or_all(std::string_view wanted, const std::vector<std::string>& known,
                           std::string_view what) {
    if (known.empty()) return fmt::format("this database has no {} yet", what);
    const auto near = names::nearest(wanted, known);
    if (!near.empty()) {
        return escape_controls(fmt::format("did you mean {}?", fmt::join(near, " or ")));
    }
    if (known.size() <= kListAll) {
        return escape_controls(fmt::format("known here: {}", fmt::join(known, ", ")));
    }
    return {};
}

/// All types whose own name, or that of a broader one, is the word.
template <class Type>
std::vector<Type> find_types(const storage::Reader& reader, std::string_view word,
                             std::string_view what) {
    const std::string wanted = ascii_lower(word);
    std::vector<Type> found;
    std::vector<std::string> known;
    for (std::uint32_t i = 1; i <= count_of(reader, Type{}); ++i) {
        std::string name = reader.name(Type(i));
        known.push_back(name);
        for (int step = 0; step < kLongestChain && !name.empty(); ++step) {
            if (ascii_lower(name) == wanted) {
                found.push_back(Type(i));
                break;
            }
            name = broader_of(reader, name, Type{});
        }
    }
    if (found.empty()) {
        std::string advice = nearest_or_all(word, known, fmt::format("{}s", what));
        if (advice.empty()) advice = "`entente schema` lists the types";
        throw Error(ErrorKind::unknown_name, fmt::format("there is no {} \"{}\"", what, word),
                    advice);
    }
    return found;
}

template <class Type>
void append(std::vector<Type>& to, const std::vector<Type>& more) {
    to.insert(to.end(), more.begin(), more.end());
    std::sort(to.begin(), to.end());
    to.erase(std::unique(to.begin(), to.end()), to.end());
}

std::vector<Status> parse_statuses(const std::vector<std::string>& words) {
    std::vector<Status> out;
    for (const std::string& word : words) {
        if (ascii_lower(word) == "all") {
            return {Status::actual, Status::planned, Status::hypothetical, Status::denied,
                    Status::inferred};
        }
        const auto status = parse_status(word);
        if (!status) {
            throw Error(ErrorKind::usage, fmt::format("there is no status \"{}\"", word),
                        "a status is actual, planned, hypothetical, denied or inferred; all takes "
                        "every one");
        }
        out.push_back(*status);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace

void SelectionOptions::setup(Options& options, Surroundings surroundings) {
    options.group("Selection");
    options.list("type", types_, "TYPE", "only relationships of these types, or of narrower ones");
    options.list("without-type,T", without_types_, "TYPE", "no relationships of these types");
    options.list("actor-type", actor_types_, "TYPE", "only actors of these types, or of narrower ones");
    options.list("without-actor-type,A", without_actor_types_, "TYPE", "no actors of these types");
    options.date("at", at_, "what held at that time, as far as is known");
    options.date("since", since_, "what held then or later");
    options.date("until", until_, "what held then or earlier");
    options.flag("certain", certain_, "only what certainly held at that time; leaves undated out");
    options.list("status", statuses_, "STATUS",
                 "actual, planned, inferred (these three unless told), denied, hypothetical, or all")
        .offer({"actual", "planned", "inferred", "denied", "hypothetical", "all"});
    options.number("min-confidence", min_confidence_, "X",
                   "leave out what is less sure than this, from 0 to 1; ungraded stays", 0, 1);
    options.list("source", sources_, "KEY", "only what one of these sources supports");
    options.list("without-source", without_sources_, "KEY",
                 "as if these sources had never been read");
    options.texts("without", without_, "ACTOR", "as if this actor were not there");
    options.whole("max-degree", max_degree_, "N", "leave out actors with more than N neighbours");
    options.texts("where", where_, "EXPR",
                  "only what holds in openCypher: a is an actor, r a relationship with the ends a and b");
    options.choice("direction", direction_, {"any", "out", "in"},
                   "which way relationships are followed");
    known_at_.setup(options);
    if (surroundings != Surroundings::without) {
        near_ = surroundings == Surroundings::with ? "hops" : "within";
        options.texts("around", around_, "ACTOR", "only what lies near this actor");
        options.whole(near_, hops_, "N", "how near: at most N steps away (1)", 0, 1000);
    }
    options.group("");
}

storage::Reader SelectionOptions::read(const Database& database) {
    storage::Reader reader = known_at_.read(database);
    read_ = true;
    hidden_.clear();
    for (const auto& word : without_sources_) append(hidden_, {find_source(reader, word)});
    reader.hide(hidden_);
    return reader;
}

graph::Selection SelectionOptions::resolve(Context& context, const storage::Reader& reader,
                                           bool certain_alone) const {
    if (!read_ && (!known_at_.reading().empty() || !without_sources_.empty())) {
        throw Error(ErrorKind::usage, "neither --known-at nor --without-source is understood here");
    }
    graph::Selection out;
    for (const auto& word : types_) append(out.types, find_relationship_types(reader, word));
    for (const auto& word : without_types_) {
        append(out.without_types, find_relationship_types(reader, word));
    }
    for (const auto& word : actor_types_) append(out.actor_types, find_actor_types(reader, word));
    for (const auto& word : without_actor_types_) {
        append(out.without_actor_types, find_actor_types(reader, word));
    }
    if (at_ && (since_ || until_)) {
        throw Error(ErrorKind::usage, "--at does not go with --since or --until",
                    "--at D is short for --since D --until D");
    }
    if (since_ && until_ && since_->earliest() > until_->latest()) {
        throw Error(ErrorKind::usage, "--since is later than --until");
    }
    if (certain_ && !certain_alone && !at_ && !since_ && !until_) {
        throw Error(ErrorKind::usage, "--certain needs a time", "add --at, --since or --until");
    }
    out.at = at_;
    out.since = since_;
    out.until = until_;
    out.certain = certain_;
    if (!statuses_.empty()) out.statuses = parse_statuses(statuses_);
    out.min_confidence = min_confidence_;
    for (const auto& word : sources_) append(out.sources, {find_source(reader, word)});
    out.without_sources = hidden_;
    out.without = find_actors(context, reader, without_, Naming::near);
    out.max_degree = max_degree_;
    out.around = find_actors(context, reader, around_, Naming::near);
    if (hops_) {
        if (around_.empty()) throw Error(ErrorKind::usage, fmt::format("--{} needs --around ACTOR", near_));
        out.hops = static_cast<std::uint32_t>(*hops_);
    }
    for (const std::string& each : add_conditions(where_, reader, out)) {
        context.err << "entente: --where: " << escape_controls(each) << "\n";
    }
    if (direction_ == "out") out.direction = graph::Direction::out;
    if (direction_ == "in") out.direction = graph::Direction::in;
    return out;
}

graph::Selection SelectionOptions::undiminished(graph::Selection selection) const {
    if (without_.empty() && without_sources_.empty()) {
        throw Error(ErrorKind::usage, "--diff wants something to take away",
                    "add --without ACTOR or --without-source KEY");
    }
    selection.without.clear();
    selection.without_sources.clear();
    return selection;
}

std::string SelectionOptions::reading() const {
    const std::string what = chosen(), when = known_at_.reading();
    return what + (what.empty() || when.empty() ? "" : ", ") + escape_controls(when);
}

std::string SelectionOptions::chosen() const {
    std::vector<std::string> parts;
    const auto words = [&](std::string_view label, const std::vector<std::string>& list) {
        if (!list.empty()) parts.push_back(fmt::format("{} {}", label, fmt::join(list, " or ")));
    };
    words("type", types_);
    words("without type", without_types_);
    words("actor type", actor_types_);
    words("without actor type", without_actor_types_);
    const std::string sure = certain_ ? "certainly " : "";
    if (certain_ && !at_ && !since_ && !until_) parts.push_back("certainly");
    if (at_) parts.push_back(sure + "at " + at_->text());
    if (since_) parts.push_back(sure + "since " + since_->text());
    if (until_) parts.push_back(sure + "until " + until_->text());
    words("status", statuses_);
    if (min_confidence_) parts.push_back(fmt::format("confidence at least {}", *min_confidence_));
    words("source", sources_);
    words("without source", without_sources_);
    words("without", without_);
    if (max_degree_) parts.push_back(fmt::format("at most {} neighbours", *max_degree_));
    words("around", around_);
    if (hops_) parts.push_back("within " + counted(*hops_, "step"));
    if (!where_.empty()) parts.push_back(fmt::format("where {}", fmt::join(where_, " and ")));
    return escape_controls(fmt::format("{}", fmt::join(parts, ", ")));
}

namespace {

std::vector<std::string> notes_of(const graph::LeftOut& left_out, std::string_view left_words) {
    std::vector<std::string> out;
    const auto left = [&](std::uint64_t number, std::string_view which) {
        if (number != 0) {
            out.push_back(fmt::format("{}: {}, {}", left_words, counted(number, "relationship"), which));
        }
    };
    left(left_out.denied, "denied");
    left(left_out.hypothetical, "hypothetical");
    left(left_out.other_status, "of another status");
    left(left_out.by_type, "of another type");
    left(left_out.by_date, "of another time");
    left(left_out.by_confidence, "not sure enough");
    left(left_out.by_source, "from other sources");
    left(left_out.by_where, "not as --where says");
    if (left_out.actors != 0) {
        out.push_back(fmt::format("{}: {}", left_words, counted(left_out.actors, "actor")));
    }
    if (left_out.undated_kept != 0) {
        out.push_back(fmt::format("kept although undated: {}",
                                  counted(left_out.undated_kept, "relationship")));
    }
    if (left_out.ungraded_kept != 0) {
        out.push_back(fmt::format("kept although nobody said how sure: {}",
                                  counted(left_out.ungraded_kept, "relationship")));
    }
    return out;
}

}  // namespace

std::vector<std::string> notes(const graph::LeftOut& left_out) { return notes_of(left_out, "left out"); }
std::vector<std::string> notes_of_met(const graph::LeftOut& left_out) { return notes_of(left_out, "left out, of what was met"); }

std::vector<RelationshipType> find_relationship_types(const storage::Reader& reader,
                                                      std::string_view word) {
    return find_types<RelationshipType>(reader, word, "relationship type");
}

std::vector<ActorType> find_actor_types(const storage::Reader& reader, std::string_view word) {
    return find_types<ActorType>(reader, word, "actor type");
}

SourceId find_source(const storage::Reader& reader, std::string_view word) {
    if (const auto id = reader.source_by_key(word)) return *id;
    const std::string wanted = ascii_lower(word);
    std::vector<SourceId> found;
    std::vector<std::string> keys;
    for (const Source& source : reader.sources()) {
        keys.push_back(source.key);
        if (ascii_lower(source.key) == wanted || source.title == word) found.push_back(source.id);
    }
    if (found.size() == 1) return found.front();
    if (found.size() > 1) {
        throw Error(ErrorKind::ambiguous_name,
                    fmt::format("{} sources are called \"{}\"", found.size(), word),
                    "name one by its key; `entente sources` lists them");
    }
    std::string advice = nearest_or_all(word, keys, "sources");
    if (advice.empty()) advice = "`entente sources` lists them";
    throw Error(ErrorKind::unknown_name, fmt::format("there is no source \"{}\"", word), advice);
}

}  // namespace entente::cli
