#include "pages/remarks.h"

#include "db/statements.h"

void page_remarks_text(struct exchange *x, const struct deposit_remark *remarks, size_t count,
                       const struct view_text **texts, size_t *text_count)
{
    struct view_text *shown = ARENA_NEW_ARRAY(x->arena, count, struct view_text);

    for (size_t i = 0; i < count; i++) {
        const char *sentence = http_sentence(x, remarks[i].sentence);

        shown[i].text = remarks[i].detail[0]
                            ? arena_printf(x->arena, "%s (%s)", sentence, remarks[i].detail)
                            : sentence;
    }
    *texts = shown;
    *text_count = count;
}

void page_texts(struct arena *arena, const char *const *texts, size_t count,
                const struct view_text **shown, size_t *shown_count)
{
    struct view_text *all = ARENA_NEW_ARRAY(arena, count, struct view_text);

    for (size_t i = 0; i < count; i++)
        all[i].text = texts[i];
    *shown = all;
    *shown_count = count;
}

enum err page_signers(struct exchange *x, uint64_t deposit, const struct view_text **signers,
                      size_t *count)
{
    struct deposit_signatures_row *rows;
    struct view_text *all;
    size_t found;

    ERR_TRY(db_deposit_signatures(
        x->db, x->arena, &(struct deposit_signatures_in){.deposit_id = deposit}, &rows, &found));
    all = ARENA_NEW_ARRAY(x->arena, found, struct view_text);
    for (size_t i = 0; i < found; i++)
        all[i].text = rows[i].signer;
    *signers = all;
    *count = found;
    return ERR_OK;
}
