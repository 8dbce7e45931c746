// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <vector>

#include "importers/cameo.hpp"
#include "importers/event_cells.hpp"
#include "importers/event_names.hpp"
#include "importers/formats.hpp"

namespace entente::importers {
namespace {

enum Want : std::size_t {
    id, day, source_name, source_sectors, source_country, text, code, intensity, target_name, target_sectors, target_country,
    story, sentence, publisher, city, district, province, country, latitude, longitude
};

std::vector<std::string_view> wanted() {
    return {"Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
            "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
            "Province", "Country", "Latitude", "Longitude"};
}

std::string lower(std::string_view text) {
    std::string out;
    for (const char c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

/// A code whose leading zeros are lost gets them back. Numbers from 10 to 20 can be a statement (`010`) or a root
/// (`10`), which the words beside them settle: those of roots begin with one of these.
std::string whole_code(std::string_view told, std::string_view words) {
    std::string out(told);
    if (out.empty() || out.find_first_not_of("0123456789") != std::string::npos) return {};
    if (out[0] == '0') return out;
    const int number = out.size() > 4 ? 0 : std::stoi(out);
    if (number < 10) return "0" + out;
    if (number > 20 && number < 100) return "0" + out;    // 36: 036
    if (number > 209 && number < 1000) return "0" + out;  // 311: 0311
    if (number > 20) return out;
    static constexpr std::string_view kRoots[] = {"demand", "disapprove", "reject", "threaten", "protest", "engage in political dissent",
                                                  "exhibit", "demonstrate military", "reduce relations", "coerce", "assault",
                                                  "use unconventional", "fight", "use conventional", "engage in unconventional"};
    const std::string small = lower(words);
    const bool root = std::any_of(std::begin(kRoots), std::end(kRoots), [&](std::string_view start) { return small.starts_with(start); });
    return root ? out : "0" + out;
}

class Reader {
public:
    Reader(const Reading& reading, std::vector<std::string> names)
        : reading_(reading), cells_(reading, std::move(names), wanted()), events_(reading, "icews") {}

    void row(std::string_view line, const LineReader& lines) {
        cells_.take(line, '\t', lines);
        EventRow out;
        out.line = lines.number();
        if (cells_.text(id).empty()) cells_.fail(id, "the number of an event");
        if (cells_.text(source_name).empty() || cells_.text(target_name).empty()) {
            events_->leave_out(!cells_.text(source_name).empty() ? "no recipient" : !cells_.text(target_name).empty() ? "no actor" : "neither actor nor recipient", lines.number(), line);
            return;
        }
        out.day = cells_.day(day);
        const std::string full = whole_code(cells_.text(code), cells_.text(text));
        const CameoAction* const action = cameo_action(full);
        if (action == nullptr) {
            events_->leave_out("no event code", lines.number(), line);
            return;
        }
        out.goldstein = cells_.real(intensity);
        if (!out.goldstein) out.goldstein = action->goldstein;
        if (const auto number = cells_.count(sentence)) locator_ = "sentence " + std::to_string(*number);
        else locator_.clear();
        out.locator = locator_;
        EventPlace place;
        place.name = place_text({cells_.text(city), cells_.text(district), cells_.text(province), cells_.text(country)});
        place.latitude = cells_.real(latitude);
        place.longitude = cells_.real(longitude);
        if (!place.name.empty()) out.place = events_->place(place);
        out.from = actor_number(source_name);
        out.to = actor_number(target_name);
        const std::string used(reading_.each_event ? std::string_view(full) : action->code);
        out.action = events_->action("icews\t" + used, [&] { return EventAction{schema_of(*action), "cameo", used, quad_class(*action)}; });
        if (!cells_.text(story).empty()) out.source = events_->source("ICEWS story " + std::string(cells_.text(story)), cells_.text(publisher));
        // numbers come again on other days
        id_ = Date::day(out.day).text() + "-" + std::string(cells_.text(id));
        out.id = id_;
        events_->add(out);
    }

    void finish() { events_.finish(); }

private:
    // A name, its sectors and its country follow each other.
    std::uint32_t actor_number(std::size_t name) {
        told_.assign("icews\t").append(cells_.text(name)).append("\t").append(cells_.text(name + 2));
        return events_->actor(told_, [&] { return named_actor(cells_.text(name), cells_.text(name + 2), parts_of(cells_.text(name + 1), ',')); });
    }

    const Reading& reading_;
    EventCells cells_;
    EventText events_;
    std::string told_, locator_, id_;
};

constexpr std::string_view kNeeded[] = {"Event ID", "Event Date", "Source Name", "Target Name", "CAMEO Code"};

void read(Input& input, std::string_view head, const Reading& reading) {
    read_event_table<Reader>(input, head, reading, "ICEWS events", kNeeded);
}

Fit sniff(std::string_view head) { return has_columns(head, kNeeded) ? Fit::sure : Fit::no; }

}  // namespace

extern const Format kIcews;
constinit const Format kIcews{
    .name = "icews",
    .line = "ICEWS events: who did what to whom, a relationship a day",
    .suffixes = {},
    .sniff = sniff,
    .read = read,
};

}  // namespace entente::importers
