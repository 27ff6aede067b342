/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every character of a TextCode has its place: the code's X and Y plus the sums of DeltaX and
 * DeltaY, through the object's matrix (CTM), plus the corner of its Boundary. */
#include "indexer/document/ofd_page.h"

#include <math.h>
#include <stdlib.h>

#include "indexer/base/cleanup.h"
#include "indexer/base/utf8.h"
#include "indexer/document/document.h"

#define COORDINATE_MAX 1e5 /* mm; what is beyond is a mistake */
#define SIZE_DEFAULT 4.2   /* mm: about 12 points */
#define SIZE_MIN 0.05
#define NUMBER_BYTES_MAX 40
#define DRIFT 0.3 /* em: a character this far off the base line begins another */
#define JUMP 2.5  /* em: a step this wide is a gap */

struct matrix {
    double a, b, c, d, e, f;
};

struct object {
    struct matrix matrix; /* with the boundary's corner in e and f */
    double size;          /* in object space */
    double wide;          /* HScale */
    double x, y;          /* of the last TextCode: what the next one leaves out */
};

struct reading {
    struct part *part;
    struct arena *arena;
    struct ofd_page *page;
    struct buffer text; /* of one TextCode */
    enum status status;
    struct error *error;
};

static void fail(struct reading *reading, enum status status, const char *message)
{
    if (!reading->status)
        reading->status = error_set(reading->error, status, "%s", message);
}

/* -- numbers ---------------------------------------------------------------------------------- */

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == ',';
}

static bool next_word(struct text *rest, struct text *word)
{
    size_t start = 0;
    while (start < rest->length && is_blank(rest->data[start]))
        start++;
    size_t end = start;
    while (end < rest->length && !is_blank(rest->data[end]))
        end++;
    *word = text_slice(*rest, start, end - start);
    *rest = text_slice(*rest, end, rest->length - end);
    return word->length > 0;
}

static double number_of(struct text word)
{
    char digits[NUMBER_BYTES_MAX + 1];
    if (word.length > NUMBER_BYTES_MAX)
        return 0;
    memcpy(digits, word.data ? word.data : "", word.length);
    digits[word.length] = '\0';
    double value = strtod(digits, NULL);
    if (!isfinite(value))
        return 0;
    return fmin(fmax(value, -COORDINATE_MAX), COORDINATE_MAX);
}

static size_t numbers_of(struct text text, double *values, size_t max)
{
    size_t count = 0;
    struct text word;
    while (count < max && next_word(&text, &word))
        values[count++] = number_of(word);
    return count;
}

static double number_attribute(struct part *part, const char *name, double otherwise)
{
    struct text value = text_trim(part_attribute(part, name));
    return value.length > 0 ? number_of(value) : otherwise;
}

void ofd_read_box(struct text box, double *width, double *height)
{
    double values[4];
    if (numbers_of(box, values, 4) == 4 && values[2] > 0 && values[3] > 0) {
        *width = values[2];
        *height = values[3];
    }
}

/* A list of steps: "3.2 3.2 g 5 1.6", where "g n v" is n times v. */
struct steps {
    struct text rest;
    unsigned long long repeat;
    double value;
    bool given; /* there is such a list */
};

static struct steps steps_of(struct text list)
{
    struct steps steps = { .rest = list, .given = text_trim(list).length > 0 };
    return steps;
}

/* The next step; when the list is used up, its last one. */
static double next_step(struct steps *steps)
{
    struct text word;
    if (steps->repeat > 0) {
        steps->repeat--;
        return steps->value;
    }
    if (!next_word(&steps->rest, &word))
        return steps->value;
    if (text_equal(word, TEXT("g")) || text_equal(word, TEXT("G"))) {
        struct text count;
        if (next_word(&steps->rest, &count) && next_word(&steps->rest, &word)) {
            steps->value = number_of(word);
            if (text_to_u64(count, &steps->repeat) && steps->repeat > 0)
                steps->repeat--;
        }
        return steps->value;
    }
    steps->value = number_of(word);
    return steps->value;
}

/* -- runs ------------------------------------------------------------------------------------- */

static enum ofd_direction direction_of(double x, double y)
{
    double length = hypot(x, y);
    double limit = length * 0.1; /* about 6 degrees */
    if (length == 0)
        return OFD_RIGHT;
    if (fabs(y) <= limit)
        return x > 0 ? OFD_RIGHT : OFD_LEFT;
    if (fabs(x) <= limit)
        return y > 0 ? OFD_DOWN : OFD_UP;
    return OFD_ASLANT;
}

static void transform(const struct matrix *matrix, double x, double y, double *to_x, double *to_y)
{
    *to_x = matrix->a * x + matrix->c * y + matrix->e;
    *to_y = matrix->b * x + matrix->d * y + matrix->f;
}

/* A run while it grows; x and y in object space. */
struct open_run {
    size_t start, end; /* bytes of the text, blanks at the ends left out */
    double x, y;
    double end_x;
    bool below; /* the character after it stands below it */
};

static void close_run(struct reading *reading, const struct object *object,
                      const struct open_run *open)
{
    struct ofd_page *page = reading->page;
    if (open->end <= open->start || reading->status)
        return;
    if (page->count == OFD_RUNS_MAX) {
        fail(reading, STATUS_LIMIT, "too many pieces of text on one page");
        return;
    }
    struct text text =
        text_slice(buffer_text(&reading->text), open->start, open->end - open->start);
    struct ofd_run run = { .text = arena_text(reading->arena, text) };
    const struct matrix *matrix = &object->matrix;
    transform(matrix, open->x, open->y, &run.x, &run.y);
    transform(matrix, open->end_x, open->y, &run.end_x, &run.end_y);
    run.size = fmax(object->size * hypot(matrix->c, matrix->d), SIZE_MIN);
    run.direction = direction_of(matrix->a, matrix->b);
    run.stacked = open->below && run.direction == OFD_RIGHT;
    if (run.stacked)
        run.direction = OFD_DOWN;
    if (!run.text.data || !arena_grow(reading->arena, &page->runs, page->count, &page->capacity,
                                      sizeof(*page->runs))) {
        fail(reading, STATUS_NO_MEMORY, "out of memory");
        return;
    }
    page->runs[page->count++] = run;
}

static bool is_space(uint32_t codepoint)
{
    return codepoint == ' ' || codepoint == 0x3000 || codepoint == 0xA0;
}

/* Width of a character in em, as Chinese fonts have it. */
static double width_of(uint32_t codepoint)
{
    return codepoint < 0x2000 ? 0.5 : 1;
}

/* Cuts a TextCode where the base line changes or a gap opens. */
static void cut_runs(struct reading *reading, struct object *object, struct steps across,
                     struct steps down)
{
    struct text text = buffer_text(&reading->text);
    struct open_run open = { .x = object->x };
    double x = object->x, y = object->y, usual = object->size;
    bool stacked = false;
    for (size_t offset = 0; offset < text.length && !reading->status;) {
        size_t start = offset;
        uint32_t codepoint = utf8_next_valid(text.data, &offset);
        if (codepoint < 0x20)
            continue; /* the line breaks of an indented file */
        double em = object->size * object->wide * width_of(codepoint);
        if (!is_space(codepoint)) {
            if (open.end <= open.start)
                open = (struct open_run) { .start = start, .x = x, .y = y };
            open.end = offset;
            open.end_x = x + em;
        }
        bool last = offset == text.length;
        double dx = across.given ? (last ? em : next_step(&across)) : down.given ? 0 : em;
        double dy = down.given && !last ? next_step(&down) : 0;
        bool below = fabs(dy) > DRIFT * object->size;
        bool gap = dx > JUMP * object->size && dx > 2 * usual;
        if (below || gap || dx < -DRIFT * object->size) {
            stacked = below && fabs(dx) < DRIFT * object->size;
            open.below = stacked;
            close_run(reading, object, &open);
            open = (struct open_run) { .start = offset };
        } else if (dx > 0) {
            usual = dx;
        }
        x += dx;
        y += dy;
    }
    open.below = stacked && open.end > open.start &&
                 utf8_count(text_slice(text, open.start, open.end - open.start)) == 1;
    close_run(reading, object, &open);
}

static void read_code(struct reading *reading, struct object *object)
{
    struct part *part = reading->part;
    object->x = number_attribute(part, "X", object->x);
    object->y = number_attribute(part, "Y", object->y);
    struct text across = arena_text(reading->arena, part_attribute(part, "DeltaX"));
    struct text down = arena_text(reading->arena, part_attribute(part, "DeltaY"));
    buffer_clear(&reading->text);
    part_collect_text(part, &reading->text);
    reading->page->bytes += reading->text.length;
    if (!across.data || !down.data || reading->text.failed)
        fail(reading, STATUS_NO_MEMORY, "out of memory");
    else if (reading->page->bytes > DOCUMENT_BYTES_MAX)
        fail(reading, STATUS_LIMIT, "more than 64 MiB of text");
    else
        cut_runs(reading, object, steps_of(across), steps_of(down));
}

/* -- objects ---------------------------------------------------------------------------------- */

static bool is_invisible(struct part *part)
{
    struct text alpha = text_trim(part_attribute(part, "Alpha"));
    return text_equal(part_attribute(part, "Visible"), TEXT("false")) ||
           text_equal(alpha, TEXT("0"));
}

static void read_text_object(struct reading *reading)
{
    struct part *part = reading->part;
    if (is_invisible(part))
        return;
    double box[4] = { 0 }, matrix[6];
    struct object object = { .matrix = { 1, 0, 0, 1, 0, 0 } };
    numbers_of(part_attribute(part, "Boundary"), box, 4);
    if (numbers_of(part_attribute(part, "CTM"), matrix, 6) == 6)
        object.matrix =
            (struct matrix) { matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5] };
    object.matrix.e += box[0];
    object.matrix.f += box[1];
    object.size = number_attribute(part, "Size", SIZE_DEFAULT);
    object.wide = number_attribute(part, "HScale", 1);
    if (object.size <= 0)
        object.size = SIZE_DEFAULT;
    if (object.wide <= 0)
        object.wide = 1;

    struct part_element here = part_here(part);
    const size_t before = reading->page->count;
    bool glyphs = false;
    while (!reading->status && part_child(part, &here))
        if (part_is(part, "TextCode"))
            read_code(reading, &object);
        else if (part_is(part, "CGTransform"))
            glyphs = true;
    reading->page->glyphs += glyphs && reading->page->count == before;
}

/* Layers hold blocks hold blocks ... as deep as the XML may be. */
static void read_block(struct reading *reading)
{
    struct part_element here = part_here(reading->part);
    while (!reading->status && part_child(reading->part, &here))
        if (part_is(reading->part, "TextObject"))
            read_text_object(reading);
        else if (part_is(reading->part, "PageBlock") || part_is(reading->part, "Layer"))
            read_block(reading);
}

static void read_area(struct reading *reading)
{
    struct part_element here = part_here(reading->part);
    while (part_child(reading->part, &here))
        if (part_is(reading->part, "PhysicalBox")) {
            buffer_clear(&reading->text);
            part_collect_text(reading->part, &reading->text);
            ofd_read_box(buffer_text(&reading->text), &reading->page->width,
                         &reading->page->height);
        }
}

static void note_template(struct reading *reading)
{
    struct ofd_page *page = reading->page;
    unsigned long long id;
    if (page->template_count < OFD_TEMPLATES_MAX &&
        text_to_u64(text_trim(part_attribute(reading->part, "TemplateID")), &id))
        page->templates[page->template_count++] = id;
}

enum status ofd_read_page(struct part *part, struct arena *arena, struct ofd_page *page,
                          struct error *error)
{
    struct reading reading = { .part = part, .arena = arena, .page = page, .error = error };
    struct part_element root = part_here(part);
    while (!reading.status && part_child(part, &root))
        if (part_is(part, "Content"))
            read_block(&reading);
        else if (part_is(part, "Area"))
            read_area(&reading);
        else if (part_is(part, "Template"))
            note_template(&reading);
    buffer_release(&reading.text);
    return reading.status;
}
