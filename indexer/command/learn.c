#include "indexer/command/command.h"
const struct command LEARN_COMMAND = { .name = "learn", .operands = "", .summary = "" };
