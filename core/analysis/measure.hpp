// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/progress.hpp"
#include "core/graph/simple.hpp"
#include "core/graph/snapshot.hpp"

namespace entente::analysis {

/// Sampling instead of an exact answer: every score within `epsilon` with probability 1 - delta.
struct Approximation {
    double epsilon = 0.01;
    double delta = 0.1;
};

/// What a measure is asked: the graph and how to read it.
struct Question {
    const graph::Snapshot* graph = nullptr;
    graph::Direction direction = graph::Direction::any;
    const std::vector<double>* strength = nullptr;  ///< by relationship number, NaN: left out; at most
    const std::vector<double>* cost = nullptr;      ///< one of the two
    bool raw = false;                               ///< betweenness, closeness ... without normalisation
    std::optional<Approximation> approximation;
    std::vector<graph::Vertex> restart;  ///< of PageRank; empty: everywhere
    std::optional<double> alpha;         ///< of Katz and PageRank; else the default of each
    std::uint64_t seed = 1;              ///< of what samples
    int threads = 0;                     ///< 0: all there are; never changes an answer
    Progress* progress = nullptr;        ///< may be null
};

/// A number for each vertex.
struct Scores {
    std::string name;  ///< of the column
    std::vector<double> of;
    bool whole = false;  ///< integers
    /// Two of them that differ by less than this part of the larger one are equal: the same sum, added up in
    /// another order, ends in other digits.
    double noise = 1e-9;
};

/// What a strength or a length may be, 0 and numbers that are only summed aside: beyond it products of two of them
/// overflow, or leave nothing.
inline constexpr double kLeastWeight = 1e-100, kMostWeight = 1e100;

/// What a measure makes of `--strength` and `--cost`.
enum class Weighting : std::uint8_t { none, strength, either };

/// What a measure reads of a snapshot when nothing weighs the ties.
enum class Reads : std::uint8_t {
    ties,   ///< ids and types too
    arcs,   ///< neighbours alone along a direction; in either direction, ties
    links   ///< neighbours alone
};

/// A centrality, as `centrality`, `draw --size`, `compare` and the query language know it.
struct Measure {
    std::string_view name;     ///< one word, NetworkX's with hyphens
    std::string_view reading;  ///< what it says, in some words
    std::string_view formula;  ///< the definition for the help, with NetworkX's name
    graph::Direction direction = graph::Direction::any;  ///< unless told otherwise
    bool fixed_direction = false;                        ///< never told otherwise: in-degree
    Weighting weighting = Weighting::none;
    bool sampled = false;     ///< knows `approximation`
    bool normalised = false;  ///< knows `raw`
    bool restarts = false;    ///< knows `restart`
    bool damped = false;      ///< knows `alpha`
    Reads reads = Reads::ties;
    /// At least one column; the first is what a ranking goes by.
    std::vector<Scores> (*compute)(const Question&) = nullptr;
};

/// All of them, in the order of the help.
std::span<const Measure> measures();
/// By its name, any case, `_` as `-`; null when there is none.
const Measure* find_measure(std::string_view name);

/// Measures of pairs of neighbours instead of actors. Their columns have a row for each pair: the numbers of its
/// vertices, `from` and `to` (without direction the lower one first), and the score.
std::span<const Measure> pair_measures();
/// As find_measure().
const Measure* find_pair_measure(std::string_view name);

}  // namespace entente::analysis
