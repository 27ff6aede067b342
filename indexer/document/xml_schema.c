/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/document/xml_schema.h"

#include <pthread.h>
#include <stdint.h>

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlschemastypes.h>

#include "indexer/base/arena.h"
#include "indexer/base/cleanup.h"
#include "indexer/base/file.h"

#define SCHEMA_NAME "reply.rng"
#define SCHEMA_BYTES_MAX ((size_t)1 << 20)

struct xml_schema {
    xmlDoc *source; /* the schema's own XML, which the compiled form points into */
    xmlRelaxNG *compiled;
};

static pthread_once_t prepared = PTHREAD_ONCE_INIT;

static void prepare_process(void)
{
    xmlInitParser();
    xmlSchemaInitTypes(); /* both are lazy and not thread-safe by themselves */
    xmlRelaxNGInitTypes();
}

static void ignore(void *context, xmlErrorPtr problem)
{
    (void)context;
    (void)problem;
}

void xml_prepare(void)
{
    pthread_once(&prepared, prepare_process);
    xmlSetStructuredErrorFunc(NULL, ignore); /* of this thread */
}

static void free_schema(struct xml_schema **schema)
{
    if (!*schema)
        return;
    if ((*schema)->compiled)
        xmlRelaxNGFree((*schema)->compiled);
    if ((*schema)->source)
        xmlFreeDoc((*schema)->source);
    free(*schema);
}

static void free_source_parser(xmlParserCtxt **parser)
{
    if (*parser)
        xmlFreeParserCtxt(*parser);
}

static void free_schema_parser(xmlRelaxNGParserCtxt **parser)
{
    if (*parser)
        xmlRelaxNGFreeParserCtxt(*parser);
}

static enum status compile(struct xml_schema *schema, struct text bytes)
{
    CLEANUP(free_source_parser) xmlParserCtxt *parser = xmlNewParserCtxt();
    if (!parser)
        return STATUS_NO_MEMORY;
    schema->source = xmlCtxtReadMemory(parser, bytes.data, (int)bytes.length, SCHEMA_NAME, NULL,
                                       XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!schema->source)
        return STATUS_INVALID;

    CLEANUP(free_schema_parser)
    xmlRelaxNGParserCtxt *compiler = xmlRelaxNGNewDocParserCtxt(schema->source);
    if (!compiler)
        return STATUS_NO_MEMORY;
    xmlRelaxNGSetParserStructuredErrors(compiler, ignore, NULL);
    schema->compiled = xmlRelaxNGParse(compiler);
    return schema->compiled ? STATUS_OK : STATUS_INVALID;
}

static enum status open_schema(struct xml_schema **out, struct error *error)
{
    CLEANUP(free_schema) struct xml_schema *schema = calloc(1, sizeof(*schema));
    if (!schema)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");

    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena, 0);
    CLEANUP(buffer_release) struct buffer bytes = BUFFER_INIT;
    const char *path = NULL;
    enum status status = file_find_data(SCHEMA_NAME, &arena, &path, error);
    if (!status)
        status = file_read(path, SCHEMA_BYTES_MAX, &bytes, error);
    if (status)
        return status;
    status = compile(schema, buffer_text(&bytes));
    if (status)
        return error_set(
            error, status,
            status == STATUS_NO_MEMORY ? "out of memory" : "not a RELAX NG schema \"%s\"", path);
    *out = schema;
    schema = NULL;
    return STATUS_OK;
}

enum status xml_schema_get(const struct xml_schema **out, struct error *error)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct xml_schema *shared;

    pthread_mutex_lock(&lock);
    enum status status = shared ? STATUS_OK : open_schema(&shared, error);
    *out = shared;
    pthread_mutex_unlock(&lock);
    return status;
}

struct violation {
    bool found;
    struct error error;
};

/* libxml2 says the precise thing first and then what follows from it. */
static void note_first(void *context, xmlErrorPtr problem)
{
    struct violation *violation = context;
    if (violation->found)
        return;
    violation->found = true;

    const xmlNode *node = problem->node;
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->parent;
    const char *message = problem->message ? problem->message : "";
    size_t length = strcspn(message, "\n");
    if (strncmp(message, "Expecting an element , got nothing", length) == 0)
        message = "Expecting another element", length = strlen(message);
    error_set(&violation->error, STATUS_INVALID, "line %td, element \"%s\": %.*s",
              node ? (intptr_t)node->_private : 0, node ? (const char *)node->name : "reply",
              (int)length, message);
}

static void free_validator(xmlRelaxNGValidCtxt **validator)
{
    if (*validator)
        xmlRelaxNGFreeValidCtxt(*validator);
}

enum status xml_schema_check(const struct xml_schema *schema, xmlDoc *tree, struct error *error)
{
    CLEANUP(free_validator)
    xmlRelaxNGValidCtxt *validator = xmlRelaxNGNewValidCtxt(schema->compiled);
    if (!validator)
        return error_set(error, STATUS_NO_MEMORY, "out of memory");

    struct violation violation = { .found = false };
    xmlRelaxNGSetValidStructuredErrors(validator, note_first, &violation);
    if (xmlRelaxNGValidateDoc(validator, tree) == 0)
        return STATUS_OK;
    if (!violation.found)
        error_set(&violation.error, STATUS_INVALID, "reply does not follow the schema");
    return error_set(error, STATUS_INVALID, "%s", violation.error.message);
}
