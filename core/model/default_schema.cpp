// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>

#include "core/model/ftm_schema.hpp"
#include "core/model/known_names.hpp"
#include "core/model/relationship.hpp"

namespace entente {
namespace {

constexpr std::uint8_t kState = 0;
constexpr std::uint8_t kEvent = 1;      // holds on its date
constexpr std::uint8_t kSymmetric = 2;  // A to B says the same as B to A

struct Known {
    std::string_view type;  ///< in lower case, with `_` between words, which does not count
    std::uint8_t traits;
    std::string_view verb;
    std::string_view broader;
};

constexpr Known kKnown[] = {
    // FollowTheMoney: each edge schema is a type; Interest and Interval, which are abstract, are
    // none
    {"associate", kState | kSymmetric, "is associated with", ""},
    {"contract_award", kEvent, "was awarded to", ""},
    {"control", kState, "controls", ""},
    {"court_case_party", kState, "is involved in", ""},
    {"debt", kState, "owes", ""},
    {"directorship", kState, "directs", ""},
    {"documentation", kState, "documents", ""},
    {"employment", kState, "works for", ""},
    {"family", kState | kSymmetric, "is related to", ""},
    {"membership", kState, "belongs to", ""},
    {"occupancy", kState, "holds", ""},
    {"ownership", kState, "owns", ""},
    {"payment", kEvent, "paid", ""},
    {"project_participant", kState, "participates in", "PARTICIPATION"},
    {"representation", kState, "represents", ""},
    {"succession", kEvent, "preceded", ""},
    {"unknown_link", kState | kSymmetric, "is linked to", "LINKED"},
    {"interest", kState, "has an interest in", ""},
    // and the properties of its other schemata that name an entity, where "has" does not say it
    {"has_address_entity", kState, "has the address", "LOCATED_IN"},
    {"has_entity", kState, "is about", ""},
    {"has_involved", kState, "involves", ""},
    {"has_on_behalf_of", kState, "is on behalf of", ""},
    {"has_parent", kState, "is under", ""},
    {"has_part_of", kState, "is part of", "PART_OF"},
    {"has_pictured", kState, "shows", ""},
    {"has_resolved", kState, "means", ""},
    {"has_taxee", kState, "taxes", ""},

    // PLOVER: the sixteen types of political events
    {"agree", kEvent, "expressed intent to cooperate with", ""},
    {"consult", kEvent | kSymmetric, "consulted with", ""},
    {"support", kEvent, "expressed support for", ""},
    {"concede", kEvent, "conceded to", ""},
    {"cooperate", kEvent | kSymmetric, "cooperated with", ""},
    {"aid", kEvent, "gave aid to", ""},
    {"retreat", kEvent, "drew back from", ""},
    {"request", kEvent, "made a request to", ""},
    {"accuse", kEvent, "accused", ""},
    {"reject", kEvent, "rejected a demand of", ""},
    {"threaten", kEvent, "threatened", ""},
    {"protest", kEvent, "protested against", ""},
    {"sanction", kEvent, "imposed sanctions on", ""},
    {"mobilize", kEvent, "mobilized against", ""},
    {"mobilise", kEvent, "mobilized against", ""},
    {"coerce", kEvent, "coerced", ""},
    {"assault", kEvent, "attacked", ""},

    // meetings and words
    {"meeting", kEvent | kSymmetric, "met", "CONSULT"},
    {"met", kEvent | kSymmetric, "met", "CONSULT"},
    {"talks", kEvent | kSymmetric, "held talks with", "CONSULT"},
    {"negotiation", kEvent | kSymmetric, "negotiated with", "CONSULT"},
    {"call", kEvent | kSymmetric, "spoke by telephone with", "CONSULT"},
    {"visit", kEvent, "visited", "CONSULT"},
    {"mediation", kEvent, "mediated with", "CONSULT"},
    {"statement", kEvent, "made a statement about", ""},
    {"mention", kEvent, "mentioned", ""},
    {"appeal", kEvent, "appealed to", "REQUEST"},
    {"message", kEvent, "wrote to", ""},
    {"email", kEvent, "wrote to", ""},
    {"gratitude", kEvent, "thanked", "SUPPORT"},
    {"praise", kEvent, "praised", "SUPPORT"},
    {"recognition", kEvent, "recognized", "SUPPORT"},
    {"criticism", kEvent, "criticized", "ACCUSE"},
    {"investigation", kEvent, "investigated", "ACCUSE"},

    // aid, trade and money
    {"humanitarian_aid", kEvent, "gave humanitarian aid to", "AID"},
    {"military_aid", kEvent, "gave military aid to", "AID"},
    {"lethal_aid", kEvent, "gave lethal aid to", "MILITARY_AID"},
    {"financial_aid", kEvent, "gave financial aid to", "AID"},
    {"donation", kEvent, "donated to", "PAYMENT"},
    {"grant", kEvent, "gave a grant to", "PAYMENT"},
    {"transaction", kEvent, "paid", "PAYMENT"},
    {"transfer", kEvent, "transferred to", ""},
    {"contract", kState, "signed a contract with", ""},
    {"agreement", kState | kSymmetric, "has an agreement with", ""},
    {"treaty", kState | kSymmetric, "has a treaty with", "AGREEMENT"},
    {"alliance", kState | kSymmetric, "is allied with", "PARTNERSHIP"},
    {"partnership", kState | kSymmetric, "is a partner of", ""},
    {"cooperation", kState | kSymmetric, "cooperates with", "COOPERATE"},
    {"supply", kState, "supplied", ""},
    {"military_supply", kState, "supplied arms to", "SUPPLY"},
    {"transit", kState, "provides transit for", ""},
    {"trade", kState | kSymmetric, "trades with", ""},
    {"purchase", kEvent, "bought from", ""},
    {"sale", kEvent, "sold to", ""},
    {"investment", kState, "invests in", ""},
    {"loan", kState, "lent to", ""},
    {"lobbying", kState, "lobbies", ""},
    {"competition", kState | kSymmetric, "competes with", ""},

    // companies and bodies
    {"owns", kState, "owns", "OWNERSHIP"},
    {"shareholding", kState, "holds shares in", "OWNERSHIP"},
    {"beneficial_ownership", kState, "is the beneficial owner of", "OWNERSHIP"},
    {"subsidiary_of", kState, "is a subsidiary of", ""},
    {"subsidiary", kState, "is a subsidiary of", "SUBSIDIARY_OF"},
    {"parent_of", kState, "is the parent of", ""},
    {"business_presence", kState, "does business in", ""},
    {"director_of", kState, "directs", "DIRECTORSHIP"},
    {"officer_of", kState, "is an officer of", ""},
    {"intermediary_of", kState, "is the intermediary of", "REPRESENTATION"},
    {"shareholder_of", kState, "holds shares in", "OWNERSHIP"},
    {"beneficiary_of", kState, "is a beneficiary of", ""},
    {"board_membership", kState, "sits on the board of", "DIRECTORSHIP"},
    {"founding", kEvent, "founded", ""},
    {"founder_of", kEvent, "founded", "FOUNDING"},

    // people
    {"position", kState, "holds an office in", ""},
    {"office", kState, "holds an office in", "POSITION"},
    {"head_of", kState, "heads", "POSITION"},
    {"leadership", kState, "leads", "POSITION"},
    {"citizenship", kState, "is a citizen of", ""},
    {"nationality", kState, "is a national of", ""},
    {"residence", kState, "lives in", ""},
    {"education", kState, "studied at", ""},
    {"member_of", kState, "is a member of", "MEMBERSHIP"},
    {"works_for", kState, "works for", "EMPLOYMENT"},
    {"marriage", kState | kSymmetric, "is married to", "FAMILY"},
    {"spouse", kState | kSymmetric, "is married to", "FAMILY"},
    {"married_to", kState | kSymmetric, "is married to", "FAMILY"},
    {"sibling", kState | kSymmetric, "is a sibling of", "FAMILY"},
    {"relative", kState | kSymmetric, "is related to", "FAMILY"},
    {"friendship", kState | kSymmetric, "is a friend of", "ASSOCIATE"},
    {"friend", kState | kSymmetric, "is a friend of", "ASSOCIATE"},
    {"knows", kState | kSymmetric, "knows", "ASSOCIATE"},
    {"parent", kState, "is a parent of", "FAMILY"},
    {"child", kState, "is a child of", "FAMILY"},
    {"participation", kEvent, "participates in", ""},
    {"attendance", kEvent, "attended", "PARTICIPATION"},
    {"hosting", kEvent, "hosted", ""},
    {"organization", kEvent, "organized", ""},

    // places and parts
    {"located_in", kState, "is located in", ""},
    {"location", kState, "is located in", "LOCATED_IN"},
    {"part_of", kState, "is part of", ""},
    {"capital_of", kState, "is the capital of", "LOCATED_IN"},
    {"registered_address", kState, "is registered at", ""},
    {"border", kState | kSymmetric, "borders on", ""},
    {"borders", kState | kSymmetric, "borders on", "BORDER"},

    // conflict
    {"invasion", kEvent, "invaded", "ASSAULT"},
    {"attack", kEvent, "attacked", "ASSAULT"},
    {"war", kState | kSymmetric, "is at war with", ""},
    {"occupation", kState, "occupies", "COERCE"},
    {"arrest", kEvent, "arrested", "COERCE"},
    {"embargo", kEvent, "imposed an embargo on", "SANCTION"},
    {"lawsuit", kEvent, "sued", "ACCUSE"},

    // nothing but that there is something
    {"linked", kState | kSymmetric, "is linked to", ""},
    {"linked_to", kState | kSymmetric, "is linked to", "LINKED"},
    {"related_to", kState | kSymmetric, "is related to", "LINKED"},
    {"connected_to", kState | kSymmetric, "is connected to", "LINKED"},
    {"similar", kState | kSymmetric, "is similar to", ""},
    {"same_as", kState | kSymmetric, "is the same as", ""},
    {"same_name_as", kState | kSymmetric, "has the same name as", "SIMILAR"},
};

struct KnownActor {
    std::string_view type;
    std::string_view broader;
};

// FollowTheMoney's tree, cut above LegalEntity and Asset; where a schema has two parents, the one
// that says who acts (Company: Organization, not Asset).
constexpr KnownActor kKnownActors[] = {
    {"legalentity", ""},
    {"person", "LegalEntity"},
    {"organization", "LegalEntity"},
    {"organisation", "LegalEntity"},
    {"company", "Organization"},
    {"publicbody", "Organization"},
    {"bank", "Company"},
    {"stateownedcompany", "Company"},
    {"ngo", "Organization"},
    {"politicalparty", "Organization"},
    {"party", "Organization"},
    {"university", "Organization"},
    {"internationalorganization", "Organization"},
    {"internationalorganisation", "Organization"},
    {"igo", "Organization"},
    {"media", "Organization"},
    {"ministry", "PublicBody"},
    {"government", "PublicBody"},
    {"agency", "PublicBody"},
    {"court", "PublicBody"},
    {"parliament", "PublicBody"},
    {"politician", "Person"},
    {"journalist", "Person"},
    {"official", "Person"},
    {"diplomat", "Person"},
    {"city", "Place"},
    {"town", "Place"},
    {"village", "Place"},
    {"region", "Place"},
    {"country", "Place"},
    {"territory", "Place"},
    {"bankaccount", "Asset"},
    {"contract", "Asset"},
    {"license", "Contract"},
    {"realestate", "Asset"},
    {"security", "Asset"},
    {"vehicle", "Asset"},
    {"airplane", "Vehicle"},
    {"vessel", "Vehicle"},
    {"trip", "Event"},
    {"conference", "Event"},
    {"summit", "Event"},
    {"passport", "Identification"},
    {"article", "Document"},
    {"audio", "Document"},
    {"folder", "Document"},
    {"email", "Folder"},
    {"package", "Folder"},
    {"workbook", "Folder"},
    {"hypertext", "Document"},
    {"image", "Document"},
    {"pages", "Document"},
    {"plaintext", "Document"},
    {"table", "Document"},
    {"video", "Document"},
};

constexpr bool same(std::string_view a, std::string_view b) {
    std::size_t i = 0, j = 0;
    while (true) {
        while (i < a.size() && a[i] == '_') ++i;
        while (j < b.size() && b[j] == '_') ++j;
        if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
        if (a[i++] != b[j++]) return false;
    }
}

template <class Entry, std::size_t n>
constexpr bool each_once(const Entry (&table)[n]) {
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (same(table[i].type, table[j].type)) return false;
        }
    }
    return true;
}
static_assert(each_once(kKnown) && each_once(kKnownActors));

template <class Entry, std::size_t n>
const Entry* find(const Entry (&table)[n], std::string_view type) {
    for (const Entry& entry : table) {
        if (same(entry.type, type)) return &entry;
    }
    return nullptr;
}

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
char lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

/// `UNKNOWN_LINK`, `UnknownLink` and `unknown link` are one type.
std::string squeezed(std::string_view type) {
    std::string out;
    for (const char c : type) {
        const bool ascii = static_cast<unsigned char>(c) < 0x80;
        if (!ascii || is_upper(c) || is_lower(c) || is_digit(c)) out += lower(c);
    }
    return out;
}

/// `SIGNED_WITH` and `SignedWith` as words: "signed with".
std::string spoken(std::string_view type) {
    std::string out;
    for (std::size_t i = 0; i < type.size(); ++i) {
        const char c = type[i];
        if (c == '_' || c == '-' || c == ' ' || c == '.' || c == ':') {
            if (!out.empty() && out.back() != ' ') out += ' ';
            continue;
        }
        if (is_upper(c) && i > 0 && (is_lower(type[i - 1]) || is_digit(type[i - 1]))) out += ' ';
        out += lower(c);
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

bool starts_with_word(std::string_view text, std::string_view word) {
    return text.size() > word.size() && text.starts_with(word) && text[word.size()] == ' ';
}

/// What the name alone tells: `HEAD_OF`, `IS_PARENT`, `HAS_ACCOUNT` are states.
void read_name(RelationshipSchema& schema) {
    std::string words = spoken(schema.type);
    const bool verbal = starts_with_word(words, "is") || starts_with_word(words, "has") ||
                        starts_with_word(words, "are");
    const bool of = words.size() > 3 && words.ends_with(" of");
    schema.event = !verbal && !of;
    if (of && !verbal && !starts_with_word(words, "was")) words.insert(0, "is ");
    schema.verb = std::move(words);
}

}  // namespace

RelationshipSchema default_schema(std::string_view type) {
    RelationshipSchema out;
    out.type = std::string(type);
    if (const Known* known = find(kKnown, squeezed(type))) {
        out.symmetric = (known->traits & kSymmetric) != 0;
        out.event = (known->traits & kEvent) != 0;
        out.verb = std::string(known->verb);
        out.broader = std::string(known->broader);
    } else {
        read_name(out);
    }
    return out;
}

std::vector<std::string> known_relationship_types() {
    std::vector<std::string> out;
    for (const Known& known : kKnown) {
        std::string& name = out.emplace_back(known.type);
        for (char& c : name) {
            if (is_lower(c)) c = static_cast<char>(c - 'a' + 'A');
        }
    }
    return out;
}

bool is_known_relationship_type(std::string_view type) {
    return find(kKnown, squeezed(type)) != nullptr || ftm::schema_of_type(type) != nullptr;
}

bool is_known_actor_type(std::string_view type) {
    return find(kKnownActors, squeezed(type)) != nullptr || ftm::schema_named(type) != nullptr;
}

ActorSchema default_actor_schema(std::string_view type) {
    ActorSchema out;
    out.type = std::string(type);
    if (const KnownActor* known = find(kKnownActors, squeezed(type))) {
        out.broader = std::string(known->broader);
    }
    return out;
}

}  // namespace entente
