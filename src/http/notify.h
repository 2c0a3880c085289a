/* Telling systemd how the service is (sd_notify(3)), by hand: one datagram. */
#ifndef PARAPHE_HTTP_NOTIFY_H
#define PARAPHE_HTTP_NOTIFY_H

/* Sends state ("READY=1") to the socket named by NOTIFY_SOCKET; does nothing without one. */
void notify_service_manager(const char *state);

#endif
