#!/bin/sh
# The browser of the pictures, which leaves the machine to the windows under test: Playwright gives it a session of its own.
exec sh "$(dirname "$0")/../../scripts/stand-back.sh" "$SCANTILL_TESTS_RANK" /usr/bin/chromium "$@"
