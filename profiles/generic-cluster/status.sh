#!/bin/sh
# What became of a job of Grid Engine: running (or queued), success or failed. Once it has left the queue
# the accounts know, some seconds later: until then it counts as running.
case $(qstat | awk -v job="$1" '$1 == job { print $5 }') in
*E*) echo failed ;;  # could not be started, and will not be
'')
    qacct -j "$1" 2>/dev/null | awk '
        $1 == "failed" { killed = $2 }
        $1 == "exit_status" { status = $2; known = 1 }
        END { print !known ? "running" : killed || status ? "failed" : "success" }'
    ;;
*) echo running ;;
esac
