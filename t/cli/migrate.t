#!/usr/bin/perl
# `paraphe migrate`, by socket and by TLS, on a private MariaDB with an authority of its own.
use strict;
use warnings;
use utf8;
use File::Temp 'tempdir';
use FindBin '$Bin';
use IO::Socket::INET;
use Test::More;

binmode $_, ':encoding(UTF-8)'
    for Test::More->builder->output, Test::More->builder->failure_output;

my $paraphe = ($ENV{PARAPHE_BUILD} // '.') . '/paraphe';
my $source = "$Bin/../..";
my $dir = tempdir('paraphe-test-XXXXXX', TMPDIR => 1, CLEANUP => 1);

sub write_file
{
    my ($name, $text) = @_;
    open my $handle, '>:encoding(UTF-8)', "$dir/$name" or die "$name: $!";
    print $handle $text;
    close $handle;
    return "$dir/$name";
}

sub quietly
{
    system('sh', '-c', 'exec >/dev/null 2>&1; exec "$@"', 'sh', @_) == 0 or die "@_ failed";
}

# A certificate for localhost, signed by an authority that only we know.
sub make_certificates
{
    my @key = qw(openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes);
    my $names = write_file('names', "subjectAltName = DNS:localhost\n");
    quietly(@key, '-x509', '-keyout', "$dir/ca.key", '-out', "$dir/ca.pem",
        '-subj', '/CN=An authority');
    quietly(@key, '-keyout', "$dir/server.key", '-out', "$dir/server.csr", '-subj', '/CN=server');
    quietly(qw(openssl x509 -req -CAcreateserial), '-in', "$dir/server.csr", '-CA', "$dir/ca.pem",
        '-CAkey', "$dir/ca.key", '-extfile', $names, '-out', "$dir/server.pem");
}

sub free_port
{
    my $socket = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1') or die "no port: $!";
    return $socket->sockport;
}

sub ask
{
    my ($sql) = @_;
    quietly('mariadb', '--no-defaults', "--socket=$dir/socket", "--execute=$sql");
}

# Runs paraphe; returns its exit status and all that it said.
sub paraphe
{
    open my $said, '-|:encoding(UTF-8)', 'sh', '-c', 'exec 2>&1; exec "$@"', 'sh', $paraphe, @_
        or die "no shell: $!";
    my $text = join '', <$said>;
    close $said;
    return ($? >> 8, $text);
}

sub config
{
    my ($name, %settings) = @_;
    my %all = (base_url => 'https://localhost', secret_file => '/dev/null',
        smtp_url => 'smtp://localhost', mail_from => 'paraphe@example.org',
        db_name => 'paraphe_test', views => "$source/views",
        migrations => "$source/sql/migrations", %settings);
    return write_file("$name.conf", join '', map { "$_ = $all{$_}\n" } sort keys %all);
}

my $port = free_port();
make_certificates();
quietly("$source/t/lib/mariadb.sh", 'start', $dir, '--skip-networking=0',
    '--bind-address=127.0.0.1', "--port=$port", "--ssl-cert=$dir/server.pem",
    "--ssl-key=$dir/server.key");
END {
    local $?;
    quietly("$source/t/lib/mariadb.sh", 'stop', $dir) if $dir && -e "$dir/pid";
}

ask('CREATE DATABASE paraphe_test');
ask("CREATE USER school\@'%' IDENTIFIED BY 'secret' REQUIRE SSL;
     GRANT ALL ON paraphe_test.* TO school\@'%'");

my $local = config('local', db_socket => "$dir/socket", db_user => scalar getpwuid $<);
my $files = () = glob "$source/sql/migrations/*.sql";
my ($status, $said) = paraphe('migrate', '--config', $local);
is($status, 0, 'an empty database is migrated');
like($said, qr/^Le schéma .* \(migrations appliquées : $files\)\.\n\z/, 'and every file counted');
($status, $said) = paraphe('--config', $local, 'migrate');
ok($status == 0 && $said =~ /appliquées : 0\)/,
    'a second time does nothing; --config may come first');
($status, $said) = paraphe('migrate', '--config', $local, 'now');
ok($status == 2 && $said =~ /now/, 'an argument too many is named');
($status, $said) = paraphe('emigrate', '--config', $local);
ok($status == 2 && $said =~ /^usage .*migrate/s,
    'an unknown command is answered by the list of commands');
($status, $said) = paraphe('migrate', '--config');
is($status, 2, '--config needs a file');
($status, $said) = paraphe('migrate', '--config', "$dir/absent.conf");
ok($status == 1 && $said =~ m{\Q$dir\E/absent\.conf}, 'a configuration that is not there is named');
($status, $said) = paraphe('migrate', '--config', config('astray', db_socket => "$dir/nowhere"));
ok($status == 1 && $said =~ /ne répond pas/, 'a server that is not there is said in French');

my %remote = (db_host => 'localhost', db_port => $port, db_user => 'school',
    db_password => 'secret');
($status, $said) = paraphe('migrate', '--config', config('plain', %remote));
is($status, 1, 'an account that needs TLS is refused without');
($status, $said) = paraphe('migrate', '--config',
    config('tls', %remote, db_tls => 'yes', db_tls_ca => "$dir/ca.pem"));
is($status, 0, 'TLS with the right authority and the right name is taken');
($status, $said) = paraphe('migrate', '--config', config('stranger', %remote, db_tls => 'yes'));
ok($status == 1 && $said =~ /certificate/, 'a certificate of an unknown authority is refused');
($status, $said) = paraphe('migrate', '--config',
    config('name', %remote, db_tls => 'yes', db_tls_ca => "$dir/ca.pem", db_host => '127.0.0.1'));
ok($status == 1 && $said =~ /certificate/, 'a certificate for another name is refused');

done_testing();
