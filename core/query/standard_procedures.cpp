// SPDX-License-Identifier: MIT
#include "core/query/standard_procedures.hpp"

#include <algorithm>

#include "core/query/call_options.hpp"
#include "core/query/context.hpp"
#include "core/query/functions.hpp"
#include "core/query/procedure_families.hpp"

namespace entente::query {
namespace {

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
                 if (arguments[0].kind() != Datum::Kind::text) throw CallFailure("entente.find wants a text");
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
        add_groups(out);
        add_summary(out);
        add_searches(out);
        add_lists(out);
        return out;
    }();
    return all;
}

}  // namespace entente::query
