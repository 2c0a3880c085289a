#include "pages/establishment_form.h"

#include <string.h>

#include "base/clock.h"
#include "pages/establishments.h"
#include "pages/frame.h"

VIEW_TYPE(establishment_fields);

#define POSTAL_CODE_LENGTH 5

const char *page_uai_sentence(struct exchange *x, const char *uai)
{
    char letter = strlen(uai) == 8 ? uai_letter(uai) : 0;

    if (uai_is_valid(uai))
        return NULL;
    return letter ? arena_printf(x->arena, "%s %c.", http_sentence(x, "uai-letter"), letter)
                  : http_sentence(x, "uai-invalid");
}

void page_uai_check(struct exchange *x, struct form_value *uai)
{
    const char *sentence;

    if (!uai->given)
        return;
    uai->text = uai->typed = uai_tidy(x->arena, uai->text);
    sentence = page_uai_sentence(x, uai->text);
    if (!sentence)
        return;
    form_refuse(x, uai, "uai-invalid");
    uai->sentence = sentence;
}

static bool is_postal_code(const char *text)
{
    return strlen(text) == POSTAL_CODE_LENGTH && strspn(text, "0123456789") == POSTAL_CODE_LENGTH;
}

static void require(struct exchange *x, struct form_value *value)
{
    if (!value->given && !value->error)
        form_refuse(x, value, "form-required");
}

void page_establishment_read(struct exchange *x, enum establishment_filler filler,
                             struct establishment_form *form)
{
    struct form_value *const whole[] = {&form->address, &form->postal_code, &form->city,
                                        &form->phone,   &form->head_name,   &form->head_title};

    FORM_READ(x, establishment_form, form);
    if (filler == FILLED_BY_OPERATOR) {
        require(x, &form->uai);
        page_uai_check(x, &form->uai);
    } else {
        form->uai = (struct form_value){.typed = "", .text = ""};
        for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
            require(x, whole[i]);
    }
    if (form->postal_code.given && !is_postal_code(form->postal_code.text))
        form_refuse(x, &form->postal_code, "postal-code-invalid");
    if (form->board_day.given &&
        clock_days_between(clock_day(x->arena, x->now), form->board_day.text) > 0)
        form_refuse(x, &form->board_day, "board-day-future");
}

void page_establishment_fill(struct exchange *x, const struct establishment_by_id_row *row,
                             struct establishment_form *form)
{
    FORM_EMPTY(form);
    form->uai.typed = row->uai;
    form->name.typed = row->name;
    form->address.typed = row->address;
    form->postal_code.typed = row->postal_code;
    form->city.typed = row->city;
    form->phone.typed = row->phone;
    form->email.typed = row->email;
    form->head_name.typed = row->head_name;
    form->head_title.typed = row->head_title;
    form->board_day.typed = row->board_day ? clock_french_day(x->arena, row->board_day) : "";
}

struct establishment page_establishment_said(const struct establishment_form *form)
{
    return (struct establishment){.uai = form->uai.text,
                                  .name = form->name.text,
                                  .address = form->address.text,
                                  .postal_code = form->postal_code.text,
                                  .city = form->city.text,
                                  .phone = form->phone.text,
                                  .email = form->email.text,
                                  .head_name = form->head_name.text,
                                  .head_title = form->head_title.text,
                                  .board_day = form->board_day.given ? form->board_day.text : NULL};
}

const struct establishment_fields *page_establishment_fields(struct arena *arena,
                                                             const struct establishment_form *form)
{
    struct establishment_fields *fields = ARENA_NEW(arena, struct establishment_fields);

    *fields = (struct establishment_fields){
        .uai = page_form_field(arena, "uai", &form->uai),
        .name = page_form_field(arena, "name", &form->name),
        .address = page_form_field(arena, "address", &form->address),
        .postal_code = page_form_field(arena, "postal_code", &form->postal_code),
        .city = page_form_field(arena, "city", &form->city),
        .phone = page_form_field(arena, "phone", &form->phone),
        .email = page_form_field(arena, "email", &form->email),
        .head_name = page_form_field(arena, "head_name", &form->head_name),
        .head_title = page_form_field(arena, "head_title", &form->head_title),
        .board_day = page_form_field(arena, "board_day", &form->board_day)};
    return fields;
}
