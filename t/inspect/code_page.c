/* Prints a PDF page of text with a QR code of that side at its foot, for t/inspect/scan.t:
 * code_page TEXT MILLIMETRES */
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

#define POINTS (72 / 25.4) /* of a millimetre */

static void put_code(struct buf *content, const char *text, double side)
{
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    double module = side * POINTS / code->width;

    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (code->data[y * code->width + x] & 1)
                buf_printf(content, "%.3f %.3f %.3f %.3f re\n", 460 + x * module,
                           30 + (code->width - 1 - y) * module, module, module);
    buf_puts(content, "f\n");
    QRcode_free(code);
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new(1024 * 1024);
    struct buf content = buf_new(arena, 512 * 1024);

    if (argc != 3)
        return 2;
    for (int line = 0; line < 40; line++)
        buf_printf(&content,
                   "BT /F 9 Tf 60 %d Td (Article %d. Le stagiaire reste sous statut scolaire et "
                   "sous l'autorite du chef d'etablissement.) Tj ET\n",
                   760 - line * 15, line + 1);
    put_code(&content, argv[1], strtod(argv[2], NULL));
    printf("%%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
           "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
           "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources"
           "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>> endobj\n"
           "4 0 obj <</Length %zu>> stream\n%sendstream endobj\ntrailer <</Root 1 0 R>>\n%%%%EOF\n",
           content.length, content.data);
    arena_free(arena);
    return 0;
}
