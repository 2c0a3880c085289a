/* For the tests of drawn conventions: a paper to draw, and what other people's programs (poppler,
 * qpdf, zbar, NSS) see in the result. */
#ifndef PARAPHE_T_PDF_TOOLS_H
#define PARAPHE_T_PDF_TOOLS_H

#include "pdf/paper.h"

/* A directory of its own for files, with the secret in it, removed by tools_close. */
struct tools {
    struct arena *arena;
    struct settings settings;
    char directory[64];
    const char *markdown; /* the standard text, filled for the paper */
};

void tools_open(struct tools *tools);
void tools_close(struct tools *tools);

/* An ordinary convention, with the standard text. */
struct convention_paper tools_paper(struct tools *tools);

/* The same with everything as long as the database takes it, in Polish and Turkish letters. */
struct convention_paper tools_long_paper(struct tools *tools);

/* The same with nothing to break a line at: the longest words that the database takes. */
struct convention_paper tools_wordy_paper(struct tools *tools);

/* A picture of one colour: grey from 0 to 255. */
struct paper_image tools_picture(struct tools *tools, unsigned width, unsigned height, int grey);

/* Whether this machine has the program. */
bool tools_have(const char *program);

/* Runs a program with up to 15 arguments, the list ended by NULL. Returns its exit status; puts
 * what it printed (output may be NULL). Its complaints are dropped. */
int tools_run(struct tools *tools, const char **output, const char *program, ...);

/* A path in the directory. */
const char *tools_path(struct tools *tools, const char *name);
void tools_write(struct tools *tools, const char *name, struct bytes data);
struct bytes tools_read(struct tools *tools, const char *name);

/* Draws and writes a file; false where it fails. */
bool tools_draw(struct tools *tools, const struct convention_paper *paper, const char *name,
                struct pdf_layout *layout);

/* The text of a file as pdftotext reads it, each run of spaces of any kind (also line ends) as one
 * space. */
const char *tools_text(struct tools *tools, const char *name);

/* A line of text where it stands: points from the left and from the top. */
struct text_line {
    int page;
    double left, top, right, bottom;
};

size_t tools_lines(struct tools *tools, const char *name, struct text_line *lines, size_t most);

#endif
