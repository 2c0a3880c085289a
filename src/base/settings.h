/* The configuration file: lines `name = value`, `#` begins a comment line. Which names there are,
 * their defaults and bounds stand in one table in settings.c; conf/paraphe.conf explains them. */
#ifndef PARAPHE_BASE_SETTINGS_H
#define PARAPHE_BASE_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct settings {
    /* web */
    const char *base_url; /* https://host[:port], without a final slash */
    const char *listen;   /* path of the FastCGI unix socket */
    unsigned workers;
    const char *views; /* directory of views */
    const char *log_level;
    const char *school_holidays; /* file of the school holidays */

    /* database */
    const char *db_socket; /* "" to use host and port */
    const char *db_host;
    unsigned db_port;
    const char *db_user;
    const char *db_password;
    const char *db_name;
    bool db_tls;            /* ask the server for TLS and check its certificate */
    const char *db_tls_ca;  /* PEM file of its authorities, "" for the system's */
    const char *migrations; /* directory of sql/migrations */

    /* identification of conventions */
    const char *secret_file; /* 32 or more random bytes; the key of every MAC */

    /* inspector */
    const char *inspect_program;
    const char *inspect_socket; /* where its service listens */
    const char *trust_dir;      /* directory of PEM certificates, "" for none */
    unsigned inspect_at_once;

    /* mail */
    const char *smtp_url; /* smtp://host:port or smtps://host:port (libcurl) */
    const char *smtp_user;
    const char *smtp_password;
    bool smtp_starttls;       /* require STARTTLS on smtp:// */
    const char *smtp_ca_file; /* PEM of who signs its certificate, "" for the system's trust */
    unsigned smtp_timeout;    /* seconds for one message, from connecting to its acceptance */
    const char *mail_from;
    const char *mail_operator; /* who is told of what only the operator can mend; "" for nobody */

    /* drawing */
    const char *font_regular; /* TrueType files */
    const char *font_bold;
    const char *font_italic;
};

/* Reads the file at path; its values live in the arena. Errors name the line (ERR_INVALID). */
enum err settings_read(struct arena *arena, const char *path, struct settings *settings);

#endif
