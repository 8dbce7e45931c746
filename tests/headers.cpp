// SPDX-License-Identifier: MIT
// The headers that tests precompile need a source to belong to.
