/* Importing trainees: the file, and the word that its rows be kept. What they become is shown by
 * import_preview.c. */
#include "pages/import.h"

#include <string.h>

#include "base/text.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(import_form);
VIEW_TYPE(import_view);

#define FILE_NAME_MOST 255

#define IMPORT_FORM(FIELD)                          \
    FIELD(FILE, fichier, FORM_REQUIRED, 0, 0, NULL) \
    FIELD(LINE, class_name, FORM_OPTIONAL, 1, 50, NULL)
FORM_DECLARE(import_file, IMPORT_FORM)

#define CONFIRM_FORM(FIELD)                         \
    FIELD(LINE, digest, FORM_REQUIRED, 1, 64, NULL) \
    FIELD(CHOICE, papers, FORM_OPTIONAL, 0, 0, "remplacer|garder")
FORM_DECLARE(import_confirm, CONFIRM_FORM)

const struct import_form *page_import_form(struct exchange *x, const char *class_name)
{
    struct import_form *form = ARENA_NEW(x->arena, struct import_form);
    struct view_form_field *fields = ARENA_NEW_ARRAY(x->arena, 2, struct view_form_field);

    fields[0] = (struct view_form_field){.id = "fichier", .value = ""};
    fields[1] = (struct view_form_field){.id = "class_name", .value = class_name};
    *form = (struct import_form){.action = page_url(x->arena, at_trainees_upload),
                                 .file = &fields[0],
                                 .class_name = &fields[1]};
    return form;
}

static enum err show(struct exchange *x, unsigned status, const struct import_file *file)
{
    struct view_page page;
    struct import_form form = {.action = page_url(x->arena, at_trainees_upload),
                               .file = page_form_field(x->arena, "fichier", &file->fichier),
                               .class_name =
                                   page_form_field(x->arena, "class_name", &file->class_name)};
    struct import_view view = {.page = &page,
                               .form = &form,
                               .export_url = page_url(x->arena, at_trainees_export),
                               .back = page_url(x->arena, at_trainees)};

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, import_file, file);
    return http_page(x, status, "import.html", &view);
}

/* GET /stagiaires/import — admins and members of an establishment */
enum err page_trainees_import(struct exchange *x)
{
    struct import_file file;

    FORM_EMPTY(&file);
    return show(x, 200, &file);
}

/* The columns that must be there and are not, "Prénom, Date de naissance". */
static const char *missing(struct exchange *x, const struct trainee_table *table)
{
    const char *list = "";

    for (size_t i = 0; i < table->missing_count; i++)
        list =
            arena_printf(x->arena, "%s%s%s", list, i > 0 ? ", " : "",
                         http_sentence(x, arena_printf(x->arena, "column-%s", table->missing[i])));
    return list;
}

/* Why the file was not taken, and where; NULL where it is no matter of the file. */
static const char *refusal(struct exchange *x, const struct trainee_table *table)
{
    const char *key = arena_strdup(x->arena, err_last()->key);

    if (strcmp(key, "import-columns") == 0)
        return arena_printf(x->arena, "%s %s.", http_sentence(x, key), missing(x, table));
    if (strcmp(key, "table-quote") == 0)
        return arena_printf(x->arena, "%s (%s %zu)", http_sentence(x, key),
                            http_sentence(x, "import-line"), table->open_quote);
    if (strncmp(key, "table-", 6) == 0 || strcmp(key, "import-no-rows") == 0)
        return http_sentence(x, key);
    return NULL;
}

/* A name as long as can be kept. */
static const char *short_name(struct exchange *x, const char *name)
{
    const char *squeezed = text_squeeze(x->arena, name);

    return text_length(squeezed) <= FILE_NAME_MOST ? squeezed : "";
}

/* POST /stagiaires/import — admins and members of an establishment
 *
 *     fichier      a table (table/table.h) of at most 2 MB and 5,000 rows
 *     class_name   of the rows that name none; may be empty
 *
 * Leads to the preview. Nothing is written of it yet. */
enum err page_trainees_upload(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct trainee_table table;
    struct import_file file;
    const char *sentence;
    uint64_t id;
    enum err code;

    FORM_READ(x, import_file, &file);
    if (!FORM_GOOD(&file))
        return show(x, 422, &file);
    code = trainee_import_keep(&ctx, file.fichier.file->content,
                               short_name(x, file.fichier.file->name), file.class_name.text, &table,
                               &id);
    if (code == ERR_OK)
        return http_redirect(x, page_url(x->arena, at_import_preview, id));
    sentence = refusal(x, &table);
    if (!sentence)
        return code;
    file.fichier.error = arena_strdup(x->arena, err_last()->key);
    file.fichier.sentence = sentence;
    return show(x, code == ERR_TOO_LARGE ? 413 : 422, &file);
}

/* GET /stagiaires/import/{id} — who sent the file
 *
 * What would become of each row. */
enum err page_import_preview(struct exchange *x)
{
    return page_import_show(x, 200, false, NULL);
}

/* POST /stagiaires/import/{id} — who sent the file
 *
 *     digest   of the preview that was seen
 *     papers   remplacer (where it is absent) or garder: what becomes of conventions that are not
 *              yet returned */
enum err page_import_confirm(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct import_confirm form;
    bool keeps;
    enum err code;

    FORM_READ(x, import_confirm, &form);
    keeps = form.papers.given && form.papers.number == TRAINEE_PAPERS_KEEP;
    if (form.papers.error)
        return page_import_show(x, 422, keeps, form.papers.sentence);
    code = trainee_import_confirm(&ctx, http_id(x, 0), form.digest.text, !keeps);
    if (code == ERR_CONFLICT || code == ERR_TOO_LARGE)
        return page_import_show(x, code == ERR_CONFLICT ? 409 : 413, keeps,
                                http_sentence(x, arena_strdup(x->arena, err_last()->key)));
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_trainees), "imported");
}

/* POST /stagiaires/import/{id}/abandonner — who sent the file */
enum err page_import_abandon(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(trainee_import_abandon(&ctx, http_id(x, 0)));
    return page_done(x, page_url(x->arena, at_trainees), "import-abandoned");
}
