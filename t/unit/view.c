/* Templates against structs: what is shown, how it is escaped, and what is refused at start. */
#include "base/text.h"
#include "t/unit/tap.h"
#include "view/code.h"
#include "view/view.h"

#define mark_FIELDS(X, S) \
    X(S, TEXT, subject)   \
    X(S, NUMBER, points)
VIEW_STRUCT(mark);
VIEW_TYPE(mark);

#define school_FIELDS(X, S) \
    X(S, TEXT, name)        \
    X(S, OBJECT, best, mark)
VIEW_STRUCT(school);
VIEW_TYPE(school);

#define pupil_FIELDS(X, S)       \
    X(S, TEXT, name)             \
    X(S, TEXT, nickname)         \
    X(S, HTML, story)            \
    X(S, NUMBER, age)            \
    X(S, FLAG, is_minor)         \
    X(S, OBJECT, school, school) \
    X(S, OBJECT, former, school) \
    X(S, LIST, marks, mark)      \
    X(S, LIST, prizes, mark)
VIEW_STRUCT(pupil);
VIEW_TYPE(pupil);

static struct arena *arena;

static const struct mark marks[] = {{"Français", 15}, {"Sciences & vie", -2}};
static const struct school school = {.name = "Lycée", .best = &marks[0]};
static const struct pupil camille = {.name = "Camille <D'Arcy> & \"fils\"",
                                     .story = "<p>Bonjour</p>",
                                     .age = 15,
                                     .is_minor = true,
                                     .school = &school,
                                     .marks = marks,
                                     .marks_count = 2};

struct file {
    const char *name;
    const char *text;
};

/* What the first of the files makes of the data, or why it is refused. */
static const char *render_files(const struct file *files, size_t count, const struct pupil *pupil)
{
    struct view_library library = {.arena = arena};
    struct buf out = buf_new(arena, 100000);
    const struct view_code *code;

    for (size_t i = 0; i < count; i++)
        view_library_add(&library, files[i].name, bytes_of(files[i].text));
    if (view_compile(&library, files[0].name, &pupil_type, &code) != ERR_OK ||
        view_run(code, &pupil_type, pupil, &out) != ERR_OK)
        return arena_strdup(arena, err_last()->detail);
    return out.data;
}

static const char *render(const char *name, const char *text)
{
    return render_files(&(struct file){name, text}, 1, &camille);
}

static const char *html(const char *text)
{
    return render("page.html", text);
}

static void test_values(void)
{
    const struct pupil nobody = {.name = NULL};

    IS_STR(html("{{name}}"), "Camille &lt;D&#39;Arcy&gt; &amp; &quot;fils&quot;",
           "text is escaped for HTML, both quotes included");
    IS_STR(html("{{age}} {{#marks}}{{points}} {{/marks}}"), "15 15 -2 ",
           "numbers are shown in plain decimal");
    IS_STR(html("{{{story}}}"), "<p>Bonjour</p>", "HTML of ours is shown as it is");
    IS_STR(html("{{school.name}} {{school.best.subject}}"), "Lycée Français",
           "dotted names go through objects");
    IS_STR(html("[{{former.name}}{{former.best.subject}}]"), "[]",
           "behind an object that is not there, nothing is shown");
    IS_STR(
        render_files(&(struct file){"a.html", "[{{name}}{{#name}}!{{/name}}{{^name}}?{{/name}}]"},
                     1, &nobody),
        "[?]", "text that is NULL is shown as nothing, and is false");
    IS_STR(html("{{marks.count}} {{prizes.count}}"), "2 0", "a list says how many it has");
}

static void test_sections(void)
{
    IS_STR(html("{{#is_minor}}mineur{{/is_minor}}{{^is_minor}}majeur{{/is_minor}}"), "mineur",
           "a flag decides");
    IS_STR(html("{{#marks}}{{subject}},{{/marks}}"), "Français,Sciences &amp; vie,",
           "a list's section is shown once a row");
    IS_STR(html("{{#marks}}{{age}}:{{points}} {{/marks}}"), "15:15 15:-2 ",
           "inside a row the names around it are in sight");
    IS_STR(html("{{#school}}{{name}} {{#best}}{{subject}} {{name}}{{/best}}{{/school}}"),
           "Lycée Français Lycée", "the innermost struct that has a name wins");
    IS_STR(html("{{#marks.count}}<ul>{{/marks.count}}{{#prizes.count}}<ul>{{/prizes.count}}"),
           "<ul>", "a list's count asks once whether there are rows");
    IS_STR(html("{{^prizes}}aucun{{/prizes}}{{^former}}, non{{/former}}"), "aucun, non",
           "an empty list and an absent object are false");
    IS_STR(html("{{#marks}}{{#is_minor}}{{subject}}{{^former}}.{{/former}}{{/is_minor}}{{/marks}}"),
           "Français.Sciences &amp; vie.", "sections nest");
}

static void test_files(void)
{
    static const struct file partial[] = {{"page.html", "<ul>\n  {{#marks}}\n  {{> row/mark}}\n  "
                                                        "{{/marks}}\n</ul>\n"},
                                          {"row/mark.html", "<li>\n{{subject}}\n</li>\n"}};
    static const struct file layout[] = {
        {"page.html", "{{<layout}}{{$title}}{{name}}{{/title}}{{/layout}}"},
        {"layout.html", "<title>{{$title}}?{{/title}}</title>{{$content}}vide{{/content}}"}};
    static const struct file named[] = {{"page.md", "{{> foot.txt}}"}, {"foot.txt", "{{age}}*"}};
    static const struct file loop[] = {{"a.html", "x{{> b}}"}, {"b.html", "\n{{> a}}"}};
    static const struct file deeper[] = {{"a.html", "{{#marks}}\n {{> a}}\n{{/marks}}"}};
    static const struct file unused[] = {
        {"page.html", "\n{{<layout}}\n{{$titel}}x{{/titel}}{{/layout}}"},
        {"layout.html", "{{$title}}{{/title}}"}};
    static const struct file twice[] = {
        {"page.html", "{{<layout}}{{$content}}{{<frame}}{{$inner}}{{age}}{{/inner}}{{/frame}}"
                      "{{/content}}{{$foot}}fin{{/foot}}{{/layout}}"},
        {"layout.html", "[{{$content}}{{/content}}]{{$foot}}{{/foot}}"},
        {"frame.html", "({{$inner}}{{/inner}})"}};

    IS_STR(render_files(partial, 2, &camille),
           "<ul>\n  <li>\n  Français\n  </li>\n  <li>\n  Sciences &amp; vie\n  </li>\n</ul>\n",
           "a partial sees the row, and takes the indentation of its place");
    IS_STR(render_files(layout, 2, &camille),
           "<title>Camille &lt;D&#39;Arcy&gt; &amp; &quot;fils&quot;</title>vide",
           "a layout's blocks are replaced, or keep what they have");
    IS_STR(render_files(named, 2, &camille), "15*", "a partial may name its extension");
    IS_STR(render_files(twice, 3, &camille), "[(15)]fin", "a block may use a layout of its own");
    IS_STR(render_files(loop, 2, &camille), "b.html: includes itself",
           "a template that includes itself without end is refused");
    OK(strstr(render_files(deeper, 1, &camille), "nested too deeply"),
       "so is one that does so inside of a section");
    IS_STR(render_files(unused, 2, &camille), "page.html:3: titel: the parent has no such block",
           "a block that the layout does not have is refused");
}

static void test_refused(void)
{
    IS_STR(html("\n\n{{nom}}"), "page.html:3: nom: no such name in struct pupil",
           "a name that the struct does not have is refused, with its line");
    IS_STR(html("{{#marks}}\n{{nom}}{{/marks}}"),
           "page.html:2: nom: no such name in struct mark or around it", "also inside a section");
    IS_STR(html("{{{name}}}"), "page.html:1: name: text wants two braces, so that it is escaped",
           "text without escaping is refused");
    IS_STR(html("{{&name}}"), "page.html:1: name: text wants two braces, so that it is escaped",
           "also in its other spelling");
    IS_STR(html("{{story}}"), "page.html:1: story: HTML wants three braces",
           "HTML that would be escaped is refused");
    IS_STR(render("mail.txt", "{{{story}}}"), "mail.txt:1: story: HTML is for .html",
           "HTML in plain text is refused");
    IS_STR(html("{{is_minor}}"), "page.html:1: is_minor: a flag is no value; ask with # or ^",
           "a flag is not shown");
    IS_STR(html("{{marks}}"),
           "page.html:1: marks: an object or list is no value; go into it with #",
           "a list is not shown");
    IS_STR(html("{{school.nom}}"), "page.html:1: school.nom: the object has no such name",
           "a dotted name's later parts are checked");
    IS_STR(html("{{name.first}}"), "page.html:1: name.first: only objects have names inside",
           "text has no names inside");
    IS_STR(html("{{#marks}}\n{{.}}{{/marks}}"), "page.html:2: .: a struct is not a value",
           "a row as a whole is not shown");
    IS_STR(html("\n{{#marks}}x"), "page.html:2: this is never closed: marks",
           "a section that is not closed is refused");
    IS_STR(html("{{#marks}}\n{{/mark}}"), "page.html:2: this closes what is not open: /mark",
           "so is what closes another");
    IS_STR(html("a {{name"), "page.html:1: this tag does not end: {{", "a tag must end");
    IS_STR(html("{{ }}"), "page.html:1: this tag has no name: {{", "a tag must have a name");
    IS_STR(html("\n{{> nothing}}"), "page.html:2: nothing: there is no such file",
           "a partial must exist");
}

static const char *markdown(const char *value)
{
    const struct pupil pupil = {.name = value};

    return render_files(&(struct file){"mail.md", "[{{name}}]"}, 1, &pupil);
}

static void test_escaping(void)
{
    const struct pupil sly = {.name = "a\r\nBcc: *x*"};

    IS_STR(markdown("*gras* _x_ [l](u) <b> 1. # `c`"),
           "[\\*gras\\* \\_x\\_ \\[l\\]\\(u\\) \\<b\\> 1\\. \\# \\`c\\`]",
           "in Markdown a value has no marks");
    IS_STR(markdown("  un\n\n    deux \r\ntrois\n"), "[un\\\n\\\ndeux\\\ntrois]",
           "its line ends are hard breaks, its blanks no code");
    IS_STR(markdown("Œuvre d’été"), "[Œuvre d’été]", "letters of all kinds stand as they are");
    IS_STR(render_files(&(struct file){"mail.md", "Objet : {{name}}\nBouton : {{name}}"}, 1, &sly),
           "Objet : a  Bcc: *x*\nBouton : a\\\nBcc\\: \\*x\\*",
           "a mail's subject is one line, and no Markdown");
    IS_STR(render("a.txt", "{{name}}"), camille.name, "plain text has no escaping");
}

static void test_views(void)
{
    static const struct view_binding good[] = {{"error-none.html", &pupil_type}, {NULL, NULL}};
    static const struct view_binding *const tables[] = {good, NULL};
    struct views *views;

    IS_INT(views_load(PARAPHE_SOURCE "/views", tables, &views), ERR_INVALID,
           "a view without its file stops the start");
    IS_STR(err_last()->detail, "error-none.html: there is no such file", "and says which");
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    fputs(text, file);
    fclose(file);
}

static void test_reload(void)
{
    static const struct view_binding bindings[] = {{"view-reload.html", &pupil_type}, {NULL, NULL}};
    static const struct view_binding *const tables[] = {bindings, NULL};
    struct buf out = buf_new(arena, 10);
    struct views *views;

    write_file("view-reload.html", "{{age}} ans");
    IS_INT(views_load(".", tables, &views), ERR_OK, "views are read from their directory");
    view_render(views, "view-reload.html", &camille, &out);
    IS_STR(out.data, "15 ans", "and found by their name");
    write_file("view-reload.html", "{{nom}}");
    IS_INT(views_reload(views), ERR_INVALID, "a reload of what is wrong is refused");
    buf_clear(&out);
    view_render(views, "view-reload.html", &camille, &out);
    IS_STR(out.data, "15 ans", "and leaves what was there");
    write_file("view-reload.html", "{{name}}");
    IS_INT(views_reload(views), ERR_OK, "a good one is taken");
    buf_clear(&out);
    IS_INT(view_render(views, "view-reload.html", &camille, &out), ERR_TOO_LARGE,
           "what does not fit the buffer is an error, not half a page");
    IS_INT(view_render(views, "other.html", &camille, &out), ERR_INTERNAL,
           "a name that is not bound is an error");
    views_free(views);
    remove("view-reload.html");
}

int main(void)
{
    arena = arena_new((size_t)64 * 1024 * 1024);
    test_values();
    test_sections();
    test_files();
    test_refused();
    test_escaping();
    test_views();
    test_reload();
    arena_free(arena);
    return tap_end();
}
