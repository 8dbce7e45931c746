// SPDX-License-Identifier: MIT
#include "cli/watch.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <sstream>
#include <thread>

using namespace entente;
using namespace entente::cli;

TEST_CASE("work of several parts is estimated as a whole") {
    std::ostringstream out, err;
    Context context{{}, "entente.db", "test", out, err, Terminal{}};
    {
        Watch watch(context, "degree, 2 periods");
        watch.divide({1, 99});
        watch.part(0);
        watch.progress.begin(10);
        watch.progress.add(10);  // the first part is done, a hundredth of all
        std::this_thread::sleep_for(std::chrono::milliseconds(2300));
        watch.part(1);
    }
    CHECK(out.str().empty());
    CHECK(err.str().find("degree, 2 periods will take about") != std::string::npos);
}

TEST_CASE("no parts, and parts of nothing, are no harm") {
    std::ostringstream out, err;
    Context context{{}, "entente.db", "test", out, err, Terminal{}};
    {
        Watch watch(context, "nothing");
        watch.divide({});
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
    }
    {
        Watch watch(context, "nothing");
        watch.divide({0, 0});
        watch.part(1);
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
    }
    CHECK(err.str().empty());
}
