// SPDX-License-Identifier: MIT
//
// Times kernels over the graph of a database and prints the median milliseconds of each.
//
//   bench_kernels DATABASE KERNEL... [--runs N] [--threads N] [--direction any|out|in]
//
// The graph is loaded and brought into the form that the kernel takes before the clock starts. Without a
// kernel the names are listed.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/analysis/betweenness.hpp"
#include "core/analysis/breadth_first.hpp"
#include "core/analysis/bridges.hpp"
#include "core/analysis/closeness.hpp"
#include "core/analysis/brokerage.hpp"
#include "core/analysis/clustering.hpp"
#include "core/analysis/communities.hpp"
#include "core/analysis/components.hpp"
#include "core/analysis/core_number.hpp"
#include "core/analysis/diameter.hpp"
#include "core/analysis/many_sources.hpp"
#include "core/analysis/modularity.hpp"
#include "core/analysis/pagerank.hpp"
#include "core/analysis/path_lengths.hpp"
#include "core/analysis/sampled_betweenness.hpp"
#include "core/analysis/structural_holes.hpp"
#include "core/analysis/triangles.hpp"
#include "core/database.hpp"
#include "core/graph/load.hpp"
#include "core/graph/simple.hpp"

namespace {

using namespace entente;

/// What a kernel may ask for; made on first use.
struct Work {
    graph::Snapshot graph;
    graph::Direction direction = graph::Direction::any;
    int threads = 0;
    std::optional<graph::Simple> plain;
    std::function<graph::Snapshot()> load;  ///< the graph once more from the file
    std::optional<analysis::Walk> walk;     ///< along the ties

    const graph::Simple& simple() {
        if (!plain) plain.emplace(graph, direction, graph::SimpleOptions{.threads = threads});
        return *plain;
    }
};

std::string find_communities(Work& w, analysis::CommunityMethod method) {
    analysis::CommunityOptions options;
    options.method = method;
    options.threads = w.threads;
    const analysis::Groups groups = analysis::communities(w.simple(), options);
    return fmt::format("{} communities, modularity {:.6g}", groups.count(), analysis::modularity(w.simple(), groups));
}

std::string highest(const std::vector<double>& scores) {
    return fmt::format("at most {:.9g}", scores.empty() ? 0 : *std::max_element(scores.begin(), scores.end()));
}

/// Does the work once and says a word about the result, so that nothing is left out as unused.
using Kernel = std::function<std::string(Work&)>;

const std::map<std::string, Kernel>& kernels() {
    static const std::map<std::string, Kernel> all = {
        {"load", [](Work& w) { return fmt::format("{} arcs", w.load().arc_count()); }},
        {"pagerank",
         [](Work& w) {
             if (!w.walk) w.walk.emplace(w.graph, graph::Direction::out, nullptr, graph::Parallel::count, w.threads);
             analysis::PagerankOptions options;
             options.threads = w.threads;
             return highest(analysis::pagerank(*w.walk, options));
         }},
        {"core-numbers",
         [](Work& w) {
             const auto cores = analysis::core_numbers(w.simple(), w.threads);
             return fmt::format("at most {}", cores.empty() ? 0 : *std::max_element(cores.begin(), cores.end()));
         }},
        {"simple",
         [](Work& w) {
             w.plain.reset();
             return fmt::format("{} links", w.simple().link_count());
         }},
        {"breadth-first",
         [](Work& w) {
             const auto steps = analysis::breadth_first(w.simple(), 17, w.threads);
             const auto unreached = std::count(steps.begin(), steps.end(), analysis::kUnreached);
             return fmt::format("{} reached", static_cast<std::ptrdiff_t>(steps.size()) - unreached);
         }},
        {"reach",
         [](Work& w) {
             const auto reach = analysis::reach_from_all(w.simple().out(), w.simple().in(), w.threads);
             double sum = 0;
             for (const auto& one : reach) sum += one.harmonic;
             return fmt::format("harmonic sum {:.6g}", sum);
         }},
        {"betweenness",
         [](Work& w) { return highest(analysis::betweenness(w.simple(), {.threads = w.threads})); }},
        {"edge-betweenness",
         [](Work& w) { return highest(analysis::link_betweenness(w.simple(), {.threads = w.threads})); }},
        {"betweenness-sampled",
         [](Work& w) {
             analysis::SampledBetweennessOptions options;
             options.threads = w.threads;
             const auto found = analysis::sampled_betweenness(w.simple(), options);
             return fmt::format("{}, {} of {} paths", highest(found.scores), found.samples, found.most);
         }},
        {"closeness", [](Work& w) { return highest(analysis::closeness(w.simple(), {.threads = w.threads})); }},
        {"harmonic", [](Work& w) { return highest(analysis::harmonic(w.simple(), {.threads = w.threads})); }},
        {"eccentricity", [](Work& w) { return highest(analysis::eccentricity(w.simple(), {.threads = w.threads})); }},
        {"diameter",
         [](Work& w) {
             const auto found = analysis::diameter(w.simple(), w.threads);
             return fmt::format("{} steps among {}, {} searches", found.steps, found.vertices, found.searches);
         }},
        {"path-lengths",
         [](Work& w) {
             const auto found = analysis::path_lengths(w.simple(), {.threads = w.threads});
             return fmt::format("{:.6g} +- {:.2g} from {}", found.mean, found.standard_error, found.sources);
         }},
        {"weak-components",
         [](Work& w) {
             const auto labels = analysis::weak_components(w.graph, w.threads);
             return fmt::format("the last actor is with {}", labels.empty() ? 0 : labels.back());
         }},
        {"strong-components",
         [](Work& w) {
             const auto labels = analysis::strong_components(w.graph, w.threads);
             return fmt::format("the last actor is with {}", labels.empty() ? 0 : labels.back());
         }},
        {"biconnected-components",
         [](Work& w) { return fmt::format("{}", analysis::biconnected_components(w.simple().out()).count()); }},
        {"bridges",
         [](Work& w) {
             const analysis::Cuts cuts(w.simple().out());
             return fmt::format("{} bridges, {} articulation points", cuts.bridges().size(), cuts.articulation_points().size());
         }},
        {"triangles",
         [](Work& w) {
             std::uint64_t corners = 0;
             for (const std::uint64_t one : analysis::triangles(w.simple().out(), w.threads)) corners += one;
             return fmt::format("{} triangles", corners / 3);
         }},
        {"clustering",
         [](Work& w) {
             double sum = 0;
             for (const double one : analysis::clustering(w.graph, w.direction, {nullptr, w.threads, nullptr})) sum += one;
             return fmt::format("mean {:.6g}", sum / w.graph.vertex_count());
         }},
        {"constraint",
         [](Work& w) {
             const auto found = analysis::constraint(w.graph, w.direction, {nullptr, w.threads, nullptr});
             return fmt::format("of the first {:.6g}", found.empty() ? 0 : found.front());
         }},
        {"effective-size",
         [](Work& w) {
             const auto found = analysis::effective_size(w.graph, w.direction, {nullptr, w.threads, nullptr});
             return fmt::format("of the first {:.6g}", found.empty() ? 0 : found.front());
         }},
        {"brokerage",
         [](Work& w) {
             std::vector<std::uint32_t> groups(w.graph.vertex_count());
             for (std::uint32_t v = 0; v < groups.size(); ++v) groups[v] = v % 10;
             std::uint64_t pairs = 0;
             for (const auto& one : analysis::brokerage(w.simple(), groups, w.threads)) pairs += one.total();
             return fmt::format("{} pairs brought together", pairs);
         }},
        {"louvain", [](Work& w) { return find_communities(w, analysis::CommunityMethod::louvain); }},
        {"leiden", [](Work& w) { return find_communities(w, analysis::CommunityMethod::leiden); }},
        {"label-propagation", [](Work& w) { return find_communities(w, analysis::CommunityMethod::label_propagation); }},
    };
    return all;
}

int list() {
    std::cerr << "bench_kernels DATABASE KERNEL... [--runs N] [--threads N] [--direction any|out|in]\n";
    for (const auto& [name, kernel] : kernels()) std::cerr << "  " << name << '\n';
    return 2;
}

}  // namespace

int main(int argc, char** argv) try {
    std::vector<std::string> words;
    std::map<std::string, std::string> options{{"--runs", "5"}, {"--threads", "0"}, {"--direction", "any"}};
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (!word.starts_with("--")) {
            words.push_back(word);
        } else if (!options.contains(word) || ++i == argc) {
            return list();
        } else {
            options[word] = argv[i];
        }
    }
    if (words.size() < 2) return list();
    Work work;
    work.threads = std::atoi(options["--threads"].c_str());
    const std::string direction = options["--direction"];
    work.direction = direction == "out"  ? graph::Direction::out
                     : direction == "in" ? graph::Direction::in
                                         : graph::Direction::any;
    {
        work.load = [&] {
            const Database database = Database::open(words[0]);
            const storage::Reader reader = database.read();
            return graph::load(reader, {}, work.threads).graph;
        };
        work.graph = work.load();
    }
    for (std::size_t k = 1; k < words.size(); ++k) {
        const auto at = kernels().find(words[k]);
        if (at == kernels().end()) return list();
        work.simple();
        std::vector<double> times;
        std::string result;
        for (int run = 0; run < std::max(std::atoi(options["--runs"].c_str()), 1); ++run) {
            const auto start = std::chrono::steady_clock::now();
            result = at->second(work);
            times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        }
        std::sort(times.begin(), times.end());
        std::cout << fmt::format("{:<20} {:>12.2f} ms  (least {:.2f})  {}\n", words[k], times[times.size() / 2],
                                 times.front(), result)
                  << std::flush;
    }
    return 0;
} catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
