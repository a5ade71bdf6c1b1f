"""Runs commands of the AWS CLI for a shell, in a process of its own each, without starting Python anew for each.

A request is words that end in NUL: how many there are, an access key, then the command without `aws`. The answer is the
exit code in a line, then what the command wrote. The access key `check` lets no call out: the CLI reads and validates the
words, and writes what it would have called as JSON. Ends when whoever started it is gone.
"""
import argparse
import contextlib
import io
import json
import os
import socketserver
import sys
import threading

from awscli import clidriver

# Version 2 of the CLI takes no option by its beginning alone.
argparse.ArgumentParser._get_option_tuples = lambda *_: []
DRIVER = clidriver.create_clidriver()
SERVICES = ["cloudtrail", "ec2", "ecr", "eks", "iam", "logs"]
# What a waiter waits for, so that it waits no longer.
ACTIVE = {"status": "ACTIVE"}
ANSWER = {"cluster": ACTIVE, "nodegroup": ACTIVE, "ResponseMetadata": {"HTTPStatusCode": 200}}


class Sent:
    status_code = 200
    headers = {}


def only_check(calls):
    def told(params, model, **_):
        calls.append({"service": model.service_model.service_name, "operation": model.name, "input": params})

    DRIVER.session.register("before-parameter-build", told)
    DRIVER.session.register("before-call", lambda **_: (Sent(), ANSWER))


def run(access_key, words):
    out, err, calls = io.StringIO(), io.StringIO(), []
    check = access_key == "check"
    os.environ["AWS_ACCESS_KEY_ID"] = access_key
    if check:
        only_check(calls)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = DRIVER.main(words)
        except SystemExit as end:
            code = end.code or 0
    text = json.dumps(calls, default=str) if check and code == 0 else out.getvalue()
    return code, text if code == 0 else err.getvalue()


class Request(socketserver.StreamRequestHandler):
    def word(self):
        text = bytearray()
        while (byte := self.rfile.read(1)) not in (b"\0", b""):
            text += byte
        return text.decode()

    def handle(self):
        # Whoever starts it asks over HTTP whether it is up.
        if self.rfile.peek(1)[:1] == b"G":
            self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
            return
        count = int(self.word() or 0)
        if count == 0:
            return
        access_key, *words = [self.word() for _ in range(count)]
        code, text = run(access_key, words)
        self.wfile.write(f"{code}\n{text}".encode("utf-8", "surrogatepass"))


class Server(socketserver.ForkingTCPServer):
    allow_reuse_address = True
    request_queue_size = 64


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


for service in SERVICES:
    # What a client is made of is read here, once for all.
    DRIVER.session.create_client(service, region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
with Server(("127.0.0.1", int(sys.argv[1])), Request) as server:
    threading.Thread(target=end_with_parent, daemon=True).start()
    server.serve_forever()
