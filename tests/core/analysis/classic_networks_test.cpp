// SPDX-License-Identifier: MIT
#include "tests/core/analysis/classic_networks.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <string>

#include "core/analysis/assortativity.hpp"
#include "core/analysis/clustering.hpp"
#include "core/analysis/components.hpp"
#include "core/analysis/diameter.hpp"
#include "core/analysis/groups.hpp"
#include "core/analysis/measure.hpp"
#include "core/analysis/path_lengths.hpp"

using namespace entente;
using graph::Direction;

namespace {

/// What is published of one vertex, to six digits after the point.
struct Published {
    const char* measure;
    const char* vertex;  ///< by name, or by number where the network has no names
    double score;
    bool weighted = false;
};

graph::Vertex vertex_of(const test::ClassicNetwork& network, const std::string& name) {
    return network.names.empty() ? static_cast<graph::Vertex>(std::stoul(name)) : network.of(name);
}

/// `alpha`: what the Katz scores were computed with.
void require_published(const test::ClassicNetwork& network, double alpha, const std::vector<Published>& rows) {
    const graph::Snapshot g = network.snapshot();
    const std::vector<double> weights = network.weights();
    std::map<std::string, std::vector<double>> computed;
    for (const Published& row : rows) {
        INFO(row.measure << (row.weighted ? " with weights" : "") << " of " << row.vertex);
        const analysis::Measure* const measure = analysis::find_measure(row.measure);
        REQUIRE(measure != nullptr);
        std::vector<double>& scores = computed[row.measure + std::string(row.weighted ? "*" : "")];
        if (scores.empty()) {
            analysis::Question question;
            question.graph = &g;
            if (row.weighted) question.strength = &weights;
            if (measure->name == "katz") question.alpha = alpha;
            scores = measure->compute(question).front().of;
        }
        REQUIRE(vertex_of(network, row.vertex) < g.vertex_count());
        REQUIRE(scores[vertex_of(network, row.vertex)] == Approx(row.score).epsilon(0).margin(6e-7));
    }
}

struct Whole {
    double transitivity, clustering, assortativity;
    std::uint64_t triangles;
    std::uint32_t diameter;
    double path_length;
};

void require_whole(const test::ClassicNetwork& network, const Whole& published) {
    const graph::Snapshot g = network.snapshot();
    const graph::Simple plain(g, Direction::any);
    const analysis::Transitivity found = analysis::transitivity(plain.out());
    REQUIRE(found.transitivity == Approx(published.transitivity).margin(6e-7));
    REQUIRE(found.mean_clustering == Approx(published.clustering).margin(6e-7));
    REQUIRE(found.triangles == published.triangles);
    REQUIRE(analysis::degree_assortativity(plain) == Approx(published.assortativity).margin(6e-7));
    REQUIRE(analysis::diameter(plain).steps == published.diameter);
    REQUIRE(analysis::path_lengths(plain).mean == Approx(published.path_length).margin(6e-7));
    REQUIRE(analysis::number_groups(analysis::weak_components(g)).count() == 1);
}

}  // namespace

// Each measure has rows in each network that tells something about it. A new measure adds its own.

TEST_CASE("the karate club has its published values") {
    require_published(test::karate_club(), 0.074342, {
        {"degree", "0", 16}, {"degree", "33", 17}, {"degree", "11", 1},
        {"strength", "0", 42, true}, {"strength", "33", 48, true}, {"strength", "11", 3, true},
        {"core-number", "0", 4}, {"core-number", "11", 1}, {"core-number", "4", 3},
        {"eigenvector", "0", 0.355491}, {"eigenvector", "33", 0.373363}, {"eigenvector", "11", 0.052856},
        {"pagerank", "0", 0.096997}, {"pagerank", "33", 0.100919}, {"pagerank", "11", 0.009565},
        {"pagerank", "0", 0.088500, true}, {"pagerank", "33", 0.096989, true}, {"pagerank", "11", 0.009785, true},
        {"hubs", "0", 0.071413}, {"authorities", "33", 0.075003},
        {"katz", "0", 0.291946}, {"katz", "33", 0.299742},
        {"clustering", "0", 0.15}, {"clustering", "1", 1.0 / 3}, {"clustering", "33", 0.110294}, {"clustering", "11", 0},
        {"clustering", "0", 0.066311, true}, {"clustering", "1", 0.166915, true}, {"clustering", "33", 0.052330, true},
        {"constraint", "0", 0.155423}, {"constraint", "1", 0.279535}, {"constraint", "33", 0.156419},
        {"constraint", "0", 0.190623, true}, {"constraint", "1", 0.340902, true}, {"constraint", "11", 1, true},
        {"effective-size", "0", 13.75}, {"effective-size", "2", 7.8}, {"effective-size", "33", 15.235294},
        {"effective-size", "0", 13.775, true}, {"effective-size", "2", 7.946970, true},
    });
    require_whole(test::karate_club(), {0.255682, 0.570638, -0.475613, 45, 5, 2.408200});
    const graph::Snapshot g = test::karate_club().snapshot();
    std::vector<std::uint32_t> sides(34, 1);
    for (const graph::Vertex v : test::karate_instructors()) sides[v] = 0;
    REQUIRE(analysis::categorical_assortativity(graph::Simple(g, Direction::any), sides) == Approx(0.717531).margin(6e-7));
}

TEST_CASE("Krackhardt's kite has its published values") {
    require_published(test::krackhardt_kite(), 0.116106, {
        {"degree", "Diane", 6}, {"degree", "Fernando", 5}, {"degree", "Jane", 1},
        {"core-number", "Diane", 3}, {"core-number", "Heather", 2}, {"core-number", "Jane", 1},
        {"eigenvector", "Diane", 0.481021}, {"eigenvector", "Heather", 0.195861}, {"eigenvector", "Jane", 0.011163},
        {"pagerank", "Diane", 0.147148}, {"pagerank", "Heather", 0.095248}, {"pagerank", "Jane", 0.051420},
        {"hubs", "Diane", 0.171329}, {"authorities", "Jane", 0.003976},
        {"katz", "Diane", 0.402444}, {"katz", "Heather", 0.28198}, {"katz", "Jane", 0.196981},
        {"clustering", "Carol", 1}, {"clustering", "Diane", 0.533333}, {"clustering", "Heather", 0.333333},
        {"constraint", "Diane", 0.470170}, {"constraint", "Heather", 0.431111}, {"constraint", "Ike", 0.5},
        {"effective-size", "Diane", 3.333333}, {"effective-size", "Heather", 2.333333}, {"effective-size", "Ike", 2},
    });
    require_whole(test::krackhardt_kite(), {0.578947, 0.52, 0.152542, 11, 4, 1.977778});
}

TEST_CASE("the Florentine families have their published values") {
    require_published(test::florentine_families(), 0.153558, {
        {"degree", "Medici", 6}, {"degree", "Strozzi", 4}, {"degree", "Pazzi", 1},
        {"core-number", "Medici", 2}, {"core-number", "Salviati", 1},
        {"eigenvector", "Medici", 0.430308}, {"eigenvector", "Strozzi", 0.355980}, {"eigenvector", "Pazzi", 0.044813},
        {"pagerank", "Medici", 0.145817}, {"pagerank", "Guadagni", 0.098398}, {"pagerank", "Pazzi", 0.036054},
        {"hubs", "Medici", 0.122853}, {"authorities", "Ridolfi", 0.097514},
        {"katz", "Medici", 0.367107}, {"katz", "Pazzi", 0.172562},
        {"clustering", "Medici", 0.066667}, {"clustering", "Peruzzi", 0.666667}, {"clustering", "Guadagni", 0},
        {"constraint", "Medici", 0.209877}, {"constraint", "Peruzzi", 0.655864}, {"constraint", "Guadagni", 0.25},
        {"effective-size", "Medici", 5.666667}, {"effective-size", "Peruzzi", 1.666667}, {"effective-size", "Guadagni", 4},
    });
    require_whole(test::florentine_families(), {0.191489, 0.16, -0.374838, 3, 5, 2.485714});
}

TEST_CASE("Les Miserables have their published values") {
    require_published(test::les_miserables(), 0.041647, {
        {"degree", "Valjean", 36}, {"degree", "Gavroche", 22}, {"degree", "Cosette", 11},
        {"strength", "Valjean", 158, true}, {"strength", "Cosette", 68, true}, {"strength", "Gavroche", 56, true},
        {"core-number", "Gavroche", 9}, {"core-number", "Valjean", 8}, {"core-number", "Myriel", 3},
        {"eigenvector", "Gavroche", 0.317841}, {"eigenvector", "Valjean", 0.267607}, {"eigenvector", "Myriel", 0.028133},
        {"pagerank", "Valjean", 0.075430}, {"pagerank", "Myriel", 0.042779},
        {"pagerank", "Valjean", 0.099558, true}, {"pagerank", "Cosette", 0.036910, true},
        {"hubs", "Gavroche", 0.052901}, {"authorities", "Valjean", 0.04454}, {"katz", "Valjean", 0.244584},
        {"clustering", "Valjean", 0.120635}, {"clustering", "Gavroche", 0.354978}, {"clustering", "Cosette", 0.381818},
        {"clustering", "Valjean", 0.015215, true}, {"clustering", "Cosette", 0.063131, true},
        {"constraint", "Valjean", 0.070601}, {"constraint", "Javert", 0.152754}, {"constraint", "Cosette", 0.196559},
        {"constraint", "Valjean", 0.163448, true}, {"constraint", "Cosette", 0.498943, true},
        {"effective-size", "Valjean", 31.777778}, {"effective-size", "Javert", 11.823529},
        {"effective-size", "Valjean", 32.960087, true}, {"effective-size", "Gavroche", 16.618983, true},
    });
    require_whole(test::les_miserables(), {0.498932, 0.573137, -0.165225, 467, 5, 2.641148});
}

TEST_CASE("the women of the Deep South have their published values") {
    require_published(test::davis_women(), 0.074163, {
        {"degree", "Evelyn Jefferson", 8}, {"degree", "E8", 14}, {"degree", "Flora Price", 2},
        {"core-number", "E8", 4}, {"core-number", "Flora Price", 2},
        {"eigenvector", "Theresa Anderson", 0.262028}, {"eigenvector", "E8", 0.358243},
        {"pagerank", "Nora Fayette", 0.044537}, {"pagerank", "E8", 0.072497},
        {"katz", "E8", 0.275111},
        // who goes to events meets nobody twice: no triangles
        {"clustering", "E8", 0}, {"constraint", "E8", 1.0 / 14}, {"constraint", "Evelyn Jefferson", 0.125},
        {"effective-size", "E8", 14}, {"effective-size", "Flora Price", 2},
    });
    require_whole(test::davis_women(), {0, 0, -0.336998, 0, 4, 2.306452});
}
