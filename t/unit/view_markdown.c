/* Markdown as HTML, as plain text and as events. */
#include "base/buf.h"
#include "t/unit/tap.h"
#include "view/markdown.h"

static struct arena *arena;

static const char *html(const char *markdown)
{
    const char *result;

    return view_markdown_html(arena, markdown, 1000, &result) == ERR_OK ? result : err_last()->key;
}

static const char *text(const char *markdown)
{
    const char *result;

    return view_markdown_text(arena, markdown, 2000, &result) == ERR_OK ? result : err_last()->key;
}

static void test_html(void)
{
    IS_STR(html("**Bonjour** à *tous*"), "<p><strong>Bonjour</strong> à <em>tous</em></p>\n",
           "Markdown becomes HTML");
    OK(!strstr(html("<script>x</script>\n\na <b>b</b>"), "<script") &&
           !strstr(html("a <b>b</b>"), "<b>"),
       "raw HTML is not let through");
    OK(!strstr(html("[x](javascript:alert(1))"), "javascript"), "dangerous addresses are dropped");
    IS_STR(html("\xff"), "markdown-not-utf8", "what is not UTF-8 is refused");
    IS_STR(html(arena_printf(arena, "%1001s", "x")), "markdown-too-large",
           "what is over the limit is refused");
}

static void test_text(void)
{
    IS_STR(text("# Titre\n\nUn *mot*\nà **dire**.\n\nFin"), "Titre\n\nUn mot à dire.\n\nFin\n",
           "headings and paragraphs stand apart, without marks");
    IS_STR(text("Voir [la page](https://exemple.fr/a) ou <https://exemple.fr> ou "
                "[a@exemple.fr](mailto:a@exemple.fr)"),
           "Voir la page\u00a0: https://exemple.fr/a ou https://exemple.fr ou a@exemple.fr\n",
           "a link shows its address once");
    IS_STR(text("- un\n- deux\n  suite\n\nfin"), "– un\n– deux suite\n\nfin\n",
           "a tight list has a dash a line");
    IS_STR(text("9. un\n\n   encore\n\n10. dix"), "9. un\n\n   encore\n\n10. dix\n",
           "a loose list has numbers, and paragraphs under them");
    IS_STR(text("- a\n  - b\n- c"), "– a\n  – b\n– c\n", "lists nest");
    IS_STR(text("> cité\n> encore"), "> cité encore\n", "quotes are marked");
    IS_STR(text("a  \nb\\\nc"), "a\nb\nc\n", "hard breaks break");
    IS_STR(text("éééééééé éééééééé éééééééé éééééééé éééééééé éééééééé éééééééé ééééééééééé suite"),
           "éééééééé éééééééé éééééééé éééééééé éééééééé éééééééé éééééééé ééééééééééé\nsuite\n",
           "lines are wrapped at 74 characters, not bytes");
    IS_STR(text("éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé abc"),
           "éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé abc\n",
           "74 characters stay on a line");
    IS_STR(text("ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé abc"),
           "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé\nabc\n",
           "75 do not");
    IS_STR(text("- éééééééé éééééééé éééééééé éééééééé éééééééé éééééééé éééééééé ééééééééé suite"),
           "– éééééééé éééééééé éééééééé éééééééé éééééééé éééééééé éééééééé ééééééééé\n  suite\n",
           "and stand under the item's first word");
    IS_STR(text("\\*pas gras\\* &amp; <b>brut</b>"), "*pas gras* & brut\n",
           "escapes are undone, raw HTML left out");
    IS_STR(text("    code  x\n\n---"), "    code  x\n\n––––––––––\n", "code keeps its blanks");
    IS_STR(text("> > > > > > > > > > profond"), "> > > > > > > > profond\n", "depth is bounded");
    IS_STR(text(""), "", "nothing gives nothing");
}

/* The events as one line: "(p text )p". */
static const char *walk(const char *markdown)
{
    static const char *const names[] = {
        [VIEW_NODE_DOCUMENT] = "doc",    [VIEW_NODE_QUOTE] = "quote",
        [VIEW_NODE_LIST] = "list",       [VIEW_NODE_ITEM] = "item",
        [VIEW_NODE_PARAGRAPH] = "p",     [VIEW_NODE_HEADING] = "h",
        [VIEW_NODE_CODE_BLOCK] = "pre",  [VIEW_NODE_RULE] = "rule",
        [VIEW_NODE_TEXT] = "text",       [VIEW_NODE_CODE] = "code",
        [VIEW_NODE_SOFT_BREAK] = "soft", [VIEW_NODE_LINE_BREAK] = "hard",
        [VIEW_NODE_EMPHASIS] = "em",     [VIEW_NODE_STRONG] = "strong",
        [VIEW_NODE_LINK] = "link",       [VIEW_NODE_IMAGE] = "image"};
    struct buf out = buf_new(arena, 10000);
    const struct view_event *events;
    size_t count;

    if (view_markdown_walk(arena, markdown, 1000, &events, &count) != ERR_OK)
        return err_last()->key;
    for (size_t i = 0; i < count; i++) {
        buf_printf(&out, "%s%s", events[i].entering ? "(" : ")", names[events[i].node]);
        if (events[i].level || events[i].number)
            buf_printf(&out, "%d", events[i].level + events[i].number);
        if (events[i].tight && events[i].entering)
            buf_puts(&out, "t");
        if (events[i].text[0] || events[i].address[0])
            buf_printf(&out, "=%s%s", events[i].text, events[i].address);
    }
    return out.data;
}

static void test_walk(void)
{
    IS_STR(walk("## T\n\na **b** *c* `d`\ne  \nf"),
           "(doc(h2(text=T)h2(p(text=a (strong(text=b)strong(text= (em(text=c)em(text= (code=d(soft"
           "(text=e(hard(text=f)p)doc",
           "a walk enters and leaves what the document has, in its order");
    IS_STR(walk("3. a\n4. b"), "(doc(listt(item3(pt(text=a)p)item(item4(pt(text=b)p)item)list)doc",
           "items know their number, and lists whether they are tight");
    IS_STR(walk("- a\n\n- b"), "(doc(list(item(p(text=a)p)item(item(p(text=b)p)item)list)doc",
           "items with bullets have no number");
    IS_STR(walk("[a](https://x.fr) [b](javascript:x) [c](/d?e:f)"),
           "(doc(p(link=https://x.fr(text=a)link=https://x.fr(text= (link(text=b)link(text= "
           "(link=/d?e:f(text=c)link=/d?e:f)p)doc",
           "links have their address, if it is safe");
    IS_STR(walk("<div>\nx\n</div>\n\na<i>b"), "(doc(p(text=a(text=b)p)doc", "raw HTML is left out");
}

int main(void)
{
    arena = arena_new((size_t)16 * 1024 * 1024);
    test_html();
    test_text();
    test_walk();
    arena_free(arena);
    return tap_end();
}
