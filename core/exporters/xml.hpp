// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace entente::exporters {

/// Has XML 1.0 a place for every character of this text? It has none for most control characters.
bool xml_holds(std::string_view text);

/// The text with U+FFFD for what XML cannot hold.
std::string xml_spelled(std::string_view text);

/// Appends text for between tags or in a quoted attribute, so that reading gives it back exactly; what XML
/// cannot hold becomes U+FFFD.
void append_xml(std::string& out, std::string_view text);

/// Appends ` name="value"`.
void append_attribute(std::string& out, std::string_view name, std::string_view value);

}  // namespace entente::exporters
