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

}  // namespace

TEST_CASE("the storage holds what plain containers hold after random edits") {
    // 10,000 edits in the slow half; ENTENTE_SLOW is set there.
    const bool slow = std::getenv("ENTENTE_SLOW") != nullptr;
    for (std::uint64_t seed = 1; seed <= (slow ? 5u : 2u); ++seed) run(seed, slow ? 10000 : 1500);
}
