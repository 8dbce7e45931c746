// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "core/analysis/assortativity.hpp"
#include "core/analysis/clustering.hpp"
#include "core/analysis/components.hpp"
#include "core/analysis/diameter.hpp"
#include "core/analysis/groups.hpp"
#include "core/analysis/path_lengths.hpp"
#include "core/graph/each_relationship.hpp"
#include "core/graph/load.hpp"
#include "core/graph/simple.hpp"
#include "core/query/call_options.hpp"
#include "core/query/procedure_families.hpp"
#include "core/query/watched.hpp"

namespace entente::query {
namespace {

using graph::Direction;
using graph::Simple;
using graph::Snapshot;
using graph::Vertex;

/// NetworkX's average_clustering.
double mean_clustering(const Snapshot& g, analysis::Progress* progress) {
    if (g.vertex_count() == 0) return 0;
    double sum = 0;
    for (const double x : analysis::clustering(g, Direction::out, {.progress = progress})) sum += x;
    return sum / g.vertex_count();
}

std::vector<Datums> rows_of(Context& context, const Datums& arguments, analysis::Progress* progress) {
    CallOptions options(context, arguments, 0);
    const graph::Selection selection = options.selection();
    const Direction direction = options.direction().value_or(Direction::any);
    analysis::PathLengthOptions how;
    if (const auto samples = options.whole("samples", 2, 4'000'000'000U)) how.samples = static_cast<std::uint32_t>(*samples);
    how.seed = options.whole("seed", 0, INT64_MAX).value_or(1);
    how.progress = progress;
    options.done();
    const graph::LoadedSnapshot loaded = graph::load(context.reader(), selection);
    const Snapshot& g = loaded.graph;
    const bool directed = direction != Direction::any;
    const Simple plain(g, direction);

    std::vector<Datums> rows;
    const auto whole = [&](const char* what, std::uint64_t value) {
        rows.push_back({Datum(std::string(what)), Datum(static_cast<std::int64_t>(value))});
    };
    const auto real = [&](const char* what, double value) {
        rows.push_back({Datum(std::string(what)), std::isnan(value) ? Datum() : Datum(value)});
    };
    const double n = g.vertex_count();
    whole("actors", g.vertex_count());
    whole("relationships", graph::relationship_count(g));
    whole("pairs joined", plain.link_count());
    real("density", n < 2 ? 0 : static_cast<double>(plain.link_count()) * (directed ? 1 : 2) / (n * (n - 1)));
    real("reciprocity", directed ? analysis::reciprocity(plain) : analysis::reciprocity(Simple(g, Direction::out)));
    const auto triangles = directed ? analysis::transitivity(Simple(g, Direction::any).out(), 0, progress) : analysis::transitivity(plain.out(), 0, progress);
    whole("triangles", triangles.triangles);
    real("transitivity", triangles.transitivity);
    real("average clustering", directed ? mean_clustering(g, progress) : triangles.mean_clustering);
    real("degree assortativity", analysis::degree_assortativity(plain));
    const auto components = [&](const char* count, const char* largest, const std::vector<Vertex>& labels) {
        const analysis::Groups groups = analysis::number_groups(labels);
        whole(count, groups.count());
        whole(largest, groups.count() == 0 ? 0 : groups.sizes.front());
    };
    components("weak components", "largest weak component", analysis::weak_components(g));
    if (directed) components("strong components", "largest strong component", analysis::strong_components(g));
    whole("diameter", analysis::diameter(plain, 0, progress).steps);
    const auto lengths = analysis::path_lengths(plain, how);
    real("average path length", lengths.pairs == 0 ? std::nan("") : lengths.mean);
    return rows;
}

/// (measure, value), as `entente summary` tells them, in its order.
std::vector<Datums> summary(Context& context, const Datums& arguments) {
    Watched watched(context);
    return watched.run([&] { return rows_of(context, arguments, &watched.progress); });
}

}  // namespace

void add_summary(Procedures& all) {
    all.add({"entente.summary", {{"options", kind::kMap, true}},
             {{"measure", kind::kText, false}, {"value", kind::kNumber, false}}, summary,
             "the network as a whole: its size, density, clustering, components, path lengths"});
}

}  // namespace entente::query
