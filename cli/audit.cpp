// SPDX-License-Identifier: MIT
#include "cli/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "cli/options.hpp"
#include "cli/text.hpp"
#include "core/model/interval.hpp"
#include "core/model/told_date.hpp"

namespace entente::cli {
namespace {

enum Check : std::size_t { no_source, one_source, copies, doubtful, dates, ends_early, over_owned };

constexpr double kWhole = 100 + 1e-9;       // percent; shares that are rounded add up to a little more
constexpr double kDoubtful = 0.4;           // a confidence below that

/// Letters D and E, numbers 4 and 5: not usually reliable, doubtful or improbable.
bool doubtful_grade(std::string_view grade) {
    if (!confidence_of_grade(grade)) return false;
    const char letter = static_cast<char>(grade[0] | 0x20);
    return letter == 'd' || letter == 'e' || grade[1] == '4' || grade[1] == '5';
}

std::optional<Date> date_of(const Properties& properties, std::string_view name) {
    const Value* v = find_property(properties, name);
    return v != nullptr ? told_date(*v) : std::nullopt;
}

/// A share of what is owned, in percent.
std::optional<double> percentage(const Properties& properties) {
    for (const std::string_view name : {"percentage", "share"}) {
        const Value* v = find_property(properties, name);
        if (v == nullptr) continue;
        if (const auto number = v->number()) return number;
        if (v->kind() != Value::Kind::text) continue;
        std::string text = v->text();
        while (!text.empty() && (text.back() == '%' || text.back() == ' ')) text.pop_back();
        if (const auto number = parse_decimal(text)) return number;
    }
    return std::nullopt;
}

class Auditor {
public:
    Auditor(const storage::Reader& reader, const std::vector<bool>& wanted) : reader_(reader), wanted_(wanted) {
        for (const Source& s : reader.sources()) sources_.emplace(s.id.value, s);
        for (std::uint32_t t = 1; t <= reader.relationship_type_count(); ++t) {
            std::string name = reader.name(RelationshipType(t));
            for (int step = 0; step < 8 && !name.empty(); ++step) {
                if (ascii_lower(name) == "ownership") ownership_.insert(reader.name(RelationshipType(t)));
                const auto type = reader.find_relationship_type(name);
                name = type ? reader.schema(*type).broader : default_schema(name).broader;
            }
        }
    }

    void look(const Relationship& r) {
        evidence_ = reader_.evidence(r.id);
        if (wanted_[no_source] || wanted_[one_source] || wanted_[copies]) support(r);
        if (wanted_[doubtful]) grades(r);
        if (wanted_[dates] || wanted_[ends_early]) order(r);
        if (wanted_[over_owned] && ownership_.contains(r.type))
            if (const auto share = percentage(r.properties)) owned_[r.to.value].push_back({r.id, *share, span(r)});
    }

    std::vector<Finding> finish() {
        for (auto& [actor, shares] : owned_) add_up(shares);
        std::stable_sort(found_.begin(), found_.end(), [](const Finding& a, const Finding& b) {
            return a.check != b.check ? a.check < b.check : a.id < b.id;
        });
        return std::move(found_);
    }

private:
    struct Span {
        Day first, last;  ///< the days on which it surely held
    };
    struct Share {
        RelationshipId id;
        double percent;
        Span span;
    };

    void add(Check check, RelationshipId id, std::string detail) {
        if (wanted_[check]) found_.push_back({check, id, std::move(detail)});
    }

    void support(const Relationship& r) {
        std::set<std::uint32_t> all;
        for (const Evidence& e : evidence_) all.insert(e.source.value);
        if (all.empty()) return add(no_source, r.id, "");
        if (all.size() == 1) return add(one_source, r.id, "");
        std::map<std::string, std::string> hashes;
        for (const std::uint32_t id : all) {
            const auto s = sources_.find(id);
            if (s == sources_.end() || s->second.hash.empty()) continue;
            std::string hash = s->second.hash;  // hexadecimal digits, in either case
            for (char& c : hash) {
                if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
            }
            std::string& keys = hashes[hash];
            keys += (keys.empty() ? "" : " = ") + s->second.key;
        }
        for (const auto& [hash, keys] : hashes)
            if (keys.find(" = ") != std::string::npos) return add(copies, r.id, keys + ", hash " + hash);
    }

    void grades(const Relationship& r) {
        std::string said;
        bool sure = false, any = false;
        const auto weigh = [&](const std::string& grade, std::optional<double> confidence) {
            if (grade.empty() && !confidence) return;
            any = true;
            const bool bad = confidence_of_grade(grade) ? doubtful_grade(grade) : confidence && *confidence < kDoubtful;
            sure = sure || !bad;
            const std::string text = grade.empty() ? "confidence " + number_for_people(*confidence, 3) : grade;
            if (said.find(text) == std::string::npos) said += (said.empty() ? "" : ", ") + text;
        };
        const Value* own = find_property(r.properties, "confidence");
        const Value* grade = find_property(r.properties, "grade");
        weigh(grade != nullptr && grade->kind() == Value::Kind::text ? grade->text() : "",
              own != nullptr ? own->number() : std::nullopt);
        for (const Evidence& e : evidence_) weigh(e.grade, e.confidence);
        if (any && !sure) add(doubtful, r.id, said);
    }

    void order(const Relationship& r) {
        const auto point = date_of(r.properties, "date"), start = date_of(r.properties, "startDate"),
                   end = date_of(r.properties, "endDate");
        if (start && end && end->latest() < start->earliest())
            return add(ends_early, r.id, "from " + start->text() + " to " + end->text());
        if (point && start && point->latest() < start->earliest())
            return add(dates, r.id, "date " + point->text() + " is before startDate " + start->text());
        if (point && end && point->earliest() > end->latest())
            return add(dates, r.id, "date " + point->text() + " is after endDate " + end->text());
        const Status status = status_of(r.properties);
        const std::optional<Date>& began = start ? start : point;
        if (!began || began->earliest() == kBeginningOfTime || status == Status::planned ||
            status == Status::hypothetical)
            return;
        for (const Evidence& e : evidence_) {
            const auto s = sources_.find(e.source.value);
            const auto published = s == sources_.end() ? std::nullopt : parse_date(s->second.date);
            if (published && published->latest() < began->earliest())
                return add(dates, r.id, "source " + s->second.key + " of " + s->second.date + " tells of " + began->text());
        }
    }

    Span span(const Relationship& r) const {
        const auto type = reader_.find_relationship_type(r.type);
        const Interval i = interval_of(r.properties, type ? reader_.schema(*type) : default_schema(r.type));
        if (i.event && i.start)
            return i.start->earliest() == i.start->latest() ? Span{i.start->earliest(), i.start->latest()} : Span{1, 0};
        return {i.start ? i.start->latest() : kBeginningOfTime, i.end ? i.end->earliest() : kEndOfTime};
    }

    /// Finds the day on which most was owned for certain.
    void add_up(const std::vector<Share>& shares) {
        std::map<std::int64_t, double> steps;  // what begins to be owned on a day, less what ended before
        for (const Share& s : shares) {
            if (s.span.first > s.span.last) continue;
            steps[s.span.first] += s.percent;
            steps[std::int64_t{s.span.last} + 1] -= s.percent;
        }
        double sum = 0, most = 0;
        std::int64_t on = kBeginningOfTime;
        for (const auto& [day, step] : steps) {
            sum += step;
            if (sum <= most + 1e-9) continue;
            most = sum;
            on = day;
        }
        if (most <= kWhole) return;
        for (const Share& s : shares)
            if (s.span.first <= on && on <= s.span.last)
                add(over_owned, s.id, fmt::format("{} % of {} % at one time", number_for_people(s.percent), number_for_people(most)));
    }

    const storage::Reader& reader_;
    const std::vector<bool>& wanted_;
    std::map<std::uint32_t, Source> sources_;
    std::set<std::string> ownership_;
    std::vector<Evidence> evidence_;
    std::map<std::uint32_t, std::vector<Share>> owned_;
    std::vector<Finding> found_;
};

}  // namespace

const std::vector<AuditCheck>& audit_checks() {
    static const std::vector<AuditCheck> kChecks = {
        {"no-source", "nobody says so"},
        {"one-source", "a single source says so"},
        {"copies", "sources of the same hash, which are one"},
        {"doubtful", "every grade is D or E or 4 or 5, or every confidence below 0.4"},
        {"dates", "a date outside its own start and end, or later than the source that tells of it"},
        {"ends-early", "ends before it starts"},
        {"over-owned", "owners of more than 100 % at one time"},
    };
    return kChecks;
}

std::vector<Finding> audit(const storage::Reader& reader, graph::Filter& filter, const std::vector<bool>& wanted) {
    Auditor auditor(reader, wanted);
    reader.scan_relationships([&](const Relationship& r) {
        const auto type = reader.find_relationship_type(r.type);
        if (type && filter.tie(*type, r.id) && filter.actor(r.from) && filter.actor(r.to)) auditor.look(r);
        return true;
    });
    return auditor.finish();
}

}  // namespace entente::cli
