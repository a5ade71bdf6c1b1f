"""Starts moto's server on a port of 127.0.0.1, and ends it when whoever started it is gone."""
import os
import sys
import threading

from moto.server import main


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
main(["--host", "127.0.0.1", "--port", sys.argv[1]])
