#include "inspect/pdf_file.h"

#include <stddef.h>
#include <string.h>

#include "inspect/lexer.h"
#include "inspect/protocol.h"

#define HEADER_WITHIN 1024
#define END_WITHIN 1024
#define TOKEN_PREFIX "PARAPHE1:"

void *inspect_pool(fz_context *context, fz_pool *pool, size_t count, size_t size)
{
    /* MuPDF's pools hand out places that need not be aligned for more than an int. */
    const size_t alignment = _Alignof(max_align_t);
    unsigned char *place;

    if (size != 0 && count > SIZE_MAX / 2 / size)
        fz_throw(context, FZ_ERROR_MEMORY, "too much of a PDF");
    place = fz_pool_alloc(context, pool, count * size + alignment);
    place += (alignment - (uintptr_t)place % alignment) % alignment;
    return memset(place, 0, count * size + 1);
}

/* ISO 32000-1 annex H.3.4.1: the header stands within the first 1024 bytes. */
static bool has_header(struct bytes bytes)
{
    size_t last = bytes.length < HEADER_WITHIN ? bytes.length : HEADER_WITHIN;

    for (size_t at = 0; at + 5 <= last; at++)
        if (memcmp(bytes.data + at, "%PDF-", 5) == 0)
            return true;
    return false;
}

/* A file ends in a line with its end marker (ISO 32000-1 §7.5.5). As readers do, some bytes behind
 * it are suffered, but not what would be a further revision. */
static bool has_end(struct bytes bytes)
{
    size_t end = inspect_find_last(bytes, bytes.length, "%%EOF");

    return end != SIZE_MAX && bytes.length - end <= END_WITHIN &&
           !memmem(bytes.data + end, bytes.length - end, " obj", 4);
}

struct walk {
    int nodes;
    bool too_many_nodes, too_many_pages;
};

static void list_pages(struct inspect_pdf *pdf, pdf_obj *node, int depth, struct walk *walk)
{
    fz_context *context = pdf->context;
    pdf_obj *kids = pdf_dict_get(context, node, PDF_NAME(Kids));

    if (!pdf_is_dict(context, node) || depth > INSPECT_TREE_DEPTH_MAX)
        return;
    if (++walk->nodes > INSPECT_TREE_NODES_MAX || walk->too_many_pages) {
        walk->too_many_nodes = !walk->too_many_pages;
        return;
    }
    if (pdf_is_array(context, kids)) {
        for (int i = 0; i < pdf_array_len(context, kids); i++)
            list_pages(pdf, pdf_array_get(context, kids, i), depth + 1, walk);
    } else if (pdf->page_count == INSPECT_PAGES_MAX) {
        walk->too_many_pages = true;
    } else {
        pdf->pages[pdf->page_count++] = pdf_keep_obj(context, node);
    }
}

static size_t count_entries(const pdf_document *document)
{
    size_t count = 0;

    for (int i = 0; i < document->num_xref_sections; i++)
        for (pdf_xref_subsec *part = document->xref_sections[i].subsec; part; part = part->next)
            count += (size_t)part->len;
    return count;
}

static void copy_entries(struct inspect_pdf *pdf)
{
    const pdf_document *document = pdf->document;
    size_t count = count_entries(document);

    if (count > 4 * (size_t)INSPECT_OBJECTS_MAX)
        fz_throw(pdf->context, FZ_ERROR_GENERIC, "too many entries");
    pdf->section_count = document->num_xref_sections;
    pdf->was_repaired = document->repair_attempted;
    pdf->entries = inspect_pool(pdf->context, pdf->pool, count, sizeof *pdf->entries);
    for (int i = 0; i < document->num_xref_sections; i++)
        for (pdf_xref_subsec *part = document->xref_sections[i].subsec; part; part = part->next)
            for (int k = 0; k < part->len; k++) {
                const pdf_xref_entry *entry = &part->table[k];

                if (entry->type == 'n' || entry->type == 'o')
                    pdf->entries[pdf->entry_count++] =
                        (struct inspect_entry){.section = i,
                                               .number = part->start + k,
                                               .is_packed = entry->type == 'o',
                                               .place = entry->ofs,
                                               .index = entry->type == 'o' ? entry->gen : 0};
            }
}

static enum inspect_opened look_inside(struct inspect_pdf *pdf)
{
    fz_context *context = pdf->context;
    pdf_obj *root;
    struct walk walk = {0};

    if (pdf_needs_password(context, pdf->document))
        return INSPECT_OPENED_ENCRYPTED;
    if (pdf_xref_len(context, pdf->document) > INSPECT_OBJECTS_MAX)
        return INSPECT_OPENED_TOO_MUCH;
    root = pdf_dict_get(context, pdf_trailer(context, pdf->document), PDF_NAME(Root));
    list_pages(pdf, pdf_dict_get(context, root, PDF_NAME(Pages)), 0, &walk);
    if (walk.too_many_pages)
        return INSPECT_OPENED_TOO_MANY_PAGES;
    if (walk.too_many_nodes)
        return INSPECT_OPENED_TOO_MUCH;
    if (pdf->page_count == 0)
        return INSPECT_OPENED_BROKEN;
    return pdf->was_repaired && !has_end(pdf->bytes) ? INSPECT_OPENED_CUT_OFF : INSPECT_OPENED;
}

static bool mentions(struct bytes bytes, const char *needle)
{
    return memmem(bytes.data, bytes.length, needle, strlen(needle)) != NULL;
}

enum inspect_opened inspect_pdf_open(fz_context *context, fz_pool *pool, struct bytes bytes,
                                     struct inspect_pdf *pdf)
{
    enum inspect_opened opened = INSPECT_OPENED_BROKEN;
    fz_stream *stream = NULL;

    *pdf = (struct inspect_pdf){.context = context, .pool = pool, .bytes = bytes};
    if (bytes.length == 0)
        return INSPECT_OPENED_EMPTY;
    if (!has_header(bytes))
        return INSPECT_OPENED_NOT_PDF;
    if (bytes.length > INSPECT_FILE_MAX)
        return INSPECT_OPENED_TOO_LARGE;
    fz_var(stream);
    fz_var(opened);
    fz_try(context)
    {
        stream = fz_open_memory(context, bytes.data, bytes.length);
        pdf->document = pdf_open_document_with_stream(context, stream);
        copy_entries(pdf);
        opened = look_inside(pdf);
    }
    fz_always(context) fz_drop_stream(context, stream);
    fz_catch(context)
    {
        if (fz_caught(context) == FZ_ERROR_MEMORY)
            fz_rethrow(context);
        opened = mentions(bytes, "/Encrypt") ? INSPECT_OPENED_ENCRYPTED : INSPECT_OPENED_BROKEN;
    }
    return opened;
}

void inspect_pdf_close(struct inspect_pdf *pdf)
{
    for (int i = 0; i < pdf->page_count; i++)
        pdf_drop_obj(pdf->context, pdf->pages[i]);
    pdf->page_count = 0;
    pdf_drop_document(pdf->context, pdf->document);
    pdf->document = NULL;
}

static bool is_token_character(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_';
}

static void add_token(struct inspect_tokens *tokens, const unsigned char *text, size_t length)
{
    char token[INSPECT_TOKEN_SIZE];

    if (length >= sizeof token)
        return;
    memcpy(token, text, length);
    token[length] = '\0';
    for (uint32_t i = 0; i < tokens->count; i++)
        if (strcmp(tokens->list[i], token) == 0)
            return;
    if (tokens->count < INSPECT_TOKENS_MAX)
        memcpy(tokens->list[tokens->count++], token, length + 1);
}

static void find_tokens(struct bytes text, struct inspect_tokens *tokens)
{
    size_t prefix = strlen(TOKEN_PREFIX);
    const unsigned char *at = text.data, *end = text.data + text.length;

    while (at < end && (at = memmem(at, (size_t)(end - at), TOKEN_PREFIX, prefix)) != NULL) {
        const unsigned char *last = at + prefix;

        while (last < end && is_token_character(*last))
            last++;
        add_token(tokens, at, (size_t)(last - at));
        at = last;
    }
}

void inspect_pdf_tokens(const struct inspect_pdf *pdf, struct inspect_tokens *tokens)
{
    fz_context *context = pdf->context;
    pdf_obj *trailer = pdf_trailer(context, pdf->document);
    pdf_obj *info = pdf_dict_get(context, trailer, PDF_NAME(Info));
    pdf_obj *root = pdf_dict_get(context, trailer, PDF_NAME(Root));
    pdf_obj *metadata = pdf_dict_get(context, root, PDF_NAME(Metadata));
    fz_buffer *buffer = NULL;

    for (int i = 0; i < pdf_dict_len(context, info); i++) {
        char text[4 * INSPECT_TOKEN_SIZE];

        inspect_pdf_text(context, pdf_dict_get_val(context, info, i), text, sizeof text);
        find_tokens(bytes_of(text), tokens);
    }
    if (!pdf_is_stream(context, metadata))
        return;
    fz_var(buffer);
    fz_try(context)
    {
        struct bytes xmp = {0};
        unsigned char *data;

        buffer = pdf_load_stream(context, metadata);
        xmp.length = fz_buffer_storage(context, buffer, &data);
        xmp.data = data;
        find_tokens(xmp, tokens);
    }
    fz_always(context) fz_drop_buffer(context, buffer);
    fz_catch(context)
    {
        if (fz_caught(context) == FZ_ERROR_MEMORY)
            fz_rethrow(context);
    }
}

void inspect_pdf_text(fz_context *context, pdf_obj *string, char *place, size_t size)
{
    const char *text = pdf_is_string(context, string) ? pdf_to_text_string(context, string)
                                                      : pdf_to_name(context, string);

    inspect_text_copy(place, size, bytes_of(text));
}

uint32_t inspect_pdf_page_of(const struct inspect_pdf *pdf, pdf_obj *annotation)
{
    fz_context *context = pdf->context;
    int number = pdf_to_num(context, annotation);

    for (int i = 0; number > 0 && i < pdf->page_count; i++) {
        pdf_obj *annots = pdf_dict_get(context, pdf->pages[i], PDF_NAME(Annots));

        for (int k = 0; k < pdf_array_len(context, annots); k++)
            if (pdf_to_num(context, pdf_array_get(context, annots, k)) == number)
                return (uint32_t)i + 1;
    }
    return 0;
}
