/* The mails that tell an establishment's admins that its licence ends. */
#ifndef PARAPHE_DOMAIN_LICENCE_NOTICE_H
#define PARAPHE_DOMAIN_LICENCE_NOTICE_H

#include "domain/context.h"

/* A step of the daily task: tells the admins of some establishments whose licence ends within 30
 * days, and again within 7; once each for the same end. Where there is no admin nobody is told, and
 * it stays due. *done: how many establishments. */
enum err licence_notices_send(struct context *ctx, uint64_t *done);

#endif
