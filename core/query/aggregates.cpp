// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "core/query/arithmetic.hpp"
#include "core/query/compare.hpp"
#include "core/query/context.hpp"
#include "core/query/function_error.hpp"
#include "core/query/functions.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

class Count final : public Accumulator {
public:
    void add(const Call& c) override {
        if (!c[0].is_null()) ++count_;
    }
    void merge(Accumulator& later) override { count_ += static_cast<Count&>(later).count_; }
    Datum result() override { return Datum(count_); }

private:
    std::int64_t count_ = 0;
};

class Sum : public Accumulator {
public:
    /// `exact`: whole numbers whose sum does not fit are an error, not a real number.
    explicit Sum(bool exact = true) : exact_(exact) {}
    void add(const Call& c) override {
        if (c[0].is_null()) return;
        if (!c[0].is_number() && c[0].kind() != Kind::duration) c.wrong(0, "a number or a duration");
        ++count_;
        at_ = c.at;
        if (c[0].kind() == Kind::real) {
            add_real(c[0].real());
        } else {
            add_whole(c[0]);
        }
    }
    void merge(Accumulator& later) override {
        Sum& other = static_cast<Sum&>(later);
        if (other.count_ == 0) return;
        count_ += other.count_;
        at_ = other.at_;
        if (other.any_real_) {
            add_real(other.real_);
            add_real(-other.lost_);
        }
        if (!other.whole_.is_null()) add_whole(other.whole_);
    }
    Datum result() override {
        if (!any_real_) return whole_.is_null() ? Datum(0) : whole_;
        return Datum(real_ + (whole_.is_number() ? whole_.number() : 0));
    }

protected:
    std::int64_t count_ = 0;

private:
    /// Kahan's correction keeps long sums of money true.
    void add_real(double more) {
        const double y = more - lost_;
        const double t = real_ + y;
        lost_ = (t - real_) - y;
        real_ = t;
        any_real_ = true;
    }
    void add_whole(const Datum& more) {
        std::int64_t sum = 0;
        if (whole_.is_null()) {
            whole_ = more;
        } else if (!exact_ && whole_.kind() == Kind::integer && more.kind() == Kind::integer &&
                   __builtin_add_overflow(whole_.integer(), more.integer(), &sum)) {
            add_real(whole_.number());
            whole_ = more;
        } else {
            whole_ = arithmetic(Op::add, whole_, more, at_);
        }
    }
    bool exact_;
    Datum whole_;
    double real_ = 0, lost_ = 0;
    bool any_real_ = false;
    Offset at_ = kNowhere;
};

class Average final : public Sum {
public:
    Average() : Sum(false) {}
    Datum result() override {
        if (count_ == 0) return {};
        const Datum sum = Sum::result();
        if (sum.kind() == Kind::duration) return arithmetic(Op::divide, sum, Datum(count_), kNowhere);
        return Datum(sum.number() / static_cast<double>(count_));
    }
};

template <bool Least>
class Extreme final : public Accumulator {
public:
    void add(const Call& c) override {
        if (c[0].is_null()) return;
        take(c[0]);
    }
    void merge(Accumulator& later) override {
        const Datum& other = static_cast<Extreme&>(later).best_;
        if (!other.is_null()) take(other);
    }
    Datum result() override { return best_; }

private:
    void take(const Datum& d) {
        if (best_.is_null() || (Least ? order(d, best_) < 0 : order(d, best_) > 0)) best_ = d;
    }
    Datum best_;
};

class Collect final : public Accumulator {
public:
    void add(const Call& c) override {
        if (c[0].is_null()) return;
        bytes_ += c[0].bytes();
        all_.push_back(c[0]);
    }
    void merge(Accumulator& later) override {
        Collect& other = static_cast<Collect&>(later);
        bytes_ += other.bytes_;
        for (Datum& d : other.all_) all_.push_back(std::move(d));
    }
    Datum result() override { return Datum(std::move(all_)); }
    std::size_t bytes() const override { return bytes_; }

private:
    Datums all_;
    std::size_t bytes_ = 0;
};

/// Mean and sum of squared distances in one pass (Welford 1962), put together as Chan, Golub and LeVeque do (1979).
template <bool Population>
class Deviation final : public Accumulator {
public:
    void add(const Call& c) override {
        if (c[0].is_null()) return;
        if (!c[0].is_number()) c.wrong(0, "a number");
        ++count_;
        const double d = c[0].number() - mean_;
        mean_ += d / static_cast<double>(count_);
        squares_ += d * (c[0].number() - mean_);
    }
    void merge(Accumulator& later) override {
        const Deviation& other = static_cast<Deviation&>(later);
        if (other.count_ == 0) return;
        const auto own = static_cast<double>(count_), more = static_cast<double>(other.count_);
        const double d = other.mean_ - mean_;
        count_ += other.count_;
        mean_ += d * more / (own + more);
        squares_ += other.squares_ + d * d * own * more / (own + more);
    }
    Datum result() override {
        const std::int64_t n = Population ? count_ : count_ - 1;
        return Datum(n <= 0 ? 0.0 : std::sqrt(squares_ / static_cast<double>(n)));
    }

private:
    std::int64_t count_ = 0;
    double mean_ = 0, squares_ = 0;
};

template <bool Continuous>
class Percentile final : public Accumulator {
public:
    void add(const Call& c) override {
        if (!c[1].is_number()) {
            if (c[1].is_null()) return;
            c.wrong(1, "a number");
        }
        share_ = c[1].number();
        if (!(share_ >= 0 && share_ <= 1)) {
            throw Failure(fault::argument("NumberOutOfRange"), c.at, "a percentile lies between 0 and 1");
        }
        if (c[0].is_null()) return;
        if (!c[0].is_number()) c.wrong(0, "a number");
        all_.push_back(c[0]);
    }
    void merge(Accumulator& later) override {
        Percentile& other = static_cast<Percentile&>(later);
        if (other.all_.empty()) return;
        share_ = other.share_;
        all_.insert(all_.end(), other.all_.begin(), other.all_.end());
    }
    Datum result() override {
        if (all_.empty()) return {};
        std::sort(all_.begin(), all_.end(), [](const Datum& a, const Datum& b) { return order(a, b) < 0; });
        const double last = static_cast<double>(all_.size() - 1);
        if (!Continuous) {
            const double rank = std::ceil(share_ * static_cast<double>(all_.size())) - 1;
            return all_[static_cast<std::size_t>(std::clamp(rank, 0.0, last))];
        }
        const double place = share_ * last;
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min(below + 1, all_.size() - 1);
        const double part = place - static_cast<double>(below);
        return Datum(all_[below].number() * (1 - part) + all_[above].number() * part);
    }
    std::size_t bytes() const override { return all_.size() * sizeof(Datum); }

private:
    Datums all_;
    double share_ = 0;
};

template <class A>
std::unique_ptr<Accumulator> make() {
    return std::make_unique<A>();
}

constexpr Aggregate kAggregates[] = {
    {"count", 1, kind::kInteger, make<Count>, "count(value), count(*), count(DISTINCT value)"},
    {"sum", 1, kind::kNumber | kind::kTemporal, make<Sum>, "sum(number|duration)"},
    {"avg", 1, kind::kNumber | kind::kTemporal, make<Average>, "avg(number|duration)"},
    {"min", 1, kind::kAny, make<Extreme<true>>, "min(value)"},
    {"max", 1, kind::kAny, make<Extreme<false>>, "max(value)"},
    {"collect", 1, kind::kList, make<Collect>, "collect(value): a list"},
    {"stDev", 1, kind::kReal, make<Deviation<false>>, "stDev(number): of a sample"},
    {"stDevP", 1, kind::kReal, make<Deviation<true>>, "stDevP(number): of a population"},
    {"percentileDisc", 2, kind::kNumber, make<Percentile<false>>, "percentileDisc(number, share)"},
    {"percentileCont", 2, kind::kReal, make<Percentile<true>>, "percentileCont(number, share)"},
};

}  // namespace

std::span<const Aggregate> aggregates() { return kAggregates; }

}  // namespace entente::query
