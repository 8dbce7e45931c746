// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente::exporters {

// Text from data on its way into a document. The data may be anything: control characters, broken
// UTF-8, markup, a right-to-left name. None of it may end a quotation or change what stands beside
// it.

/// The text as one line of valid UTF-8: line ends and tabs become a space, other control characters
/// are shown as `\x07`, bytes that are no UTF-8 and characters that XML has no place for become
/// U+FFFD, marks that override the writing direction are left out, and a text with right-to-left
/// letters is isolated (U+2068, U+2069) so that its surroundings keep their order. At most `most`
/// characters, the last one then an ellipsis.
std::string one_line(std::string_view text, std::size_t most);

/// Breaks one line at spaces into lines of at most `width` characters where words allow; a longer
/// word stands alone. At most `most` lines, the last one then ends with an ellipsis. Never empty.
std::vector<std::string> wrap(std::string_view line, std::size_t width, std::size_t most);

/// Number of characters (code points) of valid UTF-8.
std::size_t length(std::string_view text);

/// A quoted DOT string for a label: Graphviz shows exactly this text. A line feed in it becomes a
/// line break. REQUIRES: no other control characters (one_line() removes them).
std::string dot_string(std::string_view text);

/// The same for a tooltip. Releases of Graphviz differ in how often they read its escapes: a
/// backslash becomes U+2216, which looks the same.
std::string dot_tooltip(std::string_view text);

/// Text in one of Graphviz's HTML-like labels, in which it reads backslashes too. Never empty, for
/// which those labels have no place.
std::string dot_html(std::string_view text);

/// Text between tags or in a quoted attribute of XML or HTML. A line feed in it becomes `&#10;`.
std::string xml_text(std::string_view text);

/// The address if it is one that a picture may link to: http or https with a host. Whatever does
/// not belong into an address is percent-encoded; the result needs no further escaping in DOT and
/// only `&` in XML. std::nullopt for every other scheme (`javascript:` among them) and over 2,000
/// bytes.
std::optional<std::string> web_address(std::string_view text);

}  // namespace entente::exporters
