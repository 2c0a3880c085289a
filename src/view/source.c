#include <string.h>

#include "view/code.h"
#include "view/library.h"
#include "view/view.h"

enum err view_render_source(struct arena *arena, const char *name, const char *source,
                            const struct view_type *type, const void *data, struct buf *out)
{
    struct view_library library = {.arena = arena};
    const struct view_code *code;

    view_library_add(&library, name, bytes_of(source));
    ERR_TRY(view_compile(&library, name, type, &code));
    ERR_TRY(view_run(code, type, data, out));
    if (out->overflown)
        return err_raise(ERR_TOO_LARGE, "view-too-large", "%s", name);
    return ERR_OK;
}
