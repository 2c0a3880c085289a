/* « Aide »: how to do what the platform is for, a page a subject, each step with its picture.
 *
 * The subjects and their parts stand in help_view.h, their texts in views/help. The index shows
 * the parts that are for the account; a subject can be read by all who are signed in, whatever
 * part it is of: nothing in it is anybody's data, whoever is sent its address by telephone must
 * not meet a closed door, and the operator helps best who reads what the schools read. */
#include "pages/help.h"

#include <string.h>

#include "pages/frame.h"
#include "pages/help_view.h"
#include "pages/routes.h"
#include "view/markdown.h"

VIEW_TYPE(help_text);
VIEW_TYPE(help_subject);
VIEW_TYPE(help_view);
VIEW_TYPE(help_subject_view);

enum part { HELP_HOST, HELP_ORIGIN, HELP_DAILY, HELP_ADMIN, HELP_OPERATOR };

struct subject {
    enum part part;
    const char *name;
    const char *view;
};

#define SUBJECT(part, name) {(part), (name), "help/" name ".md"},
static const struct subject subjects[] = {HELP_SUBJECTS(SUBJECT)};
#undef SUBJECT

#define SUBJECT_COUNT (sizeof subjects / sizeof subjects[0])

/* Which subject explains which page. */
static const struct {
    enum page page;
    const char *subject;
} explained[] = {
    {at_home, "etats-des-conventions"},
    {at_followup, "suivre-les-inscriptions"},
    {at_failed_mails, "suivre-les-inscriptions"},
    {at_calendar, "calendrier"},
    {at_feed, "calendrier"},
    {at_placements, "inscrire-un-stagiaire"},
    {at_placement_new, "proposer-un-stage"},
    {at_placement_edit, "proposer-un-stage"},
    {at_placement_copy, "proposer-un-stage"},
    {at_placement_repetition, "proposer-un-stage"},
    {at_placement_cancellation, "proposer-un-stage"},
    {at_placement, "suivre-les-inscriptions"},
    {at_registration, "inscrire-un-stagiaire"},
    {at_group, "inscrire-un-groupe"},
    {at_waiting, "liste-d-attente"},
    {at_waiting_leaving, "liste-d-attente"},
    {at_trainees, "importer-une-classe"},
    {at_trainees_import, "importer-une-classe"},
    {at_import_preview, "importer-une-classe"},
    {at_trainee, "corriger-un-stagiaire"},
    {at_trainee_edit, "corriger-un-stagiaire"},
    {at_trainee_new, "inscrire-un-groupe"},
    {at_trainee_removal, "corriger-un-stagiaire"},
    {at_conventions, "deposer-une-convention"},
    {at_deposit, "deposer-une-convention"},
    {at_upload, "deposer-une-convention"},
    {at_several_validate, "plusieurs-conventions"},
    {at_several_remind, "plusieurs-conventions"},
    {at_convention, "valider-une-convention"},
    {at_invalidation, "valider-une-convention"},
    {at_cancellation, "corriger-un-stagiaire"},
    {at_options, "regler-l-etablissement"},
    {at_images, "regler-l-etablissement"},
    {at_wording, "texte-de-la-convention"},
    {at_wording_version, "texte-de-la-convention"},
    {at_members, "membres"},
    {at_member, "membres"},
    {at_correspondence, "courriels-et-rappels"},
    {at_zone, "calendrier"},
    {at_profile, "mon-compte"},
    {at_email, "mon-compte"},
    {at_sessions, "mon-compte"},
    {at_factor, "double-authentification"},
    {at_contacts, "contacts"},
    {at_contact, "contacts"},
    {at_contact_new, "contacts"},
    {at_cards, "contacts"},
    {at_letter_write, "contacts"},
    {at_letter, "contacts"},
    {at_establishments, "etablissements"},
    {at_establishment_new, "etablissements"},
    {at_directory, "etablissements"},
    {at_establishment, "licences"},
    {at_accounts, "comptes"},
    {at_account_invitation, "comptes"},
    {at_account, "comptes"},
    {at_mails, "courriels-en-echec"},
    {at_mail, "courriels-en-echec"},
    {at_history, "historique"},
    {at_history_check, "historique"},
};

static const char *address_of(struct exchange *x, const char *subject)
{
    return arena_printf(x->arena, "%s/%s", page_url(x->arena, at_help), subject);
}

static const struct subject *find(const char *name)
{
    for (size_t i = 0; i < SUBJECT_COUNT; i++)
        if (strcmp(subjects[i].name, name) == 0)
            return &subjects[i];
    return NULL;
}

const char *page_help_here(struct exchange *x)
{
    if (!x->session || !x->route)
        return NULL;
    if (x->route == &page_routes[at_home] && x->session->role == HTTP_ROLE_OPERATOR)
        return address_of(x, "surveiller");
    for (size_t i = 0; i < sizeof explained / sizeof explained[0]; i++)
        if (x->route == &page_routes[explained[i].page])
            return address_of(x, explained[i].subject);
    return NULL;
}

/* Cuts the first block of Markdown off: what stands before the first empty line. */
static const char *cut_block(struct arena *arena, const char **markdown)
{
    const char *end = strstr(*markdown, "\n\n");
    size_t length = end ? (size_t)(end - *markdown) : strlen(*markdown);
    const char *block = arena_strndup(arena, *markdown, length);

    *markdown += length;
    *markdown += strspn(*markdown, "\n");
    return block;
}

/* A subject's text, parted: title and lead into *about, the steps into *steps. */
static enum err read(struct exchange *x, const struct subject *subject, struct help_subject *about,
                     const char **steps)
{
    const struct help_text facts = {.site = x->settings->base_url};
    struct buf text = buf_new(x->arena, VIEW_MARKDOWN_MOST);
    const char *title;

    ERR_TRY(view_render(x->views, subject->view, &facts, &text));
    *steps = text.data;
    title = cut_block(x->arena, steps);
    if (strncmp(title, "# ", 2) != 0)
        return err_raise(ERR_INTERNAL, NULL, "%s has no title", subject->view);
    about->url = address_of(x, subject->name);
    about->title = title + 2;
    about->lead = cut_block(x->arena, steps);
    return ERR_OK;
}

/* The subjects of a part; the one named open is marked. */
static enum err list(struct exchange *x, enum part part, const struct subject *open,
                     const struct help_subject **found, size_t *count)
{
    struct help_subject *rows = ARENA_NEW_ARRAY(x->arena, SUBJECT_COUNT, struct help_subject);
    const char *steps;

    *found = rows;
    *count = 0;
    for (size_t i = 0; i < SUBJECT_COUNT; i++)
        if (subjects[i].part == part) {
            ERR_TRY(read(x, &subjects[i], &rows[*count], &steps));
            rows[(*count)++].is_open = &subjects[i] == open;
        }
    return ERR_OK;
}

/* GET /aide — who is signed in
 *
 * The subjects for this account. */
enum err page_help(struct exchange *x)
{
    const bool is_operator = x->session->role == HTTP_ROLE_OPERATOR;
    struct view_page page;
    struct help_view view = {.page = &page};

    if (is_operator)
        ERR_TRY(list(x, HELP_OPERATOR, NULL, &view.operation, &view.operation_count));
    if (is_operator || x->session->role == HTTP_ROLE_ADMIN)
        ERR_TRY(list(x, HELP_ADMIN, NULL, &view.admin, &view.admin_count));
    ERR_TRY(list(x, HELP_HOST, NULL, &view.host, &view.host_count));
    ERR_TRY(list(x, HELP_ORIGIN, NULL, &view.origin, &view.origin_count));
    ERR_TRY(list(x, HELP_DAILY, NULL, &view.daily, &view.daily_count));
    page_frame(x, &page);
    return http_page(x, 200, "help.html", &view);
}

/* GET /aide/{token} — who is signed in
 *
 * token: the subject's name. */
enum err page_help_subject(struct exchange *x)
{
    const struct subject *subject = find(http_token(x, 0));
    struct view_page page;
    struct help_subject_view view = {.page = &page, .index_url = page_url(x->arena, at_help)};
    struct help_subject about = {0};
    const char *steps;

    if (!subject)
        return err_raise(ERR_NOT_FOUND, "help-no-such-subject", "%s", http_token(x, 0));
    ERR_TRY(read(x, subject, &about, &steps));
    ERR_TRY(view_markdown_html(x->arena, steps, VIEW_MARKDOWN_MOST, &view.text));
    ERR_TRY(list(x, subject->part, subject, &view.neighbours, &view.neighbours_count));
    page_frame(x, &page);
    page.title = about.title;
    page.lead = about.lead;
    return http_page(x, 200, "help-subject.html", &view);
}
