/**
 * The part of moto's server that listens: on a port that the kernel picks, so that nobody else can have taken it meanwhile
 * and answer in its place. It tells the port on descriptor 3.
 */
export const motoListening = `
import moto.server
from werkzeug.serving import make_server

def run_simple(host, port, app, request_handler, **_):
    server = make_server(host, port, app, threaded=True, request_handler=request_handler)
    with os.fdopen(3, "w") as told:
        told.write(str(server.port))
    server.serve_forever()

moto.server.run_simple = run_simple
`;
