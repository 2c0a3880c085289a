/* Importing establishments: the file, and the word to write it. */
#include "pages/directory.h"

#include <string.h>

#include "base/text.h"
#include "http/form.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(directory_form);
VIEW_TYPE(directory_import_view);

#define FILE_NAME_MOST 255

#define FILE_FORM(FIELD) FIELD(FILE, fichier, FORM_REQUIRED, 0, 0, NULL)
FORM_DECLARE(directory_file, FILE_FORM)

#define CONFIRM_FORM(FIELD) FIELD(LINE, digest, FORM_REQUIRED, 1, DIRECTORY_DIGEST_LENGTH, NULL)
FORM_DECLARE(directory_confirm, CONFIRM_FORM)

const struct directory_form *page_directory_form(struct exchange *x, const char *sentence)
{
    struct directory_form *form = ARENA_NEW(x->arena, struct directory_form);
    struct view_form_field *file = ARENA_NEW(x->arena, struct view_form_field);

    *file = (struct view_form_field){.id = "fichier", .value = "", .error = sentence};
    *form =
        (struct directory_form){.action = page_url(x->arena, at_directory_upload), .file = file};
    return form;
}

static enum err show(struct exchange *x, unsigned status, const struct directory_file *file)
{
    struct view_page page;
    struct directory_import_view view = {.page = &page,
                                         .form = page_directory_form(x, file->fichier.sentence),
                                         .back = page_url(x->arena, at_establishments)};

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, directory_file, file);
    return http_page(x, status, "directory-import.html", &view);
}

/* GET /etablissements/import — operators */
enum err page_directory(struct exchange *x)
{
    struct directory_file file;

    FORM_EMPTY(&file);
    return show(x, 200, &file);
}

/* Why the file was not taken, and where; NULL where it is no matter of the file. */
static const char *refusal(struct exchange *x, const char *key, const struct directory_table *table)
{
    if (strcmp(key, "table-quote") == 0)
        return arena_printf(x->arena, "%s (%s %zu)", http_sentence(x, key),
                            http_sentence(x, "directory-line"), table->open_quote);
    if (strncmp(key, "table-", 6) == 0 || strncmp(key, "directory-", 10) == 0)
        return http_sentence(x, key);
    return NULL;
}

/* A name as long as can be kept. */
static const char *short_name(struct exchange *x, const char *name)
{
    const char *squeezed = text_squeeze(x->arena, name);

    return text_length(squeezed) <= FILE_NAME_MOST ? squeezed : "";
}

/* POST /etablissements/import — operators
 *
 *     fichier   a table (table/table.h) of at most 2 MB and 5,000 rows
 *
 * Leads to the preview. Nothing is written of it yet. */
enum err page_directory_upload(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct directory_table table;
    struct directory_file file;
    const char *sentence, *key;
    uint64_t id;
    enum err code;

    FORM_READ(x, directory_file, &file);
    if (!FORM_GOOD(&file))
        return show(x, 422, &file);
    code = directory_import_keep(&ctx, file.fichier.file->content,
                                 short_name(x, file.fichier.file->name), &table, &id);
    if (code == ERR_OK)
        return http_redirect(x, page_url(x->arena, at_directory_preview, id));
    key = arena_strdup(x->arena, err_last()->key);
    sentence = refusal(x, key, &table);
    if (!sentence)
        return code;
    file.fichier.error = key;
    file.fichier.sentence = sentence;
    return show(x, code == ERR_TOO_LARGE ? 413 : 422, &file);
}

/* GET /etablissements/import/{id} — the operator who sent the file
 *
 * What would become of each row. */
enum err page_directory_preview(struct exchange *x)
{
    return page_directory_show(x, 200, NULL);
}

/* POST /etablissements/import/{id} — the operator who sent the file
 *
 *     digest   of the preview that was seen */
enum err page_directory_confirm(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct directory_confirm form;
    enum err code;

    FORM_READ(x, directory_confirm, &form);
    code = directory_import_confirm(&ctx, http_id(x, 0), form.digest.text);
    if (code == ERR_CONFLICT)
        return page_directory_show(x, 409,
                                   http_sentence(x, arena_strdup(x->arena, err_last()->key)));
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_establishments), "directory-imported");
}

/* POST /etablissements/import/{id}/abandonner — the operator who sent the file */
enum err page_directory_abandon(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(directory_import_abandon(&ctx, http_id(x, 0)));
    return page_done(x, page_url(x->arena, at_establishments), "directory-abandoned");
}
