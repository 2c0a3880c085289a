/* The inspector's service as its clients meet it: answers, refusals, deaths, turns. It runs the
 * built paraphe-inspect, two at once. */
#include "inspect/client.h"

#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "t/unit/tap.h"

#define MEBIBYTE ((size_t)1024 * 1024)

static struct settings settings;
static char directory[] = "/tmp/paraphe-inspect-XXXXXX";
static pid_t service;

static void sleep_ms(long ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

/* The built program: in PARAPHE_BUILD, or two folders above this one. */
static const char *program(struct arena *arena, const char *own)
{
    const char *build = getenv("PARAPHE_BUILD");

    if (!build)
        build = dirname(dirname(dirname(arena_strdup(arena, own))));
    return arena_printf(arena, "%s/paraphe-inspect", build);
}

static void start_service(struct arena *arena, const char *path)
{
    settings.inspect_socket = arena_printf(arena, "%s/inspect.sock", directory);
    service = fork();
    if (service == 0) {
        execl(path, path, "--serve", settings.inspect_socket, "--at-once", "2", (char *)NULL);
        _exit(127);
    }
    for (int i = 0; i < 500 && access(settings.inspect_socket, F_OK) != 0; i++)
        sleep_ms(20);
}

/* A PDF with so many empty pages, each drawn by this content. */
static struct bytes pdf(struct arena *arena, int pages, const char *content)
{
    struct buf buf = buf_new(arena, MEBIBYTE);

    buf_puts(&buf, "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages");
    buf_puts(&buf, "/MediaBox[0 0 600 300]/Kids[");
    for (int i = 0; i < pages; i++)
        buf_printf(&buf, "%d 0 R ", 4 + i);
    buf_printf(&buf, "]/Count %d>> endobj\n3 0 obj <</Length %zu>> stream\n%s\nendstream endobj\n",
               pages, strlen(content), content);
    for (int i = 0; i < pages; i++)
        buf_printf(&buf, "%d 0 obj <</Type/Page/Parent 2 0 R/Contents 3 0 R>> endobj\n", 4 + i);
    buf_puts(&buf, "trailer <</Root 1 0 R>>\n%%EOF\n");
    return buf_bytes(&buf);
}

static uint32_t crc32_of(const unsigned char *data, size_t length)
{
    uint32_t crc = 0xffffffff;

    for (size_t i = 0; i < length; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
}

static void put_be32(struct buf *buf, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_putc(buf, (char)(value >> shift));
}

static void put_chunk(struct buf *buf, const char *type, const void *data, size_t length)
{
    size_t start;

    put_be32(buf, (uint32_t)length);
    start = buf->length;
    buf_puts(buf, type);
    buf_put(buf, data, length);
    put_be32(buf, crc32_of((unsigned char *)buf->data + start, length + 4));
}

/* A PNG of RGBA pixels that says it has that size, with the rows given (PNG, deflate stored). */
static struct bytes png(struct arena *arena, uint32_t width, uint32_t height,
                        const unsigned char *rows, size_t length)
{
    struct buf head = buf_new(arena, 64), data = buf_new(arena, 70000);
    struct buf whole = buf_new(arena, 80000);
    uint32_t a = 1, b = 0;

    put_be32(&head, width);
    put_be32(&head, height);
    buf_put(&head, "\x08\x06\0\0\0", 5);
    buf_put(&data, "\x78\x01\x01", 3);
    buf_putc(&data, (char)length);
    buf_putc(&data, (char)(length >> 8));
    buf_putc(&data, (char)~length);
    buf_putc(&data, (char)(~length >> 8));
    buf_put(&data, rows, length);
    for (size_t i = 0; i < length; i++) {
        a = (a + rows[i]) % 65521;
        b = (b + a) % 65521;
    }
    put_be32(&data, b << 16 | a);
    buf_puts(&whole, "\x89PNG\r\n\x1a\n");
    put_chunk(&whole, "IHDR", head.data, head.length);
    put_chunk(&whole, "IDAT", data.data, data.length);
    put_chunk(&whole, "IEND", "", 0);
    return buf_bytes(&whole);
}

/* Opens and finishes; puts the report where there is one. */
static enum err inspect(struct arena *arena, struct bytes file,
                        const struct inspect_report **report)
{
    struct inspect_dialogue *dialogue;
    const struct inspect_found *found;

    err_clear();
    ERR_TRY(inspect_open(arena, &settings, file, &dialogue, &found));
    return inspect_finish(dialogue, (struct bytes){0}, report);
}

static bool refused(struct arena *arena, struct bytes file, const char *key)
{
    const struct inspect_report *report;

    return inspect(arena, file, &report) != ERR_OK && strcmp(err_last()->key, key) == 0;
}

static bool works(struct arena *arena)
{
    const struct inspect_report *report;

    return inspect(arena, pdf(arena, 2, ""), &report) == ERR_OK && report->pages == 2 &&
           report->verdict == INSPECT_UNSIGNED;
}

static void test_files(struct arena *arena)
{
    const size_t large = INSPECT_FILE_MAX + 1;
    const struct inspect_report *report;

    OK(works(arena), "a PDF is inspected");
    OK(refused(arena, (struct bytes){0}, "inspect-empty"), "an empty file is refused");
    OK(refused(arena, bytes_of("Bonjour"), "inspect-not-pdf"), "another kind of file is refused");
    OK(refused(arena, (struct bytes){arena_alloc(arena, large), large}, "inspect-too-large"),
       "a file of 20 MB and a byte is refused");
    OK(refused(arena, pdf(arena, 201, ""), "inspect-too-many-pages"), "201 pages are refused");
    OK(inspect(arena, pdf(arena, 200, ""), &report) == ERR_OK && report->pages == 200,
       "200 pages are not");
    OK(refused(arena, bytes_of("%PDF-1.7\n1 0 obj << garbage"), "inspect-damaged"),
       "a damaged file is refused");
}

static void test_images(struct arena *arena)
{
    const unsigned char rows[] = {0, 255, 0, 0, 255, 0, 0, 255, 0, /* red, no blue at all */
                                  0, 0,   0, 0, 128, 9, 9, 9,   255 /* half black, dark grey */};
    struct inspect_image *image;

    OK(inspect_image(arena, &settings, png(arena, 2, 2, rows, sizeof rows), &image) == ERR_OK &&
           image->width == 2 && image->height == 2,
       "a PNG is decoded");
    OK(memcmp(image->rgb, "\xff\0\0\xff\xff\xff", 6) == 0,
       "what is transparent in it becomes white");
    OK(image->rgb[6] > 110 && image->rgb[6] < 145, "what is half transparent, lighter");
    OK(inspect_image(arena, &settings, pdf(arena, 1, ""), &image) == ERR_INVALID &&
           strcmp(err_last()->key, "inspect-not-image") == 0,
       "a file that is no image is refused");
    OK(inspect_image(arena, &settings, png(arena, 100000, 100000, rows, 0), &image) ==
               ERR_TOO_LARGE &&
           strcmp(err_last()->key, "inspect-image-too-large") == 0,
       "an image that says it is huge is refused");
}

static void test_large_image(struct arena *arena)
{
    unsigned char *rows = arena_alloc(arena, 5 * 2001 * sizeof *rows * 4);
    size_t row = 1 + 1600 * 4;
    struct inspect_image *image;

    for (size_t i = 0; i < 5; i++)
        memset(rows + i * row + 1, 255, row - 1);
    OK(inspect_image(arena, &settings, png(arena, 1600, 5, rows, 5 * row), &image) == ERR_OK &&
           image->width == 800 && image->height == 2,
       "a large image is made to fit 800 pixels");
}

static void test_pages(struct arena *arena)
{
    struct bytes file = pdf(arena, 3, "1 0 0 rg 0 0 300 300 re f");
    struct inspect_page *pages;
    struct bytes picture;
    size_t count;

    OK(inspect_pages(arena, &settings, file, 2, 5, 700, &pages, &count) == ERR_OK && count == 2,
       "pages are drawn as far as there are any");
    OK(count == 2 && pages[0].number == 2 && pages[0].width == 700 && pages[0].height == 350,
       "they have the width asked for");
    OK(inspect_page_picture(arena, &settings, file, 3, 70, &picture) == ERR_OK &&
           bytes_start_with(picture, bytes_of("\x89PNG")),
       "one page is a PNG");
    OK(inspect_page_picture(arena, &settings, file, 4, 70, &picture) == ERR_NOT_FOUND,
       "there is no picture of a page that is not there");
}

static void test_merge(struct arena *arena)
{
    struct inspect_part parts[] = {{.file = pdf(arena, 2, "1 0 0 rg 0 0 300 300 re f")},
                                   {.file = bytes_of("%PDF-1.4\nnothing of a PDF")},
                                   {.file = pdf(arena, 1, "Q Q Q")}};
    struct inspect_page *pages;
    struct bytes merged;
    size_t count = 0;

    OK(inspect_merge(arena, &settings, parts, 3, &merged) == ERR_OK && !parts[0].failure &&
           parts[1].failure && !parts[2].failure,
       "files are merged but for one that is damaged");
    OK(inspect_pages(arena, &settings, merged, 1, 9, 60, &pages, &count) == ERR_OK && count == 3,
       "and all pages of the others are there");
}

/* The service's children, newest last. */
static size_t children(pid_t *pids, size_t most)
{
    char path[64], text[512];
    size_t count = 0;
    ssize_t length;
    int file;

    snprintf(path, sizeof path, "/proc/%d/task/%d/children", service, service);
    file = open(path, O_RDONLY);
    length = file < 0 ? 0 : read(file, text, sizeof text - 1);
    close(file);
    text[length > 0 ? length : 0] = '\0';
    for (char *at = text, *end; count < most; at = end) {
        long pid = strtol(at, &end, 10);
        if (end == at)
            break;
        pids[count++] = (pid_t)pid;
    }
    return count;
}

/* Opens a dialogue, gives its process that signal, and waits for the answer. */
static enum err answer_after(struct arena *arena, int number)
{
    struct inspect_dialogue *dialogue;
    const struct inspect_found *found;
    const struct inspect_report *report;
    pid_t pids[8];
    size_t count;

    ERR_TRY(inspect_open(arena, &settings, pdf(arena, 1, ""), &dialogue, &found));
    count = children(pids, 8);
    if (count == 0 || kill(pids[count - 1], number) != 0)
        return ERR_INTERNAL;
    return inspect_finish(dialogue, (struct bytes){0}, &report);
}

static void test_deaths(struct arena *arena)
{
    OK(answer_after(arena, SIGSEGV) == ERR_UNAVAILABLE &&
           strcmp(err_last()->key, "inspect-crashed") == 0,
       "an inspection that crashes could not be made");
    OK(answer_after(arena, SIGKILL) == ERR_TOO_LARGE &&
           strcmp(err_last()->key, "inspect-memory") == 0,
       "one that the system kills took too much memory");
    OK(answer_after(arena, SIGXCPU) == ERR_TOO_LARGE &&
           strcmp(err_last()->key, "inspect-too-slow") == 0,
       "one at its limit of CPU was too slow");
    OK(works(arena), "the next is as good as any");
}

/* In a process of its own, as it takes all of the time there is: exits with 0 if all is well. */
static pid_t start_hanging(struct arena *arena)
{
    pid_t pid = fork();

    if (pid == 0) {
        int64_t start = clock_monotonic_us();
        enum err err = answer_after(arena, SIGSTOP);
        int64_t seconds = (clock_monotonic_us() - start) / 1000000;
        _exit(err == ERR_TOO_LARGE && strcmp(err_last()->key, "inspect-too-slow") == 0 &&
                      seconds >= INSPECT_SECONDS - 1 && seconds <= INSPECT_SECONDS + 1
                  ? 0
                  : 1);
    }
    return pid;
}

static int connection(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int descriptor = socket(AF_UNIX, SOCK_SEQPACKET, 0);

    memcpy(address.sun_path, settings.inspect_socket, strlen(settings.inspect_socket));
    return connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0 ? descriptor : -1;
}

/* What a client gets that sends this instead of a file: the failure, or -1 for an end without. */
static int answer_to(struct arena *arena, const struct wire_message *asked)
{
    int descriptor = connection(), failure = -1;
    int64_t deadline = clock_monotonic_us() + 5000000;
    struct wire_message answer;

    wire_send(descriptor, asked, deadline);
    while (wire_receive(descriptor, arena, MEBIBYTE, deadline, &answer) == WIRE_OK)
        if (answer.kind == WIRE_FAILURE)
            failure = (int)answer.arguments[0];
    close(descriptor);
    return failure;
}

static void test_misuse(struct arena *arena)
{
    int unsealed = memfd_create("unsealed", MFD_CLOEXEC | MFD_ALLOW_SEALING), garbage;

    if (write(unsealed, "%PDF", 4) != 4)
        abort();
    IS_INT(answer_to(arena, &(struct wire_message){.kind = WIRE_FILE, .descriptor = unsealed}),
           INSPECT_FAILED_CRASHED, "a file that its sender could still change is not read");
    IS_INT(answer_to(arena, &(struct wire_message){.kind = WIRE_FILE, .descriptor = -1}),
           INSPECT_FAILED_CRASHED, "a message without its file is not understood");
    IS_INT(answer_to(arena, &(struct wire_message){.kind = WIRE_REPORT, .descriptor = -1}),
           INSPECT_FAILED_CRASHED, "nor is one that only the inspector sends");
    garbage = connection();
    OK(send(garbage, "garbage", 7, 0) == 7, "what is no message can be sent");
    close(garbage);
    close(unsealed);
    OK(works(arena), "and the service goes on");
}

static bool ends_within(pid_t pid, long ms)
{
    int status;

    for (long i = 0; i < ms; i += 10) {
        if (waitpid(pid, &status, WNOHANG) == pid)
            return WIFEXITED(status) && WEXITSTATUS(status) == 0;
        sleep_ms(10);
    }
    return false;
}

static void test_turns(struct arena *arena)
{
    struct inspect_dialogue *dialogues[2];
    const struct inspect_found *found;
    pid_t third;

    for (int i = 0; i < 2; i++)
        if (inspect_open(arena, &settings, pdf(arena, 1, ""), &dialogues[i], &found) != ERR_OK)
            abort();
    third = fork();
    if (third == 0) {
        inspect_close(dialogues[0]); /* its own ends of the others' connections */
        inspect_close(dialogues[1]);
        _exit(works(arena) ? 0 : 1);
    }
    OK(!ends_within(third, 500), "a third inspection waits while two are going on");
    inspect_close(dialogues[0]);
    OK(ends_within(third, 5000), "it has its turn when one has ended");
    inspect_close(dialogues[1]);
}

static void test_absence(struct arena *arena)
{
    struct settings elsewhere = settings;
    struct inspect_dialogue *dialogue;
    const struct inspect_found *found;

    elsewhere.inspect_socket = arena_printf(arena, "%s/nobody.sock", directory);
    OK(inspect_open(arena, &elsewhere, pdf(arena, 1, ""), &dialogue, &found) == ERR_UNAVAILABLE &&
           strcmp(err_last()->key, "inspect-absent") == 0,
       "where there is no service, files cannot be inspected");
}

static void test_access(void)
{
    struct stat about;

    OK(stat(settings.inspect_socket, &about) == 0 && (about.st_mode & 077) == 0,
       "only the same user may ask");
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new(256 * MEBIBYTE);
    const char *path = program(arena, argv[0]);
    pid_t hanging;
    int status;

    (void)argc;
    if (!mkdtemp(directory))
        return 1;
    start_service(arena, path);
    test_files(arena);
    test_images(arena);
    test_large_image(arena);
    test_pages(arena);
    test_merge(arena);
    test_deaths(arena);
    test_misuse(arena);
    test_turns(arena);
    test_absence(arena);
    test_access();
    hanging = start_hanging(arena);
    sleep_ms(500);
    OK(works(arena), "while one inspection hangs, another is made");
    OK(ends_within(hanging, 40000), "one that hangs is killed at its deadline, and says so");
    kill(service, SIGTERM);
    waitpid(service, &status, 0);
    OK(WIFEXITED(status) && WEXITSTATUS(status) == 0 && access(settings.inspect_socket, F_OK) != 0,
       "the service ends when it is told to, and takes its socket away");
    rmdir(directory);
    arena_free(arena);
    return tap_end();
}
