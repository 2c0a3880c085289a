/* The pages' views, filled with what they may have to show. `t/unit/view_pages DIRECTORY` writes
 * them there, to be looked at. */
#include "pages/conventions_view.h"
#include "t/unit/view_page.h"

/* What the conventions' page shows, as far as the tabs share it. */
static struct conventions_view conventions(void)
{
    static const struct conventions_tab tabs[] = {{"/conventions", 38, false},
                                                  {"/conventions?onglet=en-attente", 2, false},
                                                  {"/conventions?onglet=validees", 114, false}};
    static const struct view_option sizes[] = {
        {"10", "10", false}, {"25", "25", false}, {"50", "50", true}, {"100", "100", false}};
    static const struct view_option trainees[] = {
        {"7", "ESSAICO Testc – 22-02-2023 – Découverte du baccalauréat professionnel", false},
        {"9", "ŒUVRÉ Łucja – 22-02-2023 – Immersion en seconde", false}};
    static const struct view_sort by_name = {.url = "/conventions?tri=-nom", .ascending = true};
    static const struct view_sort by_other = {.url = "/conventions?tri=autre"};
    static const struct view_form_field file = {.id = "fichier", .value = ""};
    static const struct view_form_field trainee = {
        .id = "convention", .value = "", .options = trainees, .options_count = 2};
    static const struct conventions_deposit deposit = {
        .action = "/conventions/depot", .file = &file, .trainee = &trainee};
    static const struct view_page_number numbers[] = {{1, "/conventions", true, false}};
    static const struct view_pagination pagination = {.first = 1,
                                                      .last = 2,
                                                      .total = 2,
                                                      .is_plural = true,
                                                      .numbers = numbers,
                                                      .numbers_count = 1};

    static const struct selection_view selection = {
        .kept = "", .all_url = "/conventions?tout=1", .lead = "/conventions/ensemble/page"};

    return (struct conventions_view){.page = &page,
                                     .selection = &selection,
                                     .not_returned = &tabs[0],
                                     .pending = &tabs[1],
                                     .validated = &tabs[2],
                                     .list_action = "/conventions",
                                     .sizes = sizes,
                                     .sizes_count = 4,
                                     .search = "",
                                     .by_name = &by_name,
                                     .by_first_name = &by_other,
                                     .by_guardian = &by_other,
                                     .by_origin = &by_other,
                                     .by_day = &by_other,
                                     .pagination = &pagination,
                                     .deposit = &deposit};
}

static struct conventions_row row(const char *last_name, const char *first_name)
{
    return (struct conventions_row){.last_name = last_name,
                                    .first_name = first_name,
                                    .guardian = "Marie-Françoise Chapchap",
                                    .origin = "Collège Démo Paul",
                                    .day = "03-02-2027",
                                    .placement_url = "/stages/3",
                                    .convention_url = "/conventions/12"};
}

static const char *not_returned_page(void)
{
    struct conventions_view view = conventions();
    struct conventions_tab tab = *view.not_returned;
    struct conventions_row rows[] = {row("CHAPCHAP", "Test"), row("ESSAICO", "Testc")};

    rows[0].original_url = rows[1].original_url = "/conventions/12/original";
    tab.is_open = view.in_not_returned = true;
    view.not_returned = &tab;
    view.rows = rows;
    view.rows_count = 2;
    return render("conventions.html", &view);
}

static const char *pending_page(const struct conventions_result *result,
                                const struct view_page *around)
{
    struct conventions_view view = conventions();
    struct conventions_tab tab = *view.pending;
    struct conventions_deposit deposit = *view.deposit;
    struct conventions_row rows[] = {row("CHAPCHAP", "Test"),
                                     row("DE LA TOUR-D’AUVERGNE", "Anne-Sophie"),
                                     row("<script>", "\"O'Neil\" & fils")};

    for (size_t i = 0; i < 3; i++) {
        rows[i].returned_url = "/conventions/12";
        rows[i].validate_action = "/conventions/12/valider?version=3";
        rows[i].invalidate_url = "/conventions/12/invalider?version=3";
        rows[i].regenerate_action = "/conventions/12/regenerer?version=3";
    }
    rows[1].is_incomplete = true;
    tab.is_open = view.in_pending = true;
    view.pending = &tab;
    view.page = around;
    view.rows = rows;
    view.rows_count = 3;
    deposit.result = result;
    view.deposit = &deposit;
    return render("conventions.html", &view);
}

static const char *validated_page(void)
{
    struct conventions_view view = conventions();
    struct conventions_tab tab = *view.validated;
    struct conventions_row rows[] = {row("CHAPCHAP", "Test")};

    rows[0].download_url = "/conventions/12/conv";
    rows[0].invalidate_url = "/conventions/12/invalider?version=4";
    rows[0].regenerate_action = "/conventions/12/regenerer?version=4";
    tab.is_open = view.in_validated = true;
    view.validated = &tab;
    view.rows = rows;
    view.rows_count = 1;
    view.deposit = NULL;
    return render("conventions.html", &view);
}

static const char *empty_page(void)
{
    struct conventions_view view = conventions();
    static const struct view_pagination none = {.total = 0};

    view.in_validated = true;
    view.search = "Duponᵗ";
    view.pagination = &none;
    return render("conventions.html", &view);
}

static void test_tabs(const char *directory)
{
    const char *html = not_returned_page();

    check_page(html, "conventions not returned");
    OK(has(html, ">Générer convention</a>") && !has(html, "Valider convention"),
       "the first tab has the column « Générer la convention » and no other action");
    OK(has(html, "aria-current=\"page\">Conventions non retournées"), "the open tab is marked");
    OK(has(html, "Affichage de l’élément 1 à 2 sur 2 éléments"),
       "the list says which of its rows are shown");
    OK(has(html, "obsolète depuis le 30-05-2021, veuillez renouveler votre licence"),
       "a licence that has ended is announced");
    keep_page(directory, "not-returned.html", html);

    html = pending_page(NULL, &page);
    check_page(html, "conventions pending");
    OK(times(html, "formaction=\"/conventions/12/valider?version=3\">Valider la conformité<") == 3,
       "the second tab validates with a button a row");
    OK(has(html, "&lt;script&gt;</a>") && has(html, "&quot;O&#39;Neil&quot; &amp; fils"),
       "names are escaped");
    OK(times(html, "state-incomplete\">Incomplète<") == 1, "an incomplete convention says so");
    keep_page(directory, "pending.html", html);

    html = validated_page();
    check_page(html, "conventions validated");
    OK(has(html, "href=\"/conventions/12/conv\">Conv.</a>"), "the third tab has « Conv. »");
    OK(!has(html, "enctype"), "who may not deposit sees no form for it");
    keep_page(directory, "validated.html", html);

    html = empty_page();
    check_page(html, "a search without result");
    OK(has(html, "ne correspond à « Duponᵗ »") && !has(html, "<table"),
       "an empty list says why it is empty");
    keep_page(directory, "empty.html", html);
}

static void test_results(const char *directory)
{
    static const struct view_text signers[] = {{"Hélène d’Arcy"}, {"Paul Démo"}};
    static const struct view_text reasons[] = {{"Le texte de l’article 3 a été modifié (page 1)."}};
    struct conventions_result result = {.is_done = true,
                                        .was_signed = true,
                                        .trainee = "Camille DUPONT",
                                        .convention_url = "/conventions/12",
                                        .signers = signers,
                                        .signers_count = 2};
    const char *html = pending_page(&result, &page);

    check_page(html, "a recognised deposit");
    OK(has(html, "Convention de Camille DUPONT déposée") && has(html, "Paul Démo"),
       "a deposit's answer says whose it is and who signed");
    keep_page(directory, "deposited.html", html);

    result = (struct conventions_result){.is_confirm = true,
                                         .was_scan = true,
                                         .trainee = "Camille DUPONT",
                                         .action = "/conventions/depot/4",
                                         .proposed = "12"};
    html = pending_page(&result, &page);
    check_page(html, "a scan");
    OK(has(html, "name=\"convention\" value=\"12\"") &&
           has(html, "Oui, déposer pour Camille DUPONT"),
       "a scan's trainee is proposed, to be confirmed");
    keep_page(directory, "confirm.html", html);

    result = (struct conventions_result){.is_choose = true,
                                         .was_altered = true,
                                         .action = "/conventions/depot/4",
                                         .reasons = reasons,
                                         .reasons_count = 1};
    html = pending_page(&result, &page);
    check_page(html, "an altered file");
    OK(has(html, "Le texte de l’article 3 a été modifié") &&
           times(html, "<option value=\"7\">ESSAICO Testc") == 2,
       "an altered file says what was altered, and the trainee can be chosen");
    keep_page(directory, "choose.html", html);
}

static void test_sign_in(const char *directory)
{
    static const struct view_form_error errors[] = {
        {.field = "password",
         .sentence = "L’adresse électronique ou le mot de passe est inexact."}};
    const struct view_page around = {.csrf = "jeton", .errors = errors, .errors_count = 1};
    static const struct view_form_field email = {.id = "email", .value = "a\"b@exemple.fr"};
    const struct view_form_field password = {.id = "password", .error = errors[0].sentence};
    const struct view_sign_in view = {.page = &around,
                                      .action = "/connexion",
                                      .return_to = "/conventions?onglet=validees&page=2",
                                      .email = &email,
                                      .password = &password};
    const char *html = render("sign-in.html", &view);

    check_page(html, "sign-in");
    OK(has(html, "value=\"a&quot;b@exemple.fr\" type=\"email\""), "what was typed is kept");
    OK(has(html, "<a href=\"#password\">L’adresse") && has(html, "id=\"password-error\"") &&
           has(html, "aria-describedby=\"password-hint password-error\" aria-invalid=\"true\""),
       "an error stands at its field, and leads there from the top of the form");
    OK(!has(html, "Se déconnecter") && !has(html, "<nav"),
       "who is signed out has neither menu nor account");
    keep_page(directory, "sign-in.html", html);
}

static void test_error(const char *directory)
{
    const struct view_page around = {.title = "Cette action n’est pas possible",
                                     .menu = &menu,
                                     .account = &account,
                                     .csrf = "jeton"};
    const struct view_error view = {.page = &around,
                                    .status = 409,
                                    .sentence = "La convention a été validée entre-temps.",
                                    .home = "/",
                                    .request_id = "9f2c"};
    const char *html = render("error.html", &view);

    check_page(html, "error");
    OK(has(html, "La convention a été validée entre-temps.") && has(html, ">9f2c<"),
       "an error has its sentence and its reference");
    OK(has(html, "<title>Cette action n’est pas possible – Paraphe</title>"),
       "the window's title is the page's");
    keep_page(directory, "error.html", html);
}

int main(int count, char **arguments)
{
    static const struct view_binding bindings[] = {{"conventions.html", &conventions_view_type},
                                                   {NULL, NULL}};
    const char *directory = count > 1 ? arguments[1] : NULL;

    if (load_views(bindings)) {
        test_tabs(directory);
        test_results(directory);
        test_sign_in(directory);
        test_error(directory);
    }
    return end_views();
}
