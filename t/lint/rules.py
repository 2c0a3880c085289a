"""The rules of the house, each a function from files {path: text} to what breaks it."""
import re

# A room may use those of a lower number, and itself.
HEIGHTS = {"base": 0, "archive": 1, "card": 1, "db": 1, "table": 1, "view": 2, "http": 3, "mail": 4,
           "pdf": 5, "inspect": 5, "calendar": 5, "domain": 6, "tasks": 7, "commands": 8, "pages": 8}
PROGRAMS = 9

# A library's header, by the beginning of its name, and the rooms that may know it.
FOREIGN = {"mysql": ["db"], "mysqld_error": ["db"], "errmsg": ["db"], "cmark": ["view"],
           "mupdf/": ["inspect"], "hpdf": ["pdf"], "qrencode": ["pdf"], "zbar": ["inspect"],
           "seccomp": ["inspect"], "fcgi": ["http"], "argon2": ["http"], "curl/": ["mail"],
           "openssl/cms": ["inspect"], "csv.h": ["table"], "zip.h": ["archive"],
           "libical/": ["calendar"]}

BANNED = ("strcpy strcat sprintf vsprintf gets strtok alloca atoi atol atof system popen mktemp "
          "tmpnam asctime ctime").split()

MOST_LINES = 500

TOKEN = re.compile(r"""(?P<comment>/\*.*?\*/|//[^\n]*)
                     | (?P<text>"(?:\\.|[^"\\\n])*")
                     | (?P<character>'(?:\\.|[^'\\\n])+')""", re.DOTALL | re.VERBOSE)


def in_c(files, folder=""):
    return {path: text for path, text in files.items()
            if path.endswith((".c", ".h")) and path.startswith(folder)}


def bare(text):
    """C without comments and with empty literals, line breaks kept."""
    def blank(match):
        kept = "\n" * match.group().count("\n")
        return '""' + kept if match.lastgroup == "text" else kept
    return TOKEN.sub(blank, text)


def without_comments(text):
    return TOKEN.sub(lambda match: "" if match.lastgroup == "comment" else match.group(), text)


def literals(text):
    """The string literals of C, neighbours joined as the compiler joins them."""
    found, end = [], None
    text = without_comments(text)
    for match in TOKEN.finditer(text):
        if match.lastgroup != "text":
            continue
        if end is not None and not text[end:match.start()].strip():
            found[-1] += match.group()[1:-1]
        else:
            found.append(match.group()[1:-1])
        end = match.end()
    return found


def room_of(path):
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else None


def includes_point_downward(files):
    for path, text in in_c(files, "src/").items():
        here = room_of(path)
        for room in re.findall(r'^#include "(\w+)/', text, re.MULTILINE):
            if room == here:
                continue
            if room not in HEIGHTS:
                yield f"{path} includes the unknown room {room}"
            elif HEIGHTS[room] >= (HEIGHTS[here] if here else PROGRAMS):
                yield f"{path} includes {room}, which is not below it"


def libraries_stay_in_their_room(files):
    for path, text in in_c(files, "src/").items():
        for header in re.findall(r"^#include <([^>]+)>", text, re.MULTILINE):
            for name, rooms in FOREIGN.items():
                if header.startswith(name) and room_of(path) not in rooms:
                    yield f"{path} includes <{header}>, which belongs to {', '.join(rooms)}"


def no_html_in_c(files):
    for path, text in in_c(files, "src/").items():
        for literal in literals(text):
            if re.search(r"</?(a|b|i|p|br|div|span|h[1-6]|t[adhr]|table|ul|ol|li|form|input|html|head"
                         r"|body|img|strong|em|button|section|style|script)\b[^<]*>", literal):
                yield f'{path}: "{literal}"'


def no_sql_in_c(files):
    statement = re.compile(r"\b(SELECT\b.*\bFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM"
                           r"|CREATE\s+TABLE|ALTER\s+TABLE|DROP\s+TABLE|REPLACE\s+INTO)\b")
    for path, text in in_c(files, "src/").items():
        for literal in literals(text):
            if statement.search(literal):
                yield f'{path}: "{literal}"'


def nothing_banned_is_called(files):
    call = re.compile(rf"(?<![\w.>])({'|'.join(BANNED)})\s*\(")
    for path, text in in_c(files).items():
        for number, line in enumerate(bare(text).splitlines(), 1):
            for match in call.finditer(line):
                yield f"{path}:{number}: {match[1]}"


# Nobody reads these from one end to the other: data, a licence, a sentence a line.
TABLES = (".json", "COPYING", "views/errors.txt")


def files_are_short(files):
    for path, text in files.items():
        if text.count("\n") > MOST_LINES and not path.endswith(TABLES):
            yield f"{path} has {text.count(chr(10))} lines"


def sentences(files):
    return set(re.findall(r"^([a-z0-9-]+) *=", files.get("views/errors.txt", ""), re.MULTILINE))


def raised_keys_have_a_sentence(files):
    known = sentences(files)
    raised = re.compile(r'(?:err_raise\(\s*\w+\s*,\s*|http_sentence\(\s*\w+\s*,\s*|\.key = )'
                        r'"([a-z0-9]+(?:-[a-z0-9]+)+)"')
    for path, text in in_c(files, "src/").items():
        for key in raised.findall(without_comments(text)):
            if key not in known:
                yield f"{path}: {key} is not in views/errors.txt"


def sentences_are_used(files):
    used = {literal for text in in_c(files, "src/").values() for literal in literals(text)}
    # Some keys are put together: "event-%s", "placement-what-%.*s".
    composed = [re.compile(begin[1] + "[a-z0-9-]+") for begin in
                (re.fullmatch(r"([a-z]+(?:-[a-z]+)*-)(?:%s|%\.\*s)", literal) for literal in used)
                if begin]
    for key in sorted(sentences(files) - used):
        if not any(pattern.fullmatch(key) for pattern in composed):
            yield f"views/errors.txt: {key} is raised nowhere"


def named_fields_are_asked_for(files):
    asked = {name for text in in_c(files, "src/").values()
             for name in re.findall(r"FIELD\(\w+,\s*(\w+),", text)}
    named = re.findall(r"^label-(\w+) *=", files.get("views/errors.txt", ""), re.MULTILINE)
    for name in named:
        if name not in asked:
            yield f"views/errors.txt: no form has a field {name}"


def french_spaces_do_not_break(files):
    # Of a mail, "Objet : …" is syntax; the convention's text is what schools edit, and its PDF sees
    # to the spaces itself.
    wrong = re.compile("\\S [:;!?»](?!:\\w)|« ")
    for path, text in files.items():
        if not re.fullmatch(r"views/.*\.(html|md|txt)", path) or path == "views/convention.md":
            continue
        for number, line in enumerate(text.split("\n"), 1):
            line = re.sub(r"^\w+ : ", "", line) if path.startswith("views/mail/") else line
            if wrong.search(line) and not line.startswith("#"):
                yield f"{path}:{number}: a space that may break: {line.strip()[:60]}"


def routes(files):
    """(name, method, path) of each route."""
    return re.findall(r'^ROUTE\((\w+),\s*(\w+),\s*"([^"]*)"', files.get("src/pages/routes.def", ""),
                      re.MULTILINE)


def routes_are_exercised(files):
    tests = "\n".join(text for path, text in files.items()
                      if path.startswith(("t/e2e/", "t/browser/")) or path.endswith("_cases.py"))
    for name, method, path in routes(files):
        # In a test an argument is a number, a word or something put in: {x}, ${x}, " + x.
        argument = r"""(?:\$?\{[^}]*\}|[\w-]+|["'] *\+[^+]+\+ *["'])"""
        whole = re.sub(r"\\{\w+\\}", lambda _: argument, re.escape(path))
        # What stands before the last part may have been put in as a whole: {page}/valider.
        tail = re.escape("/" + path.rsplit("/", 1)[1]) if "}/" in path else whole
        if not re.search(rf"""(["'`]{whole}|\}}{tail})["'`?{{]""", tests):
            yield f"{method} {path} ({name}) occurs in no test of t/e2e or t/browser"


def rooms_have_a_readme(files):
    rooms = {room_of(path) for path in in_c(files, "src/")} - {None}
    for room in sorted(rooms):
        if not files.get(f"src/{room}/README", "").strip():
            yield f"src/{room}/README"


def nothing_is_unfinished(files):
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|\b(lorem ipsum|not implemented|coming soon)\b",
                       re.IGNORECASE)
    for path, text in files.items():
        if path.startswith("t/lint/") or path.endswith("package-lock.json"):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if words.search(line):
                yield f"{path}:{number}: {line.strip()}"


def no_code_is_commented_out(files):
    code = re.compile(r"^\s*(//|/\*)\s*[\w.>\[\]-]+(\(.*\)| = .*);\s*(\*/)?$")
    for path, text in in_c(files).items():
        for number, line in enumerate(text.splitlines(), 1):
            if code.match(line):
                yield f"{path}:{number}: {line.strip()}"


def settings_are_explained(files):
    known = set(re.findall(r"^\s*(?:TEXT|NUMBER|FLAG)_ROW\((\w+),",
                           files.get("src/base/settings.c", ""), re.MULTILINE)) - {"member"}
    explained = set(re.findall(r"^(?:# )?(\w+) =", files.get("conf/paraphe.conf", ""),
                               re.MULTILINE)) - {"name"}
    for name in sorted(known ^ explained):
        yield f"{name} is only in {'settings.c' if name in known else 'paraphe.conf'}"


# Each rule, the sentence it keeps true, and files that break it: a rule that lets them pass is none.
RULES = [
    (includes_point_downward, "includes point downward only",
     {"src/db/a.c": '#include "domain/x.h"\n'}),
    (libraries_stay_in_their_room, "each library is known to its own room alone",
     {"src/pages/a.c": "#include <mysql.h>\n"}),
    (no_html_in_c, "HTML is written in views, never in C",
     {"src/pages/a.c": 'x = "a <td " /* cell */ "class=x>";\n'}),
    (no_sql_in_c, "SQL is written in sql, never in C",
     {"src/db/a.c": 'x = "SELECT id"\n    " FROM t";\n'}),
    (nothing_banned_is_called, "no banned function is called",
     {"src/db/a.c": '/* system("x") */ n = atoi(x);\n'}),
    (files_are_short, "no file is longer than 500 lines", {"src/db/a.c": "\n" * 501}),
    (raised_keys_have_a_sentence, "every error that is raised has a sentence for people",
     {"src/db/a.c": 'return err_raise(ERR_CONFLICT,\n    "db-unheard", "x");\n'}),
    (sentences_are_used, "every sentence of errors.txt can come up",
     {"views/errors.txt": "# x\nno-such-thing = Non.\n", "src/db/a.c": 'x = "other";\n'}),
    (named_fields_are_asked_for, "every field that has a name is one of a form",
     {"views/errors.txt": "label-nothing = Rien\n",
      "src/pages/a.c": "FIELD(LINE, thing, FORM_REQUIRED, 0, 0, NULL)\n"}),
    (french_spaces_do_not_break, "no line breaks before « : ; ! ? » or inside guillemets",
     {"views/a.html": "<p>Voici pourquoi :</p>\n"}),
    (routes_are_exercised, "every route is exercised by a test",
     {"src/pages/routes.def": 'ROUTE(x, GET, "/x/{id}/y", MEMBER, page_x)\n',
      "t/e2e/x.py": 'client.get("/x/7")\n'}),
    (rooms_have_a_readme, "every room says in a README what it is for",
     {"src/db/a.c": "\n", "src/db/README": ""}),
    (nothing_is_unfinished, "nothing is marked as unfinished", {"src/db/a.c": "/* todo: more */\n"}),
    (no_code_is_commented_out, "no code is commented out",
     {"src/db/a.c": "    // db_open(arena, x);\n"}),
    (settings_are_explained, "conf/paraphe.conf explains every setting, and no other",
     {"src/base/settings.c": '    TEXT_ROW(one, ""),\n', "conf/paraphe.conf": "# two = 2\n"}),
]
