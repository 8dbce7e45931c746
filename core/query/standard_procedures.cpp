// SPDX-License-Identifier: MIT
#include "core/query/standard_procedures.hpp"

#include <algorithm>
#include <numeric>

#include "core/analysis/measure.hpp"
#include "core/graph/load.hpp"
#include "core/query/context.hpp"
#include "core/query/functions.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

[[noreturn]] void refuse(const std::string& text, const char* advice = "") {
    throw Failure(fault::argument("InvalidArgumentValue"), kNowhere, text, advice);
}

/// The options of an analysis, each taken once; what is left over at the end is an error.
class OptionMap {
public:
    explicit OptionMap(const Datums& arguments) {
        if (!arguments.empty() && arguments[0].kind() == Kind::map) left_ = arguments[0].map();
    }
    Datum take(const char* name) {
        const auto at = left_.find(name);
        if (at == left_.end()) return {};
        Datum out = std::move(at->second);
        left_.erase(at);
        return out;
    }
    std::vector<std::string> texts(const char* name) {
        const Datum d = take(name);
        std::vector<std::string> out;
        if (d.kind() == Kind::text) out.push_back(d.text());
        if (d.kind() == Kind::list) {
            for (const Datum& each : d.list()) {
                if (each.kind() != Kind::text) refuse(std::string(name) + " wants strings");
                out.push_back(each.text());
            }
        }
        return out;
    }
    std::optional<Date> date(const char* name) {
        const Datum d = take(name);
        if (d.is_null()) return std::nullopt;
        const auto parsed = parse_date(to_text(d));
        if (!parsed) refuse(std::string(name) + " wants a date", "2025, 2025-07 or 2025-07-28");
        return parsed;
    }
    void done() const {
        if (!left_.empty()) {
            refuse("there is no option `" + left_.begin()->first + "`",
                   "types, actorTypes, at, since, until, status, minConfidence, direction, strength, cost, "
                   "raw, alpha");
        }
    }

private:
    DatumMap left_;
};

/// The types of that name and their narrower ones.
template <class Type, class Broader>
void add_types(const std::string& name, std::uint32_t count, const storage::Reader& reader, Broader&& broader,
               std::vector<Type>& out) {
    constexpr int kLongestChain = 32;
    const std::size_t before = out.size();
    for (std::uint32_t i = 1; i <= count; ++i) {
        std::string at = reader.name(Type(i));
        for (int step = 0; step < kLongestChain && !at.empty(); ++step) {
            if (at == name) {
                out.push_back(Type(i));
                break;
            }
            at = broader(at);
        }
    }
    if (out.size() == before) refuse("there is no type `" + name + "`", "CALL db.labels() and CALL db.relationshipTypes() list them");
}

graph::Selection selection_of(OptionMap& options, const storage::Reader& reader) {
    graph::Selection s;
    for (const std::string& name : options.texts("types")) {
        add_types(name, reader.relationship_type_count(), reader,
                  [&](const std::string& n) {
                      const auto t = reader.find_relationship_type(n);
                      return t ? reader.schema(*t).broader : default_schema(n).broader;
                  },
                  s.types);
    }
    for (const std::string& name : options.texts("actorTypes")) {
        add_types(name, reader.actor_type_count(), reader,
                  [&](const std::string& n) {
                      const auto t = reader.find_actor_type(n);
                      return t ? reader.schema(*t).broader : default_actor_schema(n).broader;
                  },
                  s.actor_types);
    }
    s.at = options.date("at");
    s.since = options.date("since");
    s.until = options.date("until");
    if (const auto words = options.texts("status"); !words.empty()) {
        s.statuses.clear();
        for (const std::string& word : words) {
            const auto status = parse_status(word);
            if (!status) refuse("there is no status `" + word + "`");
            s.statuses.push_back(*status);
        }
        std::sort(s.statuses.begin(), s.statuses.end());
    }
    if (const Datum d = options.take("minConfidence"); d.is_number()) s.min_confidence = d.number();
    return s;
}

std::optional<std::vector<double>> weights(OptionMap& options, const char* name, const storage::Reader& reader) {
    const Datum d = options.take(name);
    if (d.is_null()) return std::nullopt;
    if (d.kind() != Kind::text) refuse(std::string(name) + " wants the name of a property");
    const auto property = reader.find_property(d.text());
    if (!property) refuse("there is no property `" + d.text() + "`");
    return reader.numbers(*property);
}

/// Rows (actor, score...), the highest first score first.
std::vector<Datums> measure_rows(const analysis::Measure& measure, Context& context, const Datums& arguments) {
    const storage::Reader& reader = context.reader();
    OptionMap options(arguments);
    const graph::Selection selection = selection_of(options, reader);
    analysis::Question question;
    question.direction = measure.direction;
    if (const Datum d = options.take("direction"); d.kind() == Kind::text && !measure.fixed_direction) {
        if (d.text() == "out") {
            question.direction = graph::Direction::out;
        } else if (d.text() == "in") {
            question.direction = graph::Direction::in;
        } else if (d.text() == "any") {
            question.direction = graph::Direction::any;
        } else {
            refuse("direction wants any, out or in");
        }
    }
    const auto strength = weights(options, "strength", reader);
    const auto cost = weights(options, "cost", reader);
    question.raw = options.take("raw").is_true();
    if (const Datum d = options.take("alpha"); d.is_number()) question.alpha = d.number();
    options.done();
    if (strength && measure.weighting == analysis::Weighting::none) refuse("this measure takes no strength");
    if (cost && measure.weighting != analysis::Weighting::either) refuse("this measure takes no cost");
    if (strength) question.strength = &*strength;
    if (cost) question.cost = &*cost;
    const graph::LoadedSnapshot loaded = graph::load(reader, selection);
    question.graph = &loaded.graph;
    const std::vector<analysis::Scores> columns = measure.compute(question);
    std::vector<graph::Vertex> order(loaded.graph.vertex_count());
    std::iota(order.begin(), order.end(), graph::Vertex{0});
    const std::vector<double>& first = columns.front().of;
    std::stable_sort(order.begin(), order.end(), [&](graph::Vertex a, graph::Vertex b) { return first[a] > first[b]; });
    std::vector<Datums> rows;
    rows.reserve(order.size());
    context.hold(order.size() * 96);
    for (const graph::Vertex v : order) {
        const double score = first[v];
        rows.push_back({Datum(loaded.graph.actor(v)),
                        columns.front().whole ? Datum(static_cast<std::int64_t>(score)) : Datum(score)});
    }
    context.release(order.size() * 96);
    return rows;
}

void add_measures(Procedures& all) {
    for (const analysis::Measure& measure : analysis::measures()) {
        Procedure p;
        p.name = "entente." + std::string(measure.name);
        std::replace(p.name.begin(), p.name.end(), '-', '_');
        p.inputs = {{"options", kind::kMap, true}};
        p.outputs = {{"actor", kind::kNode, false}, {"score", kind::kNumber, false}};
        p.run = [&measure](Context& context, const Datums& arguments) {
            return measure_rows(measure, context, arguments);
        };
        p.line = std::string(measure.reading);
        all.add(std::move(p));
    }
}

template <class Type>
std::vector<Datums> names(std::uint32_t count, const storage::Reader& reader) {
    std::vector<std::string> all;
    for (std::uint32_t i = 1; i <= count; ++i) all.push_back(reader.name(Type(i)));
    std::sort(all.begin(), all.end());
    std::vector<Datums> out;
    for (std::string& name : all) out.push_back({Datum(std::move(name))});
    return out;
}

std::string signature(const Procedure& p) {
    std::string out = p.name + "(";
    for (std::size_t i = 0; i < p.inputs.size(); ++i) out += (i == 0 ? "" : ", ") + p.inputs[i].name;
    out += ") YIELD ";
    for (std::size_t i = 0; i < p.outputs.size(); ++i) out += (i == 0 ? "" : ", ") + p.outputs[i].name;
    return out;
}

void add_lists(Procedures& all) {
    all.add({"db.labels", {}, {{"label", kind::kText, false}},
             [](Context& c, const Datums&) { return names<ActorType>(c.reader().actor_type_count(), c.reader()); },
             "the types of actors"});
    all.add({"db.relationshipTypes", {}, {{"relationshipType", kind::kText, false}},
             [](Context& c, const Datums&) {
                 return names<RelationshipType>(c.reader().relationship_type_count(), c.reader());
             },
             "the types of relationships"});
    all.add({"db.propertyKeys", {}, {{"propertyKey", kind::kText, false}},
             [](Context& c, const Datums&) { return names<PropertyId>(c.reader().property_count(), c.reader()); },
             "the names of properties"});
    all.add({"entente.types", {},
             {{"kind", kind::kText, false}, {"type", kind::kText, false}, {"count", kind::kInteger, false}},
             [](Context& c, const Datums&) {
                 const storage::Reader& reader = c.reader();
                 std::vector<Datums> out;
                 for (std::uint32_t i = 1; i <= reader.actor_type_count(); ++i) {
                     out.push_back({Datum(std::string("actor")), Datum(std::string(reader.name(ActorType(i)))),
                                    Datum(static_cast<std::int64_t>(reader.count(ActorType(i))))});
                 }
                 for (std::uint32_t i = 1; i <= reader.relationship_type_count(); ++i) {
                     out.push_back({Datum(std::string("relationship")),
                                    Datum(std::string(reader.name(RelationshipType(i)))),
                                    Datum(static_cast<std::int64_t>(reader.count(RelationshipType(i))))});
                 }
                 return out;
             },
             "the types, and how many of each there are"});
    all.add({"entente.find", {{"text", kind::kText, false}},
             {{"actor", kind::kNode, false}, {"score", kind::kReal, false}, {"reason", kind::kText, false}},
             [](Context& c, const Datums& arguments) {
                 constexpr std::size_t kMost = 100;
                 std::vector<Datums> out;
                 if (arguments[0].kind() != Kind::text) refuse("entente.find wants a string");
                 for (const storage::NameMatch& m : c.reader().find(arguments[0].text(), kMost)) {
                     out.push_back({Datum(m.actor), Datum(m.score), Datum(std::string(m.reason))});
                 }
                 return out;
             },
             "actors by name, in any script and spelling, the best first"});
    all.add({"entente.procedures", {},
             {{"name", kind::kText, false}, {"signature", kind::kText, false}, {"description", kind::kText, false}},
             [](Context& c, const Datums&) {
                 std::vector<Datums> out;
                 for (const auto& [name, p] : c.procedures().all()) {
                     out.push_back({Datum(std::string(name)), Datum(signature(p)), Datum(std::string(p.line))});
                 }
                 return out;
             },
             "what CALL knows"});
    all.add({"entente.functions", {}, {{"name", kind::kText, false}, {"description", kind::kText, false}},
             [](Context&, const Datums&) {
                 std::vector<Datums> out;
                 for (const Function* f : functions()) {
                     out.push_back({Datum(std::string(f->name)), Datum(std::string(f->line))});
                 }
                 for (const Aggregate& a : aggregates()) {
                     out.push_back({Datum(std::string(a.name)), Datum(std::string(a.line))});
                 }
                 return out;
             },
             "the functions of the language"});
}

}  // namespace

const Procedures& standard_procedures() {
    static const Procedures all = [] {
        Procedures out;
        add_measures(out);
        add_lists(out);
        return out;
    }();
    return all;
}

}  // namespace entente::query
