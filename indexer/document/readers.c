/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of readers. The order matters: the text reader takes what nothing else wants and says
 * what is wrong with it when that is not text. */
#include "indexer/document/readers.h"

#include <ctype.h>

#include "indexer/base/cleanup.h"

static const struct reader *const READERS[] = { &DOCX_READER, &OFD_READER, &ZIP_READER,
                                                &PDF_READER,  &DOC_READER, &RTF_READER,
                                                &MHT_READER,  &HTML_READER, &XML_READER, &JSONL_READER,
                                                &CSV_READER,  &TEXT_READER };

#define READER_COUNT (sizeof(READERS) / sizeof(READERS[0]))
#define EXTENSION_BYTES_MAX 16

/* Extension of a path in lower case, without a ".xz" after it. */
struct extension {
    char letters[EXTENSION_BYTES_MAX];
    size_t length;
};

static struct extension lower_case(struct text text)
{
    struct extension extension = { .length = 0 };
    if (text.length > EXTENSION_BYTES_MAX)
        return extension; /* not one that we know */
    for (size_t i = 0; i < text.length; i++)
        extension.letters[i] = (char)tolower((unsigned char)text.data[i]);
    extension.length = text.length;
    return extension;
}

static struct text extension_text(const struct extension *extension)
{
    return (struct text) { extension->letters, extension->length };
}

/* Cuts the last ".extension" off a file name; a dot at the start begins no extension. */
static struct extension cut_extension(struct text *name)
{
    size_t dot = text_find_last(*name, TEXT("."));
    if (dot == TEXT_NONE || dot == 0)
        return (struct extension) { .length = 0 };
    struct extension extension = lower_case(text_slice(*name, dot + 1, name->length - dot - 1));
    name->length = dot;
    return extension;
}

static struct extension find_extension(struct text name)
{
    struct extension extension = cut_extension(&name);
    if (text_equal(extension_text(&extension), TEXT("xz")))
        extension = cut_extension(&name);
    return extension;
}

static struct text base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return text_of(slash ? slash + 1 : path);
}

static bool has_extension(const struct reader *reader, const struct extension *extension)
{
    struct text known = text_of(reader->extensions);
    struct text piece;
    while (text_split(&known, TEXT(" "), &piece))
        if (text_equal(piece, extension_text(extension)))
            return true;
    return false;
}

bool readers_take(struct text file_name)
{
    if (file_name.length == 0 || file_name.data[0] == '.')
        return false;
    struct extension extension = find_extension(file_name);
    for (size_t i = 0; i < READER_COUNT && extension.length > 0; i++)
        if (has_extension(READERS[i], &extension))
            return true;
    return false;
}

bool readers_take_page(struct text file_name)
{
    struct extension extension = find_extension(file_name);
    return readers_take(file_name) && has_extension(&HTML_READER, &extension);
}

static enum status read_stream(struct stream *in, const char *path,
                               const struct document_receiver *receiver, struct error *error)
{
    struct text head;
    enum status status = stream_peek(in, READER_HEAD_BYTES, &head, error);
    if (status)
        return status;

    struct extension extension = find_extension(base_name(path));
    for (size_t i = 0; i < READER_COUNT; i++)
        if (READERS[i]->recognizes(head, extension_text(&extension)))
            return READERS[i]->read(in, path, receiver, error);
    return error_set(error, STATUS_UNSUPPORTED, "no reader for this kind of file");
}

enum status readers_read(const char *path, const struct document_receiver *receiver,
                         struct error *error)
{
    CLEANUP(stream_closep) struct stream *in = NULL;
    enum status status = stream_open(path, &in, error);
    if (!status)
        status = read_stream(in, path, receiver, error);
    if (status)
        return error_prefix(error, status, "%s", path);
    return STATUS_OK;
}

enum status readers_read_bytes(struct text bytes, const char *path,
                               const struct document_receiver *receiver, struct error *error)
{
    CLEANUP(stream_closep) struct stream *in = NULL;
    enum status status = stream_open_bytes(bytes, &in, error);
    return status ? status : read_stream(in, path, receiver, error);
}
