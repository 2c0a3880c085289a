#include "mail/smtp.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mail/mime.h"

#define CONNECT_TIMEOUT 10L
#define STALLED_BYTES_PER_SECOND 1L

struct smtp {
    const struct settings *settings;
    const char *url;
    CURL *curl; /* NULL while hung up */

    /* the dialogue at hand */
    enum smtp_stage stage;
    char reply[400]; /* to the last command, its lines joined by spaces */
    bool leaving;    /* QUIT was said, after what there was to say */
    struct bytes unsent;
};

static const char *const stage_names[SMTP_STAGES] = {
    [SMTP_STAGE_CONNECT] = "CONNECT",   [SMTP_STAGE_EHLO] = "EHLO",
    [SMTP_STAGE_STARTTLS] = "STARTTLS", [SMTP_STAGE_AUTH] = "AUTH",
    [SMTP_STAGE_MAIL] = "MAIL",         [SMTP_STAGE_RCPT] = "RCPT",
    [SMTP_STAGE_DATA] = "DATA",
};

static void hang_up(void *smtp)
{
    smtp_hang_up(smtp);
}

/* Whether the name of the URL's host is this machine's own loopback. */
static bool is_loopback(const char *url)
{
    const char *host = strstr(url, "://") + 3;
    size_t length = strcspn(host, ":/");

    return (length == 9 && strncmp(host, "localhost", 9) == 0) || strncmp(host, "127.", 4) == 0 ||
           strncmp(host, "[::1]", 5) == 0;
}

/* The URL's path is the name given with EHLO (libcurl); ours is the sender's domain. */
static const char *url_with_our_name(struct arena *arena, const struct settings *settings,
                                     const char *from)
{
    const char *host = strstr(settings->smtp_url, "://") + 3;

    if (strchr(host, '/'))
        return settings->smtp_url;
    return arena_printf(arena, "%s/%s", settings->smtp_url, strrchr(from, '@') + 1);
}

enum err smtp_open(struct arena *arena, const struct settings *settings, struct smtp **smtp)
{
    bool tls = strncmp(settings->smtp_url, "smtps://", 8) == 0;
    const char *name, *from;

    if (!tls && strncmp(settings->smtp_url, "smtp://", 7) != 0)
        return err_raise(ERR_INVALID, "settings", "smtp_url is not smtp://… or smtps://…");
    if (!mime_split_address(arena, settings->mail_from, &name, &from))
        return err_raise(ERR_INVALID, "settings", "mail_from is no address");
    if (*settings->smtp_user && !tls && !settings->smtp_starttls &&
        !is_loopback(settings->smtp_url))
        return err_raise(ERR_INVALID, "settings",
                         "smtp_password would be sent in clear: use smtps:// or smtp_starttls");
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return err_raise(ERR_INTERNAL, NULL, "libcurl does not start");
    *smtp = ARENA_NEW(arena, struct smtp);
    (*smtp)->settings = settings;
    (*smtp)->url = url_with_our_name(arena, settings, from);
    arena_on_reset(arena, hang_up, *smtp);
    return ERR_OK;
}

void smtp_hang_up(struct smtp *smtp)
{
    if (smtp->curl)
        curl_easy_cleanup(smtp->curl);
    smtp->curl = NULL;
}

static void note_command(struct smtp *smtp, const char *line, size_t length)
{
    smtp->leaving = length >= 4 && strncmp(line, "QUIT", 4) == 0;
    if (smtp->leaving)
        return;
    for (int stage = SMTP_STAGE_EHLO; stage < SMTP_STAGES; stage++) {
        size_t name_length = strlen(stage_names[stage]);

        if (length >= name_length && strncmp(line, stage_names[stage], name_length) == 0)
            smtp->stage = (enum smtp_stage)stage;
    }
    smtp->reply[0] = '\0';
}

static void note_reply(struct smtp *smtp, const char *line, size_t length)
{
    size_t used = strlen(smtp->reply);

    if (smtp->leaving)
        return;
    while (length > 0 && (line[length - 1] == '\r' || line[length - 1] == '\n'))
        length--;
    snprintf(smtp->reply + used, sizeof smtp->reply - used, "%s%.*s", used ? " " : "", (int)length,
             line);
    for (char *c = smtp->reply + used; *c; c++)
        if (*c < ' ' || *c > '~')
            *c = '?';
}

static int note(CURL *curl, curl_infotype type, char *data, size_t length, void *smtp)
{
    (void)curl;
    if (type == CURLINFO_HEADER_OUT)
        note_command(smtp, data, length);
    else if (type == CURLINFO_HEADER_IN)
        note_reply(smtp, data, length);
    return 0;
}

static size_t read_message(char *place, size_t size, size_t count, void *context)
{
    struct smtp *smtp = context;
    size_t length = size * count < smtp->unsent.length ? size * count : smtp->unsent.length;

    if (length > 0)
        memcpy(place, smtp->unsent.data, length);
    smtp->unsent.data += length;
    smtp->unsent.length -= length;
    /* What is still to come is the reply to all of it. */
    if (smtp->unsent.length == 0)
        smtp->reply[0] = '\0';
    return length;
}

static void set_security(struct smtp *smtp)
{
    const struct settings *settings = smtp->settings;

    curl_easy_setopt(smtp->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(smtp->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(smtp->curl, CURLOPT_USE_SSL,
                     (long)(settings->smtp_starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    curl_easy_setopt(smtp->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (*settings->smtp_ca_file)
        curl_easy_setopt(smtp->curl, CURLOPT_CAINFO, settings->smtp_ca_file);
    if (*settings->smtp_user) {
        curl_easy_setopt(smtp->curl, CURLOPT_USERNAME, settings->smtp_user);
        curl_easy_setopt(smtp->curl, CURLOPT_PASSWORD, settings->smtp_password);
    }
}

static void set_patience(struct smtp *smtp)
{
    long seconds = (long)smtp->settings->smtp_timeout;

    curl_easy_setopt(smtp->curl, CURLOPT_CONNECTTIMEOUT,
                     seconds < CONNECT_TIMEOUT ? seconds : CONNECT_TIMEOUT);
    curl_easy_setopt(smtp->curl, CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt(smtp->curl, CURLOPT_LOW_SPEED_LIMIT, STALLED_BYTES_PER_SECOND);
    curl_easy_setopt(smtp->curl, CURLOPT_LOW_SPEED_TIME, seconds / 2);
}

static bool connect_if_needed(struct smtp *smtp)
{
    if (smtp->curl)
        return true;
    smtp->curl = curl_easy_init();
    if (!smtp->curl)
        return false;
    curl_easy_setopt(smtp->curl, CURLOPT_URL, smtp->url);
    curl_easy_setopt(smtp->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(smtp->curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(smtp->curl, CURLOPT_READFUNCTION, read_message);
    curl_easy_setopt(smtp->curl, CURLOPT_READDATA, smtp);
    curl_easy_setopt(smtp->curl, CURLOPT_VERBOSE, 1L); /* or note is never called */
    curl_easy_setopt(smtp->curl, CURLOPT_DEBUGFUNCTION, note);
    curl_easy_setopt(smtp->curl, CURLOPT_DEBUGDATA, smtp);
    set_security(smtp);
    set_patience(smtp);
    return true;
}

static CURLcode perform(struct smtp *smtp, const char *from, const char *to, struct bytes message)
{
    struct curl_slist *recipients = curl_slist_append(NULL, to);
    CURLcode result;

    if (!recipients)
        return CURLE_OUT_OF_MEMORY;
    smtp->stage = SMTP_STAGE_CONNECT;
    smtp->reply[0] = '\0';
    smtp->unsent = message;
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(smtp->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message.length);
    result = curl_easy_perform(smtp->curl);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(recipients);
    return result;
}

static bool is_tls_failure(CURLcode result)
{
    return result == CURLE_PEER_FAILED_VERIFICATION || result == CURLE_SSL_CONNECT_ERROR ||
           result == CURLE_USE_SSL_FAILED || result == CURLE_SSL_CACERT_BADFILE ||
           result == CURLE_SSL_CERTPROBLEM || result == CURLE_SSL_CIPHER;
}

static void attempt(struct smtp *smtp, const char *from, const char *to, struct bytes message,
                    struct smtp_answer *answer)
{
    CURLcode result =
        connect_if_needed(smtp) ? perform(smtp, from, to, message) : CURLE_FAILED_INIT;

    *answer = (struct smtp_answer){.outcome = SMTP_TAKEN, .key = ""};
    if (result == CURLE_OK)
        return;
    smtp_judge(smtp->stage, smtp->reply, is_tls_failure(result), result == CURLE_LOGIN_DENIED,
               answer);
    snprintf(answer->reason, sizeof answer->reason, "%s: %s", stage_names[smtp->stage],
             answer->code >= 400 ? smtp->reply : curl_easy_strerror(result));
}

static bool was_reused(const struct smtp *smtp)
{
    long connects = 1;

    return smtp->curl && curl_easy_getinfo(smtp->curl, CURLINFO_NUM_CONNECTS, &connects) == 0 &&
           connects == 0;
}

void smtp_send(struct smtp *smtp, const char *from, const char *to, struct bytes message,
               struct smtp_answer *answer)
{
    attempt(smtp, from, to, message, answer);
    /* A server may have closed the connection since the last message, or take only so many over
     * one; as long as nothing of the message was handed over, a new one may do. */
    if (answer->outcome == SMTP_LATER && was_reused(smtp) &&
        smtp->unsent.length == message.length) {
        smtp_hang_up(smtp);
        attempt(smtp, from, to, message, answer);
    }
}
