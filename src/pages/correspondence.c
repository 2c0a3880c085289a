/* « Options »: how the establishment writes and is written to, and its reminders. */
#include "domain/correspondence.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "http/form.h"
#include "pages/frame.h"
#include "pages/options.h"
#include "pages/routes.h"

VIEW_TYPE(options_mails_view);

#define LONGEST_LIST 2000

#define MAILS_FORM(FIELD)                                                \
    FIELD(EMAIL, reply_to, FORM_OPTIONAL, 0, 254, NULL)                  \
    FIELD(TEXT, recipients, FORM_OPTIONAL, 0, LONGEST_LIST, NULL)        \
    FIELD(TEXT, closing, FORM_OPTIONAL, 0, CORRESPONDENCE_CLOSING, NULL) \
    FIELD(FLAG, remind, FORM_OPTIONAL, 0, 0, NULL)                       \
    FIELD(LINE, steps, FORM_OPTIONAL, 0, 60, NULL)                       \
    FIELD(FLAG, remind_origin, FORM_OPTIONAL, 0, 0, NULL)                \
    FIELD(FLAG, remind_host, FORM_OPTIONAL, 0, 0, NULL)
FORM_DECLARE(mails_form, MAILS_FORM)

static enum err show(struct exchange *x, unsigned status, uint32_t version,
                     const struct mails_form *form, const char *sentence)
{
    struct establishment_by_id_row *row;
    struct view_page page;
    struct options_mails_view view = {
        .page = &page,
        .tabs = page_options_tabs(x),
        .action = arena_printf(x->arena, "%s?version=%" PRIu32,
                               page_url(x->arena, at_correspondence_change), version),
        .trial_action = page_url(x->arena, at_correspondence_trial),
        .reply_to = page_form_field(x->arena, "reply_to", &form->reply_to),
        .recipients = page_form_field(x->arena, "recipients", &form->recipients),
        .closing = page_form_field(x->arena, "closing", &form->closing),
        .steps = page_form_field(x->arena, "steps", &form->steps),
        .remind = form->remind.flag,
        .remind_origin = form->remind_origin.flag,
        .remind_origin_error = form->remind_origin.sentence,
        .remind_host = form->remind_host.flag};

    ERR_TRY(page_options_establishment(x, &row));
    view.email = row->email;
    view.establishment_url = page_url(x->arena, at_options);
    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, mails_form, form);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    return http_page(x, status, "options-mails.html", &view);
}

static const char *one_a_line(struct arena *arena, const struct correspondence *correspondence)
{
    struct buf text = buf_new(arena, LONGEST_LIST);

    for (size_t i = 0; i < correspondence->recipient_count; i++)
        buf_printf(&text, "%s%s", i > 0 ? "\n" : "", correspondence->recipients[i]);
    return text.data;
}

static const char *with_commas(struct arena *arena, const struct correspondence *correspondence)
{
    struct buf text = buf_new(arena, LONGEST_LIST);

    for (size_t i = 0; i < correspondence->step_count; i++)
        buf_printf(&text, "%s%" PRIu32, i > 0 ? ", " : "", correspondence->steps[i]);
    return text.data;
}

/* GET /options/courriels — an establishment's admins */
enum err page_correspondence(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct correspondence correspondence;
    struct mails_form form;

    ERR_TRY(correspondence_read(&ctx, x->session->establishment_id, &correspondence));
    FORM_EMPTY(&form);
    form.reply_to.typed = correspondence.reply_to;
    form.recipients.typed = one_a_line(x->arena, &correspondence);
    form.closing.typed = correspondence.closing;
    form.remind.flag = correspondence.remind;
    form.steps.typed = with_commas(x->arena, &correspondence);
    form.remind_origin.flag = correspondence.remind_origin;
    form.remind_host.flag = correspondence.remind_host;
    return show(x, 200, correspondence.version, &form, NULL);
}

/* Reads the form; what its rows cannot judge is refused at its field. */
static void read_form(struct exchange *x, struct mails_form *form,
                      struct correspondence *correspondence)
{
    const char *fault;

    FORM_READ(x, mails_form, form);
    if (!correspondence_parse_recipients(x->arena, form->recipients.text, correspondence, &fault)) {
        form_refuse(x, &form->recipients, fault ? "recipient-invalid" : "recipients-too-many");
        if (fault)
            form->recipients.sentence =
                arena_printf(x->arena, "%s (« %.100s »)", form->recipients.sentence, fault);
    }
    if (!form->steps.error && (!correspondence_parse_steps(form->steps.text, correspondence) ||
                               (form->remind.flag && correspondence->step_count == 0)))
        form_refuse(x, &form->steps, "reminder-days-invalid");
    if (form->remind.flag && !form->remind_origin.flag && !form->remind_host.flag)
        form_refuse(x, &form->remind_origin, "reminder-to-nobody");
    correspondence->reply_to = form->reply_to.text;
    correspondence->closing = form->closing.text;
    correspondence->remind = form->remind.flag;
    correspondence->remind_origin = form->remind_origin.flag;
    correspondence->remind_host = form->remind_host.flag;
}

/* POST /options/courriels — an establishment's admins
 *
 *     version      of the settings that were seen, in the address
 *     reply_to     where answers to mails in its name go; may be empty
 *     recipients   who else gets what is sent to the establishment, one a line
 *     closing      the last words of mails in its name
 *     remind, steps, remind_origin, remind_host   reminders, how many days before, and to whom */
enum err page_correspondence_change(struct exchange *x)
{
    struct correspondence changed = {
        .version = (uint32_t)http_query_number(x, "version", 0, UINT32_MAX, UINT32_MAX)};
    struct context ctx = page_context(x);
    struct mails_form form;
    enum err code;

    read_form(x, &form, &changed);
    if (!FORM_GOOD(&form))
        return show(x, 422, changed.version, &form, NULL);
    code = correspondence_change(&ctx, x->session->establishment_id, &changed);
    if (code == ERR_CONFLICT)
        return show(x, 409, changed.version, &form,
                    http_sentence(x, arena_strdup(x->arena, err_last()->key)));
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_correspondence), "correspondence-changed");
}

/* POST /options/courriels/essai — an establishment's admins */
enum err page_correspondence_trial(struct exchange *x)
{
    struct context ctx = page_context(x);
    const char *back = page_url(x->arena, at_correspondence);

    ERR_TRY(correspondence_try(&ctx, x->session->establishment_id,
                               arena_printf(x->arena, "%s%s", x->settings->base_url, back)));
    return page_done(x, back, "trial-sent");
}
