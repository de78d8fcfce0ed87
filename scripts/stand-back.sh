#!/bin/sh
# Runs a command that leaves the machine to whatever is less nice: `sh scripts/stand-back.sh NICENESS PROGRAM ARGUMENTS`.
# Linux may schedule each session as one, whatever the priorities inside it: then it is the session that stands back, and
# whoever begins a session of their own (a browser under test does) must be begun through here too.
niceness=$1
shift
echo "$niceness" 2>/dev/null >/proc/self/autogroup
exec nice -n "$niceness" "$@"
