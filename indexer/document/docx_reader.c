/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DOCX (Office Open XML, ECMA-376), also under the names that WPS Office gives it: finds the parts
 * by the package's relationships, as producers name them differently, and puts together what
 * docx_body and docx_numbering make of them. */
#include "indexer/base/cleanup.h"
#include "indexer/document/docx_body.h"
#include "indexer/document/zip_reader.h"

#define MAIN_PART TEXT("word/document.xml")
#define ROOT_RELATIONSHIPS TEXT("_rels/.rels")
#define PROPERTY_BYTES_MAX 1024

struct package {
    struct zip_container *container;
    struct text main; /* name of the main part */
    const char *path;
    const struct document_receiver *receiver;
    struct arena arena;
    struct document document;
};

static enum status out_of_memory(struct error *error)
{
    return error_set(error, STATUS_NO_MEMORY, "out of memory");
}

static bool recognizes_docx(struct text head, struct text extension)
{
    static const struct text STARTS[] = {
        TEXT_INIT("[Content_Types].xml"), TEXT_INIT("_rels/"),
        TEXT_INIT("docProps/"),           TEXT_INIT("word/"),
        TEXT_INIT("customXml/"),
    };
    struct text first;
    if (!zip_recognizes(head, &first))
        return false;
    if (text_equal(extension, TEXT("docx")) || text_equal(extension, TEXT("wps")))
        return true;
    for (size_t i = 0; i < sizeof(STARTS) / sizeof(STARTS[0]); i++)
        if (text_starts_with(first, STARTS[i]))
            return true;
    return false;
}

/* -- relationships ---------------------------------------------------------------------------- */

/* The part that `from` relates to as `type` (the last segment of the type's URI; its start tells
 * transitional from strict files). Damaged relationships are as good as none. */
static bool find_related(struct package *package, struct text relationships, struct text from,
                         struct text type, size_t *index)
{
    CLEANUP(part_release) struct part part = { .reader = NULL };
    size_t own;
    bool found = false;
    if (!zip_container_find(package->container, TEXT(""), relationships, &own) ||
        part_open(&part, package->container, own, NULL))
        return false;
    struct part_element root = part_here(&part);
    while (!found && part_child(&part, &root)) {
        struct text uri = part_attribute(&part, "Type");
        if (!text_ends_with(uri, type) ||
            text_equal(part_attribute(&part, "TargetMode"), TEXT("External")))
            continue;
        found =
            zip_container_find(package->container, from, part_attribute(&part, "Target"), index);
    }
    return found;
}

/* word/document.xml -> word/_rels/document.xml.rels */
static struct text relationships_of(struct package *package, struct text part)
{
    size_t slash = text_find_last(part, TEXT("/"));
    size_t folder = slash == TEXT_NONE ? 0 : slash + 1;
    return arena_printf(&package->arena, "%.*s_rels/%.*s.rels", (int)folder, part.data,
                        (int)(part.length - folder), part.data + folder);
}

static bool find_main(struct package *package, size_t *index)
{
    if (!find_related(package, ROOT_RELATIONSHIPS, TEXT(""), TEXT("/officeDocument"), index) &&
        !zip_container_find(package->container, TEXT(""), MAIN_PART, index))
        return false;
    package->main = zip_container_name(package->container, *index);
    return true;
}

/* A part beside the main one: as related, else by its usual name. */
static bool find_beside(struct package *package, struct text type, struct text name, size_t *index)
{
    struct text relationships = relationships_of(package, package->main);
    return find_related(package, relationships, package->main, type, index) ||
           zip_container_find(package->container, package->main, name, index);
}

/* -- numbering -------------------------------------------------------------------------------- */

typedef enum status read_definitions(struct docx_numbering *numbering, struct part *part,
                                     struct error *error);

/* A part that is missing defines nothing. */
static enum status read_beside(struct package *package, struct docx_numbering *numbering,
                               struct text type, struct text name, read_definitions *read,
                               struct error *error)
{
    CLEANUP(part_release) struct part part = { .reader = NULL };
    size_t index;
    if (!find_beside(package, type, name, &index))
        return STATUS_OK;
    enum status status = part_open(&part, package->container, index, error);
    if (!status)
        status = read(numbering, &part, error);
    if (!status)
        status = part_status(&part, zip_container_name(package->container, index), error);
    return status;
}

static enum status read_numbering(struct package *package, struct docx_numbering **out,
                                  struct error *error)
{
    *out = docx_numbering_new(&package->arena);
    if (!*out)
        return out_of_memory(error);
    enum status status = read_beside(package, *out, TEXT("/styles"), TEXT("styles.xml"),
                                     docx_numbering_read_styles, error);
    if (!status)
        status = read_beside(package, *out, TEXT("/numbering"), TEXT("numbering.xml"),
                             docx_numbering_read_lists, error);
    if (!status)
        docx_numbering_finish(*out);
    return status;
}

/* -- docProps/core.xml ------------------------------------------------------------------------ */

static bool declare(struct package *package, const char *key, struct text value)
{
    value = text_trim(value);
    if (value.length == 0 || value.length > PROPERTY_BYTES_MAX ||
        document_declared(&package->document, key).length > 0)
        return true;
    struct text copy = arena_text(&package->arena, value);
    if (!copy.data)
        return false;
    for (size_t i = 0; i < copy.length; i++)
        if ((unsigned char)copy.data[i] < 0x20)
            ((char *)copy.data)[i] = ' '; /* our own copy */
    return document_declare(&package->document, &package->arena, key, copy);
}

/* Properties are a bonus: damaged ones are as good as none. */
static enum status read_properties(struct package *package, struct error *error)
{
    static const struct {
        const char *element, *key;
    } PROPERTIES[] = {
        { "title", "file_title" },
        { "creator", "file_author" },
        { "created", "file_created" },
        { "modified", "file_modified" },
    };
    CLEANUP(part_release) struct part part = { .reader = NULL };
    CLEANUP(buffer_release) struct buffer value = BUFFER_INIT;
    size_t index;
    if ((!find_related(package, ROOT_RELATIONSHIPS, TEXT(""), TEXT("/core-properties"), &index) &&
         !zip_container_find(package->container, TEXT(""), TEXT("docProps/core.xml"), &index)) ||
        part_open(&part, package->container, index, NULL))
        return STATUS_OK;
    struct part_element root = part_here(&part);
    while (part_child(&part, &root))
        for (size_t i = 0; i < sizeof(PROPERTIES) / sizeof(PROPERTIES[0]); i++) {
            if (!part_is(&part, PROPERTIES[i].element))
                continue;
            buffer_clear(&value);
            part_collect_text(&part, &value);
            if (!declare(package, PROPERTIES[i].key, buffer_text(&value)))
                return out_of_memory(error);
            break;
        }
    return STATUS_OK;
}

/* -- the reader ------------------------------------------------------------------------------- */

static enum status read_main(struct package *package, size_t index, struct error *error)
{
    struct docx_numbering *numbering;
    enum status status = read_numbering(package, &numbering, error);
    if (status)
        return status;

    CLEANUP(part_release) struct part part = { .reader = NULL };
    status = part_open(&part, package->container, index, error);
    struct docx_chunks chunks = { .container = package->container,
                                  .main = package->main,
                                  .relationships = relationships_of(package, package->main),
                                  .path = package->path,
                                  .receiver = package->receiver,
                                  .budget = ZIP_DOCUMENT_BYTES_MAX };
    if (!status)
        status =
            docx_read_body(&part, numbering, &chunks, &package->document, &package->arena, error);
    if (!status)
        status = part_status(&part, package->main, error);
    return status;
}

static enum status read_package(struct package *package, const char *path, struct error *error)
{
    size_t index;
    if (!find_main(package, &index))
        return error_set(error, STATUS_INVALID, "no text in this DOCX file: \"%s\" is missing",
                         MAIN_PART.data);
    if (!document_set_source(&package->document, &package->arena, path))
        return out_of_memory(error);
    enum status status = read_main(package, index, error);
    if (!status)
        status = read_properties(package, error);
    if (!status && package->document.block_count == 0)
        status = error_set(error, STATUS_EMPTY, "no text in this DOCX file");
    return status;
}

static bool is_docx(const struct zip_container *container)
{
    size_t index;
    return zip_container_find(container, TEXT(""), MAIN_PART, &index) ||
           (zip_container_find(container, TEXT(""), TEXT("[Content_Types].xml"), &index) &&
            !zip_container_find(container, TEXT(""), TEXT("xl/workbook.xml"), &index) &&
            !zip_container_find(container, TEXT(""), TEXT("ppt/presentation.xml"), &index));
}

static enum status read_docx(struct zip_container *container, const char *path,
                             const struct document_receiver *receiver, struct error *error)
{
    struct package package = {
        .container = container,
        .path = path,
        .receiver = receiver,
        .document = { .reader = DOCX_READER.name, .encoding = "UTF-8" },
    };
    arena_init(&package.arena, 0);
    enum status status = read_package(&package, path, error);
    if (!status)
        status = receiver->document(receiver->context, &package.document, error);
    arena_release(&package.arena);
    return status;
}

const struct container_kind DOCX_CONTAINER = { .is = is_docx, .read = read_docx };

const struct reader DOCX_READER = {
    .name = "docx",
    .extensions = "docx docm dotx wps",
    .recognizes = recognizes_docx,
    .read = zip_read_stream,
};
