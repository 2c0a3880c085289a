#include "inspect/security_store.h"

#include <string.h>

#define SIGNATURES_MAX 64 /* that have entries of their own */

static bool is_stored(const struct inspect_stored *stored, int number)
{
    for (size_t i = 0; number > 0 && i < stored->count; i++)
        if (stored->numbers[i] == number)
            return true;
    return false;
}

static void read_stream(const struct inspect_pdf *pdf, pdf_obj *stream,
                        struct inspect_stored *stored)
{
    fz_context *context = pdf->context;
    fz_buffer *buffer = NULL;
    unsigned char *data, *copy;

    fz_var(buffer);
    fz_try(context)
    {
        size_t length;

        buffer = pdf_load_stream(context, stream);
        length = fz_buffer_storage(context, buffer, &data);
        copy = inspect_pool(context, pdf->pool, length, 1);
        memcpy(copy, data, length);
        stored->numbers[stored->count] = pdf_to_num(context, stream);
        stored->list[stored->count++] = (struct bytes){copy, length};
    }
    fz_always(context) fz_drop_buffer(context, buffer);
    fz_catch(context)
    {
        if (fz_caught(context) == FZ_ERROR_MEMORY)
            fz_rethrow(context);
    }
}

static void read_array(const struct inspect_pdf *pdf, pdf_obj *array, struct inspect_stored *stored)
{
    fz_context *context = pdf->context;

    for (int i = 0; i < pdf_array_len(context, array); i++) {
        pdf_obj *stream = pdf_array_get(context, array, i);

        if (stored->count < INSPECT_STORED_MAX && pdf_is_stream(context, stream) &&
            !is_stored(stored, pdf_to_num(context, stream)))
            read_stream(pdf, stream, stored);
    }
}

void inspect_security_store_read(const struct inspect_pdf *pdf,
                                 struct inspect_security_store *store)
{
    fz_context *context = pdf->context;
    pdf_obj *root = pdf_dict_get(context, pdf_trailer(context, pdf->document), PDF_NAME(Root));
    pdf_obj *all = pdf_dict_gets(context, root, "DSS");
    pdf_obj *single = pdf_dict_gets(context, all, "VRI");

    read_array(pdf, pdf_dict_gets(context, all, "Certs"), &store->certificates);
    read_array(pdf, pdf_dict_gets(context, all, "CRLs"), &store->lists);
    read_array(pdf, pdf_dict_gets(context, all, "OCSPs"), &store->answers);
    for (int i = 0; i < pdf_dict_len(context, single) && i < SIGNATURES_MAX; i++) {
        pdf_obj *own = pdf_dict_get_val(context, single, i);

        read_array(pdf, pdf_dict_gets(context, own, "Cert"), &store->certificates);
        read_array(pdf, pdf_dict_gets(context, own, "CRL"), &store->lists);
        read_array(pdf, pdf_dict_gets(context, own, "OCSP"), &store->answers);
    }
}
