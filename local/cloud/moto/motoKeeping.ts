/**
 * The part of moto's server that outlives it: at SIGUSR1 all that moto holds is written to the file that its first argument
 * names, and the next server with that file begins with it. Other versions of moto or of Python would read something else
 * there, so they end instead.
 */
export const motoKeeping = `
import marshal, pickle, signal, traceback, types
from collections import defaultdict

import moto
from cryptography.hazmat.primitives import serialization
from moto.core.base_backend import BackendDict

kept_file = sys.argv.pop(1)
versions = (sys.version, moto.__version__)
locks = {type(threading.Lock()): threading.Lock, type(threading.RLock()): threading.RLock}

def function_again(code, module):
    return types.FunctionType(marshal.loads(code), sys.modules[module].__dict__)

def dict_again(kind, factory):
    again = kind.__new__(kind)
    again.default_factory = factory
    return again

def private_key_again(pem):
    return serialization.load_pem_private_key(pem, None)

class Keeper(pickle.Pickler):
    def reducer_override(self, value):
        if type(value) in locks:
            return locks[type(value)], ()
        # The parameters of SSM: made again as a defaultdict is, they would want their account.
        if isinstance(value, defaultdict) and type(value) is not defaultdict:
            return dict_again, (type(value), value.default_factory), value.__dict__, None, iter(value.items())
        # The keys of KMS.
        if hasattr(value, "private_bytes"):
            pem = value.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            return private_key_again, (pem,)
        # What makes the values of a defaultdict.
        if isinstance(value, types.FunctionType) and value.__name__ == "<lambda>":
            return function_again, (marshal.dumps(value.__code__), value.__module__)
        return NotImplemented

def keep(*_):
    try:
        held = {
            service.service_name: {account: dict(regions) for account, regions in service.items()}
            for service in BackendDict._instances
        }
        with open(kept_file + ".tmp", "wb") as file:
            pickle.dump(versions, file)
            Keeper(file, pickle.HIGHEST_PROTOCOL).dump(held)
        os.replace(kept_file + ".tmp", kept_file)
    except Exception:
        traceback.print_exc()
        open(kept_file + ".failed", "w").close()

def bring_back():
    with open(kept_file, "rb") as file:
        if pickle.load(file) != versions:
            sys.exit(f"{kept_file} was written by another version of moto or of Python")
        held = pickle.load(file)
    for name, accounts in held.items():
        for account, regions in accounts.items():
            dict.update(backends.get_backend(name)[account], regions)

if os.path.exists(kept_file):
    bring_back()
signal.signal(signal.SIGUSR1, keep)
`;
