// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace entente::cli {

/// How an actor may be named: commands that only ask also take a spelling that is nearly right, and
/// say so; commands that write never guess.
enum class Naming { exact, near };

/// The actor that a word names: `#17`, a key, or an exact name or alias in any script and case; with
/// Naming::near also the one actor that a spelling clearly means, announced on `err`.
/// Throws Error{unknown_name} with the nearest names, Error{ambiguous_name} with the candidates.
ActorId find_actor(Context& context, const storage::Reader& reader, std::string_view word,
                   Naming naming);

/// What a list says of an actor that it names a second time.
enum class Repeats { drop, refuse };

/// The same, and `@FILE` stands for the actors that the file's lines name (empty lines do not count).
/// In the order of the words, each actor once; with Repeats::refuse a second mention throws Error{usage},
/// in a file at its line. What is wrong with a line is said at FILE:LINE.
std::vector<ActorId> find_actors(Context& context, const storage::Reader& reader,
                                 const std::vector<std::string>& words, Naming naming,
                                 Repeats repeats = Repeats::drop);

/// Is the word of the form `@FILE`?
bool is_list(std::string_view word);

/// "Ilham Aliyev (#1, aliyev)": an actor as messages name it, controls escaped.
std::string describe(const storage::Reader& reader, ActorId id);

/// A relationship named `r17`; throws Error{unknown_name} when there is none, Error{usage} when the
/// word is no handle.
RelationshipId find_relationship(const storage::Reader& reader, std::string_view word);
/// Is the word of the form `r17`?
bool is_relationship_handle(std::string_view word);

}  // namespace entente::cli
