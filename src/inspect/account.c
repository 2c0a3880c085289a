#include "inspect/account.h"

#include <stdlib.h>
#include <string.h>

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
};

/* An entry that names an earlier place may only repeat what was there before. */
static void take_entry(struct account *account, int64_t number, const pdf_xref_entry *entry)
{
    const struct inspect_pdf *before = account->before;
    size_t start = (size_t)entry->ofs, end;
    pdf_xref_entry *old;

    if (entry->type != 'n')
        return;
    if (start < account->from) {
        old = pdf_get_xref_entry_no_null(before->context, before->document, (int)number);
        if (!old || old->type != 'n' || old->ofs != entry->ofs)
            inspect_reason_add(account->report, INSPECT_ALTERATION, "inspect-xref", "objet %d",
                               (int)number);
    } else if (object_end(account->after->bytes, start, number, &end)) {
        add_span(account->after, &account->spans, start, end);
    } else {
        inspect_reason_add(account->report, INSPECT_ALTERATION, "inspect-xref", "objet %d",
                           (int)number);
    }
}

static void take_entries(struct account *account)
{
    const pdf_document *later = account->after->document, *earlier = account->before->document;
    int newer = later->num_xref_sections - earlier->num_xref_sections;

    for (int i = 0; i < newer; i++)
        for (pdf_xref_subsec *part = later->xref_sections[i].subsec; part; part = part->next)
            for (int k = 0; k < part->len; k++)
                take_entry(account, (int64_t)part->start + k, &part->table[k]);
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
            inspect_reason_add(account->report, INSPECT_ALTERATION, "inspect-overlap", "octet %zu",
                               span->start);
            return;
        }
        if (!is_empty(file, at, span->start)) {
            inspect_reason_add(account->report, INSPECT_ALTERATION, "inspect-hidden-bytes",
                               "octet %zu", at);
            return;
        }
        at = span->end;
    }
    if (!is_empty(file, at, file.length))
        inspect_reason_add(account->report, INSPECT_ALTERATION, "inspect-trailing-bytes",
                           "octet %zu", at);
}

void inspect_account(const struct inspect_pdf *before, const struct inspect_pdf *after,
                     const struct inspect_history *history, size_t from,
                     struct inspect_report *report)
{
    struct account account = {.before = before, .after = after, .from = from, .report = report};

    if (!history->whole || after->document->repair_attempted ||
        before->document->repair_attempted ||
        after->document->num_xref_sections < before->document->num_xref_sections) {
        inspect_reason_add(report, INSPECT_ALTERATION, "inspect-xref", "%s", "");
        return;
    }
    take_entries(&account);
    for (size_t i = 0; i < history->count; i++)
        if (history->sections[i].start >= from)
            add_span(after, &account.spans, history->sections[i].start, history->sections[i].end);
    check_gaps(&account);
    if (!inspect_revision_ends(after->bytes, after->bytes.length, history))
        inspect_reason_add(report, INSPECT_ALTERATION, "inspect-trailing-bytes", "octet %zu",
                           after->bytes.length);
}
