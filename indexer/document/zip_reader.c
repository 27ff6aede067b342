/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ZIP archives of files that we read: each member goes to the reader that recognises it, as
 * "archive.zip!/folder/reply.docx". An archive inside an archive is left out with a warning. */
#include "indexer/document/zip_reader.h"

#include "indexer/base/cleanup.h"
#include "indexer/document/readers.h"
#include "indexer/document/warnings.h"

#define PATH_BYTES_MAX 4096

static const struct container_kind *const KINDS[] = { &DOCX_CONTAINER, &OFD_CONTAINER };

/* Containers of other programs: not archives, although their members would be readable. */
static const struct {
    struct text part;
    const char *name;
} FOREIGN[] = {
    { TEXT_INIT("xl/workbook.xml"), "Excel workbook" },
    { TEXT_INIT("xl/workbook.bin"), "Excel workbook" },
    { TEXT_INIT("ppt/presentation.xml"), "PowerPoint presentation" },
    { TEXT_INIT("META-INF/container.xml"), "EPUB" },
    { TEXT_INIT("META-INF/manifest.xml"), "OpenDocument file" },
};

static bool recognizes_zip(struct text head, struct text extension)
{
    struct text first;
    (void)extension;
    return zip_recognizes(head, &first);
}

static const struct container_kind *find_kind(const struct zip_container *container)
{
    for (size_t i = 0; i < sizeof(KINDS) / sizeof(KINDS[0]); i++)
        if (KINDS[i]->is(container))
            return KINDS[i];
    return NULL;
}

static enum status refuse_foreign(const struct zip_container *container, struct error *error)
{
    size_t index;
    for (size_t i = 0; i < sizeof(FOREIGN) / sizeof(FOREIGN[0]); i++)
        if (zip_container_find(container, TEXT(""), FOREIGN[i].part, &index))
            return error_set(error, STATUS_UNSUPPORTED, "no reader for this kind of file (%s)",
                             FOREIGN[i].name);
    return STATUS_OK;
}

/* -- members ---------------------------------------------------------------------------------- */

#define NESTED_MAX 3
#define MEMBER_COST ((uint64_t)4096) /* of the budget of bytes, besides the bytes themselves */

struct archive {
    struct zip_container *container;
    uint64_t *budget;
    const char *path;
    struct warnings warnings;
    struct buffer bytes; /* of one member */
    bool stopped;        /* by the receiver */
    int depth;           /* archives that it lies in */
    char member_path[PATH_BYTES_MAX];
};

static struct text base_name(struct text name)
{
    size_t slash = text_find_last(name, TEXT("/"));
    return slash == TEXT_NONE ? name : text_slice(name, slash + 1, name.length - slash - 1);
}

/* What a walk through a folder would take; not what macOS puts beside each file. */
static bool takes(const struct zip_container *container, size_t index)
{
    struct text name = zip_container_name(container, index);
    return !zip_container_is_folder(container, index) && readers_take(base_name(name)) &&
           !text_starts_with(name, TEXT("__MACOSX/"));
}

static enum status deliver(void *context, const struct document *document, struct error *error)
{
    struct archive *archive = context;
    enum status status = warnings_deliver(&archive->warnings, document, error);
    archive->stopped = status != STATUS_OK;
    return status;
}

/* A member that left out a part of itself. */
static void pass_warning(void *context, const char *path, const char *message)
{
    struct archive *archive = context;
    (void)path;
    struct error problem;
    error_set(&problem, STATUS_OK, "%s: %s", strrchr(archive->member_path, '!') + 2, message);
    warnings_add(&archive->warnings, STATUS_INVALID, &problem);
}

static enum status read_archive(struct zip_container *container, uint64_t *budget, const char *path,
                                int depth, const struct document_receiver *receiver,
                                struct error *error);

static enum status read_container(struct archive *archive, const struct document_receiver *receiver,
                                  struct error *error)
{
    CLEANUP(zip_container_closep) struct zip_container *inner = NULL;
    enum status status =
        zip_container_open(buffer_text(&archive->bytes), archive->budget, &inner, error);
    if (status)
        return status;
    const struct container_kind *kind = find_kind(inner);
    if (!kind && archive->depth >= NESTED_MAX)
        return error_set(error, STATUS_LIMIT, "ZIP files are nested too deeply");
    if (!kind)
        return read_archive(inner, archive->budget, archive->member_path, archive->depth + 1,
                            receiver, error);
    return kind->read(inner, archive->member_path, receiver, error);
}

static enum status read_member(struct archive *archive, size_t index, struct error *error)
{
    struct document_receiver receiver = { .document = deliver,
                                          .warn = pass_warning,
                                          .context = archive,
                                          .ocr = archive->warnings.receiver->ocr };
    struct text name = zip_container_name(archive->container, index);
    int length = snprintf(archive->member_path, sizeof(archive->member_path), "%s!/%.*s",
                          archive->path, TEXT_ARG(name));
    if (length < 0 || (size_t)length >= sizeof(archive->member_path))
        return error_set(error, STATUS_LIMIT, "path too long");

    if (*archive->budget < MEMBER_COST)
        return error_set(error, STATUS_LIMIT, "too many files in ZIP files");
    *archive->budget -= MEMBER_COST; /* empty files in nested archives have an end, too */
    buffer_clear(&archive->bytes);
    enum status status = zip_container_read(archive->container, index, &archive->bytes, error);
    if (status)
        return status;
    struct text first;
    if (zip_recognizes(buffer_text(&archive->bytes), &first))
        return read_container(archive, &receiver, error);
    if (text_starts_with(buffer_text(&archive->bytes), TEXT("\xFD"
                                                            "7zXZ")))
        return error_set(error, STATUS_UNSUPPORTED, "xz data inside a ZIP");
    return readers_read_bytes(buffer_text(&archive->bytes), archive->member_path, &receiver, error);
}

static void add_warning(struct archive *archive, size_t index, enum status status,
                        struct error *problem)
{
    struct text name = zip_container_name(archive->container, index);
    struct text message = text_of(problem->message);
    message.length -= text_ends_with(message, TEXT("\"")) ? 1 : 0;
    if (!text_ends_with(message, name)) /* else the container has said which */
        error_prefix(problem, status, "%.*s", TEXT_ARG(name));
    warnings_add(&archive->warnings, status, problem);
}

/* A bad member is left out; what the receiver itself returns stops the reading. */
static enum status read_members(struct archive *archive, struct error *error)
{
    for (size_t i = 0; i < zip_container_count(archive->container); i++) {
        struct error problem = { "" };
        if (!takes(archive->container, i))
            continue;
        enum status status = read_member(archive, i, &problem);
        if (status == STATUS_NO_MEMORY || archive->stopped)
            return error_set(error, status, "%s", problem.message);
        if (status)
            add_warning(archive, i, status, &problem);
    }
    return STATUS_OK;
}

static enum status read_archive(struct zip_container *container, uint64_t *budget, const char *path,
                                int depth, const struct document_receiver *receiver,
                                struct error *error)
{
    enum status status = refuse_foreign(container, error);
    if (status)
        return status;
    struct archive *archive = calloc(1, sizeof(*archive));
    if (!archive)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    archive->container = container;
    archive->budget = budget;
    archive->path = path;
    archive->depth = depth;
    warnings_init(&archive->warnings, receiver, path);
    buffer_init(&archive->bytes, ZIP_ENTRY_BYTES_MAX + ((size_t)1 << 20));

    status = read_members(archive, error);
    status =
        warnings_end(&archive->warnings, status, "no readable file in this ZIP archive", error);
    buffer_release(&archive->bytes);
    free(archive);
    return status;
}

/* -- the reader ------------------------------------------------------------------------------- */

enum status zip_read_stream(struct stream *in, const char *path,
                            const struct document_receiver *receiver, struct error *error)
{
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    CLEANUP(zip_container_closep) struct zip_container *container = NULL;
    uint64_t budget = ZIP_TOTAL_BYTES_MAX;
    enum status status = stream_load(in, ZIP_BYTES_MAX, &bytes, error);
    if (!status)
        status = zip_container_open(buffer_text(&bytes), &budget, &container, error);
    if (status)
        return status;
    const struct container_kind *kind = find_kind(container);
    if (kind)
        budget = ZIP_DOCUMENT_BYTES_MAX;
    return kind ? kind->read(container, path, receiver, error)
                : read_archive(container, &budget, path, 0, receiver, error);
}

const struct reader ZIP_READER = {
    .name = "zip",
    .extensions = "zip",
    .recognizes = recognizes_zip,
    .read = zip_read_stream,
};
