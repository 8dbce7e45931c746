// SPDX-License-Identifier: MIT
#include "core/exporters/dialect.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace entente::exporters {
namespace {

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 10> kEnds{"from",   "to",      "source", "target",      "startid",
                                                "endid", "src", "dst", "nodeidstart", "nodeidend"};
constexpr std::array<std::string_view, 8> kActorWords{"key",       "type",       "name",    "aliases",
                                                      "publisher", "archiveurl", "licence", "license"};
constexpr std::array<std::string_view, 11> kTieWords{"type",  "id",  "direction", "reltype", "relationship", "start",
                                                    "end", "key", "nodeid",    "aliases", "types"};
constexpr std::array<std::string_view, 19> kSourceWords{
    "key",   "title", "publisher", "url",     "archiveurl", "date",    "licence", "license", "hash", "id",
    "nodeid", "type", "types",     "aliases", "name",       "caption", "label",   "evidence", "kind"};
// properties with a spelling and a kind of their own
constexpr std::array<std::string_view, 17> kKnown{
    "date",  "startDate", "endDate", "confidence", "grade",   "status",    "role",      "place",
    "event", "locator",   "excerpt", "amount",     "amountMin", "amountMax", "validFrom", "validTo",
    "retrievedAt"};

bool is_date_name(std::string_view name) { return name == "date" || name == "startDate" || name == "endDate"; }
bool is_amount_name(std::string_view name) { return name.starts_with("amount"); }
bool is_text_name(std::string_view name) {
    constexpr std::array<std::string_view, 7> kTexts{"grade", "status", "role", "place", "event", "locator", "excerpt"};
    return among(kTexts, name);
}

/// Could an importer find another kind than text in it? Errs towards yes.
bool looks_like_more(std::string_view text) {
    if (text == "true" || text == "false") return true;
    if (text.empty() || !((text[0] >= '0' && text[0] <= '9') || text[0] == '-')) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E' || c == '~' || c == ',';
    });
}

/// Would an importer read the number of these digits back as the same one without being told?
bool plain_real(double number, std::string_view text) {
    if (!std::isfinite(number) || text.find_first_of("eE") != std::string_view::npos || text == "-0.0") return false;
    return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) <= 15;
}

bool plain_date(std::string_view text) {
    return text[0] != '.' && text.find('-', 1) != std::string_view::npos;
}

}  // namespace

std::string normalised(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c == ' ' || c == '_' || c == '-') continue;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return out;
}

const char* suffix_of(Value::Kind kind) {
    switch (kind) {
        case Value::Kind::boolean: return ":bool";
        case Value::Kind::integer: return ":int";
        case Value::Kind::real: return ":float";
        case Value::Kind::text: return ":string";
        case Value::Kind::date: return ":date";
        case Value::Kind::calendar_day: return ":day";
        case Value::Kind::time: return ":time";
        case Value::Kind::date_time: return ":datetime";
        case Value::Kind::duration: return ":duration";
        default: return ":json";
    }
}

bool needs_point(Rows rows, std::string_view property) {
    if (among(kKnown, property) && property != "validFrom" && property != "validTo") {
        return rows == Rows::sources && property == "date";
    }
    if (property.empty() || property.front() == '.' || property.front() == ' ' || property.back() == ' ' ||
        property.find(':') != std::string_view::npos) {
        return true;
    }
    const std::string plain = normalised(property);
    if (plain.empty()) return true;
    for (const std::string_view known : kKnown) {
        if (plain == normalised(known)) return true;
    }
    // members of a record in JSON that are no properties
    if (property == "properties" || property == "evidence") return true;
    if (among(kEnds, plain)) return true;
    switch (rows) {
        case Rows::actors: return among(kActorWords, plain) || plain == "types";
        case Rows::relationships: return among(kTieWords, plain);
        case Rows::sources: return among(kSourceWords, plain);
    }
    return true;
}

bool is_odd(std::string_view property, const Value& value, bool cells) {
    const bool is_text = value.kind() == Value::Kind::text;
    const std::string_view text = is_text ? std::string_view(value.text()) : std::string_view();
    if (property == "status") {
        const auto status = parse_status(text);
        return !status || status_name(*status) != text;
    }
    if (property == "grade") return !confidence_of_grade(text) || text[0] > 'F';
    if (property != "retrievedAt") return false;
    if (is_text) {
        if (const auto date = parse_date(text)) return cells || date->text() != text;
        return !parse_date_time(text) || text.substr(10).starts_with("T00:00");  // midnight is its day
    }
    return value.kind() != Value::Kind::date && value.kind() != Value::Kind::date_time && value.kind() != Value::Kind::calendar_day;
}

void ColumnKinds::see(const std::string& name, const Value& value) {
    kinds_.insert(value.kind());
    odd_ = odd_ || is_odd(name, value, true);
    switch (value.kind()) {
        case Value::Kind::text:
            if (value.text().empty()) empty_text_ = true;
            if (value.text().find('\0') != std::string::npos) nul_ = true;
            if (!is_text_name(name) && (looks_like_more(value.text()) || is_amount_name(name))) doubtful_ = true;
            if (is_date_name(name) || name == "confidence") doubtful_ = true;
            break;
        case Value::Kind::real:
            if (!plain_real(value.real(), to_text(value)) || is_amount_name(name)) doubtful_ = true;
            if (name == "confidence" && !(value.real() >= 0 && value.real() <= 1)) doubtful_ = true;
            break;
        case Value::Kind::integer:
            if (name == "confidence" && value.integer() != 0 && value.integer() != 1) doubtful_ = true;
            break;
        case Value::Kind::date:
            if (!is_date_name(name) && !plain_date(to_text(value))) doubtful_ = true;
            break;
        default: break;
    }
    if (is_text_name(name) && value.kind() != Value::Kind::text) doubtful_ = true;
    if (is_date_name(name) && value.kind() != Value::Kind::date) doubtful_ = true;
    if (name == "confidence" && !value.number()) doubtful_ = true;
}

std::string ColumnKinds::header(Rows rows, const std::string& name) const {
    const bool odd = odd_ && rows == Rows::relationships;
    std::string out = needs_point(rows, name) || odd ? "." + name : name;
    const bool colon = name.find(':') != std::string::npos;
    if (kinds_.size() > 1 || nul_) return out + ":json";
    if (kinds_.empty()) return out;
    const Value::Kind kind = *kinds_.begin();
    if (odd) return out + suffix_of(kind);
    // a name that is ours elsewhere is not read with our kind of it here
    const bool date_elsewhere = kind == Value::Kind::date && is_date_name(name) && out != name;
    const bool found = kind == Value::Kind::boolean || kind == Value::Kind::integer || kind == Value::Kind::real ||
                       kind == Value::Kind::text || kind == Value::Kind::date;
    if (found && !doubtful_ && !empty_text_ && !colon && !date_elsewhere) return out;
    return out + suffix_of(kind);
}

void ColumnKinds::append(std::string& out, const Value& value, const std::string& header) const {
    if (header.ends_with(":json") && (kinds_.size() > 1 || nul_ || suffix_of(value.kind()) == std::string_view(":json"))) {
        append_cell(out, tagged_json(value), false);
        return;
    }
    if (value.kind() == Value::Kind::text && value.text().empty()) {
        out += "\"\"";
        return;
    }
    const bool number = value.kind() == Value::Kind::integer || value.kind() == Value::Kind::real;
    append_cell(out, to_text(value), !number);
}

void append_cell(std::string& out, std::string_view text, bool guard) {
    bool quote = text.find_first_of(",\"\n\r") != std::string_view::npos;
    bool apostrophe = false;
    if (!text.empty()) {
        quote = quote || text.front() == ' ' || text.back() == ' ';
        const std::size_t at = text.find_first_not_of('\'');
        apostrophe = guard && at != std::string_view::npos &&
                     std::string_view("=+-@\t\r").find(text[at]) != std::string_view::npos;
    }
    if (quote) out += '"';
    if (apostrophe) out += '\'';
    for (const char c : text) {
        if (c == '\0') {
            out += "\xef\xbf\xbd";  // no table holds it; properties that do are written as JSON
            continue;
        }
        if (c == '"') out += '"';
        out += c;
    }
    if (quote) out += '"';
}

std::string tagged_json(const Value& value) {
    using Kind = Value::Kind;
    const auto tagged = [&](const char* tag) {
        std::string out = std::string("{\"") + tag + "\":";
        append_json_string(out, to_text(value));
        return out + "}";
    };
    switch (value.kind()) {
        case Kind::date: return tagged("date");
        case Kind::calendar_day: return tagged("day");
        case Kind::time: return tagged("time");
        case Kind::date_time: return tagged("datetime");
        case Kind::duration: return tagged("duration");
        case Kind::real: return std::isfinite(value.real()) ? to_json(value) : tagged("real");
        case Kind::list: {
            std::string out = "[";
            for (const Value& one : value.list()) {
                if (out.size() > 1) out += ',';
                out += tagged_json(one);
            }
            return out + "]";
        }
        default: return to_json(value);
    }
}

FileKeys::FileKeys(const Network& network) {
    network.actors([&](const Actor& a) {
        if (a.key && a.key->starts_with("actor-")) taken_actors_.insert(*a.key);
    });
    network.relationships([&](const Relationship& r) {
        const Value* id = find_property(r.properties, "id");
        if (id != nullptr && id->kind() == Value::Kind::text && id->text().starts_with("tie-")) {
            taken_ties_.insert(id->text());
        }
    });
}

std::string FileKeys::of(const Network& network, ActorId actor) const {
    if (auto key = network.key(actor)) return *std::move(key);
    std::string out = "actor-" + std::to_string(actor.value);
    while (taken_actors_.contains(out)) out += '-';
    return out;
}

std::string FileKeys::of(const Relationship& tie) const {
    const Value* id = find_property(tie.properties, "id");
    if (id != nullptr && id->kind() == Value::Kind::text && !id->text().empty()) return id->text();
    std::string out = "tie-" + std::to_string(tie.id.value);
    while (taken_ties_.contains(out)) out += '-';
    return out;
}

std::map<std::uint32_t, std::string> keys_of(const std::vector<Source>& sources) {
    std::map<std::uint32_t, std::string> out;
    for (const Source& s : sources) out.emplace(s.id.value, s.key);
    return out;
}

Support support_of(const Network& network, const std::map<std::uint32_t, std::string>& source_keys,
                   const Relationship& tie) {
    Support out;
    if (!network.evidence) return out;
    const auto text = [&](const char* name) -> std::string {
        const Value* v = find_property(tie.properties, name);
        return v != nullptr ? to_text(*v) : std::string();
    };
    const Value* confidence = find_property(tie.properties, "confidence");
    const std::optional<double> sure = confidence != nullptr ? confidence->number() : std::nullopt;
    for (Evidence& e : network.evidence(tie.id)) {
        const auto key = source_keys.find(e.source.value);
        if (key == source_keys.end()) continue;
        // the row tells the first support that says no more than the row
        const auto same = [](const std::string& a, const std::string& b) { return a.empty() || a == b; };
        const bool row_says_it = same(e.locator, text("locator")) && same(e.excerpt, text("excerpt")) &&
                                 same(e.grade, text("grade")) && (!e.confidence || e.confidence == sure) &&
                                 same(e.url, text("url")) && same(e.retrieved_at, text("retrievedAt"));
        if (out.source.empty() && row_says_it) out.source = key->second;
        else out.more.push_back(std::move(e));
    }
    return out;
}

std::vector<Evidence> evidence_of(const Network& network, const std::map<std::uint32_t, std::string>& source_keys,
                                  ActorId actor) {
    if (!network.actor_evidence) return {};
    std::vector<Evidence> out = network.actor_evidence(actor);
    std::erase_if(out, [&](const Evidence& e) { return !source_keys.contains(e.source.value); });
    return out;
}

}  // namespace entente::exporters
