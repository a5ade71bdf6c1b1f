"""Starts moto's server on a port of 127.0.0.1, and ends it when whoever started it is gone.

moto makes a new boto3 session for each cluster and node group that it is given; here it keeps one.
Nothing else of it is changed.
"""
import functools
import os
import sys
import threading

import boto3
import moto.eks.utils
from moto.server import main


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


moto.eks.utils.Session = functools.lru_cache(boto3.Session)
threading.Thread(target=end_with_parent, daemon=True).start()
main(["--host", "127.0.0.1", "--port", sys.argv[1]])
