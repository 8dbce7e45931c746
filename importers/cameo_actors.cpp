// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>

#include "importers/cameo.hpp"

namespace entente::importers {
namespace {

struct Role {
    std::string_view code, type, broader;
};

// Sorted by code. CAMEO's roles, and PLOVER's sectors where it has others.
constexpr Role kRoles[] = {
    {"AGR", "Agriculture", ""},
    {"BUS", "Business", "Organization"},
    {"COP", "Police", "PublicBody"},
    {"CRM", "Criminals", ""},
    {"CVL", "Civilians", ""},
    {"DEV", "Development", ""},
    {"EDU", "Education", ""},
    {"ELI", "Elite", ""},
    {"ENV", "Environment", ""},
    {"EUR", "EuropeanUnion", "InternationalOrganization"},
    {"GOV", "Government", "PublicBody"},
    {"HLH", "Health", ""},
    {"HRI", "HumanRights", ""},
    {"IGO", "InternationalOrganization", "Organization"},
    {"IMG", "InternationalMilitants", ""},
    {"INS", "Insurgents", "Rebels"},
    {"INT", "International", ""},
    {"ISM", "InternationalMovement", ""},
    {"JRN", "Journalists", "Media"},
    {"JUD", "Judiciary", "PublicBody"},
    {"LAB", "Labor", ""},
    {"LEG", "Legislature", "PublicBody"},
    {"MED", "Media", "Organization"},
    {"MIL", "Military", "PublicBody"},
    {"MNC", "MultinationalCompany", "Company"},
    {"MOD", "Moderates", ""},
    {"NGM", "NonGovernmentalMovement", ""},
    {"NGO", "NGO", "Organization"},
    {"OPP", "Opposition", ""},
    {"PRE", "PresidentialOffice", "Government"},
    {"PRM", "Paramilitary", ""},
    {"PTY", "PoliticalParty", "Organization"},
    {"RAD", "Radicals", ""},
    {"REB", "Rebels", ""},
    {"REF", "Refugees", ""},
    {"REL", "Religion", ""},
    {"SEP", "Separatists", "Rebels"},
    {"SET", "Settlers", ""},
    {"SOC", "SocialGroup", ""},
    {"SPY", "Intelligence", "PublicBody"},
    {"UAF", "ArmedForces", ""},
    {"UIS", "UnidentifiedState", ""},
    {"UNK", "Unknown", ""},
    {"UNO", "UnitedNations", "InternationalOrganization"},
};

// Sorted by code.
constexpr CameoCountry kCountries[] = {
    {"ABW", "aw", "Aruba"}, {"AFG", "af", "Afghanistan"}, {"AGO", "ao", "Angola"}, {"AIA", "ai", "Anguilla"},
    {"ALA", "ax", "Aland Islands"}, {"ALB", "al", "Albania"}, {"AND", "ad", "Andorra"},
    {"ARE", "ae", "United Arab Emirates"}, {"ARG", "ar", "Argentina"}, {"ARM", "am", "Armenia"},
    {"ASM", "as", "American Samoa"}, {"ATG", "ag", "Antigua and Barbuda"}, {"AUS", "au", "Australia"},
    {"AUT", "at", "Austria"}, {"AZE", "az", "Azerbaijan"}, {"BDI", "bi", "Burundi"}, {"BEL", "be", "Belgium"},
    {"BEN", "bj", "Benin"}, {"BFA", "bf", "Burkina Faso"}, {"BGD", "bd", "Bangladesh"}, {"BGR", "bg", "Bulgaria"},
    {"BHR", "bh", "Bahrain"}, {"BHS", "bs", "Bahamas"}, {"BIH", "ba", "Bosnia and Herzegovina"},
    {"BLM", "bl", "Saint Barthelemy"}, {"BLR", "by", "Belarus"}, {"BLZ", "bz", "Belize"}, {"BMU", "bm", "Bermuda"},
    {"BOL", "bo", "Bolivia"}, {"BRA", "br", "Brazil"}, {"BRB", "bb", "Barbados"}, {"BRN", "bn", "Brunei"},
    {"BTN", "bt", "Bhutan"}, {"BWA", "bw", "Botswana"}, {"CAF", "cf", "Central African Republic"},
    {"CAN", "ca", "Canada"}, {"CHE", "ch", "Switzerland"}, {"CHL", "cl", "Chile"}, {"CHN", "cn", "China"},
    {"CIV", "ci", "Ivory Coast"}, {"CMR", "cm", "Cameroon"}, {"COD", "cd", "Democratic Republic of the Congo"},
    {"COG", "cg", "Republic of the Congo"}, {"COK", "ck", "Cook Islands"}, {"COL", "co", "Colombia"},
    {"COM", "km", "Comoros"}, {"CPV", "cv", "Cabo Verde"}, {"CRI", "cr", "Costa Rica"}, {"CUB", "cu", "Cuba"},
    {"CUW", "cw", "Curacao"}, {"CYM", "ky", "Cayman Islands"}, {"CYP", "cy", "Cyprus"}, {"CZE", "cz", "Czechia"},
    {"DEU", "de", "Germany"}, {"DJI", "dj", "Djibouti"}, {"DMA", "dm", "Dominica"}, {"DNK", "dk", "Denmark"},
    {"DOM", "do", "Dominican Republic"}, {"DZA", "dz", "Algeria"}, {"ECU", "ec", "Ecuador"}, {"EGY", "eg", "Egypt"},
    {"ERI", "er", "Eritrea"}, {"ESH", "eh", "Western Sahara"}, {"ESP", "es", "Spain"}, {"EST", "ee", "Estonia"},
    {"ETH", "et", "Ethiopia"}, {"FIN", "fi", "Finland"}, {"FJI", "fj", "Fiji"}, {"FLK", "fk", "Falkland Islands"},
    {"FRA", "fr", "France"}, {"FRO", "fo", "Faroe Islands"}, {"FSM", "fm", "Micronesia"}, {"GAB", "ga", "Gabon"},
    {"GBR", "gb", "United Kingdom"}, {"GEO", "ge", "Georgia"}, {"GGY", "gg", "Guernsey"}, {"GHA", "gh", "Ghana"},
    {"GIB", "gi", "Gibraltar"}, {"GIN", "gn", "Guinea"}, {"GLP", "gp", "Guadeloupe"}, {"GMB", "gm", "Gambia"},
    {"GNB", "gw", "Guinea-Bissau"}, {"GNQ", "gq", "Equatorial Guinea"}, {"GRC", "gr", "Greece"},
    {"GRD", "gd", "Grenada"}, {"GRL", "gl", "Greenland"}, {"GTM", "gt", "Guatemala"}, {"GUF", "gf", "French Guiana"},
    {"GUM", "gu", "Guam"}, {"GUY", "gy", "Guyana"}, {"HKG", "hk", "Hong Kong"}, {"HND", "hn", "Honduras"},
    {"HRV", "hr", "Croatia"}, {"HTI", "ht", "Haiti"}, {"HUN", "hu", "Hungary"}, {"IDN", "id", "Indonesia"},
    {"IMN", "im", "Isle of Man"}, {"IND", "in", "India"}, {"IRL", "ie", "Ireland"}, {"IRN", "ir", "Iran"},
    {"IRQ", "iq", "Iraq"}, {"ISL", "is", "Iceland"}, {"ISR", "il", "Israel"}, {"ITA", "it", "Italy"},
    {"JAM", "jm", "Jamaica"}, {"JEY", "je", "Jersey"}, {"JOR", "jo", "Jordan"}, {"JPN", "jp", "Japan"},
    {"KAZ", "kz", "Kazakhstan"}, {"KEN", "ke", "Kenya"}, {"KGZ", "kg", "Kyrgyzstan"}, {"KHM", "kh", "Cambodia"},
    {"KIR", "ki", "Kiribati"}, {"KNA", "kn", "Saint Kitts and Nevis"}, {"KOR", "kr", "South Korea"},
    {"KOS", "xk", "Kosovo"}, {"KWT", "kw", "Kuwait"}, {"LAO", "la", "Laos"}, {"LBN", "lb", "Lebanon"},
    {"LBR", "lr", "Liberia"}, {"LBY", "ly", "Libya"}, {"LCA", "lc", "Saint Lucia"}, {"LIE", "li", "Liechtenstein"},
    {"LKA", "lk", "Sri Lanka"}, {"LSO", "ls", "Lesotho"}, {"LTU", "lt", "Lithuania"}, {"LUX", "lu", "Luxembourg"},
    {"LVA", "lv", "Latvia"}, {"MAC", "mo", "Macao"}, {"MAF", "mf", "Saint Martin"}, {"MAR", "ma", "Morocco"},
    {"MCO", "mc", "Monaco"}, {"MDA", "md", "Moldova"}, {"MDG", "mg", "Madagascar"}, {"MDV", "mv", "Maldives"},
    {"MEX", "mx", "Mexico"}, {"MHL", "mh", "Marshall Islands"}, {"MKD", "mk", "North Macedonia"},
    {"MLI", "ml", "Mali"}, {"MLT", "mt", "Malta"}, {"MMR", "mm", "Myanmar"}, {"MNE", "me", "Montenegro"},
    {"MNG", "mn", "Mongolia"}, {"MNP", "mp", "Northern Mariana Islands"}, {"MOZ", "mz", "Mozambique"},
    {"MRT", "mr", "Mauritania"}, {"MSR", "ms", "Montserrat"}, {"MTQ", "mq", "Martinique"},
    {"MUS", "mu", "Mauritius"}, {"MWI", "mw", "Malawi"}, {"MYS", "my", "Malaysia"}, {"MYT", "yt", "Mayotte"},
    {"NAM", "na", "Namibia"}, {"NCL", "nc", "New Caledonia"}, {"NER", "ne", "Niger"}, {"NGA", "ng", "Nigeria"},
    {"NIC", "ni", "Nicaragua"}, {"NIU", "nu", "Niue"}, {"NLD", "nl", "Netherlands"}, {"NOR", "no", "Norway"},
    {"NPL", "np", "Nepal"}, {"NRU", "nr", "Nauru"}, {"NZL", "nz", "New Zealand"}, {"OMN", "om", "Oman"},
    {"PAK", "pk", "Pakistan"}, {"PAN", "pa", "Panama"}, {"PER", "pe", "Peru"}, {"PHL", "ph", "Philippines"},
    {"PLW", "pw", "Palau"}, {"PNG", "pg", "Papua New Guinea"}, {"POL", "pl", "Poland"}, {"PRI", "pr", "Puerto Rico"},
    {"PRK", "kp", "North Korea"}, {"PRT", "pt", "Portugal"}, {"PRY", "py", "Paraguay"}, {"PSE", "ps", "Palestine"},
    {"PYF", "pf", "French Polynesia"}, {"QAT", "qa", "Qatar"}, {"REU", "re", "Reunion"}, {"ROM", "ro", "Romania"},
    {"ROU", "ro", "Romania"}, {"RUS", "ru", "Russia"}, {"RWA", "rw", "Rwanda"}, {"SAU", "sa", "Saudi Arabia"},
    {"SDN", "sd", "Sudan"}, {"SEN", "sn", "Senegal"}, {"SGP", "sg", "Singapore"}, {"SHN", "sh", "Saint Helena"},
    {"SLB", "sb", "Solomon Islands"}, {"SLE", "sl", "Sierra Leone"}, {"SLV", "sv", "El Salvador"},
    {"SMR", "sm", "San Marino"}, {"SOM", "so", "Somalia"}, {"SPM", "pm", "Saint Pierre and Miquelon"},
    {"SRB", "rs", "Serbia"}, {"SSD", "ss", "South Sudan"}, {"STP", "st", "Sao Tome and Principe"},
    {"SUR", "sr", "Suriname"}, {"SVK", "sk", "Slovakia"}, {"SVN", "si", "Slovenia"}, {"SWE", "se", "Sweden"},
    {"SWZ", "sz", "Eswatini"}, {"SXM", "sx", "Sint Maarten"}, {"SYC", "sc", "Seychelles"}, {"SYR", "sy", "Syria"},
    {"TCA", "tc", "Turks and Caicos Islands"}, {"TCD", "td", "Chad"}, {"TGO", "tg", "Togo"},
    {"THA", "th", "Thailand"}, {"TJK", "tj", "Tajikistan"}, {"TKL", "tk", "Tokelau"}, {"TKM", "tm", "Turkmenistan"},
    {"TLS", "tl", "Timor-Leste"}, {"TMP", "tl", "Timor-Leste"}, {"TON", "to", "Tonga"},
    {"TTO", "tt", "Trinidad and Tobago"}, {"TUN", "tn", "Tunisia"}, {"TUR", "tr", "Turkey"}, {"TUV", "tv", "Tuvalu"},
    {"TWN", "tw", "Taiwan"}, {"TZA", "tz", "Tanzania"}, {"UGA", "ug", "Uganda"}, {"UKR", "ua", "Ukraine"},
    {"URY", "uy", "Uruguay"}, {"USA", "us", "United States"}, {"UZB", "uz", "Uzbekistan"},
    {"VAT", "va", "Vatican City"}, {"VCT", "vc", "Saint Vincent and the Grenadines"}, {"VEN", "ve", "Venezuela"},
    {"VGB", "vg", "British Virgin Islands"}, {"VIR", "vi", "United States Virgin Islands"}, {"VNM", "vn", "Vietnam"},
    {"VUT", "vu", "Vanuatu"}, {"WLF", "wf", "Wallis and Futuna"}, {"WSM", "ws", "Samoa"}, {"YEM", "ye", "Yemen"},
    {"ZAF", "za", "South Africa"}, {"ZAR", "cd", "Democratic Republic of the Congo"}, {"ZMB", "zm", "Zambia"},
    {"ZWE", "zw", "Zimbabwe"},
};

// Codes that are no country's. Sorted by code.
constexpr CameoCountry kRegions[] = {
    {"AFR", "", "Africa"}, {"ASA", "", "Asia"}, {"BLK", "", "Balkans"}, {"CAS", "", "Central Asia"},
    {"CAU", "", "Caucasus"}, {"CEU", "", "Central Europe"}, {"CFR", "", "Central Africa"}, {"CRB", "", "Caribbean"},
    {"EAF", "", "Eastern Africa"}, {"EEU", "", "Eastern Europe"}, {"EIN", "", "East Indies"}, {"EUR", "", "Europe"},
    {"LAM", "", "Latin America"}, {"MDT", "", "Mediterranean"}, {"MEA", "", "Middle East"},
    {"NAF", "", "North Africa"}, {"NMR", "", "North America"}, {"PGS", "", "Persian Gulf"},
    {"SAF", "", "Southern Africa"}, {"SAM", "", "South America"}, {"SAS", "", "South Asia"},
    {"SCN", "", "Scandinavia"}, {"SEA", "", "Southeast Asia"}, {"WAF", "", "West Africa"}, {"WST", "", "the West"},
};

template <class Entry, std::size_t n>
constexpr bool sorted(const Entry (&table)[n]) {
    for (std::size_t i = 1; i < n; ++i) {
        if (table[i - 1].code >= table[i].code) return false;
    }
    return true;
}
static_assert(sorted(kRoles) && sorted(kCountries) && sorted(kRegions));

template <class Entry, std::size_t n>
const Entry* find(const Entry (&table)[n], std::string_view code) {
    const auto* const at = std::lower_bound(std::begin(table), std::end(table), code,
                                            [](const Entry& entry, std::string_view c) { return entry.code < c; });
    return at != std::end(table) && at->code == code ? at : nullptr;
}

}  // namespace

std::string_view cameo_role(std::string_view code) {
    const Role* const role = find(kRoles, code);
    return role != nullptr ? role->type : std::string_view();
}

namespace {
const Role* role_called(std::string_view type) {
    return std::find_if(std::begin(kRoles), std::end(kRoles), [&](const Role& role) { return role.type == type; });
}
}  // namespace

bool is_role(std::string_view type) { return role_called(type) != std::end(kRoles); }

std::string_view broader_role(std::string_view type) {
    const Role* const at = role_called(type);
    return at != std::end(kRoles) ? at->broader : std::string_view();
}

const CameoCountry* cameo_country(std::string_view code) {
    const CameoCountry* const country = find(kCountries, code);
    return country != nullptr ? country : find(kRegions, code);
}

const CameoCountry* country_called(std::string_view name) {
    const auto* const at = std::find_if(std::begin(kCountries), std::end(kCountries),
                                        [&](const CameoCountry& country) { return country.name == name; });
    return at != std::end(kCountries) ? at : nullptr;
}

}  // namespace entente::importers
