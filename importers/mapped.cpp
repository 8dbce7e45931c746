// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "importers/csv_scan.hpp"
#include "importers/formats.hpp"
#include "importers/layout.hpp"
#include "importers/mapping.hpp"

namespace entente::importers {
namespace {

void read_with(std::string_view mapping, Input& input, std::string_view head, const Reading& reading) {
    Reading with = reading;
    with.mapping = &shipped_mapping(mapping);
    read_table(input, head, with);
}

/// The names of the first line's columns, normalised.
std::vector<std::string> header_of(std::string_view head) {
    const std::string_view text = past_comments(head, {});
    std::string_view line = text.substr(0, text.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() > 4096) return {};
    std::vector<std::string> out;
    for (const std::string& name : split_record(line, separator_of(line))) out.push_back(normalised(name));
    return out;
}

bool has(const std::vector<std::string>& header, std::string_view name) {
    return std::find(header.begin(), header.end(), name) != header.end();
}

// Columns that no other tables have together.
Fit sniff_icij(std::string_view head) {
    const auto header = header_of(head);
    const bool edges = (has(header, "nodeidstart") && has(header, "nodeidend") && has(header, "reltype")) ||
                       (has(header, "node1") && has(header, "reltype") && has(header, "node2")) ||
                       (has(header, "startid") && has(header, "endid") && has(header, "link") && has(header, "sourceid"));
    const bool nodes =
        (has(header, "nodeid") || has(header, "n.nodeid")) && (has(header, "sourceid") || has(header, "n.sourceid"));
    return edges || nodes ? Fit::sure : Fit::no;
}

// `Person.id|Person.id|creationDate`, `creationDate|Person1Id|Person2Id`; what files of persons are, only their names say.
Fit sniff_ldbc(std::string_view head) {
    if (head.substr(0, head.find('\n')).find('|') == std::string_view::npos) return Fit::no;
    constexpr std::array<std::string_view, 10> kKinds{"person", "place", "tag",     "tagclass", "organisation",
                                                      "forum",  "post",  "comment", "city",     "country"};
    std::size_t ends = 0;
    for (const std::string& name : header_of(head)) {
        for (const std::string_view kind : kKinds) {
            if (!name.starts_with(kind)) continue;
            const std::string_view rest = std::string_view(name).substr(kind.size());
            ends += rest == ".id" || rest == "1id" || rest == "2id" ? 1 : 0;
        }
    }
    return ends == 2 ? Fit::sure : Fit::no;
}

constexpr std::array<std::string_view, 1> kLdbcNames{"_0_0.csv"};

}  // namespace

extern const Format kIcij;
constinit const Format kIcij{
    .name = "icij",
    .line = "ICIJ Offshore Leaks: nodes-*.csv and relationships.csv, older files too; through the mapping of that name",
    .suffixes = {},
    .sniff = sniff_icij,
    .read = [](Input& input, std::string_view head, const Reading& reading) { read_with("icij", input, head, reading); },
};

extern const Format kLdbc;
constinit const Format kLdbc{
    .name = "ldbc",
    .line = "LDBC social network, tables between bars, types from the names of files; through the mapping of that name",
    .suffixes = kLdbcNames,
    .sniff = sniff_ldbc,
    .read = [](Input& input, std::string_view head, const Reading& reading) { read_with("ldbc", input, head, reading); },
};

}  // namespace entente::importers
