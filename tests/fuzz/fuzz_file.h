/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For fuzz targets of what is opened by name: the input as a file in a folder of its own, in TMPDIR
 * (a tmpfs is best), which goes with the process. */
#ifndef DAFU_FUZZ_FILE_H
#define DAFU_FUZZ_FILE_H

#undef NDEBUG /* the checks are the point */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char fuzz_folder[4096], fuzz_path[4200];

static inline void fuzz_remove(void)
{
    unlink(fuzz_path);
    rmdir(fuzz_folder);
}

static inline const char *fuzz_file(const char *name, const uint8_t *data, size_t size)
{
    const char *folder = getenv("TMPDIR");
    if (!fuzz_folder[0]) {
        snprintf(fuzz_folder, sizeof(fuzz_folder), "%s/fuzz-XXXXXX", folder ? folder : "/tmp");
        assert(mkdtemp(fuzz_folder));
        snprintf(fuzz_path, sizeof(fuzz_path), "%s/%s", fuzz_folder, name);
        atexit(fuzz_remove);
    }
    FILE *file = fopen(fuzz_path, "wb");
    assert(file && fwrite(data, 1, size, file) == size);
    assert(fclose(file) == 0);
    return fuzz_path;
}

#endif
