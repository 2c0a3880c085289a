#include "inspect/der.h"

#include <openssl/err.h>

struct element {
    int kind, number;
    const unsigned char *content;
    size_t length;
};

static bool read_element(struct bytes from, struct element *element)
{
    long length;

    element->content = from.data;
    if (from.length == 0 || (ASN1_get_object(&element->content, &length, &element->number,
                                             &element->kind, (long)from.length) &
                             0x81) != 0) {
        ERR_clear_error();
        return false;
    }
    element->length = (size_t)length;
    return true;
}

static void move_behind(struct bytes *from, const struct element *element)
{
    const unsigned char *end = element->content + element->length;

    from->length -= (size_t)(end - from->data);
    from->data = end;
}

bool inspect_der_take(struct bytes *from, int kind, int number, struct bytes *content)
{
    struct element element;

    if (!read_element(*from, &element) || element.kind != kind || element.number != number)
        return false;
    *content = (struct bytes){element.content, element.length};
    move_behind(from, &element);
    return true;
}

bool inspect_der_next(struct bytes *from, struct bytes *whole)
{
    struct element element;

    if (!read_element(*from, &element))
        return false;
    *whole = (struct bytes){from->data, (size_t)(element.content - from->data) + element.length};
    move_behind(from, &element);
    return true;
}

struct bytes inspect_der_bytes(const ASN1_STRING *string)
{
    return (struct bytes){ASN1_STRING_get0_data(string), (size_t)ASN1_STRING_length(string)};
}
