#include "pdf/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "base/buf.h"

#define QUIET_MODULES 4
#define PATH_MOST ((size_t)256 * 1024) /* the longest e-mail address makes a fifth of it */

static void put_row(struct buf *path, const unsigned char *data, int width, int row)
{
    for (int from = 0, to; from < width; from = to) {
        for (to = from + 1; to < width && ((data[to] ^ data[from]) & 1) == 0;)
            to++;
        if (data[from] & 1)
            buf_printf(path, "M%d %dh%dv1h-%dz", from + QUIET_MODULES, row + QUIET_MODULES,
                       to - from, to - from);
    }
}

enum err qr_path(struct arena *arena, const char *text, const char **path, unsigned *side)
{
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    struct buf out;

    if (!code)
        return err_raise(ERR_INTERNAL, NULL, "no QR code for %zu characters: %s", strlen(text),
                         strerror(errno));
    /* The arena may jump on the way; it then forgets the symbol for us. */
    arena_on_reset(arena, (void (*)(void *))QRcode_free, code);
    out = buf_new(arena, PATH_MOST);
    for (int row = 0; row < code->width; row++)
        put_row(&out, code->data + row * code->width, code->width, row);
    if (out.overflown)
        return err_raise(ERR_INTERNAL, NULL, "a QR code of %d modules is too long", code->width);
    *path = out.data;
    *side = (unsigned)code->width + 2 * QUIET_MODULES;
    return ERR_OK;
}
