// SPDX-License-Identifier: MIT
#include "importers/mapping.hpp"

#include <algorithm>
#include <array>

#include <xxhash.h>

#include "core/names/similarity.hpp"
#include "importers/placed_json.hpp"
#include "importers/told.hpp"

namespace entente::importers {
namespace {

[[noreturn]] void fail(const Place& place, const std::string& what, const std::string& advice = {}) {
    throw Error(ErrorKind::import, place, what, advice);
}

using Kind = PlacedJson::Kind;

/// `member` is none of the words: the nearest, or all of them.
[[noreturn]] void unknown_member(const PlacedJson& member, const std::vector<std::string>& words, const std::string& of) {
    const auto near = names::nearest(member.text, words, 1);
    std::string advice;
    if (!near.empty()) {
        advice = "did you mean '" + near.front() + "'?";
    } else {
        for (const std::string& word : words) advice.append(advice.empty() ? "known are " : ", ").append(word);
    }
    fail(member.place, "a member '" + member.text + "' of " + of + ", which has none of that name", advice);
}

void expect(const PlacedJson& json, Kind kind, const std::string& what) {
    if (json.kind != kind)
        fail(json.place, std::string(kind_word(json.kind)) + " for " + what + ", expected " + std::string(kind_word(kind)));
}

const std::string& text_of(const PlacedJson& json, const std::string& what) {
    expect(json, Kind::text, what);
    return json.text;
}

bool yes(const PlacedJson& json, const std::string& what) {
    expect(json, Kind::boolean, what);
    return json.text == "true";
}

/// A text, or a list of them.
std::vector<std::string> texts_of(const PlacedJson& json, const std::string& what) {
    if (json.kind == Kind::text) return {json.text};
    if (json.kind != Kind::list)
        fail(json.place, std::string(kind_word(json.kind)) + " for " + what + ", expected a text or a list of texts");
    std::vector<std::string> out;
    for (const PlacedJson& item : json.items) out.push_back(text_of(item, "an item of " + what));
    return out;
}

/// An object's members one by one; each must be known. `comment` is for people and may stand everywhere.
template <class Take>
void members(const PlacedJson& json, const std::string& of, const std::vector<std::string>& words, const Take& take) {
    expect(json, Kind::object, of);
    for (const auto& [name, value] : json.members) {
        if (name.text == "comment") continue;
        if (std::find(words.begin(), words.end(), name.text) == words.end()) unknown_member(name, words, of);
        take(name, value);
    }
}

class Reader {
public:
    explicit Reader(std::string name) { mapping_.name = std::move(name); }

    Mapping read(const PlacedJson& json) {
        if (json.kind != Kind::object)
            fail(json.place, std::string(kind_word(json.kind)) + ", expected an object with a list 'tables'",
                 "see importers/MAPPINGS.md");
        // lookups first: rules name them wherever they stand
        if (const PlacedJson* named = json.find("lookups")) {
            expect(*named, Kind::object, "'lookups'");
            for (const auto& [key, value] : named->members) {
                if (key.text != "comment") lookups_.emplace(key.text, lookup(value));
            }
        }
        members(json, "a mapping", {"title", "source", "sources", "types", "lookups", "tables"},
                [&](const PlacedJson& key, const PlacedJson& value) {
                    if (key.text == "title")
                        mapping_.title = text_of(value, "'title'");
                    else if (key.text == "source")
                        mapping_.source = source(value);
                    else if (key.text == "sources")
                        list(value, "'sources'", [&](const PlacedJson& item) { mapping_.sources.push_back(source(item)); });
                    else if (key.text == "types")
                        types(value);
                    else if (key.text == "tables")
                        list(value, "'tables'", [&](const PlacedJson& item) { mapping_.sections.push_back(section(item)); });
                });
        if (mapping_.sections.empty())
            fail(json.place, "a mapping without tables, expected a list 'tables' of what their rows make");
        return std::move(mapping_);
    }

private:
    template <class Take>
    static void list(const PlacedJson& json, const std::string& what, const Take& take) {
        expect(json, Kind::list, what);
        for (const PlacedJson& item : json.items) take(item);
    }

    static Source source(const PlacedJson& json) {
        Source s;
        members(json, "a source", {"key", "title", "publisher", "url", "archiveUrl", "date", "licence", "hash"},
                [&](const PlacedJson& key, const PlacedJson& value) {
                    std::string& to = key.text == "key"          ? s.key
                                      : key.text == "title"      ? s.title
                                      : key.text == "publisher"  ? s.publisher
                                      : key.text == "url"        ? s.url
                                      : key.text == "archiveUrl" ? s.archive_url
                                      : key.text == "date"       ? s.date
                                      : key.text == "licence"    ? s.licence
                                                                 : s.hash;
                    to = text_of(value, "'" + key.text + "'");
                });
        if (s.key.empty()) fail(json.place, "a source without key, expected 'key'");
        return s;
    }

    void types(const PlacedJson& json) {
        expect(json, Kind::object, "'types'");
        for (const auto& [name, value] : json.members) {
            if (name.text == "comment") continue;
            const PlacedJson* what = value.kind == Kind::object ? value.find("kind") : nullptr;
            const std::string kind = what == nullptr ? "relationship" : text_of(*what, "'kind'");
            if (kind == "actor") {
                ActorSchema schema = default_actor_schema(name.text);
                members(value, "a type of actors", {"kind", "broader"}, [&](const PlacedJson& key, const PlacedJson& v) {
                    if (key.text == "broader") schema.broader = text_of(v, "'broader'");
                });
                mapping_.actor_types.push_back(std::move(schema));
            } else if (kind == "relationship") {
                RelationshipSchema schema = default_schema(name.text);
                members(value, "a type of relationships", {"kind", "symmetric", "event", "verb", "broader"},
                        [&](const PlacedJson& key, const PlacedJson& v) {
                            if (key.text == "symmetric")
                                schema.symmetric = yes(v, "'symmetric'");
                            else if (key.text == "event")
                                schema.event = yes(v, "'event'");
                            else if (key.text == "verb")
                                schema.verb = text_of(v, "'verb'");
                            else if (key.text == "broader")
                                schema.broader = text_of(v, "'broader'");
                        });
                mapping_.relationship_types.push_back(std::move(schema));
            } else {
                fail(what->place, "'" + kind + "' for the kind of a type, expected 'relationship' or 'actor'");
            }
        }
    }

    static std::shared_ptr<const Lookup> lookup(const PlacedJson& json) {
        expect(json, Kind::object, "a lookup");
        auto out = std::make_shared<Lookup>();
        for (const auto& [from, to] : json.members) out->add(from.text, text_of(to, "'" + from.text + "'"));
        return out;
    }

    [[nodiscard]] std::shared_ptr<const Lookup> lookup_named(const PlacedJson& json) const {
        if (json.kind == Kind::object) return lookup(json);
        if (json.kind != Kind::text)
            fail(json.place, std::string(kind_word(json.kind)) + " for 'lookup', expected the name of one or an object");
        return lookup_named(json.text, json.place);
    }
    [[nodiscard]] std::shared_ptr<const Lookup> lookup_named(const std::string& name, const Place& place) const {
        if (const auto found = lookups_.find(name); found != lookups_.end()) return found->second;
        std::vector<std::string> words;
        for (const auto& [word, unused] : lookups_) words.push_back(word);
        const auto near = names::nearest(name, words, 1);
        fail(place, "there is no lookup '" + name + "'",
             near.empty() ? "it stands in 'lookups' of the mapping" : "did you mean '" + near.front() + "'?");
    }

    [[nodiscard]] Template template_of(std::string_view text, const Place& place) const {
        Template out;
        out.place = place;
        std::string plain;
        const auto flush = [&] {
            if (!plain.empty()) out.pieces.push_back({Template::Piece::Kind::text, plain});
            plain.clear();
        };
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            if ((c == '{' || c == '}') && i + 1 < text.size() && text[i + 1] == c) {
                plain += c;
                ++i;
            } else if (c == '{') {
                const std::size_t end = text.find('}', i);
                if (end == std::string_view::npos)
                    fail(place, "a brace in '" + std::string(text) + "' is not closed, expected {column}",
                         "a brace itself is written twice: {{");
                std::string name(text.substr(i + 1, end - i - 1));
                if (name.empty())
                    fail(place, "empty braces in '" + std::string(text) + "', expected {column}",
                         "a brace itself is written twice: {{");
                flush();
                Template::Piece piece{Template::Piece::Kind::reference, std::move(name)};
                if (const std::size_t bar = piece.text.rfind('|'); bar != std::string::npos) {
                    piece.lookup = lookup_named(piece.text.substr(bar + 1), place);
                    piece.text.resize(bar);
                }
                out.pieces.push_back(std::move(piece));
                i = end;
            } else if (c == '}') {
                fail(place, "a brace in '" + std::string(text) + "' closes nothing", "a brace itself is written twice: }}");
            } else {
                plain += c;
            }
        }
        flush();
        return out;
    }

    static Template column_of(const PlacedJson& json) {
        Template out;
        out.place = json.place;
        out.pieces.push_back({Template::Piece::Kind::reference, text_of(json, "'column'")});
        return out;
    }

    /// `more`: members beside those of every value.
    template <class More>
    MappedValue value(const PlacedJson& json, const std::string& what, std::vector<std::string> words, const More& more) const {
        MappedValue out;
        out.place = json.place;
        if (json.kind == Kind::text) {
            out.first.push_back(template_of(json.text, json.place));
            return out;
        }
        if (json.kind != Kind::object)
            fail(json.place,
                 std::string(kind_word(json.kind)) + " for " + what + ", expected a text such as \"{column}\" or an object");
        for (const char* word :
             {"value", "column", "first", "lookup", "else", "case", "split", "kind", "format", "years", "odd", "empty"})
            words.emplace_back(word);
        members(json, what, words, [&](const PlacedJson& key, const PlacedJson& v) {
            if (key.text == "value")
                out.first.push_back(template_of(text_of(v, "'value'"), v.place));
            else if (key.text == "column")
                out.first.push_back(column_of(v));
            else if (key.text == "first")
                list(v, "'first'", [&](const PlacedJson& item) {
                    out.first.push_back(template_of(text_of(item, "an item of 'first'"), item.place));
                });
            else if (key.text == "lookup")
                out.lookup = lookup_named(v);
            else if (key.text == "else")
                out.otherwise = template_of(text_of(v, "'else'"), v.place);
            else if (key.text == "case")
                out.letters = letters(v);
            else if (key.text == "split")
                out.split = text_of(v, "'split'");
            else if (key.text == "kind")
                out.kind = cell_kind(v);
            else if (key.text == "format")
                out.formats = formats(v);
            else if (key.text == "years")
                out.years = years(v);
            else if (key.text == "odd")
                out.odd = text_of(v, "'odd'");
            else if (key.text == "empty") {
                for (const std::string& text : texts_of(v, "'empty'")) out.empty.push_back(template_of(text, v.place));
            } else
                more(key, v);
        });
        const int said = (json.find("value") != nullptr) + (json.find("column") != nullptr) + (json.find("first") != nullptr);
        if (said != 1 || out.first.empty()) fail(json.place, what + " wants one of 'value', 'column' and 'first'");
        if (out.otherwise && !out.lookup) fail(json.find("else")->place, "'else' without a 'lookup'");
        const bool dated = !out.formats.empty() || out.years || !out.odd.empty();
        if (!out.kind && dated) out.kind = CellKind::date;
        if (dated && out.kind != CellKind::date && out.kind != CellKind::day && out.kind != CellKind::date_time) {
            fail(json.place, "'format', 'years' and 'odd' are for the kinds date, day and datetime");
        }
        const bool lists = out.kind == CellKind::text || out.kind == CellKind::integer || out.kind == CellKind::real ||
                           out.kind == CellKind::boolean;
        if (!out.split.empty() && out.kind && !lists)
            fail(json.find("split")->place, "a list of this kind, expected string, int, float or bool");
        return out;
    }
    [[nodiscard]] MappedValue value(const PlacedJson& json, const std::string& what) const {
        return value(json, what, {}, [](const PlacedJson&, const PlacedJson&) {});
    }

    static MappedValue::Letters letters(const PlacedJson& json) {
        const std::string& word = text_of(json, "'case'");
        if (word == "upper") return MappedValue::Letters::upper;
        if (word == "lower") return MappedValue::Letters::lower;
        if (word == "type") return MappedValue::Letters::type;
        fail(json.place, "'" + word + "' for 'case', expected upper, lower or type");
    }

    static CellKind cell_kind(const PlacedJson& json) {
        const std::string& word = text_of(json, "'kind'");
        if (const auto kind = kind_named(word)) return *kind;
        fail(json.place,
             "'" + word + "' is no kind of value, expected string, int, float, bool, date, day, time, datetime, duration, json");
    }

    static std::vector<std::string> formats(const PlacedJson& json) {
        std::vector<std::string> out = texts_of(json, "'format'");
        for (const std::string& format : out) {
            if (format == "seconds" || format == "milliseconds" || format == "datetime") continue;
            try {
                (void)make_rules({}, format);
            } catch (const Error&) {
                fail(json.place,
                     "'" + format + "' is no form of dates, expected %d/%m/%Y and the like, seconds, milliseconds or datetime");
            }
        }
        return out;
    }

    static std::pair<int, int> years(const PlacedJson& json) {
        std::array<int, 2> out{};
        expect(json, Kind::list, "'years'");
        bool good = json.items.size() == 2;
        for (std::size_t i = 0; good && i < 2; ++i) {
            const std::string& text = json.items[i].text;
            good = json.items[i].kind == Kind::number && !text.empty() && text.size() <= 4 &&
                   text.find_first_not_of("0123456789") == std::string::npos;
            if (good) out[i] = std::stoi(text);
        }
        if (!good || out[0] > out[1] || out[1] < 100)
            fail(json.place, "'years' is a list of the first and the last year: [1900, 2030]");
        return {out[0], out[1]};
    }

    [[nodiscard]] Condition condition(const PlacedJson& json) const {
        Condition out;
        if (json.kind == Kind::text) {
            out.value.place = json.place;
            out.value.first.push_back({{{Template::Piece::Kind::reference, json.text}}, json.place});
            return out;
        }
        out.value = value(json, "a condition", {"is", "is not", "filled"}, [&](const PlacedJson& key, const PlacedJson& v) {
            if (json.find("is") != nullptr && key.text != "is")
                fail(key.place, "'" + key.text + "' beside 'is', expected one of them");
            if (key.text == "filled") {
                out.test = yes(v, "'filled'") ? Condition::Test::filled : Condition::Test::empty;
                return;
            }
            out.test = key.text == "is" ? Condition::Test::is : Condition::Test::is_not;
            out.words = texts_of(v, "'" + key.text + "'");
        });
        return out;
    }

    [[nodiscard]] std::vector<Condition> conditions(const PlacedJson& json) const {
        std::vector<Condition> out;
        if (json.kind == Kind::list)
            list(json, "conditions", [&](const PlacedJson& item) { out.push_back(condition(item)); });
        else
            out.push_back(condition(json));
        return out;
    }

    [[nodiscard]] MappedSection section(const PlacedJson& json) const {
        MappedSection out;
        out.place = json.place;
        members(json, "a table",
                {"file", "sheet", "columns", "separator", "ignore", "skip", "actors", "relationships", "sources", "evidence"},
                [&](const PlacedJson& key, const PlacedJson& v) {
                    if (key.text == "file")
                        out.files = texts_of(v, "'file'");
                    else if (key.text == "sheet")
                        out.sheets = texts_of(v, "'sheet'");
                    else if (key.text == "columns")
                        out.columns = texts_of(v, "'columns'");
                    else if (key.text == "skip")
                        out.skip = conditions(v);
                    else if (key.text == "ignore")
                        out.ignore = yes(v, "'ignore'");
                    else if (key.text == "separator") {
                        const std::string& mark = text_of(v, "'separator'");
                        if (mark.size() != 1 || std::string_view(",;\t|").find(mark[0]) == std::string_view::npos)
                            fail(v.place, "'" + mark + "' for 'separator', expected one of , ; | and a tab");
                        out.separator = mark[0];
                    }
                });
        for (const RowKind kind : {RowKind::actors, RowKind::relationships, RowKind::sources, RowKind::evidence}) {
            const std::string word(kind_word(kind));
            const PlacedJson* rules = json.find(word);
            if (rules != nullptr)
                list(*rules, "'" + word + "'", [&](const PlacedJson& item) { out.rules.push_back(rule(item, kind)); });
        }
        if (out.rules.empty() && !out.ignore)
            fail(json.place, "a table whose rows make nothing, expected 'actors' or 'relationships'");
        return out;
    }

    struct Word {
        std::string_view name;
        Role role;
    };
    static const std::vector<Word>& words_of(RowKind kind) {
        static const std::vector<Word> kActors{
            {"key", Role::key}, {"type", Role::type}, {"name", Role::name}, {"aliases", Role::aliases}};
        static const std::vector<Word> kTies{{"from", Role::from},
                                             {"to", Role::to},
                                             {"type", Role::type},
                                             {"id", Role::id},
                                             {"source", Role::source},
                                             {"direction", Role::direction},
                                             {"date", Role::property},
                                             {"startDate", Role::property},
                                             {"endDate", Role::property},
                                             {"confidence", Role::property},
                                             {"grade", Role::property},
                                             {"status", Role::property},
                                             {"role", Role::property},
                                             {"place", Role::property},
                                             {"event", Role::property},
                                             {"locator", Role::property},
                                             {"excerpt", Role::property},
                                             {"url", Role::property},
                                             {"retrievedAt", Role::property},
                                             {"amount", Role::property},
                                             {"currency", Role::property}};
        static const std::vector<Word> kSources{{"key", Role::key},
                                                {"title", Role::title},
                                                {"publisher", Role::publisher},
                                                {"url", Role::url},
                                                {"archiveUrl", Role::archive_url},
                                                {"date", Role::date},
                                                {"licence", Role::licence},
                                                {"hash", Role::hash}};
        static const std::vector<Word> kEvidence{
            {"relationship", Role::relationship}, {"actor", Role::actor},     {"source", Role::source},
            {"locator", Role::locator},           {"excerpt", Role::excerpt}, {"grade", Role::grade},
            {"confidence", Role::confidence},     {"url", Role::url},         {"retrievedAt", Role::retrieved_at}};
        return kind == RowKind::actors          ? kActors
               : kind == RowKind::relationships ? kTies
               : kind == RowKind::sources       ? kSources
                                                : kEvidence;
    }

    [[nodiscard]] MappedRule rule(const PlacedJson& json, RowKind kind) const {
        MappedRule out;
        out.kind = kind;
        out.place = json.place;
        const std::string of = kind == RowKind::actors          ? "an actor"
                               : kind == RowKind::relationships ? "a relationship"
                               : kind == RowKind::sources       ? "a source"
                                                                : "evidence";
        std::vector<std::string> names{"each", "when"};
        for (const Word& word : words_of(kind)) names.emplace_back(word.name);
        const bool open = kind != RowKind::evidence;
        if (open) names.emplace_back("properties");
        if (kind == RowKind::actors || kind == RowKind::relationships) names.emplace_back("rest");
        members(json, of, names, [&](const PlacedJson& key, const PlacedJson& v) {
            const std::string what = "'" + key.text + "'";
            if (key.text == "when") {
                out.when = conditions(v);
            } else if (key.text == "each") {
                out.each = value(v, what);
                if (out.each->split.empty()) fail(v.place, "'each' without 'split', expected what separates the parts");
            } else if (key.text == "rest") {
                out.rest = yes(v, what);
            } else if (key.text == "properties") {
                expect(v, Kind::object, what);
                for (const auto& [name, property] : v.members) {
                    if (name.text != "comment")
                        add(out, Role::property, name, value(property, "the property '" + name.text + "'"));
                }
            } else {
                const auto& words = words_of(kind);
                add(out, std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.name == key.text; })->role, key,
                    value(v, what));
            }
        });
        const auto needs = [&](std::initializer_list<std::string_view> wanted) {
            for (const std::string_view name : wanted) {
                if (json.find(name) == nullptr)
                    fail(json.place, of + " without '" + std::string(name) + "', expected it to be said");
            }
        };
        if (kind == RowKind::actors || kind == RowKind::sources) needs({"key"});
        if (kind == RowKind::relationships) needs({"from", "to"});
        if (kind == RowKind::evidence) {
            needs({"source"});
            if ((json.find("relationship") == nullptr) == (json.find("actor") == nullptr))
                fail(json.place, "evidence wants one of 'relationship' and 'actor'");
        }
        return out;
    }

    static void add(MappedRule& rule, Role role, const PlacedJson& name, MappedValue value) {
        const bool single = role != Role::property && role != Role::aliases;
        if (single && !value.split.empty())
            fail(value.place, "'" + name.text + "' is one text, and 'split' makes a list",
                 "for an actor or a relationship of each part say 'each'");
        for (const MappedRule::Member& other : rule.members) {
            if (other.name == name.text) fail(name.place, "a second '" + name.text + "', expected each once");
        }
        rule.members.push_back({role, name.text, std::move(value)});
    }

    Mapping mapping_;
    std::map<std::string, std::shared_ptr<const Lookup>, std::less<>> lookups_;
};

}  // namespace

Mapping parse_mapping(std::string_view text, const std::string& name) {
    Mapping out = Reader(name).read(parse_placed_json(text, name));
    static constexpr char kHex[] = "0123456789abcdef";
    std::uint64_t hash = XXH3_64bits(text.data(), text.size());
    for (int i = 0; i < 16; ++i, hash >>= 4U) out.hash += kHex[hash & 15U];
    return out;
}

}  // namespace entente::importers
