/* paraphe-inspect: looks into untrusted PDFs, each in a confined process of its own.
 *
 *     paraphe-inspect [--json] [--original FILE] [--trust DIR] FILE...
 *     paraphe-inspect --serve SOCKET [--trust DIR] [--at-once N]
 *     paraphe-inspect --version
 *
 * paraphe-inspect.1 says what it prints; src/inspect/README how it is built. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "inspect/algorithms.h"
#include "inspect/client.h"
#include "inspect/confined.h"
#include "inspect/json.h"
#include "inspect/service.h"
#include "inspect/words.h"

#define LINE_MAX_SIZE ((size_t)1024 * 1024)

enum exit_status { ALL_INTACT = 0, NOT_INTACT = 1, USAGE = 2 };

struct options {
    const char *original; /* path, or NULL */
    const char *trust;
    const char *serve;
    unsigned at_once;
    bool json;
};

static int usage(FILE *to, int status)
{
    fputs("Utilisation : paraphe-inspect [--json] [--original FICHIER] [--trust RÉPERTOIRE] "
          "FICHIER...\n"
          "              paraphe-inspect --serve SOCKET [--trust RÉPERTOIRE] [--at-once N]\n"
          "              paraphe-inspect --version\n",
          to);
    return status;
}

static int complain(const char *what, const char *why)
{
    fprintf(stderr, "paraphe-inspect : %s : %s\n", what, why);
    return USAGE;
}

/* Maps the file's bytes, one more than is allowed at most, which only the kernel reads: they are
 * copied to where nobody can change them any more. false, after a complaint, where there is no
 * such file. */
static bool map_file(const char *path, struct bytes *content)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    struct stat found;
    void *place = NULL;
    size_t size;

    if (descriptor < 0 || fstat(descriptor, &found) != 0) {
        complain(path, strerror(errno));
        return false;
    }
    if (!S_ISREG(found.st_mode)) {
        close(descriptor);
        complain(path, "ce n’est pas un fichier");
        return false;
    }
    size = (size_t)found.st_size > INSPECT_FILE_MAX ? INSPECT_FILE_MAX + 1 : (size_t)found.st_size;
    if (size > 0)
        place = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (place == MAP_FAILED)
        complain(path, strerror(errno));
    close(descriptor);
    *content = (struct bytes){place, size};
    return place != MAP_FAILED;
}

static void unmap_file(struct bytes content)
{
    if (content.length > 0)
        munmap((void *)(uintptr_t)content.data, content.length);
}

/* A confined process for one file, and the connection to it. */
struct confined {
    pid_t pid;
    int connection;
};

static bool start(bool prepared, const struct inspect_trust *trust, struct confined *confined)
{
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    confined->pid = confined_start(ends[1], prepared, trust);
    confined->connection = ends[0];
    close(ends[1]);
    if (confined->pid < 0)
        close(ends[0]);
    return confined->pid >= 0;
}

/* Why there is no answer, from the end of the process as well. */
static enum inspect_failure end_of(const struct confined *confined, enum inspect_failure failure)
{
    int status;

    if (failure == INSPECT_FAILED_SLOW)
        kill(confined->pid, SIGKILL);
    while (waitpid(confined->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (failure == INSPECT_FAILED_CRASHED)
        confined_failed(status, false, &failure);
    return failure;
}

/* A process that has answered ends by itself: it is not waited for. */
static void inspect(struct arena *arena, const struct confined *confined, struct bytes file,
                    struct bytes original, struct inspection *inspection)
{
    int64_t started = clock_monotonic_us();

    if (!inspect_alone(arena, confined->connection, file, original, INSPECT_LOOK_UNSIGNED,
                       &inspection->claim, &inspection->report, &inspection->failure))
        inspection->failure = end_of(confined, inspection->failure);
    inspection->ms = (double)(clock_monotonic_us() - started) / 1000;
}

static void print(struct arena *arena, const struct inspection *inspection, bool json)
{
    struct buf line = buf_new(arena, LINE_MAX_SIZE);

    if (json)
        json_inspection(&line, inspection);
    else
        words_inspection(&line, inspection);
    fwrite(line.data, 1, line.length, stdout);
    fflush(stdout);
}

/* The process is started first, so that it prepares itself while the file is read. */
static int inspect_file(struct arena *arena, const char *path, struct bytes original, bool prepared,
                        const struct inspect_trust *trust, bool json)
{
    struct inspection inspection = {.file = path};
    struct confined confined;
    struct bytes file;

    if (!start(prepared, trust, &confined))
        return complain(path, strerror(errno));
    if (!map_file(path, &file)) {
        close(confined.connection);
        return USAGE;
    }
    inspect(arena, &confined, file, original, &inspection);
    unmap_file(file);
    print(arena, &inspection, json);
    return inspection_verdict(&inspection) == INSPECT_INTACT ? ALL_INTACT : NOT_INTACT;
}

static int inspect_files(char **paths, int count, const struct options *options, bool prepared,
                         const struct inspect_trust *trust)
{
    struct arena *arena = arena_new(4 * INSPECT_FILE_MAX);
    struct bytes original = {0};
    int worst = ALL_INTACT;

    clock_open();
    if (options->original && !map_file(options->original, &original))
        return USAGE;
    for (int i = 0; i < count; i++) {
        int status = inspect_file(arena, paths[i], original, prepared, trust, options->json);
        worst = status > worst ? status : worst;
        arena_reset(arena);
        while (waitpid(-1, NULL, WNOHANG) > 0)
            continue;
    }
    arena_free(arena);
    unmap_file(original);
    return worst;
}

static int serve(const struct options *options, const struct inspect_trust *trust)
{
    struct service service = {
        .socket = options->serve, .at_once = options->at_once, .trust = trust};

    log_open("paraphe-inspect", LOG_INFO);
    inspect_algorithms_warm();
    if (clearenv() != 0 || service_run(&service) != ERR_OK) {
        log_failure("inspector");
        return 1;
    }
    return 0;
}

static bool parse_at_once(const char *text, unsigned *at_once)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);

    *at_once = (unsigned)value;
    return *end == '\0' && value >= 1 && value <= SERVICE_AT_ONCE_MAX;
}

int main(int argc, char **argv)
{
    static const struct option known[] = {
        {"json", no_argument, NULL, 'j'},          {"original", required_argument, NULL, 'o'},
        {"trust", required_argument, NULL, 't'},   {"serve", required_argument, NULL, 's'},
        {"at-once", required_argument, NULL, 'n'}, {"version", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, 'h'},          {NULL, 0, NULL, 0},
    };
    struct options options = {.at_once = 2};
    static struct inspect_trust *trust; /* kept to the end */
    bool has_anchors, prepared;
    int option;

    while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (option == 'h')
            return usage(stdout, 0);
        if (option == 'v')
            return puts("paraphe-inspect " PACKAGE_VERSION) < 0;
        if (option == 'j')
            options.json = true;
        else if (option == 'o')
            options.original = optarg;
        else if (option == 't')
            options.trust = optarg;
        else if (option == 's')
            options.serve = optarg;
        else if (option != 'n' || !parse_at_once(optarg, &options.at_once))
            return usage(stderr, USAGE);
    }
    if (!options.serve == (optind == argc))
        return usage(stderr, USAGE);
    has_anchors = options.trust && options.trust[0];
    prepared = options.serve || has_anchors || argc - optind > 1;
    if (prepared && confined_prepare() != ERR_OK)
        return complain("préparation", err_last()->detail);
    if (has_anchors && inspect_trust_load(options.trust, &trust) != ERR_OK)
        return complain(options.trust, err_last()->detail);
    if (options.serve)
        return serve(&options, trust);
    return inspect_files(argv + optind, argc - optind, &options, prepared, trust);
}
