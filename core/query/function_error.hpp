// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "core/error.hpp"

namespace entente::query {

/// What a function or an operator has against its arguments, in the words from which a query's
/// error names are made.
enum class Fault : std::uint8_t {
    argument_type,     ///< a value of a kind that the function does not take
    argument_value,    ///< the right kind, but text that cannot be read, or no such day, unit or zone
    out_of_range,      ///< a number outside of what the function takes
    overflow,          ///< the result does not fit
    division_by_zero,
    limit              ///< the work would take more time or room than it is given
};

/// Thrown by everything in this room that computes with values. Its kind is `syntax` for text that
/// cannot be read and `type` for all else; the place is the query's to add.
class FunctionError : public Error {
public:
    FunctionError(Fault fault, const std::string& text, std::string advice = {})
        : Error(fault == Fault::argument_value ? ErrorKind::syntax : ErrorKind::type, text,
                std::move(advice)),
          fault_(fault) {}
    [[nodiscard]] Fault fault() const noexcept { return fault_; }

private:
    Fault fault_;
};

}  // namespace entente::query
