#!/usr/bin/perl
# The generator of C from SQL statements: what it refuses (each file in statements/ says in its
# first line what is to be said of it), and when it writes.
use strict;
use warnings;
use File::Glob 'bsd_glob'; # glob would split a path with a space
use File::Temp 'tempdir';
use FindBin '$Bin';
use Test::More;

my $generator = "$Bin/../../src/db/statements.pl";
my $dir = tempdir(CLEANUP => 1);
my ($header, $source) = ("$dir/made.h", "$dir/made.c");

# Runs the generator; returns what it said, and whether it succeeded.
sub generate
{
    my (@files) = @_;
    open my $said, '-|', 'sh', '-c', 'exec 2>&1; exec "$@"', 'sh', $^X, $generator, $header,
        $source, @files or die "no shell: $!";
    my $text = join '', <$said>;
    close $said;
    return ($text, $? == 0);
}

sub write_file
{
    my ($file, $text) = @_;
    open my $handle, '>', $file or die "$file: $!";
    print $handle $text;
    close $handle;
}

sub read_file
{
    my ($file) = @_;
    local $/;
    open my $handle, '<', $file or return '';
    return scalar <$handle>;
}

for my $file (sort(bsd_glob("$Bin/statements/*.sql"))) {
    my ($name) = $file =~ m{([^/]+)\.sql$};
    my ($expected) = read_file($file) =~ /^-- expected: (.*)\n/ or die "$file expects nothing";
    $expected =~ s/FILE/$file/;
    my ($said, $good) = generate($file);
    ok(!$good && !-e $header && !-e $source, "$name: refused, and nothing is written");
    is($said, $file . ($expected =~ /^\d/ ? ':' : ': ') . "$expected\n",
        "$name: the message says where and why");
}

my ($said) = generate("$dir/absent.sql");
like($said, qr/^\Q$dir\E\/absent\.sql: No such file/, 'a file that is not there is named');

my $first = "$dir/first.sql";
write_file($first, <<'SQL');
-- Takes what is old away. */ A comment in C does not end here.
-- name: probe_purge :exec
-- in: before time
DELETE FROM probe WHERE instant < :before;
SQL
(my $good) = (generate($first))[1];
ok($good, 'a good file is taken');
like(read_file($header), qr/Takes what is old away\. \* \/ A comment/,
    'the comment above the name is in the header');
like(read_file($header), qr/struct\ probe_purge_in\ \{\n \ \ \ \ int64_t\ before;\n \};\n
    enum\ err\ db_probe_purge\(struct\ db\ \*db,\ struct\ arena\ \*arena,\s+
    const\ struct\ probe_purge_in\ \*in,\ struct\ db_done\ \*done\);/x,
    'the header declares the struct and the function');

utime 1000, 1000, $header, $source;
generate($first);
is((stat $header)[9] + (stat $source)[9], 2000, 'nothing is written where nothing changed');

my $text = read_file($first);
$text =~ s/</<=/;
write_file($first, $text);
generate($first);
ok((stat $header)[9] == 1000 && (stat $source)[9] > 1000,
    'other SQL of the same values leaves the header alone');

write_file("$dir/second.sql", $text);
($said, $good) = generate($first, "$dir/second.sql");
is($said, "$dir/second.sql:2: \"probe_purge\" is already the name at $first:2\n",
    'a name is the only one in all files');

done_testing();
