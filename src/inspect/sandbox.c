#include "inspect/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* The connection, and the two files of an inspection. */
#define DESCRIPTORS_MAX (SANDBOX_CONNECTION + 3)

/* A system call that is allowed; with a mask, only where argument & mask is value. */
struct allowed {
    int call;
    unsigned argument;
    scmp_datum_t mask, value;
};

/* clang-format off */
static const struct allowed allowed[] = {
    /* the conversation, and nothing that would open another */
    {SCMP_SYS(recvmsg), 0, 0, 0},
    {SCMP_SYS(sendmsg), 0, 0, 0},
    {SCMP_SYS(close), 0, 0, 0},
    /* the size and the seals of a file that was handed over; it is read through mmap */
    {SCMP_SYS(lseek), 0, 0, 0},
    {SCMP_SYS(fcntl), 1, 0xffffffff, F_GET_SEALS},
    /* memory that does not become code */
    {SCMP_SYS(mmap), 2, PROT_EXEC, 0},
    {SCMP_SYS(mprotect), 2, PROT_EXEC, 0},
    {SCMP_SYS(munmap), 0, 0, 0},
    {SCMP_SYS(mremap), 0, 0, 0},
    {SCMP_SYS(madvise), 0, 0, 0},
    {SCMP_SYS(brk), 0, 0, 0},
    {SCMP_SYS(futex), 0, 0, 0},
    {SCMP_SYS(sysinfo), 0, 0, 0}, /* qsort() asks how much there is */
    /* time and chance */
    {SCMP_SYS(clock_gettime), 0, 0, 0},
    {SCMP_SYS(gettimeofday), 0, 0, 0},
    {SCMP_SYS(time), 0, 0, 0},
    {SCMP_SYS(getrandom), 0, 0, 0},
    {SCMP_SYS(getpid), 0, 0, 0},
    {SCMP_SYS(gettid), 0, 0, 0},
    /* the end: abort() blocks signals and sends itself one, any other tgkill is as good an end */
    {SCMP_SYS(rt_sigprocmask), 0, 0, 0},
    {SCMP_SYS(rt_sigreturn), 0, 0, 0},
    {SCMP_SYS(exit), 0, 0, 0},
    {SCMP_SYS(exit_group), 0, 0, 0},
#if SANITIZED
    /* what the sanitizers need to say what they found */
    {SCMP_SYS(write), 0, 0xffffffff, STDERR_FILENO},
    {SCMP_SYS(readlink), 0, 0, 0},
    {SCMP_SYS(sigaltstack), 0, 0, 0},
    {SCMP_SYS(sched_yield), 0, 0, 0},
#endif
};
/* clang-format on */

static scmp_filter_ctx filter;

static int allow(const struct allowed *rule)
{
    if (rule->mask == 0)
        return seccomp_rule_add(filter, SCMP_ACT_ALLOW, rule->call, 0);
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, rule->call, 1,
                            SCMP_CMP(rule->argument, SCMP_CMP_MASKED_EQ, rule->mask, rule->value));
}

/* Where libraries complain of what they read (libjpeg of any flaw): nobody hears them, and they do
 * not die of it. */
static int deafen(void)
{
    if (SANITIZED)
        return 0;
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EBADF), SCMP_SYS(write), 1,
                            SCMP_CMP(0, SCMP_CMP_MASKED_EQ, 0xffffffff, STDERR_FILENO));
}

enum err sandbox_prepare(void)
{
    int result = 0;

    if (filter)
        return ERR_OK;
    filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter)
        return err_raise(ERR_INTERNAL, NULL, "seccomp_init failed");
    result = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    for (size_t i = 0; result == 0 && i < sizeof allowed / sizeof allowed[0]; i++)
        result = allow(&allowed[i]);
    if (result == 0)
        result = deafen();
    if (result == 0)
        return ERR_OK;
    seccomp_release(filter);
    filter = NULL;
    return err_raise(ERR_INTERNAL, NULL, "seccomp filter: %s", strerror(-result));
}

/* Ends the process where a step of its confinement failed. */
static void must(bool done)
{
    if (!done)
        _exit(SANDBOX_FAILED);
}

static void keep_descriptors(int connection)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    int last_standard = SANITIZED ? STDOUT_FILENO : STDERR_FILENO;

    must(null >= 0);
    if (connection != SANDBOX_CONNECTION)
        must(dup2(connection, SANDBOX_CONNECTION) >= 0);
    for (int standard = STDIN_FILENO; standard <= last_standard; standard++)
        must(dup2(null, standard) >= 0);
    must(close_range(SANDBOX_CONNECTION + 1, ~0U, 0) == 0);
}

static void limit(__rlimit_resource_t resource, rlim_t soft, rlim_t hard)
{
    must(setrlimit(resource, &(struct rlimit){soft, hard}) == 0);
}

/* The limit on CPU must kill, whatever was inherited. */
static void default_signals(void)
{
    sigset_t none;

    signal(SIGXCPU, SIG_DFL);
    sigemptyset(&none);
    must(sigprocmask(SIG_SETMASK, &none, NULL) == 0);
}

void sandbox_enter(int connection, pid_t parent, struct sandbox_limits limits)
{
    must(filter != NULL);
    must(chdir("/") == 0);
    must(clearenv() == 0);
    default_signals();
    keep_descriptors(connection);
    must(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
    must(getppid() == parent);
    must(prctl(PR_SET_DUMPABLE, 0) == 0);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_FSIZE, 0, 0);
    limit(RLIMIT_NPROC, 0, 0);
    limit(RLIMIT_NOFILE, DESCRIPTORS_MAX, DESCRIPTORS_MAX);
    limit(RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1);
    if (!SANITIZED)
        limit(RLIMIT_AS, limits.memory, limits.memory);
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    must(seccomp_load(filter) == 0);
}
