// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/graph/selection.hpp"
#include "core/graph/snapshot.hpp"
#include "core/query/context.hpp"
#include "core/storage/currency_of.hpp"

namespace entente::query {

/// What a procedure has against an argument, or against one option of a map that is one.
class CallFailure : public Failure {
public:
    CallFailure(const std::string& text, std::string option = {}, std::string advice = {})
        : Failure(fault::argument("InvalidArgumentValue"), kNowhere, text, std::move(advice)), option_(std::move(option)) {}
    /// Which option; empty: none in particular.
    [[nodiscard]] const std::string& option() const noexcept { return option_; }

private:
    std::string option_;
};

/// The options of a procedure, a map that may be left out. Each is taken once, by the kind that it has to
/// be of; null is as good as none. Everything throws CallFailure.
class CallOptions {
public:
    /// The argument at `place`. The context must outlive it.
    CallOptions(const Context& context, const Datums& arguments, std::size_t place);
    /// A map within the options.
    CallOptions(const Context& context, DatumMap options) : context_(&context), left_(std::move(options)) {}

    std::optional<double> number(const char* name, double least, double most);
    std::optional<std::uint64_t> whole(const char* name, std::uint64_t least, std::uint64_t most);
    bool flag(const char* name);
    std::optional<std::string> text(const char* name);
    /// One of these words, the first unless told: its place.
    std::size_t choice(const char* name, std::initializer_list<const char*> words);
    /// A text or a list of texts.
    std::vector<std::string> texts(const char* name);
    std::optional<Date> date(const char* name);
    /// Actors, or texts that name them, one or a list.
    std::vector<ActorId> actors(const char* name);
    /// A property that relationships are weighed by.
    std::optional<PropertyId> property(const char* name);

    /// The options that every analysis takes, as the command line has them. `around` and `hops` are left to
    /// searches, which begin somewhere anyway.
    graph::Selection selection(bool surroundings = true);
    std::optional<graph::Direction> direction();

    /// Throws when an option is left that nobody has taken.
    void done() const;

private:
    Datum take(const char* name);
    [[noreturn]] static void refuse(const char* name, const char* wanted, const Datum& given);
    template <class Type>
    std::vector<Type> types(const char* name);
    std::vector<SourceId> sources(const char* name);

    const Context* context_;
    DatumMap left_;
    std::vector<std::string> known_;
};

/// The actor that an argument is or names: `#17`, a key, or the name of one actor alone.
ActorId named_actor(const storage::Reader& reader, const Datum& given, const std::string& option = {});

/// The currency of what relationships are weighed by: amounts of money in several do not add up.
class OneCurrency {
public:
    /// The one that the option `currency` chose, if it did; the reader must outlive it.
    OneCurrency(const storage::Reader& reader, PropertyId property, const char* option, std::optional<std::string> chosen);
    /// Is the number of that relationship in another currency than the one chosen? Throws CallFailure when none was
    /// chosen, the property is money (see is_money()) and this is a second currency.
    bool other(RelationshipId id);

private:
    storage::CurrencyOf of_;
    std::string property_;
    const char* option_;
    std::optional<std::string> chosen_, met_;
};
/// Throws CallFailure for the option `currency` without a property that it could be of.
void refuse_idle_currency(const std::optional<std::string>& currency, bool property);

/// What relationships are weighed by: numbers by relationship number, NaN where there is none.
class Weights {
public:
    /// Nothing for no property. `option`, strength, cost or sum, says what is demanded of the numbers.
    Weights(const storage::Reader& reader, std::optional<PropertyId> property, const char* option,
            const std::optional<std::string>& currency);
    /// Leaves out those in another currency than the one chosen. Throws CallFailure when a relationship of the graph
    /// has a strength that is not above zero, a cost below it, or money in a second currency.
    void check(const graph::Snapshot& g);
    [[nodiscard]] const std::vector<double>* get() const { return numbers_ ? &*numbers_ : nullptr; }

private:
    std::optional<std::vector<double>> numbers_;
    std::optional<OneCurrency> currency_;
    const char* option_;
    bool zero_ = false, any_ = false;
};

}  // namespace entente::query
