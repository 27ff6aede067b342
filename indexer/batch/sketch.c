/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch/sketch.h"

#define BINS (SKETCH_BANDS * SKETCH_ROWS)
#define BIN_SHIFT (64 - 5)
_Static_assert(BINS == 1 << (64 - BIN_SHIFT), "the highest bits of a hash choose its bin");

static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31);
}

/* An empty bin takes its right neighbour's minimum, and remembers how far away that was. */
static uint64_t bin_value(const uint64_t minima[BINS], size_t bin)
{
    for (size_t distance = 0; distance < BINS; distance++) {
        uint64_t minimum = minima[(bin + distance) % BINS];
        if (minimum != UINT64_MAX)
            return minimum + distance * 0x9E3779B97F4A7C15U;
    }
    return 0;
}

void sketch_of_shingles(const uint64_t *shingles, size_t count, struct sketch *out)
{
    uint64_t minima[BINS];
    for (size_t i = 0; i < BINS; i++)
        minima[i] = UINT64_MAX;
    for (size_t i = 0; i < count; i++) {
        uint64_t hash = mix(shingles[i]);
        uint64_t *minimum = &minima[hash >> BIN_SHIFT];
        *minimum = hash < *minimum ? hash : *minimum;
    }
    for (size_t band = 0; band < SKETCH_BANDS; band++) {
        uint64_t hash = band + 1;
        for (size_t row = 0; row < SKETCH_ROWS; row++)
            hash = mix(hash ^ bin_value(minima, band * SKETCH_ROWS + row));
        out->bands[band] = (uint32_t)(hash ^ hash >> 32);
    }
}
