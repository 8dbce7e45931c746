// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "importers/cameo.hpp"
#include "importers/csv_scan.hpp"
#include "importers/event_cells.hpp"
#include "importers/events.hpp"
#include "importers/formats.hpp"

namespace entente::importers {
namespace {

// GDELT 2.0; 1.0 has no second administrative division, and no address before April 2013.
constexpr std::string_view kNames[] = {
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    "Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1KnownGroupCode", "Actor1EthnicCode",
    "Actor1Religion1Code", "Actor1Religion2Code", "Actor1Type1Code", "Actor1Type2Code", "Actor1Type3Code",
    "Actor2Code", "Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode", "Actor2EthnicCode",
    "Actor2Religion1Code", "Actor2Religion2Code", "Actor2Type1Code", "Actor2Type2Code", "Actor2Type3Code",
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    "Actor1Geo_Type", "Actor1Geo_FullName", "Actor1Geo_CountryCode", "Actor1Geo_ADM1Code", "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat", "Actor1Geo_Long", "Actor1Geo_FeatureID",
    "Actor2Geo_Type", "Actor2Geo_FullName", "Actor2Geo_CountryCode", "Actor2Geo_ADM1Code", "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat", "Actor2Geo_Long", "Actor2Geo_FeatureID",
    "ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code", "ActionGeo_ADM2Code",
    "ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FeatureID",
    "DATEADDED", "SOURCEURL"};

// In the order of kWanted: an actor's ten columns follow each other.
enum Want : std::size_t {
    id, day, actor1, actor2 = actor1 + 10, root = actor2 + 10, code, goldstein, mentions, sources, articles, tone,
    place, latitude, longitude, actor1_place, actor2_place, url, quad
};
enum OfActor : std::size_t { actor_code, actor_name, country, group, ethnic, religion1, religion2, type1, type2, type3 };

std::vector<std::string_view> wanted() {
    std::vector<std::string_view> out{"GLOBALEVENTID", "SQLDATE"};
    out.insert(out.end(), std::begin(kNames) + 5, std::begin(kNames) + 26);
    for (const char* name : {"EventCode", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone", "ActionGeo_FullName",
                             "ActionGeo_Lat", "ActionGeo_Long", "Actor1Geo_FullName", "Actor2Geo_FullName", "SOURCEURL", "QuadClass"}) {
        out.emplace_back(name);
    }
    return out;
}

std::vector<std::string> names_for(std::size_t columns) {
    std::vector<std::string> out;
    for (const std::string_view name : kNames) {
        if (columns != std::size(kNames) && name.ends_with("_ADM2Code")) continue;
        if (columns == 57 && name == "SOURCEURL") continue;
        out.emplace_back(name);
    }
    return out;
}

bool number(std::string_view cell, std::size_t least, std::size_t most) {
    return cell.size() >= least && cell.size() <= most && cell.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_header(std::string_view line) {
    const std::string plain = normalised(line.substr(0, 40));
    return plain.starts_with("globaleventid,sqldate") || plain.starts_with("globaleventid\tsqldate") ||
           plain.starts_with("globaleventid\tday") || plain.starts_with("globaleventid,day");
}

/// `USA` is the country, whatever city or people a text calls it by; all others are who they are called.
EventActor actor_of(const EventCells& cells, std::size_t first) {
    const auto text = [&](OfActor column) { return std::string(cells.text(first + column)); };
    EventActor out;
    const std::string own = text(actor_code);
    const std::string land = text(country);
    const CameoCountry* const known = cameo_country(land);
    out.name = text(actor_name);
    for (const OfActor column : {type1, type2, type3}) {
        const std::string role = text(column);
        if (role.empty()) continue;
        const std::string_view type = cameo_role(role);
        std::string word(type.empty() ? std::string_view(role) : type);
        if (std::find(out.types.begin(), out.types.end(), word) == out.types.end()) out.types.push_back(std::move(word));
    }
    const auto put = [&](const char* name, std::string value) {
        if (!value.empty()) out.properties.emplace(name, std::move(value));
    };
    put("code", own);
    put("country", known != nullptr && !known->iso.empty() ? std::string(known->iso) : land);
    put("knownGroup", text(group));
    put("ethnicity", text(ethnic));
    const std::string second = text(religion2);
    put("religion", text(religion1) + (second.empty() ? "" : " " + second));
    if (!own.empty() && own == land) {
        out.key = own;
        if (known != nullptr) out.name = known->name;
        out.types.assign(1, known != nullptr && known->iso.empty() ? "Region" : "Country");
        return out;
    }
    out.key = own.empty() || out.name.empty() ? own + out.name : own + ":" + out.name;
    if (out.name.empty()) out.name = own;
    if (!out.types.empty()) return out;
    if (out.properties.contains("knownGroup")) out.types.emplace_back("Organization");
    else if (out.properties.contains("ethnicity")) out.types.emplace_back("EthnicGroup");
    else if (out.properties.contains("religion")) out.types.emplace_back("ReligiousGroup");
    return out;
}

class Reader {
public:
    Reader(const Reading& reading, std::vector<std::string> names, char separator)
        : reading_(reading), cells_(reading, std::move(names), wanted()), separator_(separator), events_(reading, "gdelt") {}

    void row(std::string_view line, const LineReader& lines) {
        cells_.take(line, separator_, lines);
        EventRow out;
        out.line = lines.number();
        out.id = cells_.text(id);
        if (!number(out.id, 1, 18)) cells_.fail(id, "the number of an event");
        const bool from = !cells_.text(actor1).empty() || !cells_.text(actor1 + std::size_t{actor_name}).empty();
        const bool to = !cells_.text(actor2).empty() || !cells_.text(actor2 + std::size_t{actor_name}).empty();
        if (!from || !to) {
            events_->leave_out(from ? "no recipient" : to ? "no actor" : "neither actor nor recipient", lines.number(), line);
            return;
        }
        out.day = cells_.day(day);
        const CameoAction* const action = cameo_action(cells_.text(code));
        if (action == nullptr) {
            events_->leave_out("no event code", lines.number(), line);
            return;
        }
        out.mentions = cells_.count(mentions);
        out.sources = cells_.count(sources);
        out.articles = cells_.count(articles);
        out.tone = cells_.real(tone);
        out.goldstein = cells_.real(goldstein);
        if (!out.goldstein) out.goldstein = action->goldstein;
        if (!cells_.text(root).empty()) out.root = cells_.text(root) != "0";
        out.place = place_number();
        out.from = actor_number(actor1);
        out.to = actor_number(actor2);
        out.action = action_number(*action);
        if (const std::string_view address = cells_.text(url); !address.empty()) {
            // the events of an article follow each other
            if (address != last_url_) {
                last_url_ = address;
                last_source_ = events_->source(address);
            }
            out.source = last_source_;
        }
        for (const Want column : {actor1_place, actor2_place}) {
            if (!cells_.text(column).empty()) ++actor_places_;
        }
        events_->add(out);
    }

    void finish() {
        if (actor_places_ != 0) events_->drop("where actors are", actor_places_);
        events_.finish();
    }

private:
    std::uint32_t actor_number(std::size_t first) {
        told_.assign("gdelt\t").append(cells_.text(first)).append("\t").append(cells_.text(first + std::size_t{actor_name}));
        return events_->actor(told_, [&] { return actor_of(cells_, first); });
    }

    std::uint32_t action_number(const CameoAction& action) {
        const std::string_view full = reading_.each_event ? cells_.text(code) : action.code;
        const std::string_view told_quad = cells_.text(quad);
        const bool known = told_quad.size() == 1 && told_quad[0] >= '1' && told_quad[0] <= '4';
        const int its = known ? told_quad[0] - '0' : quad_class(action);
        told_.assign("gdelt\t").append(full).append(1, static_cast<char>('0' + its));
        return events_->action(told_, [&] { return EventAction{schema_of(action), "cameo", std::string(full), its}; });
    }

    std::uint32_t place_number() {
        const std::string_view name = cells_.text(place);
        if (name.empty()) return 0;
        if (name == last_place_name_) return last_place_;
        EventPlace out;
        out.name = name;
        out.latitude = cells_.real(latitude);
        out.longitude = cells_.real(longitude);
        last_place_name_ = name;
        return last_place_ = events_->place(out);
    }

    const Reading& reading_;
    EventCells cells_;
    char separator_;
    EventText events_;
    std::string told_, last_url_, last_place_name_;
    std::uint32_t last_source_ = 0, last_place_ = 0;
    std::uint64_t actor_places_ = 0;
};

void read(Input& input, std::string_view head, const Reading& reading) {
    refuse_layout(reading, "GDELT events");
    LineReader lines(input, head, reading);
    const std::string first(first_line(head));
    char separator = '\t';
    std::vector<std::string> names;
    const bool header = is_header(first);
    if (header) {
        if (first.find('\t') == std::string::npos) separator = ',';
        names = split_record(first, separator);
        std::replace(names.begin(), names.end(), std::string("Day"), std::string("SQLDATE"));
    } else {
        std::vector<std::string_view> cells;
        cut_cells(first, separator, cells);
        names = names_for(cells.size() == 57 || cells.size() == 58 ? cells.size() : std::size(kNames));
    }
    for (const std::string_view needed : {"SQLDATE", "Actor1Code", "Actor2Code", "EventCode"}) {
        if (std::find(names.begin(), names.end(), needed) != names.end()) continue;
        throw Error(ErrorKind::import, Place{reading.name, 1, 1}, "no column '" + std::string(needed) + "', expected the columns of GDELT's events");
    }
    Reader reader(reading, std::move(names), separator);
    bool past_header = !header;
    read_event_rows(lines, reading, [&](std::string_view line) {
        if (past_header) reader.row(line, lines);
        past_header = true;
    });
    reader.finish();
}

Fit sniff(std::string_view head) {
    const std::string_view line = first_line(head);
    if (is_header(line)) return Fit::sure;
    std::vector<std::string_view> cells;
    cut_cells(line.substr(0, 8192), '\t', cells);
    if (cells.size() != 61 && cells.size() != 58 && cells.size() != 57) return Fit::no;
    return number(cells[0], 1, 18) && number(cells[1], 8, 8) && number(cells[2], 6, 6) && number(cells[3], 4, 4) && number(cells[29], 1, 1) ? Fit::sure : Fit::no;
}

}  // namespace

extern const Format kGdelt;
constinit const Format kGdelt{
    .name = "gdelt",
    .line = "GDELT events, 1.0 and 2.0: who did what to whom, a relationship a day",
    .suffixes = {},
    .sniff = sniff,
    .read = read,
};

}  // namespace entente::importers
