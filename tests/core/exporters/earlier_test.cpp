// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "core/exporters/json.hpp"
#include "core/exporters/stored_network.hpp"
#include "core/storage/store.hpp"
#include "tests/core/storage/model.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::tests;

namespace {

std::string exported(const storage::Reader& reader) {
    std::ostringstream out;
    exporters::write_json(exporters::network_of(reader), out);
    return out.str();
}

}  // namespace

TEST_CASE("an export of an earlier time has the bytes of the export taken then; undoing gives them again") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        const Scratch scratch;
        storage::OpenOptions options;
        options.create = true;
        storage::Store file = storage::Store::open(scratch / "earlier.db", options);
        std::vector<std::string> taken(1);
        std::vector<Model> states(1);
        Random random(seed);
        for (int step = 0; step < 40; ++step) {
            INFO("seed " << seed << ", step " << step);
            Model model = states.back();
            storage::Writer writer = file.write("random");
            if (step % 3 == 2) {
                if (!random_reversal(random, states, model, writer)) continue;
            } else {
                random_change_set(seed, model, &writer, true);
            }
            writer.commit();
            taken.push_back(exported(file.read()));
            const std::uint32_t now = model.change_sets;
            if (model.undoes.contains(now) && model.undoes.at(now) == now - 1) REQUIRE(taken[now] == taken[now - 2]);
            states.push_back(std::move(model));
        }
        // All the way back, the latest first: each time the bytes from before.
        const auto last = static_cast<std::uint32_t>(taken.size() - 1);
        std::uint64_t undone = 0;
        for (std::uint32_t n = last; n > last - 20; --n) {
            INFO("seed " << seed << ", undoing " << n << " of " << last);
            if (states.back().undone.contains(n) || states.back().undoes.contains(n)) break;
            storage::Writer writer = file.write("undo");
            writer.undo(ChangeSetId(n));
            writer.commit();
            ++undone;
            taken.push_back(exported(file.read()));
            REQUIRE(taken.back() == taken[n - 1]);
        }
        REQUIRE(undone != 0);
        for (std::size_t n = 1; n < taken.size(); ++n) {
            INFO("seed " << seed << ", as of change set " << n << " of " << taken.size() - 1);
            REQUIRE(exported(file.read_at(ChangeSetId(static_cast<std::uint32_t>(n)))) == taken[n]);
        }
    }
}
