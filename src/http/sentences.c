#include "http/sentences.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

#define LINE_MOST 2048
#define SENTENCES_MOST 2000

struct sentence {
    const char *key, *text;
};

struct http_sentences {
    struct sentence *items; /* sorted by key */
    size_t count;
};

static int compare(const void *a, const void *b)
{
    const struct sentence *left = a, *right = b;

    return strcmp(left->key, right->key);
}

const char *http_sentences_get(const struct http_sentences *sentences, const char *key)
{
    struct sentence wanted = {key, NULL};
    const struct sentence *found =
        bsearch(&wanted, sentences->items, sentences->count, sizeof wanted, compare);

    return found ? found->text : NULL;
}

static enum err wrong(const char *path, int number, const char *what)
{
    return err_raise(ERR_INVALID, "settings", "%s, line %d: %s", path, number, what);
}

/* Keeps the sentence of a line; nothing where the line is empty or a comment. */
static enum err read_line(struct arena *arena, const char *path, int number, const char *line,
                          struct http_sentences *sentences)
{
    struct sentence *sentence = &sentences->items[sentences->count];
    const char *start = line + strspn(line, " \t\r\n"), *equals = strchr(start, '='), *text;

    if (*start == '\0' || *start == '#')
        return ERR_OK;
    if (sentences->count == SENTENCES_MOST || !strchr(line, '\n'))
        return wrong(path, number, "too long, or its end is missing");
    if (!equals || !text_is_utf8(bytes_of(line)))
        return wrong(path, number, "not of the form key = sentence, in UTF-8");
    text = equals + 1 + strspn(equals + 1, " \t");
    sentence->key = text_squeeze(arena, arena_strndup(arena, start, (size_t)(equals - start)));
    sentence->text = arena_strndup(arena, text, strcspn(text, "\r\n"));
    if (sentence->key[0] == '\0' || sentence->text[0] == '\0')
        return wrong(path, number, "no key or no sentence");
    sentences->count++;
    return ERR_OK;
}

static enum err read_lines(struct arena *arena, const char *path, FILE *file,
                           struct http_sentences *sentences)
{
    char line[LINE_MOST];

    for (int number = 1; fgets(line, sizeof line, file); number++)
        ERR_TRY(read_line(arena, path, number, line, sentences));
    qsort(sentences->items, sentences->count, sizeof sentences->items[0], compare);
    for (size_t i = 1; i < sentences->count; i++)
        if (compare(&sentences->items[i - 1], &sentences->items[i]) == 0)
            return err_raise(ERR_INVALID, "settings", "%s: %s is given twice", path,
                             sentences->items[i].key);
    return ERR_OK;
}

enum err http_sentences_read(struct arena *arena, const char *path,
                             const struct http_sentences **sentences)
{
    struct http_sentences *read = ARENA_NEW(arena, struct http_sentences);
    FILE *file = fopen(path, "re");
    enum err err;

    if (!file)
        return err_raise(ERR_INVALID, "settings", "cannot read %s: %s", path, strerror(errno));
    read->items = ARENA_NEW_ARRAY(arena, SENTENCES_MOST, struct sentence);
    err = read_lines(arena, path, file, read);
    fclose(file);
    *sentences = read;
    return err;
}
