// SPDX-License-Identifier: MIT
// Whoever watches a computation can stop it.
#include <catch2/catch.hpp>

#include <functional>
#include <string>

#include "core/analysis/betweenness.hpp"
#include "core/analysis/closeness.hpp"
#include "core/analysis/clustering.hpp"
#include "core/analysis/communities.hpp"
#include "core/analysis/diameter.hpp"
#include "core/analysis/eigenvector.hpp"
#include "core/analysis/measure.hpp"
#include "core/error.hpp"
#include "tests/support/random_graph.hpp"

using namespace entente;
using namespace entente::analysis;
using namespace entente::test;

TEST_CASE("a computation that is stopped ends with an error") {
    SmallGraph small;
    small.vertices = 400;
    small.symmetric = {0, 1};
    Random random(20261126);
    for (std::uint64_t i = 0; i < 3000; ++i) {
        graph::Edge e;
        e.id = RelationshipId(i + 1);
        e.from = static_cast<graph::Vertex>(random.below(small.vertices));
        e.to = static_cast<graph::Vertex>(random.below(small.vertices));
        e.type = RelationshipType(1);
        small.edges.push_back(e);
    }
    const graph::Snapshot g = small.snapshot();
    const graph::Simple plain(g, graph::Direction::any);
    for (const int threads : {1, 2}) {
        for (const Measure& measure : measures()) {
            if (measure.name == "strength") continue;
            Progress progress;
            Question question;
            question.graph = &g;
            question.direction = measure.direction;
            question.threads = threads;
            question.progress = &progress;
            const auto all = measure.compute(question);
            if (progress.total.load() == 0) continue;  // a moment's work, which is not told
            INFO(measure.name);
            progress.stop = true;
            CHECK_THROWS_AS(measure.compute(question), Error);
        }
        Progress progress;
        progress.stop = true;
        CommunityOptions how;
        how.threads = threads;
        how.progress = &progress;
        CHECK_THROWS_AS(communities(plain, how), Error);
        CHECK_THROWS_AS(diameter(plain, threads, &progress), Error);
        CHECK_THROWS_AS(transitivity(plain.out(), threads, &progress), Error);
    }
}
