/* The written form of messages. With an argument, writes one message of every kind of trouble to
 * standard output instead, for t/mail/mime.t to read with another's parser. */
#include "t/unit/tap.h"

#include "base/buf.h"
#include "mail/mime.h"
#include "mail/mime_body.h"
#include "mail/mime_header.h"

static struct arena *arena;

static struct mime_message plain(void)
{
    return (struct mime_message){
        .from_name = "Paraphe",
        .from_address = "ne-pas-repondre@paraphe.example",
        .to_name = "Lycée Jules-Ferry",
        .to_address = "ce.0751234a@ac-paris.example",
        .subject = "Convention à signer",
        .date = 1801731330, /* 2027-02-04T08:55:30Z */
        .message_id = "0123456789abcdef@paraphe.example",
        .text = "Bonjour,\n",
        .html = "<p>Bonjour,</p>\n",
    };
}

static const char *header_text(const char *text, enum mime_place place)
{
    struct buf buf = buf_new(arena, 65536);
    struct mime_header header = mime_header_begin(&buf, "Subject");

    mime_header_text(&header, text, place);
    return buf.data;
}

static const char *file_name(const char *name)
{
    struct buf buf = buf_new(arena, 65536);
    struct mime_header header = {&buf, 0};

    mime_header_file_name(&header, name);
    return buf.data;
}

static const char *quoted_printable(const char *text)
{
    struct buf buf = buf_new(arena, 65536);

    mime_quoted_printable(&buf, text);
    return buf.data;
}

static const char *written(const struct mime_message *message)
{
    struct bytes out = {NULL, 0};

    return mime_write(arena, message, &out) == ERR_OK ? (const char *)out.data : NULL;
}

static const char *with_address(const char *address)
{
    struct mime_message message = plain();

    message.to_address = address;
    return written(&message);
}

static size_t longest_line(const char *text)
{
    size_t longest = 0;

    for (;;) {
        size_t length = strcspn(text, "\r");

        if (length > longest)
            longest = length;
        if (text[length] == '\0')
            return longest;
        text += length + 1;
        text += *text == '\n';
    }
}

/* Whether each LF follows a CR and each CR precedes a LF. */
static bool only_crlf(const char *text)
{
    for (const char *c = text; *c; c++)
        if ((*c == '\n' && (c == text || c[-1] != '\r')) || (*c == '\r' && c[1] != '\n'))
            return false;
    return true;
}

static const char *repeated(const char *text, int count)
{
    struct buf buf = buf_new(arena, 1 << 20);

    while (count-- > 0)
        buf_puts(&buf, text);
    return buf.data;
}

static void subjects(void)
{
    const char *folded;

    IS_STR(header_text("Plain words", MIME_UNSTRUCTURED), "Subject: Plain words",
           "a plain subject is written as it is");
    IS_STR(header_text("Stage du 3 février", MIME_UNSTRUCTURED),
           "Subject: =?UTF-8?Q?Stage_du_3_f=C3=A9vrier?=",
           "a subject with accents becomes an encoded word");
    IS_STR(header_text("pretends =?UTF-8?Q?x?= to be one", MIME_UNSTRUCTURED),
           "Subject: =?UTF-8?Q?pretends_=3D=3FUTF-8=3FQ=3Fx=3F=3D_to_be_one?=",
           "text that looks like an encoded word is itself encoded");
    IS_STR(header_text("two\r\nBcc: x@y.example\t \r\n lines ", MIME_UNSTRUCTURED),
           "Subject: two Bcc: x@y.example lines",
           "line ends in a subject become spaces and begin no header");
    IS_STR(header_text("bad \xff byte", MIME_UNSTRUCTURED),
           "Subject: =?UTF-8?Q?bad_=EF=BF=BD_byte?=",
           "a byte that is no UTF-8 becomes the replacement character");
    IS_STR(header_text("Dupont (Jean), chef", MIME_PHRASE),
           "Subject: =?UTF-8?Q?Dupont_=28Jean=29=2C_chef?=",
           "a name with marks that mean something in an address is encoded");
    folded = header_text(repeated("Élève ", 40), MIME_UNSTRUCTURED);
    OK(longest_line(folded) <= 76 && only_crlf(folded), "a long subject is folded within 76 bytes");
    OK(!strstr(folded, "=C3?="), "no encoded word ends inside a character");
    OK(longest_line(header_text(repeated("x", 2000), MIME_UNSTRUCTURED)) <= 76,
       "a word of 2,000 letters is folded too");
    OK(longest_line(header_text(repeated("word ", 100), MIME_UNSTRUCTURED)) <= 76,
       "plain words are folded at spaces");
}

static void file_names(void)
{
    IS_STR(file_name("Convention.pdf"), " filename=\"Convention.pdf\"",
           "an ASCII file name stands as it is");
    IS_STR(file_name("Élève Œuvré.pdf"),
           " filename*=UTF-8''%C3%89l%C3%A8ve%20%C5%92uvr%C3%A9.pdf;\r\n"
           " filename=\"Eleve OEuvre.pdf\"",
           "a file name with accents comes in RFC 2231's form, then in ASCII letters");
    IS_STR(file_name("a\"b\\c/d\r\ne.pdf"), " filename=\"a_b_c_d e.pdf\"",
           "quotes, slashes and line ends of a file name go no further");
    OK(longest_line(file_name(repeated("éà", 60))) <= 76,
       "a long file name is split into sections");
    OK(strstr(file_name(repeated("éà", 60)), " filename*1*=%C3") != NULL,
       "a section of a file name begins with a whole character");
}

static void bodies(void)
{
    struct buf buf = buf_new(arena, 4096);
    const char *soft = quoted_printable(repeated("é", 100));

    IS_STR(quoted_printable("a=b"), "a=3Db\r\n", "an equals sign is encoded");
    IS_STR(quoted_printable("é\n"), "=C3=A9\r\n", "accents are encoded byte by byte");
    IS_STR(quoted_printable("end \nnext\t\n"), "end=20\r\nnext=09\r\n",
           "white space at a line's end is encoded");
    IS_STR(quoted_printable("a\r\nb\rc\n\nd"), "a\r\nb\r\nc\r\n\r\nd\r\n",
           "every kind of line end becomes CRLF");
    OK(longest_line(soft) <= 76 && strstr(soft, "=A9=\r\n=C3") != NULL,
       "long lines break softly between characters");
    IS_INT(longest_line(quoted_printable(repeated("x", 76))), 76,
           "a line of 76 letters is not broken");
    mime_base64(&buf, bytes_of(repeated("x", 58)));
    IS_STR(buf.data, arena_printf(arena, "%s\r\neA==\r\n", repeated("eHh4", 19)),
           "base64 comes in lines of 76");
}

static void addresses(void)
{
    const char *name, *address;

    OK(mime_is_address("ce.0751234a@ac-paris.fr"), "a school's address is one");
    OK(!mime_is_address("a@b@c.fr") && !mime_is_address("@c.fr") && !mime_is_address("a@") &&
           !mime_is_address("a..b@c.fr") && !mime_is_address("a@c..fr") &&
           !mime_is_address("a@-c.fr") && !mime_is_address("élève@c.fr") &&
           !mime_is_address("plain"),
       "what is no address is not taken for one");
    OK(!mime_is_address("a@c.fr\r\nBcc: d@e.fr") && !mime_is_address("a>b@c.fr") &&
           !mime_is_address("a b@c.fr") && !mime_is_address("a\n@c.fr"),
       "line ends, spaces and brackets are in no address");
    OK(!with_address("x@y.fr\r\nBcc: z@y.fr") && !with_address("x@y.fr>, <z@y.fr"),
       "a message to such an address is not written");
    OK(mime_split_address(arena, "Paraphe (essai) <p@x.fr>", &name, &address),
       "a name and an address are told apart");
    IS_STR(name, "Paraphe (essai)", "the name is what precedes the bracket");
    IS_STR(address, "p@x.fr", "the address is what the brackets hold");
    OK(mime_split_address(arena, "p@x.fr", &name, &address) && *name == '\0',
       "an address alone has no name");
    OK(!mime_split_address(arena, "Paraphe <p@x.fr", &name, &address) &&
           !mime_split_address(arena, "Paraphe", &name, &address) &&
           !mime_split_address(arena, "", &name, &address),
       "a sender without a whole address is refused");
}

static void messages(void)
{
    struct mime_message message = plain();
    const char *text = written(&message);

    IS_STR(text, written(&message), "the same message gives the same bytes");
    OK(strstr(text, "Date: Thu, 4 Feb 2027 08:55:30 +0000\r\n") != NULL,
       "the date is given in UTC");
    OK(strstr(text, "\r\nTo: =?UTF-8?Q?Lyc=C3=A9e_Jules-Ferry?= <ce.0751234a@ac-paris.example>") ||
           strstr(text, "\r\nTo: =?UTF-8?Q?Lyc=C3=A9e_Jules-Ferry?=\r\n <ce.0751234a@"),
       "the recipient's name is encoded, the address stands in clear");
    OK(strstr(text, "\r\nMessage-ID: <0123456789abcdef@paraphe.example>\r\n") != NULL,
       "the Message-ID is the one given");
    OK(strstr(text, "\r\nAuto-Submitted: auto-generated\r\n") != NULL,
       "the message says that a machine wrote it");
    OK(only_crlf(text), "every line ends in CRLF");
    message.message_id = "another@paraphe.example";
    OK(strcmp(strstr(text, "boundary="), strstr(written(&message), "boundary=")) != 0,
       "another Message-ID gives another boundary");
    message.message_id = "no id";
    OK(!written(&message), "a Message-ID that is none is refused");
}

static void letters(void)
{
    struct mime_message message = plain();

    message.by_people = true;
    OK(!strstr(written(&message), "Auto-Submitted"),
       "a letter does not say that a machine wrote it");
}

static int write_sample(void)
{
    struct mime_message message = plain();
    struct mime_attachment attachment = {
        .name =
            "Convention de Zoë ŁUKASZEWSKA-D’ARTAGNAN – stage du 03-02-2027 « électricité ».pdf",
        .media_type = "application/pdf",
        .content = bytes_of(repeated("\x01%PDF\r\n.\xff", 1000)),
    };
    struct bytes out;

    message.to_name = "Lycée « Œuvre », D’Alembert\r\nBcc: intruder@example.org";
    message.subject = "Convention de Zoë ŁUKASZEWSKA-D’ARTAGNAN à signer – stage du 03-02-2027, "
                      "découverte des métiers de l’électricité 𝄞\nX-Intruder: yes";
    message.text = "Déposez la convention.\n\n.\n..deux points\nFrom nobody\n  \n"
                   "Une ligne très très longue, avec des espaces insécables\u00a0: et puis encore "
                   "plus longue, = et = et =20, sans fin ni cesse, jusqu’au bout du monde.\n";
    message.html = "<p>Déposez la convention.</p>\n";
    message.attachment = &attachment;
    if (mime_write(arena, &message, &out) != ERR_OK)
        return 1;
    return fwrite(out.data, 1, out.length, stdout) == out.length ? 0 : 1;
}

int main(int argc, char **argv)
{
    arena = arena_new((size_t)64 << 20);
    if (argc > 1 && strcmp(argv[1], "--sample") == 0)
        return write_sample();
    subjects();
    file_names();
    bodies();
    addresses();
    messages();
    letters();
    arena_free(arena);
    return tap_end();
}
