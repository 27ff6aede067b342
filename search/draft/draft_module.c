/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/draft/draft.h"

MODULE_TABLE const struct draft_module DRAFT_TABLE = { MODULE_INIT, draft_read };
