// SPDX-License-Identifier: MIT
#pragma once

/// The front door: a program that embeds Entente includes this header and no other.

#include "core/error.hpp"
#include "core/model/actor.hpp"
#include "core/model/batch.hpp"
#include "core/model/change_set.hpp"
#include "core/model/relationship.hpp"
#include "core/model/source.hpp"
#include "core/model/table.hpp"
#include "core/query/run.hpp"
#include "core/query/standard_procedures.hpp"
#include "core/storage/check.hpp"
#include "core/storage/loader.hpp"
#include "core/storage/store.hpp"

namespace entente {

using Database = storage::Store;

}  // namespace entente
