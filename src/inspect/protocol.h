/* How the inspector and its clients talk.
 *
 * One unix SOCK_SEQPACKET connection is one inspection. Files go as sealed memfds beside a message,
 * never as paths. What is answered comes from a process that has read untrusted bytes: whoever
 * receives checks lengths, ranges and texts before use.
 *
 *     client                                inspector
 *     FILE with the file            →
 *                                   ←       READY, when its turn has come
 *                                   ←       CLAIM: which convention the file says it is
 *     ORIGINAL with it, or without  →
 *                                   ←       REPORT
 *
 * A client that has the original at hand may send both at once, and gets CLAIM and REPORT together.
 * IMAGE and PAGES are answered with READY, PICTURE for each picture, and DONE. MERGE comes with the
 * first of several files, PART with each of the others; each is answered with ADDED before the next
 * is sent, and the last with MERGED and DONE as well. COMPARE comes with the returned file,
 * ORIGINAL follows at once; COMPARED and DONE answer. READY is the service's own word: a process
 * started for one file alone says nothing of turns. At any time FAILURE may come instead, and
 * nothing after it; so does the end of the connection.
 *
 * SURVEY asks what is on some pages of a file, and is answered with SHEETS and DONE. SPLIT comes
 * with a file, RANGE with each part of it that shall be a PDF of its own and is answered with
 * MERGED; the last also with DONE. */
#ifndef PARAPHE_INSPECT_PROTOCOL_H
#define PARAPHE_INSPECT_PROTOCOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "inspect/comparison.h"
#include "inspect/report.h"

#define INSPECT_FILE_MAX ((size_t)20 * 1024 * 1024)
#define INSPECT_MEMORY_MAX ((size_t)512 * 1024 * 1024)
#define INSPECT_SECONDS 10      /* from its turn to its end, and of CPU */
#define INSPECT_WAIT_SECONDS 15 /* for its turn */

#define INSPECT_CODES_MAX 8
#define INSPECT_CODE_SIZE 256

#define INSPECT_IMAGE_SIDE 800     /* pixels: larger images are made to fit */
#define INSPECT_PICTURES_MAX 20    /* of pages, at once */
#define INSPECT_PICTURE_WIDTH 1600 /* pixels, at most */
#define INSPECT_ANSWER_MAX ((size_t)16 * 1024 * 1024)

#define INSPECT_MERGE_FILES 100                       /* into one PDF, at once */
#define INSPECT_MERGE_MAX ((size_t)40 * 1024 * 1024)  /* bytes of all of them */
#define INSPECT_MERGED_MAX ((size_t)64 * 1024 * 1024) /* bytes of what is made */
#define INSPECT_MERGED_PAGES 1000

#define INSPECT_SHEETS_MAX 4 /* pages of one SURVEY */
#define INSPECT_SHEET_CODES 4

enum wire_kind {
    WIRE_FILE,     /* one descriptor; arguments: enum inspect_look, 1 if ORIGINAL follows at once */
    WIRE_ORIGINAL, /* one descriptor or none */
    WIRE_IMAGE,    /* one descriptor */
    WIRE_PAGES,    /* one descriptor; arguments: width in pixels, first page (from 1), how many */
    WIRE_MERGE,    /* one descriptor; arguments: how many files there will be */
    WIRE_PART,     /* one descriptor */
    WIRE_COMPARE, /* one descriptor; arguments: 1 where only signatures were added. ORIGINAL follows
                     at once, with one as well */
    WIRE_SURVEY,  /* one descriptor; arguments: first page (from 1), how many */
    WIRE_SPLIT,   /* one descriptor; arguments: how many ranges there will be */
    WIRE_RANGE,   /* arguments: first page (from 1), how many */
    WIRE_READY,
    WIRE_CLAIM,    /* struct inspect_claim */
    WIRE_REPORT,   /* struct inspect_report, without the unused ends of its lists */
    WIRE_PICTURE,  /* arguments: width, height, page; an image is RGB, a page is a PNG */
    WIRE_ADDED,    /* arguments: the file (from 0), 1 and enum inspect_failure where it was not */
    WIRE_MERGED,   /* the PDF */
    WIRE_COMPARED, /* struct inspect_comparison */
    WIRE_SHEETS,   /* struct inspect_sheet for each; arguments: pages of the file, bits of
                      enum inspect_survey_bit */
    WIRE_DONE,
    WIRE_FAILURE, /* arguments: enum inspect_failure */
    WIRE_KIND_COUNT
};

/* When the pages of a file without a token in its metadata are drawn, to look for codes. */
enum inspect_look {
    INSPECT_LOOK_ALWAYS,
    INSPECT_LOOK_UNSIGNED, /* where there is no signature either */
    INSPECT_LOOK_COUNT
};

/* Why there is no answer. */
enum inspect_failure {
    INSPECT_FAILED_EMPTY,
    INSPECT_FAILED_TOO_LARGE,
    INSPECT_FAILED_NOT_PDF,
    INSPECT_FAILED_ENCRYPTED,
    INSPECT_FAILED_DAMAGED,
    INSPECT_FAILED_TOO_MANY_PAGES,
    INSPECT_FAILED_TOO_MUCH, /* another limit on what is in the file */
    INSPECT_FAILED_NOT_IMAGE,
    INSPECT_FAILED_IMAGE_TOO_LARGE,
    INSPECT_FAILED_SLOW,
    INSPECT_FAILED_MEMORY,
    INSPECT_FAILED_CRASHED,
    INSPECT_FAILED_BUSY,
    INSPECT_FAILED_ABSENT, /* no service to ask */
    INSPECT_FAILURE_COUNT
};

/* What a survey says of the file as a whole. */
enum inspect_survey_bit {
    INSPECT_SURVEY_SIGNED = 1, /* it has a signature: its bytes must stay as they are */
    INSPECT_SURVEY_NAMED = 2   /* its metadata have a token, which is the first page's first code */
};

/* What a page shows. Nothing in it is proven. */
struct inspect_sheet {
    uint32_t page;  /* 1 for the first; 0 where it could not be looked at */
    uint32_t blank; /* 1: white, or nearly */
    uint32_t code_count;
    char short_code[INSPECT_KEY_SIZE];
    char codes[INSPECT_SHEET_CODES][INSPECT_CODE_SIZE];
};

/* A QR code read on a page. */
struct inspect_code {
    uint32_t page; /* 1 for the first */
    char text[INSPECT_CODE_SIZE];
};

/* Which convention the file says it is. Nothing in it is proven: the MAC of a token is. */
struct inspect_claim {
    enum inspect_verdict verdict; /* unsigned where the file can be judged, or why it cannot */
    enum inspect_evidence evidence;
    uint32_t pages;
    uint32_t token_count;
    uint32_t code_count;
    char tokens[INSPECT_TOKENS_MAX][INSPECT_TOKEN_SIZE];
    char short_code[INSPECT_KEY_SIZE];
    char reason[INSPECT_KEY_SIZE]; /* names a sentence where it cannot be judged, or is empty */
    struct inspect_code codes[INSPECT_CODES_MAX];
};

struct wire_message {
    enum wire_kind kind;
    uint32_t arguments[3];
    struct bytes payload;
    int descriptor; /* -1 for none; the receiver closes it */
};

enum wire_result {
    WIRE_OK,
    WIRE_CLOSED, /* by the other side */
    WIRE_LATE,   /* nothing until the deadline */
    WIRE_BAD     /* what came is no message, or is over the limit */
};

/* Sends a message, in several packets if it is long. Waits for room until the deadline (of
 * clock_monotonic_us; 0 for as long as it takes). */
enum wire_result wire_send(int connection, const struct wire_message *message, int64_t deadline);

/* Receives a message whose payload, in the arena, has at most limit bytes. With deadline 0 it uses
 * no system call but recvmsg. */
enum wire_result wire_receive(int connection, struct arena *arena, size_t limit, int64_t deadline,
                              struct wire_message *message);

/* A report as a payload. */
struct bytes wire_give_report(struct arena *arena, const struct inspect_report *report);

/* Takes a claim or a report from a payload of an untrusted process; false where it is none. report
 * is zeroed before. */
bool wire_take_claim(struct bytes payload, struct inspect_claim *claim);
bool wire_take_sheets(struct bytes payload, struct inspect_sheet *sheets, size_t most,
                      size_t *count);
bool wire_take_report(struct bytes payload, struct inspect_report *report);

/* Raises the error of a failure, with its key ("inspect-not-pdf"). */
enum err inspect_failure_raise(enum inspect_failure failure);

/* The key alone, for reasons. */
const char *inspect_failure_key(enum inspect_failure failure);

#endif
