// SPDX-License-Identifier: MIT
#include <algorithm>
#include <atomic>

#include <omp.h>

#include "core/analysis/components.hpp"

namespace entente::analysis {
namespace {

using graph::kNoVertex;
using graph::Rows;
using graph::Vertex;

using Mark = std::atomic_ref<std::uint8_t>;
constexpr std::uint32_t kTeam = 8192;  ///< fewer vertices are not worth a team of threads
constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr std::uint8_t kOpen = 1, kForward = 2, kBackward = 4;  ///< open: its component is not known yet
constexpr std::size_t kAlone = 2048;  ///< a frontier of fewer vertices is not worth a team

/// Sets `mark` at everything that `start` reaches along `ahead` through vertices that have all of
/// `through`. `behind` are the same arcs turned over. Top-down while the frontier is small, else
/// bottom-up (Beamer, Asanovic, Patterson 2012); only what is reached matters, not at which distance.
class Reach {
public:
    Reach(const Rows& ahead, const Rows& behind, std::vector<std::uint8_t>& marks, std::uint8_t through,
          std::uint8_t mark, int threads)
        : ahead_(ahead), behind_(behind), marks_(marks), through_(through), mark_(mark), threads_(threads) {}

    void from(Vertex start) {
        marks_[start] = static_cast<std::uint8_t>(marks_[start] | mark_);
        frontier_ = {start};
        while (!frontier_.empty()) {
            if (frontier_.size() > marks_.size() / 20) {
                bottom_up();
            } else {
                top_down();
            }
        }
    }

private:
    void follow(Vertex v, std::vector<Vertex>& found) {
        for (std::uint64_t arc = ahead_.begin(v); arc != ahead_.end(v); ++arc) {
            const Vertex u = ahead_.neighbours[arc];
            const Mark state(marks_[u]);
            if ((state.load(kRelaxed) & (through_ | mark_)) != through_) continue;
            if ((state.fetch_or(mark_, kRelaxed) & mark_) == 0) found.push_back(u);
        }
    }

    void top_down() {
        if (frontier_.size() < kAlone) {
            next_.clear();
            for (const Vertex v : frontier_) follow(v, next_);
            frontier_.swap(next_);
            return;
        }
        next_.clear();
#pragma omp parallel num_threads(threads_)
        {
            std::vector<Vertex> found;
#pragma omp for schedule(dynamic, 256) nowait
            for (std::size_t i = 0; i < frontier_.size(); ++i) follow(frontier_[i], found);
#pragma omp critical
            next_.insert(next_.end(), found.begin(), found.end());
        }
        frontier_.swap(next_);
    }

    /// Each vertex not reached looks for a reached one behind it. What it finds may have been reached in this
    /// very sweep, so a sweep goes further than one step; what it reached last has yet to be followed.
    void bottom_up() {
        const auto n = static_cast<Vertex>(marks_.size());
        next_.clear();
#pragma omp parallel num_threads(threads_)
        {
            std::vector<Vertex> found;
#pragma omp for schedule(dynamic, 4096) nowait
            for (Vertex v = 0; v < n; ++v) {
                if ((Mark(marks_[v]).load(kRelaxed) & (through_ | mark_)) != through_) continue;
                for (std::uint64_t arc = behind_.begin(v); arc != behind_.end(v); ++arc) {
                    if ((Mark(marks_[behind_.neighbours[arc]]).load(kRelaxed) & mark_) == 0) continue;
                    Mark(marks_[v]).fetch_or(mark_, kRelaxed);
                    found.push_back(v);
                    break;
                }
            }
#pragma omp critical
            next_.insert(next_.end(), found.begin(), found.end());
        }
        frontier_.swap(next_);
    }

    const Rows& ahead_;
    const Rows& behind_;
    std::vector<std::uint8_t>& marks_;
    std::uint8_t through_, mark_;
    int threads_;
    std::vector<Vertex> frontier_, next_;
};

/// Tarjan's algorithm over the vertices without a label, with a stack of its own.
class Tarjan {
public:
    Tarjan(const Rows& out, std::vector<Vertex>& labels)
        : out_(out), labels_(labels), number_(labels.size(), 0), low_(labels.size()) {}

    void from(Vertex root) {
        if (labels_[root] != kNoVertex) return;
        enter(root);
        while (!walk_.empty()) {
            const Vertex v = walk_.back().vertex;
            Vertex down = kNoVertex;
            std::uint32_t low = low_[v];
            for (std::uint64_t& arc = walk_.back().arc; arc != out_.end(v); ++arc) {
                const Vertex u = out_.neighbours[arc];
                if (labels_[u] != kNoVertex) continue;
                if (number_[u] == 0) {
                    down = u;  // comes back to this arc to take over its low
                    break;
                }
                low = std::min(low, low_[u]);
            }
            low_[v] = low;
            if (down != kNoVertex) {
                enter(down);
                continue;
            }
            walk_.pop_back();
            if (low == number_[v]) close(v);
        }
    }

private:
    struct Frame {
        std::uint64_t arc;
        Vertex vertex;
    };
    void enter(Vertex v) {
        number_[v] = low_[v] = ++last_;
        members_.push_back(v);
        walk_.push_back({out_.begin(v), v});
    }
    /// Everything above `root` on the stack is its component.
    void close(Vertex root) {
        auto first = members_.end();
        Vertex least = root;
        do {
            --first;
            least = std::min(least, *first);
        } while (*first != root);
        for (auto at = first; at != members_.end(); ++at) labels_[*at] = least;
        members_.erase(first, members_.end());
    }

    const Rows& out_;
    std::vector<Vertex>& labels_;
    std::vector<std::uint32_t> number_, low_;
    std::uint32_t last_ = 0;
    std::vector<Frame> walk_;
    std::vector<Vertex> members_;
};

}  // namespace

std::vector<Vertex> strong_components(const graph::Snapshot& g, int threads) {
    if (threads <= 0) threads = omp_get_max_threads();
    const std::uint32_t n = g.vertex_count();
    if (n < kTeam) threads = 1;
    const Rows& out = g.out();
    const Rows& in = g.in();
    std::vector<Vertex> labels(n, kNoVertex);
    std::vector<std::uint8_t> marks(n, 0);
    Vertex pivot = kNoVertex;
    std::uint64_t most = 0;
    for (Vertex v = 0; v < n; ++v) {
        const std::uint64_t ways = (out.end(v) - out.begin(v)) * (in.end(v) - in.begin(v));
        if (ways == 0) {
            labels[v] = v;  // nothing leads to it, or from it
            continue;
        }
        marks[v] = kOpen;
        if (ways > most) {
            most = ways;
            pivot = v;
        }
    }
    if (pivot == kNoVertex) return labels;
    Reach(out, in, marks, kOpen, kForward, threads).from(pivot);
    Reach(in, out, marks, kOpen | kForward, kBackward, threads).from(pivot);
    Vertex least = kNoVertex;
    for (Vertex v = 0; v < n; ++v) {
        if ((marks[v] & kBackward) == 0) continue;
        if (least == kNoVertex) least = v;
        labels[v] = least;
    }
    marks = {};
    Tarjan tarjan(out, labels);
    for (Vertex v = 0; v < n; ++v) tarjan.from(v);
    return labels;
}

}  // namespace entente::analysis
