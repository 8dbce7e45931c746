// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "core/error.hpp"
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
            {
                Model model = states.back();
                storage::Writer writer = file.write("random");
                if (step % 5 == 4) {
                    if (!random_reversal(random, states, model, writer)) continue;
                } else {
                    random_change_set(seed, model, &writer, true);
                }
                writer.commit();
                states.push_back(model);
                taken.push_back(exported(file.read()));
            }
            if (states.size() <= 2 || random() % 3 != 0) continue;
            // Two steps back at once, the later one first, and the bytes are those from before.
            const std::size_t last = taken.size() - 1;
            for (const std::size_t n : {last, last - 1}) {
                storage::Writer writer = file.write("undo");
                try {
                    writer.undo(ChangeSetId(static_cast<std::uint32_t>(n)));
                } catch (const Error&) {
                    break;  // it was undone before
                }
                writer.commit();
                REQUIRE(exported(file.read()) == taken[n - 1]);
                taken.push_back(taken[n - 1]);
                Model model = states[n - 1];
                model.change_sets = static_cast<std::uint32_t>(taken.size() - 1);
                model.last_actor = states.back().last_actor;
                model.last_relationship = states.back().last_relationship;
                model.last_source = states.back().last_source;
                model.undone = states.back().undone;
                model.undone[static_cast<std::uint32_t>(n)] = model.change_sets;
                states.push_back(model);
            }
        }
        for (std::size_t n = 1; n < taken.size(); ++n) {
            INFO("seed " << seed << ", as of change set " << n << " of " << taken.size() - 1);
            REQUIRE(exported(file.read_at(ChangeSetId(static_cast<std::uint32_t>(n)))) == taken[n]);
        }
    }
}
