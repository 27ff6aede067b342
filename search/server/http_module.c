/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/http.h"

MODULE_TABLE const struct http_module HTTP_TABLE = {
    .module = MODULE_INIT,
    .start = http_start,
    .address = http_address,
    .is_local = http_is_local,
    .reload = http_reload,
    .stop = http_stop,
};
