#include "domain/texts.h"

#include <string.h>

#include "base/bytes.h"
#include "base/text.h"

static bool is_readable(const struct text_rule *rule)
{
    if (!text_is_utf8(bytes_of(rule->text)))
        return false;
    for (const char *c = rule->text; *c; c++)
        if (((unsigned char)*c < 0x20 || *c == 0x7f) && !(rule->many_lines && strchr("\t\r\n", *c)))
            return false;
    return true;
}

static enum err check(const struct text_rule *rule)
{
    if (!is_readable(rule))
        return err_raise(ERR_INVALID, "text-unreadable", "%s", rule->name);
    if (rule->required && rule->text[0] == '\0')
        return err_raise(ERR_INVALID, "text-missing", "%s", rule->name);
    if (text_length(rule->text) > rule->most)
        return err_raise(ERR_INVALID, "text-too-long", "%s: %zu characters, %zu at most",
                         rule->name, text_length(rule->text), rule->most);
    return ERR_OK;
}

enum err texts_check(const struct text_rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ERR_TRY(check(&rules[i]));
    return ERR_OK;
}
