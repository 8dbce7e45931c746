// SPDX-License-Identifier: MIT
#include "core/model/value.hpp"
