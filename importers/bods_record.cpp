// SPDX-License-Identifier: MIT
#include "importers/bods_record.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "importers/told.hpp"

namespace entente::importers {
namespace {

using Kind = BodsStatement::Kind;

[[noreturn]] void bad(const Place& place, const std::string& what) { throw Error(ErrorKind::import, place, what); }

/// Takes a member out.
Value take(Map& from, std::string_view name) {
    const auto found = from.find(name);
    if (found == from.end()) return {};
    Value out = std::move(found->second);
    from.erase(found);
    return out;
}

std::string take_text(Map& from, std::string_view name, const Place& place) {
    const Value value = take(from, name);
    if (value.kind() == Value::Kind::list || value.kind() == Value::Kind::map) bad(place, std::string(name) + ": a list or an object, expected a text");
    return to_text(value);
}

std::string text_in(const Map& from, std::string_view name) {
    const auto found = from.find(name);
    if (found == from.end() || found->second.kind() == Value::Kind::list || found->second.kind() == Value::Kind::map) return {};
    return to_text(found->second);
}

/// The objects of a list, or the one object that stands in its place.
std::vector<Map> objects(const Value& value, std::string_view name, const Place& place) {
    std::vector<Map> out;
    if (value.is_null()) return out;
    if (value.kind() == Value::Kind::map) return {value.map()};
    if (value.kind() != Value::Kind::list) bad(place, std::string(name) + ": " + to_json(value).substr(0, 60) + ", expected a list of objects");
    for (const Value& one : value.list()) {
        if (one.kind() != Value::Kind::map) bad(place, std::string(name) + ": " + to_json(one).substr(0, 60) + " in the list, expected an object");
        out.push_back(one.map());
    }
    return out;
}

std::string letters(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') out += static_cast<char>(c + 32);
        else if (c >= 'a' && c <= 'z') out += c;
    }
    return out;
}

void put(Map& out, const char* name, List list) {
    if (list.empty()) return;
    out.insert_or_assign(name, list.size() == 1 ? std::move(list[0]) : Value(std::move(list)));
}
void put(Map& out, const char* name, const std::string& text) {
    if (!text.empty()) out.insert_or_assign(name, Value(text));
}
void rename(Map& in, const char* from, const char* to) {
    if (Value value = take(in, from); !value.is_null()) in.insert_or_assign(to, std::move(value));
}

/// Codes, else names, of places: `nationalities`, `taxResidencies`.
void places(Map& in, const char* from, const char* to, const Place& place) {
    List out;
    for (const Map& one : objects(take(in, from), from, place)) {
        std::string text = text_in(one, "code");
        if (text.empty()) text = text_in(one, "name");
        if (!text.empty()) out.emplace_back(std::move(text));
    }
    put(in, to, std::move(out));
}

std::string full_name(const Map& name) {
    std::string out = text_in(name, "fullName");
    if (!out.empty()) return out;
    for (const char* part : {"givenName", "patronymicName", "familyName"}) {
        const std::string text = text_in(name, part);
        if (!text.empty()) out.append(out.empty() ? "" : " ").append(text);
    }
    return out;
}

void take_names(Map& in, const Place& place) {
    std::string name = take_text(in, "name", place);
    List aliases;
    std::string best_type;
    for (const Map& one : objects(take(in, "names"), "names", place)) {
        std::string text = full_name(one);
        if (text.empty()) continue;
        const std::string type = letters(text_in(one, "type"));
        const bool better = (type == "legal" || type == "individual") && best_type != "legal" && best_type != "individual";
        if (name.empty() || better) {
            if (!name.empty()) aliases.emplace_back(name);
            name = std::move(text);
            best_type = type;
        } else {
            aliases.emplace_back(std::move(text));
        }
    }
    if (const Value others = take(in, "alternateNames"); others.kind() == Value::Kind::list) {
        for (const Value& one : others.list()) {
            if (one.kind() == Value::Kind::text && !one.text().empty()) aliases.push_back(one);
        }
    }
    put(in, "name", name);
    if (!aliases.empty()) in.insert_or_assign("aliases", Value(std::move(aliases)));
}

struct Word {
    std::string_view interest;  ///< letters alone, in lower case
    std::string_view type;
};
constexpr Word kInterests[] = {
    {"shareholding", "OWNERSHIP"},
    {"rightstosurplusassets", "OWNERSHIP"},
    {"rightstosurplusassetsondissolution", "OWNERSHIP"},
    {"rightstoprofitorincome", "OWNERSHIP"},
    {"righttoprofitorincomefromassets", "OWNERSHIP"},
    {"enjoymentanduseofassets", "OWNERSHIP"},
    {"votingrights", "CONTROL"},
    {"appointmentofboard", "CONTROL"},
    {"influenceorcontrol", "CONTROL"},
    {"otherinfluenceorcontrol", "CONTROL"},
    {"rightsgrantedbycontract", "CONTROL"},
    {"conditionalrightsgrantedbycontract", "CONTROL"},
    {"controlviacompanyrulesorarticles", "CONTROL"},
    {"controlbylegalframework", "CONTROL"},
    {"settlor", "CONTROL"},
    {"settloroftrust", "CONTROL"},
    {"trustee", "CONTROL"},
    {"trusteeoftrust", "CONTROL"},
    {"protector", "CONTROL"},
    {"protectoroftrust", "CONTROL"},
    {"otherinfluenceorcontroloftrust", "CONTROL"},
    {"beneficiaryoflegalarrangement", "BENEFICIARY_OF"},
    {"beneficiaryoftrust", "BENEFICIARY_OF"},
    {"seniormanagingofficial", "DIRECTORSHIP"},
    {"boardmember", "DIRECTORSHIP"},
    {"boardchair", "DIRECTORSHIP"},
    {"nominee", "REPRESENTATION"},
};

std::string type_of(const std::string& interest) {
    const std::string plain = letters(interest);
    const auto found = std::find_if(std::begin(kInterests), std::end(kInterests), [&](const Word& w) { return w.interest == plain; });
    return found == std::end(kInterests) ? "INTEREST" : std::string(found->type);
}

void take_share(Map& interest, const Place& place) {
    Value share = take(interest, "share");
    if (share.is_null()) return;
    if (share.kind() != Value::Kind::map) bad(place, "share: " + to_json(share).substr(0, 60) + ", expected an object");
    Map parts = share.map();
    const auto number = [&](const char* from, const char* to) {
        const auto found = parts.find(from);
        if (found == parts.end() || !found->second.number()) return;
        interest.try_emplace(to, found->second);
        if (std::string_view(from).starts_with("exclusive")) return;  // stays beside it, to say that it is one
        parts.erase(found);
    };
    number("exact", "percentage");
    number("minimum", "percentageMin");
    number("maximum", "percentageMax");
    number("exclusiveMinimum", "percentageMin");
    number("exclusiveMaximum", "percentageMax");
    if (!parts.empty()) interest.insert_or_assign("share", Value(std::move(parts)));
}

/// The end of a relationship: whose record it is, or what is said instead.
struct End {
    std::string record;
    std::string reason, description;
};

End end_of(const Value& told, const char* name, const Place& place) {
    End out;
    if (told.kind() == Value::Kind::text) {
        out.record = told.text();
        return out;
    }
    if (told.is_null()) return out;
    if (told.kind() != Value::Kind::map) bad(place, std::string(name) + ": " + to_json(told).substr(0, 60) + ", expected the id of a record");
    const Map* said = &told.map();
    for (const char* by : {"describedByEntityStatement", "describedByPersonStatement"}) {
        if (out.record.empty()) out.record = text_in(*said, by);
    }
    if (!out.record.empty()) return out;
    if (const auto found = said->find("unspecified"); found != said->end() && found->second.kind() == Value::Kind::map) said = &found->second.map();
    out.reason = text_in(*said, "reason");
    out.description = text_in(*said, "description");
    return out;
}

}  // namespace

BodsStatement bods_statement(Map s, const Place& place) {
    BodsStatement out;
    out.id = take_text(s, "statementId", place);
    if (out.id.empty()) out.id = take_text(s, "statementID", place);
    if (out.id.empty()) bad(place, "a statement without statementId");
    out.what = take_text(s, "recordType", place);
    const bool old = out.what.empty();
    if (old) out.what = take_text(s, "statementType", place);
    const std::string kind = letters(out.what);
    if (kind == "entity" || kind == "entitystatement") out.kind = Kind::entity;
    else if (kind == "person" || kind == "personstatement") out.kind = Kind::person;
    else if (kind == "relationship" || kind == "ownershiporcontrolstatement") out.kind = Kind::relationship;
    else if (kind.empty()) bad(place, "a statement without recordType or statementType");
    out.date = take_text(s, "statementDate", place);
    out.record = take_text(s, "recordId", place);
    if (out.record.empty()) {
        if (!old) bad(place, "a statement without recordId");
        out.record = out.id;
    }
    out.closed = letters(take_text(s, "recordStatus", place)) == "closed";
    if (const Value list = take(s, "replacesStatements"); list.kind() == Value::Kind::list) {
        for (const Value& one : list.list()) {
            if (one.kind() == Value::Kind::text) out.replaces.push_back(one.text());
        }
    }
    if (const Value published = take(s, "publicationDetails"); published.kind() == Value::Kind::map) {
        out.licence = text_in(published.map(), "license");
        const auto publisher = published.map().find("publisher");
        if (publisher != published.map().end() && publisher->second.kind() == Value::Kind::map) out.publisher = text_in(publisher->second.map(), "name");
    }
    if (Value source = take(s, "source"); source.kind() == Value::Kind::map) {
        Map told = source.map();
        out.source.title = text_in(told, "description");
        out.source.url = text_in(told, "url");
        const std::string looked_up = text_in(told, "retrievedAt");
        if (const auto date = told_moment(looked_up, {})) out.source.date = *date;
        else out.source.properties.emplace("retrievedAt", Value(looked_up));
        out.source.publisher = out.publisher;
        out.source.licence = out.licence;
        std::string types;
        if (const auto type = told.find("type"); type != told.end() && type->second.kind() == Value::Kind::list) {
            for (const Value& one : type->second.list()) types.append(types.empty() ? "" : ", ").append(to_text(one));
        }
        if (!types.empty()) out.source.properties.emplace("type", Value(types));
        std::string asserted;
        if (const auto by = told.find("assertedBy"); by != told.end() && by->second.kind() == Value::Kind::list) {
            for (const Value& one : by->second.list()) {
                if (one.kind() == Value::Kind::map) asserted.append(asserted.empty() ? "" : ", ").append(text_in(one.map(), "name"));
            }
        }
        if (!asserted.empty()) out.source.properties.emplace("assertedBy", Value(asserted));
        out.source.key = !out.source.url.empty() ? out.source.url : !out.source.title.empty() ? out.source.title : !types.empty() ? types : std::string();
        if (!out.publisher.empty() && out.source.key == types) out.source.key.append(types.empty() ? "" : ", ").append(out.publisher);
    }
    if (old) {
        out.details = std::move(s);
    } else {
        Value details = take(s, "recordDetails");
        if (details.kind() != Value::Kind::map) bad(place, "recordDetails: expected an object");
        out.details = details.map();
        for (auto& [name, value] : s) out.details.try_emplace(name, std::move(value));  // annotations, declaration ...
    }
    return out;
}

Map bods_actor(const BodsStatement& statement, const Place& place) {
    Map out = statement.details;
    take_names(out, place);
    std::string type = "Person";
    if (statement.kind == Kind::entity) {
        std::string told;
        Value entity_type = take(out, "entityType");
        if (entity_type.kind() == Value::Kind::map) {
            told = text_in(entity_type.map(), "type");
            put(out, "entitySubtype", text_in(entity_type.map(), "subtype"));
            put(out, "entityTypeDetails", text_in(entity_type.map(), "details"));
        } else {
            told = to_text(entity_type);
        }
        const std::string plain = letters(told);
        type = plain == "registeredentity" ? "Company" : plain == "state" || plain == "statebody" ? "PublicBody" : plain == "arrangement" ? "Arrangement" : "LegalEntity";
        put(out, "entityType", told);
    }
    if (Value jurisdiction = take(out, "jurisdiction"); jurisdiction.kind() == Value::Kind::map) {
        const std::string code = text_in(jurisdiction.map(), "code");
        put(out, "jurisdiction", code.empty() ? text_in(jurisdiction.map(), "name") : code);
    } else if (!jurisdiction.is_null()) {
        out.insert_or_assign("jurisdiction", std::move(jurisdiction));
    }
    rename(out, "incorporatedInJurisdiction", "jurisdiction");
    rename(out, "foundingDate", "incorporationDate:date");
    rename(out, "dissolutionDate", "dissolutionDate:date");
    rename(out, "birthDate", "birthDate:date");
    rename(out, "deathDate", "deathDate:date");
    places(out, "nationalities", "nationality", place);
    places(out, "taxResidencies", "taxResidency", place);
    List identifiers;
    for (const Map& one : objects(take(out, "identifiers"), "identifiers", place)) {
        std::string scheme = text_in(one, "scheme");
        if (scheme.empty()) scheme = text_in(one, "schemeName");
        std::string id = text_in(one, "id");
        if (id.empty()) id = text_in(one, "uri");
        if (!id.empty()) identifiers.emplace_back(scheme.empty() ? id : scheme + " " + id);
    }
    put(out, "identifiers", std::move(identifiers));
    List addresses, codes, countries;
    for (const Map& one : objects(take(out, "addresses"), "addresses", place)) {
        if (std::string text = text_in(one, "address"); !text.empty()) addresses.emplace_back(std::move(text));
        std::string code = text_in(one, "postCode");
        if (code.empty()) code = text_in(one, "postcode");
        if (!code.empty()) codes.emplace_back(std::move(code));
        std::string country = text_in(one, "country");
        if (const auto told = one.find("country"); told != one.end() && told->second.kind() == Value::Kind::map) country = text_in(told->second.map(), "code");
        if (!country.empty() && std::find(countries.begin(), countries.end(), Value(country)) == countries.end() && countries.size() < 64) countries.emplace_back(country);
    }
    put(out, "address", std::move(addresses));
    put(out, "postCode", std::move(codes));
    put(out, "country", std::move(countries));
    put(out, "statementDate:date", statement.date);
    out.erase("type");
    out.insert_or_assign("type", Value(type));
    if (statement.closed) out.insert_or_assign("recordStatus", Value("closed"));
    return out;
}

BodsTies bods_ties(const BodsStatement& statement, const std::function<std::string(const std::string&)>& key_of, const Place& place) {
    BodsTies out;
    Map rest = statement.details;
    const auto party = [&](const char* name) -> std::string {
        const End end = end_of(take(rest, name), name, place);
        if (!end.record.empty()) return key_of(end.record);
        const std::string plain = letters(end.reason);
        if (plain.empty() && end.description.empty()) bad(place, std::string("a relationship without ") + name);
        if (plain == "nobeneficialowners") {
            out.none = end.reason;
            return {};
        }
        Map made;
        const std::string key = statement.record + "/" + name;
        put(made, "key", key);
        put(made, "name", "unspecified: " + (end.reason.empty() ? end.description : end.reason));
        put(made, "type", std::string("UnspecifiedParty"));
        put(made, "reason", end.reason);
        put(made, "description", end.description);
        out.parties.push_back(std::move(made));
        return key;
    };
    const std::string to = party("subject");
    const std::string from = party("interestedParty");
    std::vector<Map> interests = objects(take(rest, "interests"), "interests", place);
    if (!out.none.empty()) return out;
    if (interests.empty()) interests.emplace_back();
    // 0.3: the same statement may say it of all interests
    int number = 0;
    for (Map& interest : interests) {
        const std::string told = take_text(interest, "type", place);
        take_share(interest, place);
        rename(interest, "interestLevel", "directOrIndirect");
        Map tie = rest;
        for (auto& [name, value] : interest) tie.insert_or_assign(name, std::move(value));
        put(tie, "id", statement.record + "/" + std::to_string(++number));
        put(tie, "from", from);
        put(tie, "to", to);
        put(tie, "type", type_of(told));
        put(tie, "role", told);
        put(tie, "statementDate:date", statement.date);
        if (statement.closed) {
            tie.insert_or_assign("recordStatus", Value("closed"));
            if (!tie.contains("endDate")) put(tie, "endDate", statement.date);
        }
        if (!statement.source.key.empty()) put(tie, "source", statement.source.key);
        out.ties.push_back(std::move(tie));
    }
    return out;
}

}  // namespace entente::importers
