/* The views of placements, trainees, one convention and mails. `t/unit/view_sheets DIRECTORY`
 * writes them there, to be looked at. */
#include "pages/convention_view.h"
#include "pages/mails_view.h"
#include "pages/placement_view.h"
#include "t/unit/view_page.h"

/* Their descriptors stand beside the pages, which need a database. */
VIEW_TYPE(convention_signature);
VIEW_TYPE(convention_return);
VIEW_TYPE(convention_picture);
VIEW_TYPE(convention_mail_row);
VIEW_TYPE(convention_step);
VIEW_TYPE(convention_version);
VIEW_TYPE(convention_view);
VIEW_TYPE(convention_reason);
VIEW_TYPE(placements_row);
VIEW_TYPE(placements_view);
VIEW_TYPE(placement_trainee);
VIEW_TYPE(placement_tools);
VIEW_TYPE(placement_waiter);
VIEW_TYPE(placement_view);
VIEW_TYPE(trainee_open);
VIEW_TYPE(trainee_known);
VIEW_TYPE(trainee_form_view);
VIEW_TYPE(trainee_convention);
VIEW_TYPE(trainee_view);
VIEW_TYPE(mails_row);
VIEW_TYPE(mails_view);

static const struct view_binding bindings[] = {
    {"convention.html", &convention_view_type},
    {"convention-reason.html", &convention_reason_type},
    {"mails.html", &mails_view_type},
    {"placement.html", &placement_view_type},
    {"placements.html", &placements_view_type},
    {"registration.html", &trainee_form_view_type},
    {"trainee.html", &trainee_view_type},
    {"trainee-edit.html", &trainee_form_view_type},
    {NULL, NULL},
};

/* The page around, with a title. */
static struct view_page titled(const char *title)
{
    struct view_page titled_page = page;

    titled_page.title = title;
    titled_page.licence = NULL;
    return titled_page;
}

static void test_convention(const char *directory)
{
    static const struct convention_signature signatures[] = {
        {.box = "Établissement d’origine",
         .signer = "Paul Démo",
         .issuer = "Autorité de test",
         .signed_at = "04-01-2027 à 09 h 15",
         .validity = "Certificat non reconnu.",
         .changes = "Signature suivante",
         .holds = true},
        {.box = "Responsable légal", .signer = "Marie Chapchap", .issuer = "Autorité de test"}};
    static const struct view_text remarks[] = {{"Une annotation a été ajoutée (page 2)."}};
    static const struct convention_return returned = {.was_signed = true,
                                                      .url = "/conventions/12/retour",
                                                      .file_name = "convention signée.pdf",
                                                      .depositor = "Paul Démo",
                                                      .at = "04-01-2027 à 09 h 20",
                                                      .signatures = signatures,
                                                      .signatures_count = 2,
                                                      .remarks = remarks,
                                                      .remarks_count = 1};
    static const struct convention_picture pictures[] = {
        {1, "/assets/paraphe.svg", "/assets/paraphe.svg"}, {2, "/assets/paraphe.svg", NULL}};
    static const struct convention_mail_row mails[] = {{.at = "03-01-2027 à 10 h 00",
                                                        .about = "Convention à signer",
                                                        .to = "college@exemple.fr",
                                                        .is_sent = true}};
    static const struct convention_step events[] = {{.at = "03-01-2027 à 10 h 00",
                                                     .event = "Convention générée",
                                                     .actor = "Paul Démo",
                                                     .establishment = "Collège Démo Paul",
                                                     .address = "192.0.2.7",
                                                     .url = "/conventions/12/versions/1"}};
    const struct view_page around = titled("Convention de Camille CHAPCHAP");
    const struct convention_view view = {.page = &around,
                                         .is_pending = true,
                                         .list_url = "/conventions",
                                         .class_name = "3e B",
                                         .guardian = "Marie-Françoise Chapchap",
                                         .host = "Lycée Beau de Rochas",
                                         .origin = "Collège Démo Paul",
                                         .placement = "Découverte du baccalauréat professionnel",
                                         .placement_url = "/stages/3",
                                         .days = "mercredi 3 février 2027",
                                         .short_code = "7KQ4-9XWM-2",
                                         .file_url = "/conventions/12/conv",
                                         .original_url = "/conventions/12/original",
                                         .validate_action = "/conventions/12/valider?version=2",
                                         .invalidate_url = "/conventions/12/invalider?version=2",
                                         .regenerate_action = "/conventions/12/regenerer?version=2",
                                         .cancel_url = "/conventions/12/annuler?version=2",
                                         .returned = &returned,
                                         .pictures = pictures,
                                         .pictures_count = 2,
                                         .mails = mails,
                                         .mails_count = 1,
                                         .events = events,
                                         .events_count = 1};
    const char *html = render("convention.html", &view);

    check_page(html, "a convention");
    OK(has(html, "formaction=\"/conventions/12/valider?version=2\"") &&
           has(html, "Signée numériquement"),
       "a convention that came back says what is known of it, and can be validated");
    OK(times(html, "Non valable") == 1, "a signature that does not hold says so");
    keep_page(directory, "convention.html", html);
}

static void test_reason(const char *directory)
{
    static const struct view_form_field reason = {
        .id = "motif", .value = "<b>", .error = "Ce champ est à remplir."};
    const struct view_page around = titled(NULL);
    const struct convention_reason view = {.page = &around,
                                           .marks_incomplete = true,
                                           .trainee = "Camille CHAPCHAP",
                                           .origin = "Collège Démo Paul",
                                           .action = "/conventions/12/invalider?version=2",
                                           .back = "/conventions/12",
                                           .reason = &reason};
    const char *html = render("convention-reason.html", &view);

    check_page(html, "a reason");
    OK(has(html, ">\n&lt;b&gt;</textarea>") && has(html, "id=\"motif-error\""),
       "a reason that was typed is kept beside what is wrong with it");
    keep_page(directory, "convention-reason.html", html);
}

static void test_placements(const char *directory)
{
    static const struct view_option sizes[] = {{"50", "50", true}};
    static const struct view_sort sort = {.url = "/stages?tri=-date", .ascending = true};
    static const struct view_pagination pagination = {
        .first = 1, .last = 2, .total = 2, .is_plural = true};
    static const struct placements_row rows[] = {
        {.url = "/stages/3",
         .title = "Découverte du baccalauréat professionnel",
         .course = "Métiers de l’électricité",
         .host = "Lycée Beau de Rochas",
         .day = "03-02-2027",
         .hours = "8 h 05 – 16 h",
         .left = 3,
         .capacity = 12,
         .is_own = true,
         .register_url = "/stages/3/inscription"},
        {.url = "/stages/4",
         .title = "Immersion en seconde",
         .host = "Lycée Sud",
         .day = "04-02-2027",
         .hours = "9 h – 12 h",
         .is_full = true}};
    const struct view_page around = titled(NULL);
    static const struct view_option every[] = {{"tous", "Tous", true}};
    static const struct view_form_field filter = {
        .id = "etat", .options = every, .options_count = 1};
    const struct placements_view view = {.page = &around,
                                         .list_action = "/stages",
                                         .new_url = "/stages/nouveau",
                                         .state = &filter,
                                         .sizes = sizes,
                                         .sizes_count = 1,
                                         .search = "",
                                         .by_day = &sort,
                                         .by_title = &sort,
                                         .by_host = &sort,
                                         .rows = rows,
                                         .rows_count = 2,
                                         .pagination = &pagination};
    const char *html = render("placements.html", &view);

    check_page(html, "placements");
    OK(times(html, "/stages/3/inscription") == 1 && has(html, "Complet"),
       "a placement with places left can be registered for, a full one says so");
    keep_page(directory, "placements.html", html);
}

static void test_placement(const char *directory)
{
    static const struct placement_trainee trainees[] = {{.last_name = "CHAPCHAP",
                                                         .first_name = "Camille",
                                                         .class_name = "3e B",
                                                         .origin = "Collège Démo Paul",
                                                         .is_incomplete = true,
                                                         .convention_url = "/conventions/12",
                                                         .file_url = "/conventions/12/conv"}};
    const struct view_page around = titled("Découverte du baccalauréat professionnel");
    const struct placement_view view = {.page = &around,
                                        .host = "Lycée Beau de Rochas",
                                        .course = "Métiers de l’électricité",
                                        .days = "mercredi 3 février 2027",
                                        .hours = "8 h 05 – 16 h",
                                        .place = "Atelier B",
                                        .person = "Jean Martin",
                                        .person_phone = "01 23 45 67 89",
                                        .meals_canteen = true,
                                        .transport_family = true,
                                        .description = "<p>Une <strong>journée</strong>.</p>",
                                        .left = 3,
                                        .capacity = 12,
                                        .closes_on = "27-01-2027",
                                        .register_url = "/stages/3/inscription",
                                        .trainees = trainees,
                                        .trainees_count = 1};
    const char *html = render("placement.html", &view);

    check_page(html, "a placement");
    OK(has(html, "<strong>journée</strong>") && has(html, "state-incomplete"),
       "a placement shows its description, and its trainees with the state of each convention");
    keep_page(directory, "placement.html", html);
}

static void test_trainee(const char *directory)
{
    static const struct view_form_field empty = {.id = "champ", .value = ""};
    static const struct view_form_field wrong = {
        .id = "naissance", .value = "31-02-2012", .error = "Cette date n’existe pas."};
    static const struct view_form_error errors[] = {
        {.field = "naissance", .label = "Né le", .sentence = "Cette date n’existe pas."}};
    static const struct trainee_convention conventions[] = {{.placement = "Immersion en seconde",
                                                             .placement_url = "/stages/4",
                                                             .host = "Lycée Sud",
                                                             .day = "04-02-2027",
                                                             .is_validated = true,
                                                             .convention_url = "/conventions/12",
                                                             .file_url = "/conventions/12/conv"}};
    struct view_page around = titled("Camille CHAPCHAP");
    const struct trainee_view sheet = {.page = &around,
                                       .birth_day = "12-05-2012",
                                       .class_name = "3e B",
                                       .guardian_name = "Marie Chapchap",
                                       .guardian_email = "marie@exemple.fr",
                                       .guardian_phone = "01 23 45 67 89",
                                       .edit_url = "/stagiaires/5/modifier",
                                       .conventions = conventions,
                                       .conventions_count = 1};
    const struct trainee_form_view form = {.page = &around,
                                           .placement = "Immersion en seconde",
                                           .host = "Lycée Sud",
                                           .days = "jeudi 4 février 2027",
                                           .action = "/stages/4/inscription",
                                           .back = "/stages/4",
                                           .last_name = &empty,
                                           .first_name = &empty,
                                           .birth_day = &wrong,
                                           .class_name = &empty,
                                           .guardian_name = &empty,
                                           .guardian_email = &empty,
                                           .guardian_phone = &empty,
                                           .guardian_address = &empty};
    const char *html = render("trainee.html", &sheet);

    check_page(html, "a trainee");
    OK(has(html, "state-validated"), "a trainee's conventions have their state");
    keep_page(directory, "trainee.html", html);

    around.errors = errors;
    around.errors_count = 1;
    html = render("registration.html", &form);
    check_page(html, "a registration");
    OK(has(html, "value=\"31-02-2012\"") && has(html, "<a href=\"#naissance\">"),
       "a form that is shown again keeps what was typed");
    keep_page(directory, "registration.html", html);
    check_page(render("trainee-edit.html", &form), "a correction");
}

static void test_mails(const char *directory)
{
    static const struct mails_row rows[] = {{.about = "Convention à signer",
                                             .to = "college@exemple.fr",
                                             .at = "03-01-2027 à 10 h 00",
                                             .attempts = 3,
                                             .is_failed = true,
                                             .reason = "La boîte du destinataire est pleine.",
                                             .detail = "552 <college@exemple.fr> mailbox full",
                                             .retry_action = "/courriels/7/relancer"}};
    const struct view_page around = titled(NULL);
    const struct mails_view view = {
        .page = &around, .queued = 1, .sent = 40, .failed = 1, .rows = rows, .rows_count = 1};
    const char *html = render("mails.html", &view);

    check_page(html, "mails");
    OK(has(html, "formaction=\"/courriels/7/relancer\"") && has(html, "&lt;college@exemple.fr"),
       "a mail that was given up says why, and can be sent again");
    keep_page(directory, "mails.html", html);
}

int main(int count, char **arguments)
{
    const char *directory = count > 1 ? arguments[1] : NULL;

    if (load_views(bindings)) {
        test_convention(directory);
        test_reason(directory);
        test_placements(directory);
        test_placement(directory);
        test_trainee(directory);
        test_mails(directory);
    }
    return end_views();
}
