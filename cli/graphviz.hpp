// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace entente::cli {

/// What a drawing is written as.
enum class Picture { dot, svg, png, pdf };

/// By the suffix, in any case: `fig.svg`. Throws Error{usage} that names the four for any other.
Picture picture_of(std::string_view path);

/// Writes DOT text to `path` in that form. DOT is written as it is; Graphviz makes the others. The
/// file appears whole or not at all; one that was there is replaced. Throws Error{io}: Graphviz is
/// missing, did not take the text, or the file cannot be written.
void write_picture(const std::string& dot, Picture picture, const std::string& path);

/// Graphviz's output for DOT text: it runs as a child, without a shell and without files.
std::string render(const std::string& dot, Picture picture);

/// Is there a Graphviz to render with?
bool can_render();

}  // namespace entente::cli
