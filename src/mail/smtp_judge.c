#include <ctype.h>
#include <string.h>

#include "mail/smtp.h"

static unsigned digits(const char *text, size_t count)
{
    unsigned value = 0;

    for (size_t i = 0; i < count; i++) {
        if (!isdigit((unsigned char)text[i]))
            return 0;
        value = value * 10 + (unsigned)(text[i] - '0');
    }
    return value;
}

/* Whether an enhanced status code (RFC 3463) that begins so follows the code. */
static bool has_status(const char *reply, const char *status)
{
    return strlen(reply) > 4 && strncmp(reply + 4, status, strlen(status)) == 0;
}

/* 530, 534, 535, 538 (RFC 4954 §6): the server does not know us, whatever the message is. */
static bool is_about_login(unsigned code)
{
    return code == 530 || code == 534 || code == 535 || code == 538;
}

static const char *refusal(unsigned code, const char *reply, enum smtp_stage stage)
{
    if (has_status(reply, "5.1.") || (stage == SMTP_STAGE_RCPT && (code == 551 || code == 553)))
        return "mail-address-unknown";
    if (has_status(reply, "5.2.2"))
        return "mail-mailbox-full";
    if (has_status(reply, "5.3.4") || has_status(reply, "5.2.3") || code == 552)
        return "mail-too-large";
    return "mail-refused";
}

static void later(struct smtp_answer *answer, bool server_ails, const char *key)
{
    answer->outcome = SMTP_LATER;
    answer->server_ails = server_ails;
    answer->key = key;
}

void smtp_judge(enum smtp_stage stage, const char *reply, bool tls_failed, bool login_failed,
                struct smtp_answer *answer)
{
    bool about_message = stage >= SMTP_STAGE_MAIL;
    unsigned code = digits(reply, 3);

    answer->code = code;
    if (tls_failed) {
        later(answer, true, "mail-tls-failed");
    } else if (login_failed || is_about_login(code)) {
        later(answer, true, "mail-login-refused");
    } else if (code < 400) {
        later(answer, true, "mail-server-unreachable");
    } else if (code < 500) {
        later(answer, !about_message || code == 421, "mail-deferred");
    } else if (!about_message) {
        later(answer, true, "mail-server-refuses-us");
    } else {
        answer->outcome = SMTP_REFUSED;
        answer->server_ails = false;
        answer->key = refusal(code, reply, stage);
    }
}
