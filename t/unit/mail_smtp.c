/* What the answers of an SMTP server mean, when a message is tried again, and which settings the
 * mailer takes. */
#include "t/unit/tap.h"

#include "base/arena.h"
#include "mail/backoff.h"
#include "mail/smtp.h"

static struct smtp_answer judged(enum smtp_stage stage, const char *reply)
{
    struct smtp_answer answer = {.key = ""};

    smtp_judge(stage, reply, false, false, &answer);
    return answer;
}

static bool refused_as(const char *key, enum smtp_stage stage, const char *reply)
{
    struct smtp_answer answer = judged(stage, reply);

    return answer.outcome == SMTP_REFUSED && strcmp(answer.key, key) == 0;
}

static bool later_as(const char *key, bool server_ails, struct smtp_answer answer)
{
    return answer.outcome == SMTP_LATER && answer.server_ails == server_ails &&
           strcmp(answer.key, key) == 0;
}

static void answers(void)
{
    struct smtp_answer answer = {.key = ""};

    OK(refused_as("mail-address-unknown", SMTP_STAGE_RCPT, "550 5.1.1 no such user"),
       "550 5.1.1 refuses for good: the address is unknown");
    OK(refused_as("mail-refused", SMTP_STAGE_RCPT, "550 go away"),
       "550 without more refuses for good");
    OK(refused_as("mail-mailbox-full", SMTP_STAGE_RCPT, "552 5.2.2 over quota"),
       "a full mailbox is told from a large message");
    OK(refused_as("mail-too-large", SMTP_STAGE_MAIL, "552 5.3.4 too big"),
       "a message too large for the server is refused for good");
    OK(refused_as("mail-refused", SMTP_STAGE_DATA, "554 5.7.1 policy"),
       "a refusal after the message is for good");
    OK(later_as("mail-deferred", false, judged(SMTP_STAGE_RCPT, "451 4.7.1 greylisted")),
       "451 is tried again, and says nothing of other messages");
    OK(later_as("mail-deferred", true, judged(SMTP_STAGE_RCPT, "421 4.3.2 closing")),
       "421 is tried again, and any other message would meet it too");
    OK(later_as("mail-login-refused", true, judged(SMTP_STAGE_AUTH, "535 5.7.8 bad password")),
       "a wrong password costs no message");
    OK(later_as("mail-login-refused", true, judged(SMTP_STAGE_MAIL, "530 5.7.0 log in first")),
       "a server that wants a login costs no message");
    OK(later_as("mail-server-refuses-us", true, judged(SMTP_STAGE_CONNECT, "554 no service")),
       "a server that will not talk to us costs no message");
    OK(later_as("mail-server-unreachable", true, judged(SMTP_STAGE_CONNECT, "")),
       "no answer at all is tried again");
    OK(later_as("mail-server-unreachable", true, judged(SMTP_STAGE_DATA, "354 go on")),
       "a connection lost in the middle of the message is tried again");
    smtp_judge(SMTP_STAGE_STARTTLS, "220 ready", true, false, &answer);
    OK(later_as("mail-tls-failed", true, answer), "a certificate that fails costs no message");
    IS_INT(judged(SMTP_STAGE_RCPT, "45").code, 0, "half a code is no code");
}

static enum err opened(struct arena *arena, struct settings settings)
{
    struct smtp *smtp;

    return smtp_open(arena, &settings, &smtp);
}

static void openings(void)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    struct settings good = {.smtp_url = "smtp://relay.example.org:587",
                            .smtp_user = "paraphe",
                            .smtp_password = "word",
                            .smtp_starttls = true,
                            .smtp_ca_file = "",
                            .smtp_timeout = 120,
                            .mail_from = "Paraphe <mail@example.org>"};
    struct settings bad = good;

    IS_INT(opened(arena, good), ERR_OK, "a server with STARTTLS and a login will do");
    bad.smtp_url = "http://relay.example.org";
    IS_INT(opened(arena, bad), ERR_INVALID, "an address of another protocol is refused");
    bad = good;
    bad.mail_from = "Paraphe";
    IS_INT(opened(arena, bad), ERR_INVALID, "a sender without an address is refused");
    bad = good;
    bad.smtp_starttls = false;
    IS_INT(opened(arena, bad), ERR_INVALID, "a password is not sent in clear over a network");
    bad.smtp_url = "smtp://127.0.0.1:2525";
    IS_INT(opened(arena, bad), ERR_OK, "to this machine itself it may");
    arena_free(arena);
}

static void waits(void)
{
    int64_t total = 0, last = 0;
    bool growing = true;
    uint32_t attempts = 1;

    IS_INT(mail_backoff(1), 60, "the second attempt follows after a minute");
    for (; mail_backoff(attempts) > 0; attempts++) {
        growing = growing && mail_backoff(attempts) >= last;
        last = mail_backoff(attempts);
        total += last;
    }
    OK(growing, "no wait is shorter than the one before");
    OK(total > 44 * 3600 && total <= 48 * 3600, "a message is given up after nearly two days");
    IS_INT(attempts, MAIL_MOST_ATTEMPTS, "at its last attempt");
    IS_INT(mail_backoff(attempts + 1), 0, "and not taken up again after it");
}

int main(void)
{
    waits();
    answers();
    openings();
    return tap_end();
}
