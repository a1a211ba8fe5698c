"""Runs AWS's own `aws` for each command line on stdin, a JSON list of words a line, in one process.

Answers each with a line of JSON: the exit code, and what went to stdout and stderr. The program is the one that
`bin/aws` starts; its start alone would take most of the time of a test.
"""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver

for line in sys.stdin:
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            code = create_clidriver().main(json.loads(line))
        except SystemExit as end:
            code = end.code
    print(json.dumps({"code": code, "stdout": output.getvalue(), "stderr": errors.getvalue()}), flush=True)
