// SPDX-License-Identifier: MIT
#include "importers/importers.hpp"
