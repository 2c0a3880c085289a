/* What a confined process cannot do: each attempt is made in a process of its own. */
#include "inspect/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "t/unit/tap.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#define MEMORY ((size_t)512 * 1024 * 1024)

/* Runs the attempt in a confined process and returns its status; the attempt returns the exit
 * status of its process. */
static int confined(int (*attempt)(void))
{
    int ends[2], status;
    pid_t parent = getpid(), child;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) != 0)
        return -1;
    child = fork();
    if (child == 0) {
        sandbox_enter(ends[1], parent, (struct sandbox_limits){MEMORY, 1});
        _exit(attempt());
    }
    close(ends[0]);
    close(ends[1]);
    return waitpid(child, &status, 0) == child ? status : -1;
}

static bool killed_for(int (*attempt)(void))
{
    int status = confined(attempt);

    return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

static bool succeeds(int (*attempt)(void))
{
    int status = confined(attempt);

    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int computes(void)
{
    char *place = malloc(64 * 1024 * 1024);
    struct timespec now;

    if (!place || clock_gettime(CLOCK_REALTIME, &now) != 0)
        return 1;
    memset(place, 7, 64 * 1024 * 1024);
    free(place);
    return 0;
}

static int talks(void)
{
    struct iovec part = {(char[]){'x'}, 1};
    struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1};

    return sendmsg(SANDBOX_CONNECTION, &packet, MSG_NOSIGNAL | MSG_DONTWAIT) == 1 || errno == EPIPE
               ? 0
               : 1;
}

static int opens(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0;
}

static int opens_old(void)
{
    return (int)syscall(SYS_open, "/etc/passwd", O_RDONLY);
}

static int connects(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static int pairs(void)
{
    int ends[2];

    return socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
}

static int forks(void)
{
    return fork() < 0;
}

static int executes(void)
{
    char *const arguments[] = {NULL};

    return execve("/bin/true", arguments, arguments);
}

static int traces(void)
{
    return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static int kills(void)
{
    return kill(getppid(), 0);
}

static int writes(void)
{
    return (int)write(STDOUT_FILENO, "x", 1);
}

/* libjpeg complains to the standard error of every flaw: that fails, and no more. */
static int complains(void)
{
    return write(STDERR_FILENO, "x", 1) >= 0 || errno != EBADF;
}

static int unlinks(void)
{
    return unlink("/nonexistent");
}

static int makes_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
           MAP_FAILED;
}

static int turns_data_into_code(void)
{
    void *place = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return mprotect(place, 4096, PROT_READ | PROT_EXEC);
}

static int duplicates(void)
{
    return fcntl(SANDBOX_CONNECTION, F_DUPFD, 10) < 0;
}

static int lifts_limits(void)
{
    struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};

    return setrlimit(RLIMIT_AS, &none);
}

static int spins(void)
{
    volatile unsigned long i = 0;

    while (i < (unsigned long)-1)
        i++;
    return 1;
}

static int takes_too_much(void)
{
    for (size_t taken = 0; taken < MEMORY; taken += 16 * 1024 * 1024)
        if (!malloc(16 * 1024 * 1024))
            return 0;
    return 1;
}

/* Every descriptor but the standard ones and the connection answers EBADF. lseek and recvmsg are
 * allowed; the second tells a socket from what else would be there. */
static int holds_others(void)
{
    for (int descriptor = SANDBOX_CONNECTION + 1; descriptor < 1024; descriptor++)
        if (lseek(descriptor, 0, SEEK_CUR) >= 0 || errno != EBADF)
            return 1;
    return 0;
}

static int keeps_environment(void)
{
    extern char **environ;

    return environ && environ[0];
}

static void test_allowed(void)
{
    OK(succeeds(computes), "a confined process takes memory and reads the clock");
    OK(succeeds(talks), "it talks over its connection");
    OK(succeeds(holds_others), "it holds no descriptor but that and the standard ones");
    OK(succeeds(keeps_environment), "its environment is empty");
    if (SANITIZED)
        tap_skip("nobody hears its complaints", "AddressSanitizer tells of what it found");
    else
        OK(succeeds(complains), "nobody hears its complaints, and it does not die of them");
}

static void test_forbidden(void)
{
    OK(killed_for(opens), "opening a file kills it");
    OK(killed_for(opens_old), "so does the old system call");
    OK(killed_for(connects), "making a socket kills it");
    OK(killed_for(pairs), "making a pair of sockets kills it");
    OK(killed_for(forks), "forking kills it");
    OK(killed_for(executes), "executing a program kills it");
    OK(killed_for(traces), "tracing kills it");
    OK(killed_for(kills), "signalling another process kills it");
    OK(killed_for(writes), "writing to a descriptor kills it");
    OK(killed_for(unlinks), "removing a file kills it");
    OK(killed_for(makes_code), "mapping memory as code kills it");
    OK(killed_for(turns_data_into_code), "turning data into code kills it");
    OK(killed_for(duplicates), "any fcntl but the question for seals kills it");
    OK(killed_for(lifts_limits), "lifting its limits kills it");
}

static void test_limits(void)
{
    int status = confined(spins);

    OK(WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU, "spinning ends at the limit on CPU");
    if (SANITIZED)
        tap_skip("memory ends at its limit", "AddressSanitizer needs the address space");
    else
        OK(succeeds(takes_too_much), "memory ends at its limit");
}

int main(void)
{
    IS_INT(sandbox_prepare(), ERR_OK, "the filter is built");
    setenv("SECRET", "of the parent", 1);
    test_allowed();
    test_forbidden();
    test_limits();
    return tap_end();
}
