/* The convention's Markdown as blocks that flow. */
#ifndef PARAPHE_PDF_STORY_H
#define PARAPHE_PDF_STORY_H

#include "base/err.h"
#include "pdf/flow.h"

/* Reads headings, paragraphs, lists, quotations, emphasis and line breaks; of links and pictures
 * the text; rules are left out. Errors: those of view_markdown_walk. */
enum err story_read(struct type *type, const char *markdown, struct flow *flow);

#endif
