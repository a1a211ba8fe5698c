"""Runs SUSE's own `pint` for each command line of a JSON list on stdin, against another server than SUSE's.

Arguments: the server's address, and the file of the `pint` program. The last line on stdout is a JSON list with the
exit code and the output of each. `pint` has no option for the address: a function of its client gives a constant.
"""

import contextlib
import io
import json
import runpy
import sys

import susepubliccloudinfoclient.infoserverrequests as client

address, program = sys.argv[1:]
vars(client)["__get_base_url"] = lambda: address


def run(words):
    sys.argv = ["pint", *words]
    output = io.StringIO()
    code = 0
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        try:
            runpy.run_path(program, run_name="__main__")
        except SystemExit as end:
            code = end.code or 0
    return {"code": code, "stdout": output.getvalue()}


print(json.dumps([run(words) for words in json.load(sys.stdin)]))
