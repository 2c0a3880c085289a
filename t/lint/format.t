#!/bin/bash
# Every C file has the committed style (.clang-format).
cd "$(dirname "$0")/../.." || exit 1
echo 1..2
if printf 'int  main( void ) {return 0;}\n' | clang-format --style=file --dry-run -Werror 2>/dev/null
then echo 'not ok 1 - clang-format sees what is not of the style'
else echo 'ok 1 - clang-format sees what is not of the style'
fi
wrong=$(find src t -name '*.[ch]' -print0 | sort -z | xargs -0 clang-format --dry-run -Werror 2>&1)
[ -z "$wrong" ] || echo -n 'not '
echo 'ok 2 - every C file is of the style'
grep ': error:' <<<"$wrong" | sed 's/^/# /'
