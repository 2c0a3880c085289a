#include "calendar/zone.h"

#include <stdlib.h>
#include <string.h>

#define DEPARTEMENTS 96 /* 01 to 95 */

/* The zone of each, ten a line; '-' for none: 00 does not exist, and 20 is Corsica. */
static const char zones[] = "-ABABBBABC" /* 00 */
                            "BCCBBAAABA" /* 10 */
                            "-ABAAAABBB" /* 20 */
                            "CCCACBBBAA" /* 30 */
                            "ABAABBCACB" /* 40 */
                            "BBBBBBBBAB" /* 50 */
                            "BBBAACCBBA" /* 60 */
                            "AABAACBCCA" /* 70 */
                            "BCCBBBAABA" /* 80 */
                            "ACCCCC";    /* 90 */

static int number_of(const char *text, size_t digits)
{
    char number[4];

    if (strspn(text, "0123456789") < digits)
        return 0;
    memcpy(number, text, digits);
    number[digits] = '\0';
    return (int)strtol(number, NULL, 10);
}

/* 0 where neither tells. */
static int departement(const char *uai, const char *postal_code)
{
    int number = number_of(uai, 3);

    if (number >= 1 && number < DEPARTEMENTS)
        return number;
    number = number_of(postal_code, 2);
    return number < DEPARTEMENTS ? number : 0;
}

char calendar_zone(const char *uai, const char *postal_code)
{
    char zone = zones[departement(uai, postal_code)];

    return zone == '-' ? '\0' : zone;
}

bool calendar_is_alsace(const char *uai, const char *postal_code)
{
    int number = departement(uai, postal_code);

    return number == 57 || number == 67 || number == 68;
}
