/* Codes on pages: for files whose metadata says nothing, a scan above all. For the confined process
 * alone. */
#ifndef PARAPHE_INSPECT_SCAN_H
#define PARAPHE_INSPECT_SCAN_H

#include "base/bytes.h"
#include "inspect/draw.h"
#include "inspect/protocol.h"

/* Draws the pages, as often as it takes but within some seconds, and adds to the claim the QR codes
 * on them (each text once) and the first text with the shape of a short code. Codes that have the
 * shape of ours end the search after the attempt that found them; other texts are kept too, as the
 * caller alone can tell whose they are. What cannot be drawn is passed over, and so are the pages
 * of a long file after the first ones. */
void scan_codes(struct bytes file, struct inspect_claim *claim);

/* What is on one page (from 0): attempts are made until a code of ours is read, but after the first
 * none is begun past that instant of clock_monotonic_us. */
void scan_sheet(const struct drawing *drawing, int page, int64_t until,
                struct inspect_sheet *sheet);

#endif
