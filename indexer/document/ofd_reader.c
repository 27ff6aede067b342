/* SPDX-License-Identifier: GPL-2.0-or-later */
/* OFD, China's fixed layout format (GB/T 33190-2016): OFD.xml names the documents of the file, a
 * document names its pages and templates, a page holds text objects. The parts refer to each other
 * by paths that producers write in every way the standard allows and some more. Annotations,
 * signatures and resources are not read: they are not the document's text. */
#include "indexer/base/cleanup.h"
#include "indexer/document/legibility.h"
#include "indexer/document/ofd_boxes.h"
#include "indexer/document/warnings.h"
#include "indexer/document/zip_reader.h"

#define OFD_PAGES_MAX ((size_t)10000)
#define TEMPLATES_MAX ((size_t)1000)
#define DOCUMENTS_MAX ((size_t)1000)
#define VALUE_BYTES_MAX 4096

/* A DocBody of OFD.xml. */
struct body {
    struct text root; /* path of Document.xml */
    struct text title, author, created, modified;
};

struct template
{
    unsigned long long id;
    size_t index; /* of its part */
    bool used;    /* its text is read once, on the first page that uses it; later its edges only */
};

struct reference {
    size_t index;
    bool found;
};

/* One document being read. */
#define GLYPHS_PER_PIECE 3 /* of text: a header may be all that has characters */

struct ofd {
    struct zip_container *container;
    struct warnings *warnings;
    struct arena *arena;
    struct reference *pages;
    size_t page_count, page_capacity;
    struct template *templates;
    size_t template_count, template_capacity;
    double width, height; /* of a page that does not say its own */
    struct page_layout layout;
    size_t pieces; /* of text so far */
    size_t bytes;  /* of them */
    size_t glyphs; /* objects without characters so far */
    struct legibility legibility;
};

static enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static bool recognizes_ofd(struct text head, struct text extension)
{
    struct text first;
    return zip_recognizes(head, &first) &&
           (text_equal(extension, TEXT("ofd")) || text_equal(first, TEXT("OFD.xml")) ||
            text_starts_with(first, TEXT("Doc_0/")));
}

/* The text of the element, trimmed, on one line. */
static enum status read_value(struct part *part, struct arena *arena, struct text *out,
                              struct error *error)
{
    CLEANUP(buffer_release) struct buffer value = BUFFER_INIT;
    part_collect_text(part, &value);
    struct text text = text_trim(buffer_text(&value));
    if (text.length > VALUE_BYTES_MAX)
        return STATUS_OK;
    struct text copy = arena_text(arena, text);
    if (value.failed || !copy.data)
        return out_of_memory(error);
    for (size_t i = 0; i < copy.length; i++)
        if ((unsigned char)copy.data[i] < 0x20)
            ((char *)copy.data)[i] = ' '; /* our own copy */
    *out = copy;
    return STATUS_OK;
}

/* -- OFD.xml ---------------------------------------------------------------------------------- */

static enum status read_information(struct part *part, struct arena *arena, struct body *body,
                                    struct error *error)
{
    enum status status = STATUS_OK;
    struct part_element here = part_here(part);
    while (!status && part_child(part, &here))
        if (part_is(part, "Title"))
            status = read_value(part, arena, &body->title, error);
        else if (part_is(part, "Author"))
            status = read_value(part, arena, &body->author, error);
        else if (part_is(part, "CreationDate"))
            status = read_value(part, arena, &body->created, error);
        else if (part_is(part, "ModDate"))
            status = read_value(part, arena, &body->modified, error);
    return status;
}

static enum status read_body(struct part *part, struct arena *arena, struct body *body,
                             struct error *error)
{
    enum status status = STATUS_OK;
    struct part_element here = part_here(part);
    while (!status && part_child(part, &here))
        if (part_is(part, "DocRoot"))
            status = read_value(part, arena, &body->root, error);
        else if (part_is(part, "DocInfo"))
            status = read_information(part, arena, body, error);
    return status;
}

static enum status read_bodies(struct zip_container *container, struct arena *arena,
                               struct body **bodies, size_t *count, struct error *error)
{
    CLEANUP(part_release) struct part part = { .reader = NULL };
    size_t index, capacity = 0;
    if (!zip_container_find(container, TEXT(""), TEXT("OFD.xml"), &index))
        return error_set(error, STATUS_INVALID, "no \"OFD.xml\" in this OFD file");
    enum status status = part_open(&part, container, index, error);
    if (status)
        return status;
    struct part_element root = part_here(&part);
    while (!status && part_child(&part, &root)) {
        if (!part_is(&part, "DocBody"))
            continue;
        if (*count == DOCUMENTS_MAX)
            return error_set(error, STATUS_LIMIT, "more than %zu documents in it", DOCUMENTS_MAX);
        if (!arena_grow(arena, bodies, *count, &capacity, sizeof(**bodies)))
            return out_of_memory(error);
        (*bodies)[*count] = (struct body) { .root = { NULL, 0 } };
        status = read_body(&part, arena, &(*bodies)[(*count)++], error);
    }
    return status ? status : part_status(&part, TEXT("OFD.xml"), error);
}

/* -- Document.xml ----------------------------------------------------------------------------- */

static enum status add_page(struct ofd *ofd, struct part *part, struct text from,
                            struct error *error)
{
    if (ofd->page_count == OFD_PAGES_MAX)
        return error_set(error, STATUS_LIMIT, "more than %zu pages", OFD_PAGES_MAX);
    if (!arena_grow(ofd->arena, &ofd->pages, ofd->page_count, &ofd->page_capacity,
                    sizeof(*ofd->pages)))
        return out_of_memory(error);
    struct reference page = { .found = false };
    page.found =
        zip_container_find(ofd->container, from, part_attribute(part, "BaseLoc"), &page.index);
    ofd->pages[ofd->page_count++] = page;
    return STATUS_OK;
}

static enum status read_pages(struct ofd *ofd, struct part *part, struct text from,
                              struct error *error)
{
    enum status status = STATUS_OK;
    struct part_element here = part_here(part);
    while (!status && part_child(part, &here))
        if (part_is(part, "Page"))
            status = add_page(ofd, part, from, error);
    return status;
}

static enum status add_template(struct ofd *ofd, struct part *part, struct text from,
                                struct error *error)
{
    struct template template = { .used = false };
    if (!text_to_u64(text_trim(part_attribute(part, "ID")), &template.id) ||
        !zip_container_find(ofd->container, from, part_attribute(part, "BaseLoc"), &template.index))
        return STATUS_OK;
    if (ofd->template_count == TEMPLATES_MAX)
        return error_set(error, STATUS_LIMIT, "more than %zu page templates", TEMPLATES_MAX);
    if (!arena_grow(ofd->arena, &ofd->templates, ofd->template_count, &ofd->template_capacity,
                    sizeof(template)))
        return out_of_memory(error);
    ofd->templates[ofd->template_count++] = template;
    return STATUS_OK;
}

static enum status read_common(struct ofd *ofd, struct part *part, struct text from,
                               struct error *error)
{
    enum status status = STATUS_OK;
    struct part_element here = part_here(part);
    while (!status && part_child(part, &here)) {
        if (part_is(part, "TemplatePage"))
            status = add_template(ofd, part, from, error);
        if (!part_is(part, "PageArea"))
            continue;
        struct part_element area = part_here(part);
        while (!status && part_child(part, &area)) {
            struct text box = { NULL, 0 };
            if (part_is(part, "PhysicalBox"))
                status = read_value(part, ofd->arena, &box, error);
            ofd_read_box(box, &ofd->width, &ofd->height);
        }
    }
    return status;
}

static enum status read_root(struct ofd *ofd, struct text path, struct error *error)
{
    CLEANUP(part_release) struct part part = { .reader = NULL };
    size_t index;
    if (!zip_container_find(ofd->container, TEXT(""), path, &index))
        return error_set(error, STATUS_INVALID, "a part is missing: \"%.*s\"", TEXT_ARG(path));
    struct text name = zip_container_name(ofd->container, index);
    enum status status = part_open(&part, ofd->container, index, error);
    if (status)
        return status;
    struct part_element root = part_here(&part);
    while (!status && part_child(&part, &root))
        if (part_is(&part, "CommonData"))
            status = read_common(ofd, &part, name, error);
        else if (part_is(&part, "Pages"))
            status = read_pages(ofd, &part, name, error);
    return status ? status : part_status(&part, name, error);
}

/* -- pages ------------------------------------------------------------------------------------ */

static enum status read_content(struct ofd *ofd, size_t index, struct arena *arena,
                                struct ofd_page *page, struct error *error)
{
    CLEANUP(part_release) struct part part = { .reader = NULL };
    enum status status = part_open(&part, ofd->container, index, error);
    if (!status)
        status = ofd_read_page(&part, arena, page, error);
    if (!status)
        status = part_status(&part, zip_container_name(ofd->container, index), error);
    return status;
}

static double height_of(const struct ofd *ofd, const struct ofd_page *page)
{
    return page->height > 0 ? page->height : ofd->height;
}

static enum status read_template(struct ofd *ofd, struct template *template, struct arena *arena,
                                 struct ofd_page *page, struct error *error)
{
    struct ofd_page says = { .runs = NULL };
    enum status status = read_content(ofd, template->index, arena, &says, error);
    if (status)
        return status;
    if (template->used)
        ofd_keep_edges(&says, height_of(ofd, page));
    template->used = true;
    page->bytes += says.bytes;
    for (size_t i = 0; i < says.count; i++) {
        if (page->count == OFD_RUNS_MAX)
            return error_set(error, STATUS_LIMIT, "too many pieces of text on one page");
        if (!arena_grow(arena, &page->runs, page->count, &page->capacity, sizeof(*page->runs)))
            return out_of_memory(error);
        page->runs[page->count++] = says.runs[i];
    }
    return STATUS_OK;
}

/* Templates of the page; their own templates do not count, so no circle can come about. */
static enum status read_templates(struct ofd *ofd, struct arena *arena, struct ofd_page *page,
                                  struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < page->template_count; i++)
        for (size_t k = 0; k < ofd->template_count && !status; k++)
            if (ofd->templates[k].id == page->templates[i])
                status = read_template(ofd, &ofd->templates[k], arena, page, error);
    return status;
}

static enum status read_page(struct ofd *ofd, size_t number, struct arena *scratch,
                             struct error *error)
{
    struct ofd_page page = { .runs = NULL };
    if (!ofd->pages[number - 1].found)
        return error_set(error, STATUS_INVALID, "page %zu is missing", number);
    enum status status = read_content(ofd, ofd->pages[number - 1].index, scratch, &page, error);
    if (!status)
        status = read_templates(ofd, scratch, &page, error);
    if (status)
        page.count = 0; /* the page is there, so that those after it have their numbers */
    page.height = height_of(ofd, &page);
    page.width = page.width > 0 ? page.width : ofd->width;
    ofd->bytes += page.bytes;
    ofd->pieces += page.count;
    ofd->glyphs += page.glyphs;
    for (size_t i = 0; i < page.count; i++)
        legibility_add(&ofd->legibility, page.runs[i].text);
    if (!status && ofd->bytes > DOCUMENT_BYTES_MAX)
        status = error_set(error, STATUS_LIMIT, "more than 64 MiB of text");
    enum status added = ofd_add_boxes(&page, &ofd->layout, status ? NULL : error);
    return status ? status : added;
}

/* A page that cannot be read is left out with a warning; a ceiling ends the document. */
static enum status read_all_pages(struct ofd *ofd, struct error *error)
{
    CLEANUP(arena_release) struct arena scratch;
    size_t bad = 0;
    enum status first = STATUS_OK;
    struct error problem = { "" };
    arena_init(&scratch, 0);
    for (size_t number = 1; number <= ofd->page_count; number++) {
        arena_clear(&scratch);
        enum status status = read_page(ofd, number, &scratch, error);
        if (status == STATUS_LIMIT || status == STATUS_NO_MEMORY)
            return status;
        if (!status || !error)
            continue;
        if (bad++ == 0) {
            first = status;
            problem = *error;
        }
    }
    if (bad > 0 && ofd->pieces == 0)
        return error_set(error, first, "%s", problem.message);
    if (bad > 1)
        error_set(&problem, first, "%s (%zu pages left out)", problem.message, bad);
    if (bad > 0)
        warnings_add(ofd->warnings, first, &problem);
    return STATUS_OK;
}

/* -- documents -------------------------------------------------------------------------------- */

static bool declare(struct document *document, struct arena *arena, const char *key,
                    struct text value)
{
    return value.length == 0 || document_declare(document, arena, key, value);
}

static bool describe(struct document *document, struct arena *arena, const struct body *body)
{
    return declare(document, arena, "file_title", body->title) &&
           declare(document, arena, "file_author", body->author) &&
           declare(document, arena, "file_created", body->created) &&
           declare(document, arena, "file_modified", body->modified);
}

/* What is drawn but not written: as with a scan, there is nothing to find. */
static enum status check_text(const struct ofd *ofd, struct error *error)
{
    if (ofd->glyphs > GLYPHS_PER_PIECE * ofd->pieces)
        return error_set(error, STATUS_UNSUPPORTED,
                         "OFD with glyphs only, which do not tell their characters (%zu page%s)",
                         ofd->page_count, ofd->page_count == 1 ? "" : "s");
    if (legibility_is_garbage(&ofd->legibility))
        return error_set(error, STATUS_UNSUPPORTED,
                         "OFD whose fonts do not tell which characters they draw");
    return STATUS_OK;
}

static enum status read_document(struct zip_container *container, const struct body *body,
                                 struct warnings *warnings, struct document *document,
                                 struct arena *arena, struct error *error)
{
    struct ofd ofd = {
        .container = container, .warnings = warnings, .arena = arena, .layout = { .arena = arena }
    };
    enum status status = read_root(&ofd, body->root, error);
    if (!status)
        status = read_all_pages(&ofd, error);
    if (!status)
        status = check_text(&ofd, error);
    if (!status)
        status = page_layout_finish(&ofd.layout, document, error);
    if (status)
        return status;
    if (document->block_count == 0)
        return error_set(error, STATUS_EMPTY, "no text in this OFD file (%zu pages)",
                         ofd.page_count);
    return describe(document, arena, body) ? STATUS_OK : out_of_memory(error);
}

/* Folders and the extension off. */
static struct text stem_of(struct text path)
{
    size_t slash = text_find_last(path, TEXT("/"));
    if (slash != TEXT_NONE)
        path = text_slice(path, slash + 1, path.length - slash - 1);
    size_t dot = text_find(path, TEXT("."));
    return dot == TEXT_NONE || dot == 0 ? path : text_slice(path, 0, dot);
}

/* Reads document `number` of `count` and hands it over; *stop: the receiver's own failure. */
static enum status deliver_document(struct zip_container *container, const struct body *body,
                                    size_t number, size_t count, const char *path,
                                    struct warnings *warnings, enum status *stop,
                                    struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    struct document document = { .reader = OFD_READER.name, .encoding = "UTF-8" };
    arena_init(&arena, 0);
    if (!document_set_source(&document, &arena, path))
        return out_of_memory(error);
    if (count > 1)
        document.id = arena_printf(&arena, "%.*s:%zu", TEXT_ARG(stem_of(document.source)), number);
    if (count > 1 && !document.id.data)
        return out_of_memory(error);
    document.id_numbers = count > 1;
    enum status status = read_document(container, body, warnings, &document, &arena, error);
    if (status)
        return count > 1 ? error_prefix(error, status, "document %zu", number) : status;
    *stop = warnings_deliver(warnings, &document, error);
    return STATUS_OK;
}

static enum status deliver_all(struct zip_container *container, const char *path,
                               struct warnings *warnings, struct error *error)
{
    CLEANUP(arena_release) struct arena arena;
    struct body *bodies = NULL;
    size_t count = 0;
    arena_init(&arena, 0);
    enum status status = read_bodies(container, &arena, &bodies, &count, error);
    if (status)
        return status;
    for (size_t i = 0; i < count; i++) {
        struct error problem = { "" };
        enum status stop = STATUS_OK;
        status =
            deliver_document(container, &bodies[i], i + 1, count, path, warnings, &stop, &problem);
        if (stop || status == STATUS_NO_MEMORY)
            return error_set(error, stop ? stop : status, "%s", problem.message);
        if (status)
            warnings_add(warnings, status, &problem);
    }
    return STATUS_OK;
}

static bool is_encrypted(const struct zip_container *container)
{
    size_t index;
    return zip_container_find(container, TEXT(""), TEXT("Encryptions.xml"), &index);
}

static bool is_ofd(const struct zip_container *container)
{
    size_t index;
    return zip_container_find(container, TEXT(""), TEXT("OFD.xml"), &index) ||
           is_encrypted(container);
}

static enum status read_ofd(struct zip_container *container, const char *path,
                            const struct document_receiver *receiver, struct error *error)
{
    if (is_encrypted(container))
        return error_set(error, STATUS_UNSUPPORTED, "encrypted OFD file");
    struct warnings *warnings = malloc(sizeof(*warnings));
    if (!warnings)
        return out_of_memory(error);
    warnings_init(warnings, receiver, path);
    enum status status = deliver_all(container, path, warnings, error);
    status = warnings_end(warnings, status, "no document in this OFD file", error);
    free(warnings);
    return status;
}

const struct container_kind OFD_CONTAINER = { .is = is_ofd, .read = read_ofd };

const struct reader OFD_READER = {
    .name = "ofd",
    .extensions = "ofd",
    .recognizes = recognizes_ofd,
    .read = zip_read_stream,
};
