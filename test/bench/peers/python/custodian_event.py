"""One function of Cloud Custodian, as it deploys it for one policy: custodian_event.py PROXY EVENTS

Stands in the folder of the function, which holds config.json with its policy. Imports what the
function imports, handles each event in turn, and prints the seconds and calls of each as JSON.
"""
import json
import logging
import sys
import time
import urllib.request

# As in Lambda, whose runtime has a handler already.
logging.basicConfig(stream=sys.stderr)

from c7n import handler  # noqa: E402


class Context:
    function_name, function_version, memory_limit_in_mb = "custodian", "$LATEST", 512
    invoked_function_arn = "arn:aws:lambda:eu-west-1:111122223333:function:custodian"
    log_group_name = log_stream_name = aws_request_id = "local"

    @staticmethod
    def get_remaining_time_in_millis():
        return 60000


def calls(proxy):
    with urllib.request.urlopen(proxy + "/_counts") as answer:
        return json.load(answer)["calls"]


def main():
    proxy, file = sys.argv[1:]
    with open(file) as text:
        events = json.load(text)
    taken = []
    for event in events:
        before = calls(proxy)
        began = time.perf_counter()
        handler.dispatch_event(event, Context())
        seconds = time.perf_counter() - began
        taken.append({"seconds": seconds, "calls": calls(proxy) - before})
    print(json.dumps(taken))


main()
