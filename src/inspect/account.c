#include "inspect/account.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/attacks.h"
#include "inspect/lexer.h"

struct spans {
    struct inspect_span *list;
    size_t count, room;
};

static void add_span(const struct inspect_pdf *pdf, struct spans *spans, size_t start, size_t end)
{
    if (spans->count == spans->room) {
        size_t room = spans->room ? spans->room * 2 : 128;
        struct inspect_span *list = inspect_pool(pdf->context, pdf->pool, room, sizeof *list);

        if (spans->count > 0)
            memcpy(list, spans->list, spans->count * sizeof *list);
        spans->list = list;
        spans->room = room;
    }
    spans->list[spans->count++] = (struct inspect_span){start, end};
}

/* Behind "endstream", given that "stream" was just read. A Length that refers to an object is not
 * looked up: the first "endstream endobj" then ends it. */
static bool skip_stream(struct inspect_lexer *lexer, size_t dictionary)
{
    struct bytes bytes = lexer->bytes;
    struct inspect_span length = {0};
    unsigned found = 0;
    struct inspect_lexer ahead;

    if (inspect_dictionary_find(bytes, dictionary, "Length", &length, &found) && found == 1) {
        ahead = inspect_lexer_at(bytes, length.start);
        if (inspect_lex(&ahead) == INSPECT_TOKEN_INTEGER && ahead.span.end == length.end &&
            ahead.integer >= 0 && (uint64_t)ahead.integer <= bytes.length - lexer->at) {
            size_t start = lexer->at;

            /* one end-of-line follows "stream" (§7.3.8.1) */
            start += start < bytes.length && bytes.data[start] == '\r';
            start += start < bytes.length && bytes.data[start] == '\n';
            if ((uint64_t)ahead.integer <= bytes.length - start) {
                ahead = inspect_lexer_at(bytes, start + (size_t)ahead.integer);
                inspect_lex(&ahead);
                if (inspect_lex_is(&ahead, "endstream")) {
                    *lexer = ahead;
                    return true;
                }
            }
        }
    }
    for (size_t at = lexer->at; at < bytes.length;) {
        const unsigned char *end = memmem(bytes.data + at, bytes.length - at, "endstream", 9);

        if (!end)
            return false;
        at = (size_t)(end - bytes.data) + 9;
        ahead = inspect_lexer_at(bytes, at);
        inspect_lex(&ahead);
        if (inspect_lex_is(&ahead, "endobj")) {
            lexer->at = at;
            return true;
        }
    }
    return false;
}

/* Where the object that should stand at `start` ends; false where another or none stands there. */
static bool object_end(struct bytes file, size_t start, int64_t number, size_t *end)
{
    struct inspect_lexer lexer = inspect_lexer_at(file, start), ahead;
    struct inspect_span value;
    int64_t found, generation;

    if (!inspect_object_header(&lexer, &found, &generation) || found != number)
        return false;
    ahead = lexer;
    if (!inspect_skip_object(&ahead, &value)) {
        /* an object may be empty */
        inspect_lex(&lexer);
        *end = lexer.at;
        return inspect_lex_is(&lexer, "endobj");
    }
    lexer = ahead;
    inspect_lex(&lexer);
    if (inspect_lex_is(&lexer, "stream")) {
        if (!skip_stream(&lexer, value.start))
            return false;
        inspect_lex(&lexer);
    }
    *end = inspect_lex_is(&lexer, "endobj") ? lexer.at : value.end;
    return true;
}

struct account {
    const struct inspect_pdf *before, *after;
    size_t from;
    struct spans spans;
    struct inspect_report *report;
    unsigned traces;
    const struct inspect_entry **earlier; /* by number: the entry in force before */
    int earlier_count;
    const struct inspect_entry **later; /* and now */
    int later_count;
    int packed_in; /* object stream whose header was read last */
    const int *packed;
    int packed_count;
    bool good;
};

__attribute__((format(printf, 3, 4))) static void wrong(struct account *account, const char *key,
                                                        const char *format, ...)
{
    char detail[64];
    va_list args;

    va_start(args, format);
    vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    inspect_reason_add(account->report, INSPECT_ALTERATION, key, "%s", detail);
    account->good = false;
}

/* The entries in force by their numbers: those of the newest section that has one. */
static const struct inspect_entry **in_force(const struct inspect_pdf *pdf, int *count)
{
    const struct inspect_entry **list;

    *count = 0;
    for (size_t i = 0; i < pdf->entry_count; i++)
        if (pdf->entries[i].number >= *count)
            *count = pdf->entries[i].number + 1;
    list = inspect_pool(pdf->context, pdf->pool, (size_t)*count, sizeof(struct inspect_entry *));
    for (size_t i = 0; i < pdf->entry_count; i++)
        if (!list[pdf->entries[i].number])
            list[pdf->entries[i].number] = &pdf->entries[i];
    return list;
}

/* The numbers that the header of an object stream lists (§7.5.7). */
static void read_packed(struct account *account, int stream)
{
    fz_context *context = account->after->context;
    pdf_obj *object = pdf_new_indirect(context, account->after->document, stream, 0);
    fz_buffer *buffer = NULL;

    account->packed_in = stream;
    account->packed_count = 0;
    fz_var(buffer);
    fz_try(context)
    {
        int count = pdf_dict_get_int(context, object, PDF_NAME(N)), *numbers;
        struct inspect_lexer lexer;
        struct bytes bytes = {0};
        unsigned char *data;

        buffer = pdf_load_stream(context, object);
        bytes.length = fz_buffer_storage(context, buffer, &data);
        bytes.data = data;
        if (count < 0 || count > INSPECT_OBJECTS_MAX)
            count = 0;
        numbers = inspect_pool(context, account->after->pool, (size_t)count, sizeof *numbers);
        lexer = inspect_lexer_at(bytes, 0);
        while (account->packed_count < count && inspect_lex(&lexer) == INSPECT_TOKEN_INTEGER) {
            numbers[account->packed_count++] = (int)lexer.integer;
            inspect_lex(&lexer);
        }
        account->packed = numbers;
    }
    fz_always(context)
    {
        fz_drop_buffer(context, buffer);
        pdf_drop_obj(context, object);
    }
    fz_catch(context) fz_rethrow(context);
}

/* An object in a stream: an old stream may only give what it gave before, a new one must list the
 * object where the entry says. */
static void take_packed(struct account *account, const struct inspect_entry *entry,
                        const struct inspect_entry *old)
{
    const struct inspect_entry *stream = entry->place > 0 && entry->place < account->later_count
                                             ? account->later[entry->place]
                                             : NULL;

    if (!stream || stream->is_packed) {
        wrong(account, "inspect-xref", "objet %d", entry->number);
        return;
    }
    if ((size_t)stream->place < account->from) {
        if (!old || !old->is_packed || old->place != entry->place || old->index != entry->index)
            wrong(account, "inspect-xref", "objet %d", entry->number);
        return;
    }
    if (account->packed_in != entry->place)
        read_packed(account, (int)entry->place);
    if (entry->index >= account->packed_count || account->packed[entry->index] != entry->number)
        wrong(account, "inspect-xref", "objet %d", entry->number);
}

/* An entry that names an earlier place may only repeat what was there before. */
static void take_entry(struct account *account, const struct inspect_entry *entry)
{
    const struct inspect_entry *old =
        entry->number < account->earlier_count ? account->earlier[entry->number] : NULL;
    size_t start = (size_t)entry->place, end;

    if (entry->is_packed) {
        take_packed(account, entry, old);
    } else if (start < account->from) {
        if (!old || old->is_packed || old->place != entry->place) {
            wrong(account, "inspect-xref", "objet %d", entry->number);
            account->traces |= INSPECT_TRACE_PREPARED;
        }
    } else if (object_end(account->after->bytes, start, entry->number, &end)) {
        add_span(account->after, &account->spans, start, end);
    } else {
        wrong(account, "inspect-xref", "objet %d", entry->number);
    }
}

static int compare_spans(const void *a, const void *b)
{
    const struct inspect_span *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

/* Between two spans: white space, comments and "startxref number" alone. */
static bool is_empty(struct bytes file, size_t start, size_t end)
{
    struct inspect_lexer lexer = inspect_lexer_at((struct bytes){file.data, end}, start);

    while (inspect_lex(&lexer) != INSPECT_TOKEN_END)
        if (!inspect_lex_is(&lexer, "startxref") || inspect_lex(&lexer) != INSPECT_TOKEN_INTEGER)
            return false;
    return true;
}

static void check_gaps(struct account *account)
{
    struct spans *spans = &account->spans;
    struct bytes file = account->after->bytes;
    size_t at = account->from;

    if (spans->count > 0)
        qsort(spans->list, spans->count, sizeof *spans->list, compare_spans);
    for (size_t i = 0; i < spans->count; i++) {
        const struct inspect_span *span = &spans->list[i];

        if (i > 0 && span->start == spans->list[i - 1].start)
            continue; /* the same object in two sections */
        if (span->start < at) {
            wrong(account, "inspect-overlap", "octet %zu", span->start);
            return;
        }
        if (!is_empty(file, at, span->start)) {
            wrong(account, "inspect-hidden-bytes", "octet %zu", at);
            return;
        }
        at = span->end;
    }
    if (!is_empty(file, at, file.length))
        wrong(account, "inspect-trailing-bytes", "octet %zu", at);
}

bool inspect_account(const struct inspect_pdf *before, const struct inspect_pdf *after,
                     const struct inspect_history *history, size_t from,
                     struct inspect_report *report, unsigned *traces)
{
    struct account account = {
        .before = before, .after = after, .from = from, .report = report, .good = true};
    int newer = after->section_count - before->section_count;

    if (after->was_repaired || before->was_repaired || newer < 0) {
        wrong(&account, "inspect-xref", "%s", "");
        return false;
    }
    account.earlier = in_force(before, &account.earlier_count);
    account.later = in_force(after, &account.later_count);
    for (size_t i = 0; i < after->entry_count; i++)
        if (after->entries[i].section < newer)
            take_entry(&account, &after->entries[i]);
    for (size_t i = 0; i < history->count; i++)
        if (history->sections[i].start >= from)
            add_span(after, &account.spans, history->sections[i].start, history->sections[i].end);
    check_gaps(&account);
    if (!inspect_revision_ends(after->bytes, after->bytes.length, history))
        wrong(&account, "inspect-trailing-bytes", "octet %zu", after->bytes.length);
    *traces |= account.traces;
    return account.good;
}
