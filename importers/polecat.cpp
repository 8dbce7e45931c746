// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "importers/event_cells.hpp"
#include "importers/event_names.hpp"
#include "importers/formats.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kMostPairs = 1000;  // of one event

enum Want : std::size_t {
    id, day, type, mode, intensity, intensity_too, actor_name, actor_country, actor_sectors, actor_wiki, recipient_name,
    recipient_country, recipient_sectors, recipient_wiki, place, city, province, country, latitude, longitude, source
};

std::vector<std::string_view> wanted() {
    return {"Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Event Intensity", "Actor Name", "Actor Country",
            "Actor Sectors", "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient Sectors", "Wikipedia Recipient ID",
            "Placename", "City", "Province", "Country", "Latitude", "Longitude", "Source"};
}

constexpr std::pair<std::string_view, int> kTypes[] = {
    {"AGREE", 1}, {"CONSULT", 1}, {"SUPPORT", 1}, {"CONCEDE", 1}, {"COOPERATE", 2}, {"AID", 2}, {"RETREAT", 2}, {"REQUEST", 3},
    {"ACCUSE", 3}, {"REJECT", 3}, {"THREATEN", 3}, {"PROTEST", 4}, {"SANCTION", 4}, {"MOBILIZE", 4}, {"COERCE", 4}, {"ASSAULT", 4}};

class Reader {
public:
    Reader(const Reading& reading, std::vector<std::string> names) : cells_(reading, std::move(names), wanted()), events_(reading, "polecat") {}

    void row(std::string_view line, const LineReader& lines) {
        cells_.take(line, '\t', lines);
        EventRow out;
        out.line = lines.number();
        const std::string_view own = told(id);
        if (own.empty()) cells_.fail(id, "the name of an event");
        const auto* const known = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const auto& one) { return one.first == told(type); });
        if (known == std::end(kTypes)) cells_.fail(type, "a PLOVER type such as CONSULT");
        const auto actors = side(actor_name);
        const auto recipients = side(recipient_name);
        if (actors.size() * std::max<std::size_t>(recipients.size(), actors.size()) > kMostPairs) {
            cells_.fail(actor_name, "at most " + std::to_string(kMostPairs) + " pairs of actors in an event");
        }
        // what is done together lists all who do it as actors
        std::vector<std::pair<std::size_t, std::size_t>> pairs;
        for (std::size_t a = 0; a < actors.size(); ++a) {
            for (std::size_t r = 0; r < recipients.size(); ++r) pairs.emplace_back(a, r);
            for (std::size_t b = a + 1; recipients.empty() && b < actors.size(); ++b) pairs.emplace_back(a, b);
        }
        if (pairs.empty()) {
            events_->leave_out(!actors.empty() ? "no recipient" : !recipients.empty() ? "no actor" : "neither actor nor recipient", lines.number(), line);
            return;
        }
        out.day = cells_.day(day);
        const Want score = cells_.has(intensity) ? intensity : intensity_too;
        if (!told(score).empty()) out.goldstein = cells_.real(score);
        EventPlace where;
        where.name = told(place).empty() ? place_text({told(city), told(province), told(country)}) : std::string(told(place));
        if (!told(latitude).empty()) where.latitude = cells_.real(latitude);
        if (!told(longitude).empty()) where.longitude = cells_.real(longitude);
        if (!where.name.empty()) out.place = events_->place(where);
        if (!told(source).empty()) out.source = events_->source(told(source), told(source));
        const std::string how(told(mode));
        out.action = events_->action("polecat\t" + std::string(known->first) + "\t" + how,
                                     [&] { return EventAction{default_schema(known->first), "mode", how, known->second}; });
        std::size_t n = 0;
        for (const auto& [a, b] : pairs) {
            out.from = number(actors[a]);
            out.to = number(recipients.empty() ? actors[b] : recipients[b]);
            id_ = n == 0 ? std::string(own) : std::string(own) + "/" + std::to_string(n + 1);
            ++n;
            out.id = id_;
            out.event = pairs.size() > 1 ? own : std::string_view();
            events_->add(out);
        }
    }

    void finish() { events_.finish(); }

private:
    struct Named {
        std::string_view name, country, wiki;
        std::vector<std::string_view> sectors;
    };

    [[nodiscard]] std::string_view told(std::size_t wanted) const {
        const std::string_view text = cells_.text(wanted);
        return text == "None" ? std::string_view() : text;
    }

    // Who stands on one side: a name, its country, sectors and article follow each other in what is wanted. Lists of
    // as many belong together one by one; else all is said of each.
    [[nodiscard]] std::vector<Named> side(std::size_t first) const {
        const auto names = parts_of(told(first), ';');
        const auto countries = parts_of(told(first + 1), ';');
        const auto articles = parts_of(told(first + 3), ';');
        std::vector<Named> out;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] == "None") continue;
            const auto one = [&](const std::vector<std::string_view>& list) {
                const std::string_view text = list.size() == names.size() ? list[i] : std::string_view();
                return text == "None" ? std::string_view() : text;
            };
            Named& named = out.emplace_back(Named{names[i], one(countries), one(articles), {}});
            if (names.size() == 1) named.sectors = parts_of(told(first + 2), ';');
        }
        return out;
    }

    std::uint32_t number(const Named& named) {
        told_.assign("polecat\t").append(named.name).append("\t").append(named.country);
        return events_->actor(told_, [&] {
            EventActor out = named_actor(named.name, named.country, named.sectors);
            if (!named.wiki.empty()) out.properties.emplace("wikipediaId", named.wiki);
            return out;
        });
    }

    EventCells cells_;
    EventText events_;
    std::string told_, id_;
};

constexpr std::string_view kNeeded[] = {"Event ID", "Event Date", "Event Type", "Actor Name", "Recipient Name"};

void read(Input& input, std::string_view head, const Reading& reading) {
    read_event_table<Reader>(input, head, reading, "POLECAT events", kNeeded);
}

Fit sniff(std::string_view head) { return has_columns(head, kNeeded) ? Fit::sure : Fit::no; }

}  // namespace

extern const Format kPolecat;
constinit const Format kPolecat{
    .name = "polecat",
    .line = "POLECAT events in PLOVER's types: who did what to whom, a relationship a day",
    .suffixes = {},
    .sniff = sniff,
    .read = read,
};

}  // namespace entente::importers
