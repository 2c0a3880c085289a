/* The yardstick of the web benchmarks: a FastCGI program that does nothing but what cannot be left
 * out.
 *
 *     bare page SOCKET WORKERS FILE      answers every request with FILE's bytes as HTML
 *     bare deposit SOCKET WORKERS DB     reads the upload and writes it to the database in one
 *                                        durable transaction, then redirects; DB is the database
 *                                        server's unix socket, user and schema are "bench"
 *
 * Runs until SIGTERM. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcgiapp.h>
#include <mysql.h>

#define BODY_MOST (24u * 1024 * 1024)
#define BACKLOG 512

struct content {
    char *data;
    size_t length;
};

static volatile sig_atomic_t stopping;

static void stop(int signal_number)
{
    (void)signal_number;
    stopping = 1;
    FCGX_ShutdownPending();
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static struct content read_file(const char *path)
{
    FILE *file = fopen(path, "rbe");
    struct content content = {.data = malloc(BODY_MOST)};

    if (!file || !content.data)
        fail(path);
    content.length = fread(content.data, 1, BODY_MOST, file);
    fclose(file);
    return content;
}

static void serve_page(int listening, const struct content *page)
{
    FCGX_Request request;

    FCGX_InitRequest(&request, listening, FCGI_FAIL_ACCEPT_ON_INTR);
    while (!stopping && FCGX_Accept_r(&request) == 0) {
        FCGX_FPrintF(request.out, "Content-Type: text/html; charset=utf-8\r\n"
                                  "Cache-Control: no-store\r\n\r\n");
        FCGX_PutStr(page->data, (int)page->length, request.out);
        FCGX_Finish_r(&request);
    }
}

static MYSQL_STMT *connect_and_prepare(MYSQL *mysql, const char *socket_path)
{
    static const char insert[] = "INSERT INTO upload (content) VALUES (?)";
    MYSQL_STMT *statement;

    if (!mysql_real_connect(mysql, NULL, "bench", "bench", "bench", 0, socket_path, 0) ||
        mysql_autocommit(mysql, 0)) {
        fprintf(stderr, "database: %s\n", mysql_error(mysql));
        exit(1);
    }
    statement = mysql_stmt_init(mysql);
    if (!statement || mysql_stmt_prepare(statement, insert, sizeof insert - 1)) {
        fprintf(stderr, "database: %s\n", mysql_error(mysql));
        exit(1);
    }
    return statement;
}

static void serve_deposit(int listening, const char *socket_path)
{
    char *body = malloc(BODY_MOST);
    MYSQL mysql;
    MYSQL_STMT *statement;
    FCGX_Request request;

    mysql_init(&mysql);
    statement = connect_and_prepare(&mysql, socket_path);
    FCGX_InitRequest(&request, listening, FCGI_FAIL_ACCEPT_ON_INTR);
    while (!stopping && FCGX_Accept_r(&request) == 0) {
        unsigned long length = (unsigned long)FCGX_GetStr(body, BODY_MOST, request.in);
        MYSQL_BIND parameter = {.buffer_type = MYSQL_TYPE_BLOB,
                                .buffer = body,
                                .buffer_length = length,
                                .length = &length};

        if (mysql_stmt_bind_param(statement, &parameter) || mysql_stmt_execute(statement) ||
            mysql_commit(&mysql)) {
            fprintf(stderr, "database: %s\n", mysql_error(&mysql));
            exit(1);
        }
        FCGX_FPrintF(request.out, "Status: 303 See Other\r\nLocation: /\r\n\r\n");
        FCGX_Finish_r(&request);
    }
    mysql_stmt_close(statement);
    mysql_close(&mysql);
    free(body);
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = stop};
    struct content page = {0};
    int listening;

    if (argc != 5 || (strcmp(argv[1], "page") != 0 && strcmp(argv[1], "deposit") != 0)) {
        fprintf(stderr, "usage: bare page|deposit SOCKET WORKERS FILE|DB\n");
        return 2;
    }
    FCGX_Init();
    sigaction(SIGTERM, &action, NULL);
    listening = FCGX_OpenSocket(argv[2], BACKLOG);
    if (listening < 0)
        fail(argv[2]);
    if (strcmp(argv[1], "page") == 0)
        page = read_file(argv[4]);
    for (long workers = strtol(argv[3], NULL, 10); workers > 0; workers--) {
        pid_t child = fork();

        if (child < 0)
            fail("fork");
        if (child == 0) {
            if (page.data)
                serve_page(listening, &page);
            else
                serve_deposit(listening, argv[4]);
            return 0;
        }
    }
    while (!stopping && pause() != 0)
        ;
    signal(SIGTERM, SIG_IGN);
    kill(0, SIGTERM);
    while (wait(NULL) > 0)
        ;
    unlink(argv[2]);
    free(page.data);
    return 0;
}
