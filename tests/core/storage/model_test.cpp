// SPDX-License-Identifier: MIT
#include "tests/core/storage/model.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "core/storage/check.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::tests;

namespace {

/// Change sets until `edits` have been made; looked at through and through after each hundred edits,
/// and now and then from within an unfinished change set.
void run(std::uint64_t seed, std::uint64_t edits) {
    const Scratch scratch;
    const std::string path = scratch / "model.db";
    Model model;
    std::uint64_t looked = 0;
    storage::OpenOptions options;
    options.create = true;
    std::optional<storage::Store> store = storage::Store::open(path, options);
    while (model.edits < edits) {
        INFO("seed " << seed << ", change set " << model.change_sets + 1);
        if (model.change_sets % 11 == 10) {  // dropped as a whole, then done again
            Model dropped = model;
            storage::Writer writer = store->write("dropped");
            random_change_set(seed, dropped, &writer, true);
        }
        {
            storage::Writer writer = store->write("random");
            random_change_set(seed, model, &writer, true);
            if (model.change_sets % 7 == 0) {
                Model inside = model;
                // Not committed yet, and its source counts from then on.
                inside.default_source.erase(inside.change_sets--);
                REQUIRE(difference(inside, writer.reader()) == "");
            }
            writer.commit();
        }
        if (model.edits / 100 == looked) continue;
        looked = model.edits / 100;
        const storage::CheckReport report = storage::check(path);
        REQUIRE(report.problems == std::vector<std::string>{});
        REQUIRE(difference(model, store->read()) == "");
        if (looked % 10 == 0) store = storage::Store::open(path, options);
    }
}

/// The same with change sets between that take back, retract, merge and part; every earlier state is asked
/// for again at the end and on the way.
void run_reversals(std::uint64_t seed, std::uint64_t edits) {
    const Scratch scratch;
    const std::string path = scratch / "model.db";
    std::vector<Model> states(1);
    Random random(seed * 7919);
    storage::OpenOptions options;
    options.create = true;
    std::optional<storage::Store> store = storage::Store::open(path, options);
    const auto as_then = [&](std::size_t n) {
        INFO("as of change set " << n << " of " << states.size() - 1);
        const storage::Reader reader = store->read_at(ChangeSetId(static_cast<std::uint32_t>(n)));
        REQUIRE(difference(states[n], reader) == "");
    };
    std::uint64_t reversals = 0;
    while (states.back().edits < edits) {
        INFO("seed " << seed << ", change set " << states.size());
        Model model = states.back();
        storage::Writer writer = store->write("random");
        if (states.size() > 2 && random() % 2 == 0) {
            if (!random_reversal(random, states, model, writer)) continue;
            ++reversals;
        } else {
            random_change_set(seed, model, &writer, true);
        }
        writer.commit();
        states.push_back(model);
        REQUIRE(difference(model, store->read()) == "");
        if (states.size() % 10 == 0) {
            const storage::CheckReport report = storage::check(path);
            REQUIRE(report.problems == std::vector<std::string>{});
            as_then(static_cast<std::size_t>(random() % states.size()));
        }
        if (states.size() % 70 == 0) store = storage::Store::open(path, options);
    }
    REQUIRE(storage::check(path).problems == std::vector<std::string>{});
    for (std::size_t n = 0; n < states.size(); n += n + 20 < states.size() ? 5 : 1) as_then(n);
    REQUIRE(reversals > edits / 60);
}

}  // namespace

TEST_CASE("change sets are taken back, and every earlier state is told as it was") {
    const bool slow = std::getenv("ENTENTE_SLOW") != nullptr;
    for (std::uint64_t seed = 1; seed <= (slow ? 8u : 2u); ++seed) run_reversals(seed, slow ? 1000 : 400);
}

TEST_CASE("the storage holds what plain containers hold after random edits") {
    // 10,000 edits in the slow half; ENTENTE_SLOW is set there.
    const bool slow = std::getenv("ENTENTE_SLOW") != nullptr;
    for (std::uint64_t seed = 1; seed <= (slow ? 5u : 2u); ++seed) run(seed, slow ? 10000 : 1500);
}
