#include "t/unit/pdf_tools.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "pdf/text_view.h"

void tools_open(struct tools *tools)
{
    static const unsigned char secret[32] = "a secret for tests alone .......";

    clock_open();
    *tools = (struct tools){.arena = arena_new((size_t)256 * 1024 * 1024)};
    snprintf(tools->directory, sizeof tools->directory, "/tmp/paraphe-pdf-XXXXXX");
    if (!mkdtemp(tools->directory))
        abort();
    tools->settings = (struct settings){
        .base_url = "https://stages.lycee-jean-moulin.example",
        .secret_file = tools_path(tools, "secret"),
        .font_regular = PARAPHE_FONTS "/LiberationSans-Regular.ttf",
        .font_bold = PARAPHE_FONTS "/LiberationSans-Bold.ttf",
        .font_italic = PARAPHE_FONTS "/LiberationSans-Italic.ttf",
    };
    tools_write(tools, "secret", (struct bytes){secret, sizeof secret});
}

void tools_close(struct tools *tools)
{
    tools_run(tools, NULL, "rm", "-rf", tools->directory, NULL);
    arena_free(tools->arena);
}

static const char *standard_text(struct tools *tools, const struct convention_paper *paper)
{
    static const struct view_binding *const tables[] = {pdf_text_bindings, NULL};
    struct views *views;
    const char *markdown;

    if (views_load(PARAPHE_SOURCE "/views", tables, &views) != ERR_OK ||
        pdf_text_render(tools->arena, views, paper, &markdown) != ERR_OK) {
        printf("Bail out! %s\n", err_last()->detail);
        exit(1);
    }
    views_free(views);
    return markdown;
}

static void identify(struct tools *tools, struct convention_paper *paper)
{
    static const unsigned char id[PDF_ID_SIZE] = "0123456789abcdef";

    if (pdf_token_make(tools->arena, &tools->settings, id, &paper->token) != ERR_OK)
        abort();
}

struct convention_paper tools_paper(struct tools *tools)
{
    struct convention_paper paper = {
        .host = {.name = "Lycée polyvalent Jean-Moulin",
                 .uai = "0751234A",
                 .address = "12, rue des Écoles",
                 .postal_code = "75005",
                 .city = "Paris",
                 .phone = "01 44 00 00 00",
                 .email = "ce.0751234a@ac-paris.example",
                 .head_name = "Mme Claire DUBOIS",
                 .head_title = "proviseure"},
        .origin = {.name = "Collège Simone-Veil",
                   .uai = "0930001Z",
                   .address = "3, avenue de la République",
                   .postal_code = "93100",
                   .city = "Montreuil",
                   .phone = "01 48 00 00 00",
                   .email = "ce.0930001z@ac-creteil.example",
                   .head_name = "M. Paul MARTIN",
                   .head_title = "principal"},
        .last_name = "DUPONT",
        .first_name = "Camille",
        .birth_day = "2012-04-12",
        .class_name = "3e B",
        .guardian_name = "M. Étienne DUPONT",
        .guardian_phone = "06 12 34 56 78",
        .guardian_email = "etienne.dupont@exemple.example",
        .guardian_address = "8 bis, impasse des Lilas, 93100 Montreuil",
        .title = "Découverte du baccalauréat professionnel Cuisine",
        .course = "Bac pro Cuisine, seconde métiers de l’hôtellerie-restauration",
        .first_day = "2027-02-03",
        .last_day = "2027-02-03",
        .starts_at = "08:30",
        .ends_at = "16:30",
        .place = "Hall d’accueil, bâtiment B",
        .person_name = "Mme Sophie LEROY",
        .person_phone = "01 44 00 00 12",
        .meals = "canteen",
        .transport = "family",
        .board_day = "2026-11-12",
        .created_at = 1793000000,
    };

    identify(tools, &paper);
    paper.text = standard_text(tools, &paper);
    return paper;
}

struct convention_paper tools_long_paper(struct tools *tools)
{
    struct convention_paper paper = tools_paper(tools);

    paper.host.name =
        "Lycée polyvalent régional des métiers de l’hôtellerie, de la restauration et "
        "du tourisme Marie-Thérèse de Saint-Exupéry d’Œuvré-Łódź";
    paper.host.address =
        "Boulevard du Général-de-Gaulle-et-des-Fusillés-de-la-Résistance, bâtiment "
        "administratif nord, boîte postale 12345";
    paper.host.email = "secretariat.du.lycee.des.metiers.de.l.hotellerie.et.de.la.restauration@"
                       "ac-orleans-tours.exemple.education.example";
    paper.host.head_name = "Mme Marie-Bérengère de LA ROCHEFOUCAULD-MONTMORENCY";
    paper.host.head_title = "proviseure, directrice de l’établissement support du groupement";
    paper.origin = paper.host;
    paper.last_name = "ŻÓŁĆ-ŚWIĘTOCHOWSKI ŞAHİNOĞLU DE LA VILLARDIÈRE";
    paper.first_name = "Çağla Maximilienne Ömer-Łukasz Nguyễn";
    paper.guardian_name = "Mme Anne-Sophie ŻÓŁĆ-ŚWIĘTOCHOWSKA ŞAHİNOĞLU DE LA VILLARDIÈRE";
    paper.guardian_email = "annesophiezolcswietochowskasahinogludelavillardierebenjamin"
                           "etsesamis@messagerie.exemple.example";
    paper.guardian_address = "Résidence Les Jardins de l’Hôtel-de-Ville, escalier C, 4e étage, "
                             "appartement 412, 128 avenue du Maréchal-de-Lattre-de-Tassigny, 93100 "
                             "Montreuil-sous-Bois";
    paper.title = "Découverte approfondie du baccalauréat professionnel Commercialisation et "
                  "services en restauration, option sommellerie";
    paper.course = "Bac pro Commercialisation et services en restauration ; bac technologique "
                   "Sciences et technologies de l’hôtellerie et de la restauration";
    paper.last_day = "2027-02-05";
    paper.place = "Hall d’accueil, bâtiment B, entrée par la cour d’honneur du 14 de la rue des "
                  "Écoles (se présenter à la loge)";
    paper.person_name = "Mme Sophie-Charlotte LEROY-BEAULIEU, directrice déléguée aux formations";
    paper.text = standard_text(tools, &paper);
    return paper;
}

static const char *word(struct tools *tools, size_t length)
{
    struct buf buf = buf_new(tools->arena, 1024);

    for (size_t i = 0; i < length; i++)
        buf_putc(&buf, "Wolframmetallverarbeitung"[i % 25]);
    return buf.data;
}

struct convention_paper tools_wordy_paper(struct tools *tools)
{
    struct convention_paper paper = tools_paper(tools);

    paper.host.name = word(tools, 200);
    paper.host.address = word(tools, 300);
    paper.host.city = word(tools, 100);
    paper.host.email = arena_printf(tools->arena, "%s@exemple.example", word(tools, 230));
    paper.host.head_name = paper.host.head_title = word(tools, 150);
    paper.origin = paper.host;
    paper.last_name = paper.first_name = word(tools, 100);
    paper.class_name = word(tools, 50);
    paper.guardian_name = word(tools, 150);
    paper.guardian_email = paper.host.email;
    paper.guardian_address = word(tools, 300);
    paper.title = paper.course = paper.place = word(tools, 200);
    paper.person_name = word(tools, 150);
    return paper;
}

struct paper_image tools_picture(struct tools *tools, unsigned width, unsigned height, int grey)
{
    unsigned char *rgb = arena_array(tools->arena, (size_t)width * height, 3);

    memset(rgb, grey, (size_t)width * height * 3);
    return (struct paper_image){rgb, width, height};
}

bool tools_have(const char *program)
{
    static const char *const directories[] = {"/usr/local/bin/", "/usr/bin/", "/bin/"};
    char path[256];

    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", directories[i], program);
        if (access(path, X_OK) == 0)
            return true;
    }
    return false;
}

static void become(const char *const argv[], int out)
{
    int null = open("/dev/null", O_RDWR);

    dup2(null, 0);
    dup2(out, 1);
    dup2(null, 2);
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(127);
}

int tools_run(struct tools *tools, const char **output, const char *program, ...)
{
    const char *argv[17] = {program};
    struct buf out = buf_new(tools->arena, (size_t)64 * 1024 * 1024);
    char block[65536];
    int ends[2], status;
    ssize_t got;
    va_list args;
    pid_t pid;

    va_start(args, program);
    for (size_t i = 1; i < 16 && (argv[i] = va_arg(args, const char *)); i++)
        ;
    va_end(args);
    if (pipe2(ends, O_CLOEXEC) != 0 || (pid = fork()) < 0)
        abort();
    if (pid == 0)
        become(argv, ends[1]);
    close(ends[1]);
    while ((got = read(ends[0], block, sizeof block)) > 0)
        buf_put(&out, block, (size_t)got);
    close(ends[0]);
    waitpid(pid, &status, 0);
    if (output)
        *output = out.data;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

const char *tools_path(struct tools *tools, const char *name)
{
    return arena_printf(tools->arena, "%s/%s", tools->directory, name);
}

void tools_write(struct tools *tools, const char *name, struct bytes data)
{
    FILE *file = fopen(tools_path(tools, name), "wb");

    fwrite(data.data, 1, data.length, file);
    fclose(file);
}

struct bytes tools_read(struct tools *tools, const char *name)
{
    FILE *file = fopen(tools_path(tools, name), "rb");
    struct buf data = buf_new(tools->arena, (size_t)64 * 1024 * 1024);
    char block[65536];
    size_t got;

    while (file && (got = fread(block, 1, sizeof block, file)) > 0)
        buf_put(&data, block, got);
    if (file)
        fclose(file);
    return buf_bytes(&data);
}

bool tools_draw(struct tools *tools, const struct convention_paper *paper, const char *name,
                struct pdf_layout *layout)
{
    struct bytes pdf;

    if (pdf_convention_draw(tools->arena, &tools->settings, paper, layout, &pdf) != ERR_OK) {
        printf("# %s: %s\n", err_last()->key, err_last()->detail);
        return false;
    }
    tools_write(tools, name, pdf);
    return true;
}

const char *tools_text(struct tools *tools, const char *name)
{
    static const char *const spaces[] = {"\n", "\f", "\xc2\xa0", "\xe2\x80\xaf", " "};
    struct buf text = buf_new(tools->arena, 1024 * 1024);
    const char *at;
    bool space = false;

    tools_run(tools, &at, "pdftotext", tools_path(tools, name), "-", NULL);
    while (*at) {
        size_t length = 0;
        for (size_t i = 0; i < 5 && length == 0; i++)
            if (strncmp(at, spaces[i], strlen(spaces[i])) == 0)
                length = strlen(spaces[i]);
        if (length == 0) {
            if (space)
                buf_putc(&text, ' ');
            buf_putc(&text, *at++);
        }
        space = length > 0;
        at += length;
    }
    return text.data;
}

size_t tools_lines(struct tools *tools, const char *name, struct text_line *lines, size_t most)
{
    const char *at;
    size_t count = 0;
    int page = 0;

    tools_run(tools, &at, "pdftotext", "-bbox-layout", tools_path(tools, name), "-", NULL);
    for (; (at = strchr(at, '<')) && count < most; at++) {
        struct text_line line = {.page = page};
        if (strncmp(at, "<page ", 6) == 0)
            page++;
        if (sscanf(at, "<line xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &line.left,
                   &line.top, &line.right, &line.bottom) == 4)
            lines[count++] = line;
    }
    return count;
}
