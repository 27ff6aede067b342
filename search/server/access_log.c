/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/server/access_log.h"

#include <errno.h>
#include <string.h>

#include "indexer/base/cleanup.h"

static FILE *open_file(const char *path, struct error *error)
{
    FILE *file = strcmp(path, "-") == 0 ? stdout : fopen(path, "ae");
    if (!file)
        error_set(error, STATUS_IO, "cannot write the log: %s \"%s\"", strerror(errno), path);
    else
        setvbuf(file, NULL, _IOLBF, 0); /* whole lines, also for a reader that follows */
    return file;
}

static void close_file(FILE *file)
{
    if (file && file != stdout)
        fclose(file);
}

enum status access_log_open(struct access_log *log, const char *path, struct error *error)
{
    *log = (struct access_log) { .path = path };
    pthread_mutex_init(&log->mutex, NULL);
    if (path && !(log->file = open_file(path, error)))
        return STATUS_IO;
    return STATUS_OK;
}

enum status access_log_reopen(struct access_log *log, struct error *error)
{
    FILE *fresh = log->path ? open_file(log->path, error) : NULL;
    if (log->path && !fresh)
        return STATUS_IO;
    pthread_mutex_lock(&log->mutex);
    close_file(log->file);
    log->file = fresh;
    pthread_mutex_unlock(&log->mutex);
    return STATUS_OK;
}

void access_log_close(struct access_log *log)
{
    close_file(log->file);
    log->file = NULL;
    pthread_mutex_destroy(&log->mutex);
}

static void append_escaped(struct buffer *out, const char *string)
{
    for (const char *byte = string && *string ? string : "-"; *byte; byte++) {
        unsigned char code = (unsigned char)*byte;
        if (code < 0x20 || code >= 0x7f || code == '"' || code == '\\')
            buffer_printf(out, "\\x%02X", code);
        else
            buffer_append_byte(out, *byte);
    }
}

void access_format(const struct access *access, struct buffer *out)
{
    struct tm local;
    char when[40];
    localtime_r(&access->when, &local);
    strftime(when, sizeof(when), "%d/%b/%Y:%H:%M:%S %z", &local);
    append_escaped(out, access->client);
    buffer_printf(out, " - - [%s] \"", when);
    append_escaped(out, access->method);
    buffer_append_byte(out, ' ');
    append_escaped(out, access->target);
    buffer_append_byte(out, ' ');
    append_escaped(out, access->version);
    buffer_printf(out, "\" %u %llu \"", access->code, access->bytes);
    append_escaped(out, access->referer);
    buffer_append(out, TEXT("\" \""));
    append_escaped(out, access->agent);
    buffer_append(out, TEXT("\"\n"));
}

void access_log_write(struct access_log *log, const struct access *access)
{
    CLEANUP(buffer_release) struct buffer line = BUFFER_INIT;
    if (!log->path)
        return;
    access_format(access, &line);
    pthread_mutex_lock(&log->mutex);
    if (log->file && line.data)
        fwrite(line.data, 1, line.length, log->file);
    pthread_mutex_unlock(&log->mutex);
}
