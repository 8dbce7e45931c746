// SPDX-License-Identifier: MIT
#include "importers/cameo.hpp"

#include <algorithm>
#include <iterator>

namespace entente::importers {
namespace {

// Codes and scores are the codebook's, the words ours. Sorted by code; each root's own comes first.
constexpr CameoAction kActions[] = {
    {"010", "STATEMENT", "made a statement about", "", 0},
    {"011", "DECLINE_COMMENT", "declined to comment on", "STATEMENT", -0.1},
    {"012", "PESSIMISTIC_COMMENT", "spoke with pessimism about", "STATEMENT", -0.4},
    {"013", "OPTIMISTIC_COMMENT", "spoke with optimism about", "STATEMENT", 0.4},
    {"014", "CONSIDER_OPTION", "considered its options towards", "STATEMENT", 0},
    {"015", "ACKNOWLEDGE", "acknowledged responsibility towards", "STATEMENT", 0},
    {"016", "DENY_RESPONSIBILITY", "denied responsibility towards", "STATEMENT", -2},
    {"017", "SYMBOLIC_ACT", "made a symbolic gesture towards", "STATEMENT", 0},
    {"018", "EXPRESS_EMPATHY", "expressed sympathy for", "STATEMENT", 3.4},
    {"019", "EXPRESS_ACCORD", "expressed accord with", "STATEMENT", 3.4},
    {"020", "APPEAL", "appealed to", "", 3},
    {"021", "APPEAL_TO_COOPERATE", "called for cooperation by", "APPEAL", 3.4},
    {"022", "APPEAL_FOR_SUPPORT", "called for political support by", "APPEAL", 3.4},
    {"023", "APPEAL_FOR_AID", "called for aid by", "APPEAL", 3.4},
    {"024", "APPEAL_FOR_REFORM", "called for political reform by", "APPEAL", -0.3},
    {"025", "APPEAL_TO_YIELD", "called for concessions by", "APPEAL", -0.3},
    {"026", "APPEAL_TO_NEGOTIATE", "called for talks by", "APPEAL", 4},
    {"027", "APPEAL_TO_SETTLE", "called for a settlement by", "APPEAL", 4},
    {"028", "APPEAL_TO_MEDIATE", "called for mediation by", "APPEAL", 4},
    {"030", "AGREE", "expressed intent to cooperate with", "", 4},
    {"031", "AGREE_TO_COOPERATE", "expressed intent of material cooperation with", "AGREE", 5.2},
    {"032", "AGREE_TO_SUPPORT", "expressed intent to support", "AGREE", 4.5},
    {"033", "AGREE_TO_AID", "expressed intent to aid", "AGREE", 5.2},
    {"034", "AGREE_TO_REFORM", "expressed intent of political reform towards", "AGREE", 7},
    {"035", "AGREE_TO_YIELD", "expressed intent to yield to", "AGREE", 7},
    {"036", "AGREE_TO_MEET", "expressed intent to meet or negotiate with", "AGREE", 4},
    {"037", "AGREE_TO_SETTLE", "expressed intent to settle a dispute with", "AGREE", 5},
    {"038", "ACCEPT_MEDIATION", "expressed intent to accept mediation by", "AGREE", 7},
    {"039", "OFFER_MEDIATION", "offered to mediate for", "AGREE", 5},
    {"040", "CONSULT", "consulted with", "", 1},
    {"041", "CALL", "spoke by telephone with", "CONSULT", 1},
    {"042", "VISIT", "visited", "CONSULT", 1.9},
    {"043", "HOST_VISIT", "received a visit by", "CONSULT", 2.8},
    {"044", "MEETING", "met", "CONSULT", 2.5},
    {"045", "MEDIATION", "mediated with", "CONSULT", 5},
    {"046", "NEGOTIATION", "negotiated with", "CONSULT", 7},
    {"050", "SUPPORT", "expressed support for", "", 3.5},
    {"051", "PRAISE", "praised", "SUPPORT", 3.4},
    {"052", "DEFEND_VERBALLY", "defended {} in words", "SUPPORT", 3.5},
    {"053", "RALLY_SUPPORT", "rallied support for", "SUPPORT", 3.8},
    {"054", "RECOGNITION", "recognized", "SUPPORT", 6},
    {"055", "APOLOGY", "apologized to", "SUPPORT", 7},
    {"056", "FORGIVE", "forgave", "SUPPORT", 7},
    {"057", "SIGN_AGREEMENT", "signed an agreement with", "SUPPORT", 8},
    {"060", "COOPERATE", "cooperated with", "", 6},
    {"061", "COOPERATE_ECONOMICALLY", "cooperated economically with", "COOPERATE", 6.4},
    {"062", "COOPERATE_MILITARILY", "cooperated militarily with", "COOPERATE", 7.4},
    {"063", "COOPERATE_JUDICIALLY", "cooperated in justice with", "COOPERATE", 7.4},
    {"064", "SHARE_INTELLIGENCE", "shared information with", "COOPERATE", 7},
    {"070", "AID", "gave aid to", "", 7},
    {"071", "ECONOMIC_AID", "gave economic aid to", "AID", 7.4},
    {"072", "MILITARY_AID", "gave military aid to", "AID", 8.3},
    {"073", "HUMANITARIAN_AID", "gave humanitarian aid to", "AID", 7.4},
    {"074", "MILITARY_PROTECTION", "protected or sent peacekeepers to", "AID", 8.5},
    {"075", "ASYLUM", "granted asylum to", "AID", 7},
    {"080", "CONCEDE", "conceded to", "", 5},
    {"081", "EASE_RESTRICTIONS", "eased restrictions on", "CONCEDE", 5},
    {"082", "EASE_PROTEST", "eased protest against", "CONCEDE", 5},
    {"083", "ACCEDE_TO_REFORM", "agreed to political demands of", "CONCEDE", 5},
    {"084", "RELEASE", "released or gave back to", "RETREAT", 7},
    {"085", "EASE_SANCTIONS", "eased sanctions on", "CONCEDE", 7},
    {"086", "ALLOW_INVOLVEMENT", "gave access to", "RETREAT", 9},
    {"087", "DEESCALATE", "ceased fire or withdrew towards", "RETREAT", 9},
    {"090", "INVESTIGATION", "investigated", "ACCUSE", -2},
    {"091", "INVESTIGATE_CRIME", "investigated {} for crime or corruption", "ACCUSE", -2},
    {"092", "INVESTIGATE_ABUSE", "investigated {} for abuse of human rights", "ACCUSE", -2},
    {"093", "INVESTIGATE_MILITARY_ACTION", "investigated {} for military action", "ACCUSE", -2},
    {"094", "INVESTIGATE_WAR_CRIMES", "investigated {} for war crimes", "ACCUSE", -2},
    {"100", "REQUEST", "made a request to", "", -5},
    {"101", "DEMAND_COOPERATION", "demanded material cooperation from", "REQUEST", -5},
    {"102", "DEMAND_SUPPORT", "demanded political support from", "REQUEST", -5},
    {"103", "DEMAND_AID", "demanded aid or protection from", "REQUEST", -5},
    {"104", "DEMAND_REFORM", "demanded political reform from", "REQUEST", -5},
    {"105", "DEMAND_CONCESSION", "demanded concessions from", "REQUEST", -5},
    {"106", "DEMAND_MEETING", "demanded talks with", "REQUEST", -5},
    {"107", "DEMAND_SETTLEMENT", "demanded a settlement by", "REQUEST", -5},
    {"108", "DEMAND_MEDIATION", "demanded mediation by", "REQUEST", -5},
    {"110", "DISAPPROVE", "disapproved of", "ACCUSE", -2},
    {"111", "CRITICISM", "criticized", "ACCUSE", -2},
    {"112", "ACCUSE", "accused", "", -2},
    {"113", "RALLY_OPPOSITION", "rallied opposition against", "ACCUSE", -2},
    {"114", "COMPLAIN", "complained officially about", "ACCUSE", -2},
    {"115", "LAWSUIT", "sued", "ACCUSE", -2},
    {"116", "FIND_GUILTY", "found guilty", "ACCUSE", -2},
    {"120", "REJECT", "rejected a demand of", "", -4},
    {"121", "REJECT_COOPERATION", "rejected material cooperation with", "REJECT", -4},
    {"122", "REJECT_AID_REQUEST", "refused aid to", "REJECT", -4},
    {"123", "REJECT_REFORM", "refused political demands of", "REJECT", -4},
    {"124", "REFUSE_TO_YIELD", "refused to yield to", "REJECT", -5},
    {"125", "REJECT_MEETING", "refused to negotiate with", "REJECT", -5},
    {"126", "REJECT_MEDIATION", "rejected mediation by", "REJECT", -5},
    {"127", "REJECT_SETTLEMENT", "rejected a settlement with", "REJECT", -5},
    {"128", "DEFY_NORMS", "defied norms towards", "REJECT", -5},
    {"129", "VETO", "vetoed", "REJECT", -5},
    {"130", "THREATEN", "threatened", "", -4.4},
    {"131", "THREATEN_NON_FORCE", "threatened {} with measures short of force", "THREATEN", -5.8},
    {"132", "THREATEN_RESTRICTIONS", "threatened {} with restrictions", "THREATEN", -5.8},
    {"133", "THREATEN_PROTEST", "threatened {} with protest", "THREATEN", -5.8},
    {"134", "THREATEN_TO_HALT_TALKS", "threatened to halt talks with", "THREATEN", -5.8},
    {"135", "THREATEN_TO_HALT_MEDIATION", "threatened to halt mediation with", "THREATEN", -5.8},
    {"136", "THREATEN_TO_HALT_INVOLVEMENT", "threatened to end the involvement of", "THREATEN", -7},
    {"137", "THREATEN_REPRESSION", "threatened {} with violent repression", "THREATEN", -7},
    {"138", "THREATEN_FORCE", "threatened {} with military force", "THREATEN", -7},
    {"139", "ULTIMATUM", "gave an ultimatum to", "THREATEN", -7},
    {"140", "PROTEST", "protested against", "", -6.5},
    {"141", "DEMONSTRATE", "demonstrated against", "PROTEST", -6.5},
    {"142", "HUNGER_STRIKE", "went on hunger strike against", "PROTEST", -6.5},
    {"143", "STRIKE", "went on strike against or boycotted", "PROTEST", -6.5},
    {"144", "OBSTRUCT", "blocked the way of", "PROTEST", -7.5},
    {"145", "RIOT", "rioted against", "PROTEST", -7.5},
    {"150", "MOBILIZE", "mobilized against", "", -7.2},
    {"151", "POLICE_ALERT", "raised its police alert towards", "MOBILIZE", -7.2},
    {"152", "MILITARY_ALERT", "raised its military alert towards", "MOBILIZE", -7.2},
    {"153", "MOBILIZE_POLICE", "mobilized police against", "MOBILIZE", -7.2},
    {"154", "MOBILIZE_FORCES", "mobilized armed forces against", "MOBILIZE", -7.2},
    {"155", "MOBILIZE_CYBER_FORCES", "mobilized cyber forces against", "MOBILIZE", -7.2},
    {"160", "REDUCE_RELATIONS", "reduced relations with", "SANCTION", -4},
    {"161", "BREAK_RELATIONS", "reduced or broke diplomatic relations with", "SANCTION", -4},
    {"162", "REDUCE_AID", "reduced or stopped aid to", "SANCTION", -5.6},
    {"163", "EMBARGO", "imposed an embargo on", "SANCTION", -8},
    {"164", "HALT_NEGOTIATIONS", "halted negotiations with", "SANCTION", -7},
    {"165", "HALT_MEDIATION", "halted mediation with", "SANCTION", -6.5},
    {"166", "WITHDRAW", "expelled or withdrew from", "SANCTION", -7},
    {"170", "COERCE", "coerced", "", -7},
    {"171", "SEIZE_PROPERTY", "seized or damaged property of", "COERCE", -9.2},
    {"172", "IMPOSE_RESTRICTIONS", "imposed restrictions on", "COERCE", -5},
    {"173", "ARREST", "arrested", "COERCE", -5},
    {"174", "DEPORT", "expelled or deported", "COERCE", -5},
    {"175", "REPRESSION", "used violent repression against", "COERCE", -9},
    {"176", "CYBER_ATTACK", "attacked {} by computer", "COERCE", -9.2},
    {"180", "ASSAULT", "attacked", "", -9},
    {"181", "ABDUCT", "abducted or took hostage", "ASSAULT", -9},
    {"182", "PHYSICAL_ASSAULT", "physically assaulted", "ASSAULT", -9.5},
    {"183", "BOMBING", "bombed", "ASSAULT", -10},
    {"184", "HUMAN_SHIELD", "used {} as a human shield", "ASSAULT", -8},
    {"185", "ASSASSINATION_ATTEMPT", "attempted to assassinate", "ASSAULT", -8},
    {"186", "ASSASSINATE", "assassinated", "ASSAULT", -10},
    {"190", "FIGHT", "fought", "ASSAULT", -10},
    {"191", "BLOCKADE", "blockaded", "ASSAULT", -9.5},
    {"192", "OCCUPY_TERRITORY", "occupied territory of", "ASSAULT", -9.5},
    {"193", "SMALL_ARMS_FIGHT", "fought with small arms against", "ASSAULT", -10},
    {"194", "HEAVY_WEAPONS_FIGHT", "fought with artillery or tanks against", "ASSAULT", -10},
    {"195", "AIR_STRIKE", "struck {} from the air", "ASSAULT", -10},
    {"196", "VIOLATE_CEASEFIRE", "broke a ceasefire with", "ASSAULT", -9.5},
    {"200", "MASS_VIOLENCE", "used mass violence against", "ASSAULT", -10},
    {"201", "MASS_EXPULSION", "expelled {} in masses", "ASSAULT", -9.5},
    {"202", "MASS_KILLING", "killed {} in masses", "ASSAULT", -10},
    {"203", "ETHNIC_CLEANSING", "carried out ethnic cleansing against", "ASSAULT", -10},
    {"204", "MASS_DESTRUCTION", "used weapons of mass destruction against", "ASSAULT", -10},
};

constexpr bool sorted() {
    for (std::size_t i = 1; i < std::size(kActions); ++i) {
        if (kActions[i - 1].code >= kActions[i].code) return false;
    }
    return true;
}
static_assert(sorted());

constexpr int kQuad[] = {0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4};

// Which action a code of three digits is: its number in the table and 1 more, 0 for none.
struct Index {
    std::uint8_t of[1000] = {};
    constexpr Index() {
        for (std::size_t i = 0; i < std::size(kActions); ++i) {
            const std::string_view c = kActions[i].code;
            of[(c[0] - '0') * 100 + (c[1] - '0') * 10 + (c[2] - '0')] = static_cast<std::uint8_t>(i + 1);
        }
    }
};
static_assert(std::size(kActions) < 255);
constexpr Index kIndex;

}  // namespace

const CameoAction* cameo_action(std::string_view code) {
    if (code.size() < 2 || code.size() > 4) return nullptr;
    if (!std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; })) return nullptr;
    const int root = (code[0] - '0') * 100 + (code[1] - '0') * 10;
    const int base = code.size() > 2 ? root + (code[2] - '0') : root;
    const std::uint8_t at = kIndex.of[base] != 0 ? kIndex.of[base] : kIndex.of[root];
    return at == 0 ? nullptr : &kActions[at - 1];
}

int quad_class(const CameoAction& action) { return kQuad[(action.code[0] - '0') * 10 + (action.code[1] - '0')]; }

RelationshipSchema schema_of(const CameoAction& action) {
    RelationshipSchema out = default_schema(action.type);
    out.event = true;
    out.verb = action.verb;
    if (!action.plover.empty()) out.broader = action.plover;
    return out;
}

}  // namespace entente::importers
