#include "http/http.h"

#include <errno.h>
#include <stdlib.h>

#include "base/log.h"
#include "http/sentences.h"

const char *http_query(const struct exchange *x, const char *name)
{
    return http_pairs_get(&x->request->query, name);
}

uint64_t http_query_number(const struct exchange *x, const char *name, uint64_t least,
                           uint64_t most, uint64_t fallback)
{
    const char *text = http_query(x, name);
    unsigned long long number;
    char *end;

    if (!text || text[0] < '0' || text[0] > '9')
        return fallback;
    errno = 0;
    number = strtoull(text, &end, 10);
    return errno || *end || number < least || number > most ? fallback : number;
}

/* Asking for a part that the route does not have is a mistake of the program. */
static const struct http_argument *argument(const struct exchange *x, size_t index)
{
    if (index >= HTTP_ARGUMENTS_MOST || !x->request->arguments[index].text)
        abort();
    return &x->request->arguments[index];
}

uint64_t http_id(const struct exchange *x, size_t index)
{
    return argument(x, index)->number;
}

const char *http_token(const struct exchange *x, size_t index)
{
    return argument(x, index)->text;
}

const char *http_sentence(const struct exchange *x, const char *key)
{
    const char *sentence = http_sentences_get(x->site->sentences, key);

    if (sentence)
        return sentence;
    log_write(LOG_ERROR, "no sentence has the key %s", key);
    sentence = http_sentences_get(x->site->sentences, "http-internal");
    return sentence ? sentence : "";
}

enum err http_redirect(struct exchange *x, const char *address)
{
    if (address[0] != '/' || address[1] == '/' || address[1] == '\\')
        return err_raise(ERR_INTERNAL, NULL, "redirected away from this site");
    x->response->status = 303;
    x->response->body = (struct bytes){NULL, 0};
    return http_response_header(x->response, "Location", address);
}

enum err http_download(struct exchange *x, const struct http_file_out *file)
{
    ERR_TRY(http_response_header(x->response, "Content-Type", file->media_type));
    ERR_TRY(http_response_header(
        x->response, "Content-Disposition",
        http_content_disposition(x->arena, file->in_line ? "inline" : "attachment", file->name)));
    x->response->status = 200;
    x->response->body = file->content;
    return ERR_OK;
}
