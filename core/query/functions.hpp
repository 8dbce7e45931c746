// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/datum.hpp"
#include "core/query/failure.hpp"
#include "core/query/types.hpp"

namespace entente::query {

class Context;

/// A call as a function sees it.
struct Call {
    Context& context;
    std::span<const Datum> arguments;
    Offset at;
    [[nodiscard]] const Datum& operator[](std::size_t i) const { return arguments[i]; }
    [[nodiscard]] std::size_t size() const { return arguments.size(); }
    /// Ends in TypeError at runtime, InvalidArgumentValue, with what was wanted.
    [[noreturn]] void wrong(std::size_t argument, const char* wanted) const;
    /// An argument that must be a string, or an integer; ends like wrong() when it is not.
    [[nodiscard]] const std::string& text(std::size_t argument) const;
    [[nodiscard]] std::int64_t integer(std::size_t argument) const;
};

/// A built-in function. A null argument makes the answer null without a call unless `takes_null`.
struct Function {
    std::string_view name;          ///< as the handbook writes it; found in any case
    std::size_t least = 1, most = 1;
    Kinds arguments = kind::kAny;   ///< of the first argument; others are checked when it runs
    Kinds answer = kind::kAny;
    Datum (*run)(const Call&) = nullptr;
    bool takes_null = false;
    std::string_view line;          ///< for help and completion: `size(list|string)` ...
};

/// By name in any case, with its dots; null when there is none.
const Function* find_function(std::string_view name);
/// All of them, by name.
std::vector<const Function*> functions();

// The families, one file each.
std::span<const Function> graph_functions();
std::span<const Function> list_functions();
std::span<const Function> number_functions();
std::span<const Function> text_functions();
std::span<const Function> conversion_functions();
std::span<const Function> temporal_functions();

/// What an aggregate gathers within one group.
class Accumulator {
public:
    virtual ~Accumulator() = default;
    virtual void add(const Call& call) = 0;  ///< called for each row; the first argument may be null
    /// Takes in what another one of the same kind gathered from later rows. Bytes of it are counted here then.
    virtual void merge(Accumulator& later) = 0;
    [[nodiscard]] virtual Datum result() = 0;
    /// Bytes held beyond the object itself.
    [[nodiscard]] virtual std::size_t bytes() const { return 0; }
};

struct Aggregate {
    std::string_view name;
    std::size_t arguments = 1;
    Kinds answer = kind::kAny;
    std::unique_ptr<Accumulator> (*make)() = nullptr;
    std::string_view line;
};
const Aggregate* find_aggregate(std::string_view name);
std::span<const Aggregate> aggregates();

}  // namespace entente::query
