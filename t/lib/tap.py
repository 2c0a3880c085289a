"""Test Anything Protocol for tests in Python: titles are sentences about behaviour."""
import sys


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def ok(self, good, title, *notes):
        self.count += 1
        print(f"{'' if good else 'not '}ok {self.count} - {title}")
        if not good:
            self.failed += 1
            for note in notes:
                print("\n".join("# " + line for line in str(note).splitlines()))
        sys.stdout.flush()
        return good

    def same(self, got, wanted, title):
        return self.ok(got == wanted, title, f"     got: {got!r}", f"  wanted: {wanted!r}")

    def skip(self, title, why):
        """Says aloud that something was not tried, and why."""
        self.count += 1
        print(f"ok {self.count} - {title} # SKIP {why}")

    def end(self):
        print(f"1..{self.count}")
        sys.stdout.flush()
        sys.exit(1 if self.failed else 0)
