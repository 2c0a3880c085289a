/* Draws an ordinary convention into the file named, for tests that are not in C. */
#include <stdio.h>

#include "t/unit/pdf_tools.h"

int main(int argc, char **argv)
{
    struct tools tools;
    struct convention_paper paper;
    struct pdf_layout layout;
    struct bytes drawn;
    FILE *file = argc == 2 ? fopen(argv[1], "wb") : NULL;
    bool good;

    if (!file)
        return 2;
    tools_open(&tools);
    paper = tools_paper(&tools);
    good = tools_draw(&tools, &paper, "drawn.pdf", &layout);
    drawn = good ? tools_read(&tools, "drawn.pdf") : (struct bytes){0};
    good = good && fwrite(drawn.data, 1, drawn.length, file) == drawn.length;
    tools_close(&tools);
    return fclose(file) == 0 && good ? 0 : 1;
}
