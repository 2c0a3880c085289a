#!/usr/bin/perl
# Makes C of named SQL statements: statements.pl HEADER SOURCE FILE.sql…
#
# src/db/README says how a statement is written. Both results are written only where they change,
# so that nothing is compiled again in vain; on an error nothing is written.
use strict;
use warnings;

# What a type is in C, and whether a NULL shows in the value itself (as a NULL pointer) or needs
# a member has_NAME.
my %types = (
    u64  => { c => 'uint64_t %s',     code => 'DB_U64',  has => 1 },
    u32  => { c => 'uint32_t %s',     code => 'DB_U32',  has => 1 },
    i64  => { c => 'int64_t %s',      code => 'DB_I64',  has => 1 },
    bool => { c => 'bool %s',         code => 'DB_BOOL', has => 1 },
    str  => { c => 'const char *%s',  code => 'DB_STR',  has => 0 },
    blob => { c => 'struct bytes %s', code => 'DB_BLOB', has => 0 },
    time => { c => 'int64_t %s',      code => 'DB_TIME', has => 1 },
    date => { c => 'const char *%s',  code => 'DB_DATE', has => 0 },
);
my %kinds = (exec => 'DB_EXEC', one => 'DB_ONE', many => 'DB_MANY');
my %c_words = map { $_ => 1 } qw(
    auto bool break case char const continue default do double else enum extern false float for
    goto if inline int long register restrict return short signed sizeof static struct switch true
    typedef union unsigned void volatile while);

# Reading -------------------------------------------------------------------------------------

sub fail
{
    my ($file, $line, $message) = @_;
    die "$file:$line: $message\n";
}

sub check_name
{
    my ($file, $line, $name) = @_;
    fail($file, $line, "\"$name\" is no name: small letters, digits and _")
        if $name !~ /^[a-z][a-z0-9_]*$/;
    fail($file, $line, "\"$name\" is a word of C") if $c_words{$name};
}

# `id u64, reason ?str` → fields, added to the list.
sub read_fields
{
    my ($file, $line, $text, $fields) = @_;
    $text =~ s/,\s*$//;
    for my $field (split /,/, $text, -1) {
        $field =~ /^\s*(\S+)\s+(\??)(\S+)\s*$/
            or fail($file, $line, "not of the form `name type`: \"" . trim($field) . '"');
        my ($name, $nullable, $type) = ($1, $2, $3);
        check_name($file, $line, $name);
        $types{$type}
            or fail($file, $line, "no type is called \"$type\"; there are "
                . join(', ', sort keys %types));
        fail($file, $line, "\"$name\" is there twice") if grep { $_->{name} eq $name } @$fields;
        push @$fields, { name => $name, type => $type, nullable => $nullable ne '' };
    }
}

# `order name "t.name" | day "t.day"` → { name, options => [{ name, sql }] }
sub read_choice
{
    my ($file, $line, $text) = @_;
    $text =~ /^(\S+)\s+(.+)$/
        or fail($file, $line, 'not of the form `choice: name option "SQL" | …`');
    my ($name, $rest) = ($1, $2);
    my @options;
    check_name($file, $line, $name);
    while (1) {
        $rest =~ s/^(\S+)\s+"([^"]*)"\s*//
            or fail($file, $line, "an option is `name \"SQL\"`, not \"$rest\"");
        my ($option, $sql) = ($1, $2);
        check_name($file, $line, $option);
        fail($file, $line, "option \"$option\" is there twice")
            if grep { $_->{name} eq $option } @options;
        push @options, { name => $option, sql => $sql };
        last if $rest eq '';
        $rest =~ s/^\|\s*// or fail($file, $line, "options are divided by |, before \"$rest\"");
    }
    return { name => $name, options => \@options, line => $line };
}

sub trim
{
    my ($text) = @_;
    $text =~ s/^\s+|\s+$//g;
    return $text;
}

sub start_statement
{
    my ($file, $line, $text, $comment) = @_;
    $text =~ /^(\S+)\s+:(\S+)\s*$/
        or fail($file, $line, 'not of the form `-- name: some_name :exec`');
    my ($name, $kind) = ($1, $2);
    check_name($file, $line, $name);
    $kinds{$kind} or fail($file, $line, "a statement is :exec, :one or :many, not :$kind");
    return { file => $file, line => $line, name => $name, kind => $kind, comment => $comment,
             in => [], out => [], choices => [], sql => '', sql_line => 0 };
}

sub add_directive
{
    my ($statement, $line, $word, $text) = @_;
    my $file = $statement->{file};
    if ($word eq 'choice') {
        my $choice = read_choice($file, $line, $text);
        fail($file, $line, "choice \"$choice->{name}\" is there twice")
            if grep { $_->{name} eq $choice->{name} } @{ $statement->{choices} };
        push @{ $statement->{choices} }, $choice;
    } else {
        fail($file, $line, "\"$word:\" without fields") if $text eq '';
        read_fields($file, $line, $text, $statement->{$word});
    }
}

# Cuts a file into statements; what a statement says of itself is read here, its SQL later.
sub read_file
{
    my ($file) = @_;
    my ($statement, @statements, @comment);
    open my $handle, '<', $file or die "$file: $!\n";
    my @lines = <$handle>;
    close $handle;
    for (my $i = 0; $i < @lines; $i++) {
        my ($text, $line) = (trim($lines[$i]), $i + 1);
        if ($text =~ /^--\s*name:\s*(.*)$/) {
            $statement = start_statement($file, $line, $1, [@comment]);
            push @statements, $statement;
            @comment = ();
        } elsif ($statement && $text =~ /^--\s*(in|out|choice):\s*(.*)$/) {
            my ($word, $rest) = ($1, $2);
            while ($rest =~ /[,|]$/) {
                $i + 1 < @lines && trim($lines[$i + 1]) =~ /^--\s*(.*)$/
                    or fail($file, $i + 1, "\"$word:\" ends in the middle");
                $rest .= " $1";
                $i++;
            }
            add_directive($statement, $line, $word, $rest);
        } elsif ($text =~ /^--\s*([a-z]+):/ && $statement && $statement->{sql} !~ /;\s*$/) {
            fail($file, $line, "\"$1:\" is unknown here; there are name, in, out and choice");
        } elsif ($text =~ /^--\s*(.*)$/) {
            push @comment, $1;
        } elsif ($text eq '') {
            @comment = ();
            $statement->{sql} .= "\n" if $statement && $statement->{sql} ne '';
        } else {
            fail($file, $line, 'SQL before the first `-- name:`') if !$statement;
            $statement->{sql_line} ||= $line;
            # Comment lines in the SQL are gone; their newlines keep the line numbers right.
            $statement->{sql} .= "\n" x ($line - $statement->{sql_line}
                - ($statement->{sql} =~ tr/\n//));
            $statement->{sql} .= $lines[$i];
            @comment = ();
        }
    }
    return @statements;
}

# SQL -----------------------------------------------------------------------------------------

# Replaces {choice} by the option chosen, :name by ?, white space and comments by one space.
# Returns the text and the names in the order of the question marks.
sub scan_sql
{
    my ($statement, $chosen) = @_;
    my ($sql, $text, @names) = ($statement->{sql}, '');
    my $at = sub {
        return $statement->{sql_line} + (substr($sql, 0, pos $sql) =~ tr/\n//);
    };
    my $oops = sub { fail($statement->{file}, $at->(), $_[0]) };
    my %used;

    pos($sql) = 0;
    while (pos($sql) < length $sql) {
        if ($sql =~ /\G\s+/gc || $sql =~ /\G--(?:\s[^\n]*)?(?:\n|\z)/gc || $sql =~ /\G#[^\n]*/gc
            || $sql =~ m{\G/\*(?![!+]).*?\*/}gcs) {
            $text .= ' ' if $text !~ / $/;
        } elsif ($sql =~ /\G('(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`)/gcs) {
            $text .= $1;
        } elsif ($sql =~ /\G['"`]/) {
            $oops->('a quote that is not closed');
        } elsif ($sql =~ m{\G/\*(?![!+])}) {
            $oops->('a comment that is not closed');
        } elsif ($sql =~ /\G:([A-Za-z_][A-Za-z0-9_]*)/gc) {
            my $name = $1;
            grep { $_->{name} eq $name } @{ $statement->{in} }
                or $oops->(":$name is not among what goes in");
            push @names, $name;
            $text .= '?';
        } elsif ($sql =~ /\G\{([^}\n]*)\}/gc) {
            my $name = $1;
            exists $chosen->{$name} or $oops->("{$name} is no choice");
            # The option's own text takes its place, to be scanned in its turn.
            my $place = pos($sql) - length("{$name}");
            substr($sql, $place, length "{$name}") = $chosen->{$name};
            pos($sql) = $place;
            $used{$name} = 1;
        } elsif ($sql =~ /\G\?/) {
            $oops->('write :name, not ?');
        } elsif ($sql =~ /\G;/gc) {
            $sql =~ /\G(?:\s+|--(?:\s[^\n]*)?(?:\n|\z)|#[^\n]*)*/gc;
            pos($sql) == length $sql or $oops->('a second statement under one name');
            last;
        } else {
            $sql =~ /\G(\w+|.)/gcs;
            $text .= $1;
        }
    }
    $used{$_} or fail($statement->{file}, $statement->{line}, "choice \"$_\" is not used")
        for sort keys %$chosen;
    return (trim($text), @names);
}

# Every combination of options, the last choice varying fastest.
sub combinations
{
    my ($first, @others) = @_;
    return ({}) if !$first;
    my @rest = combinations(@others);
    return map { my $option = $_; map { +{ %$_, $first->{name} => $option->{sql} } } @rest }
        @{ $first->{options} };
}

sub check_statement
{
    my ($statement) = @_;
    my ($file, $line, $name) = @$statement{qw(file line name)};
    my %used;

    fail($file, $line, "$name has no SQL") if $statement->{sql} =~ /^[\s;]*$/;
    fail($file, $line, "$name is :exec and gives no rows: no \"out:\"")
        if $statement->{kind} eq 'exec' && @{ $statement->{out} };
    fail($file, $line, "$name is :$statement->{kind}: \"out:\" is missing")
        if $statement->{kind} ne 'exec' && !@{ $statement->{out} };
    for my $choice (@{ $statement->{choices} }) {
        fail($file, $choice->{line}, "\"$choice->{name}\" is a choice and a field")
            if grep { $_->{name} eq $choice->{name} } @{ $statement->{in} };
    }
    for my $chosen (combinations(@{ $statement->{choices} })) {
        my ($sql, @names) = scan_sql($statement, $chosen);
        fail($file, $line, "$name: name the columns instead of *")
            if $sql =~ /(?:\bSELECT(?:\s+DISTINCT)?|,)\s*(?:\w+\.)?\*/i;
        fail($file, $line, "$name takes more than 255 parameters") if @names > 255;
        @used{@names} = (1) x @names;
        push @{ $statement->{variants} }, { sql => $sql, names => \@names };
    }
    for my $field (@{ $statement->{in} }) {
        fail($file, $line, "$name does not use :$field->{name}") if !$used{ $field->{name} };
    }
}

# Writing -------------------------------------------------------------------------------------

sub members
{
    my (@fields) = @_;
    my $text = '';
    for my $field (@fields) {
        my $type = $types{ $field->{type} };
        $text .= '    ' . sprintf($type->{c}, $field->{name}) . ';'
            . ($field->{nullable} ? ' /* may be NULL */' : '') . "\n";
        $text .= "    bool has_$field->{name};\n" if $field->{nullable} && $type->{has};
    }
    return $text;
}

sub has_in
{
    my ($statement) = @_;
    return @{ $statement->{in} } || @{ $statement->{choices} };
}

sub declaration
{
    my ($statement) = @_;
    my $name = $statement->{name};
    my %results = (
        exec => 'struct db_done *done',
        one  => "struct ${name}_row **row",
        many => "struct ${name}_row **rows, size_t *count",
    );
    return "enum err db_$name(struct db *db, struct arena *arena,\n    "
        . (has_in($statement) ? "const struct ${name}_in *in, " : '')
        . "$results{ $statement->{kind} })";
}

sub header_of
{
    my ($statement) = @_;
    my ($name, $file) = @$statement{qw(name file)};
    my $text = "\n";

    my $comment = join '', map { "\n * $_" } @{ $statement->{comment} };

    $file =~ s{.*/}{};
    $comment =~ s{\*/}{* /}g;
    $text .= "/* $file, :$statement->{kind}$comment */\n";
    for my $choice (@{ $statement->{choices} }) {
        $text .= "enum ${name}_$choice->{name} {\n"
            . join('', map { '    ' . uc("${name}_$choice->{name}_$_->{name}") . ",\n" }
                @{ $choice->{options} })
            . "};\n";
    }
    $text .= "struct ${name}_in {\n" . members(@{ $statement->{in} })
        . join('', map { "    enum ${name}_$_->{name} $_->{name};\n" } @{ $statement->{choices} })
        . "};\n" if has_in($statement);
    $text .= "struct ${name}_row {\n" . members(@{ $statement->{out} }) . "};\n"
        if @{ $statement->{out} };
    return $text . declaration($statement) . ";\n";
}

sub c_string
{
    my ($text) = @_;
    my @lines;
    $text =~ s/([\\"])/\\$1/g;
    $text =~ s/\n/\\n/g;
    $text =~ s/\?(?=\?)/?""/g;
    push @lines, $1 while $text =~ /\G(.{1,80}(?:\s|$)|\S+\s*)/gs;
    return join "\n         ", map { "\"$_\"" } @lines;
}

sub fields_of
{
    my ($struct, @fields) = @_;
    return '' if !@fields;
    return "static const struct db_field ${struct}_fields[] = {\n" . join('', map {
        my $has = $_->{nullable} && $types{ $_->{type} }{has};
        "    {\"$_->{name}\", $types{ $_->{type} }{code}, " . ($_->{nullable} ? 'true' : 'false')
            . ", offsetof(struct $struct, $_->{name}), "
            . ($has ? "offsetof(struct $struct, has_$_->{name})" : '0') . "},\n";
    } @fields) . "};\n";
}

sub source_of
{
    my ($statement) = @_;
    my $name = $statement->{name};
    my %index = map { $statement->{in}[$_]{name} => $_ } 0 .. $#{ $statement->{in} };
    my @variants = @{ $statement->{variants} };
    my $text = "\n" . fields_of("${name}_in", @{ $statement->{in} })
        . fields_of("${name}_row", @{ $statement->{out} });

    if (@{ $statement->{choices} }) {
        $text .= "static const struct db_choice ${name}_choices[] = {\n" . join('', map {
            "    {\"$_->{name}\", offsetof(struct ${name}_in, $_->{name}), "
                . scalar(@{ $_->{options} }) . "},\n"
        } @{ $statement->{choices} }) . "};\n";
        $text .= join '', map {
            "_Static_assert(sizeof(enum ${name}_$_->{name}) == sizeof(unsigned), \"enum size\");\n"
        } @{ $statement->{choices} };
    }
    my (%arrays, $rows);
    for my $variant (@variants) {
        my @indices = map { $index{$_} } @{ $variant->{names} };
        my ($list, $array) = (join(', ', @indices), 'NULL');
        if (@indices) {
            # Most variants take the same parameters, and share one array.
            my $new = !exists $arrays{$list};
            $array = $arrays{$list} //= "${name}_parameters_" . keys %arrays;
            $text .= "static const unsigned char ${array}[] = {$list};\n" if $new;
        }
        $rows .= '    {' . c_string($variant->{sql}) . ",\n     $array, " . @indices . "},\n";
    }
    return $text . "static const struct db_variant ${name}_variants[] = {\n$rows};\n";
}

sub row_of
{
    my ($statement, $slot) = @_;
    my $name = $statement->{name};
    my $part = sub {
        my ($list, $array) = @_;
        return @$list ? "${name}_$array, " . scalar(@$list) : 'NULL, 0';
    };
    return "    {\"$name\", $kinds{ $statement->{kind} }, "
        . $part->($statement->{in}, 'in_fields') . ",\n     "
        . $part->($statement->{out}, 'row_fields') . ', '
        . (@{ $statement->{out} } ? "sizeof(struct ${name}_row)" : '0') . ",\n     "
        . $part->($statement->{choices}, 'choices') . ', '
        . $part->($statement->{variants}, 'variants') . ", $slot},\n";
}

sub function_of
{
    my ($statement, $index) = @_;
    my ($name, $kind) = @$statement{qw(name kind)};
    my $in = has_in($statement) ? 'in' : 'NULL';
    my $call = "db_run_$kind(db, arena, &db_statements[$index], $in";
    my $text = "\n" . declaration($statement) . "\n{\n";
    if ($kind eq 'exec') {
        return $text . "    return $call, done);\n}\n";
    }
    my ($result, $count) = $kind eq 'one' ? ('row', '') : ('rows', ', count');
    return $text . "    void *found = NULL;\n    enum err err = $call, &found$count);\n\n"
        . "    *$result = found;\n    return err;\n}\n";
}

sub write_if_changed
{
    my ($file, $text) = @_;
    if (open my $old, '<', $file) {
        local $/;
        return if (<$old> // '') eq $text;
    }
    open my $new, '>', "$file.new" or die "$file.new: $!\n";
    print $new $text;
    close $new or die "$file.new: $!\n";
    rename "$file.new", $file or die "$file: $!\n";
}

my ($header, $source, @files) = @ARGV;
@files or die "usage: statements.pl HEADER SOURCE FILE.sql…\n";
my @statements = map { read_file($_) } @files;
my (%seen, $slots);
for my $statement (@statements) {
    my $before = $seen{ $statement->{name} };
    fail(@$statement{qw(file line)}, "\"$statement->{name}\" is already the name at "
        . "$before->{file}:$before->{line}") if $before;
    $seen{ $statement->{name} } = $statement;
    check_statement($statement);
}
@statements or die "$files[0]: no statements\n";

(my $included = $header) =~ s{^src/}{};
(my $guard = uc "PARAPHE_$included") =~ s/[^A-Z0-9]/_/g;
my $made = "/* Made from the SQL statements by src/db/statements.pl. */\n";
write_if_changed($header, $made . "#ifndef $guard\n#define $guard\n\n#include <stdbool.h>\n"
    . "#include <stddef.h>\n#include <stdint.h>\n\n"
    . "#include \"base/bytes.h\"\n#include \"db/db.h\"\n"
    . join('', map { header_of($_) } @statements) . "\n#endif\n");
$slots = 0;
my $rows = '';
for my $statement (@statements) {
    $rows .= row_of($statement, $slots);
    $slots += @{ $statement->{variants} };
}
my $index = 0;
write_if_changed($source, $made . "#include \"$included\"\n\n#include \"db/statement.h\"\n"
    . join('', map { source_of($_) } @statements)
    . "\nconst struct db_statement db_statements[] = {\n$rows};\n"
    . 'const size_t db_statement_count = ' . scalar(@statements) . ", db_slot_count = $slots;\n"
    . join('', map { function_of($_, $index++) } @statements));
