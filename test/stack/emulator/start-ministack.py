"""Starts MiniStack with what these tests need otherwise, and ends it when whoever started it is gone.

Written for ministack 1.5.33. Each patch says what AWS does that the emulator does not.
"""
import json
import os
import re
import sys
import threading

import ministack.core.iam_evaluator as evaluator
import ministack.core.lambda_runtime as runtime
import ministack.core.responses as responses
import ministack.services.cloudformation.provisioners as provisioners
import ministack.services.eventbridge as eventbridge
import ministack.services.lambda_svc as functions
import ministack.services.sqs as sqs

# AWS itself puts events of `aws.*` sources onto the bus; here the tests do it in its place.
_put_events = eventbridge._put_events
eventbridge._put_events = lambda data, allow_aws_source=False: _put_events(data, True)

# CloudFormation gives a bus the policy that its template has.
_bus = provisioners._RESOURCE_HANDLERS["AWS::Events::EventBus"]
_make_bus = _bus["create"]


def make_bus(logical_id, props, stack_name):
    made = _make_bus(logical_id, props, stack_name)
    eventbridge._event_bus_policies[made[0]] = props.get("Policy")
    return made


_bus["create"] = make_bus

# A rule may deliver to a bus of another account or region whose policy lets the sender in, and the event stays one of the
# account and region that it occurred in.
_to_bus = eventbridge._dispatch_to_event_bus


def is_let_in(policy, account):
    return any(account in json.dumps(one.get("Principal", "")) for one in (policy or {}).get("Statement", []))


def to_bus(spec, event, rule, event_path, payload=None):
    account, region = responses.get_account_id(), responses.get_region()
    if (spec.account_id, spec.region) == (account, region):
        return _to_bus(spec, event, rule, event_path, payload)
    bus = spec.resource.split("/", 1)[1]
    with responses.request_scope(spec.account_id, spec.region):
        if is_let_in(eventbridge._event_bus_policies.get(bus), account):
            eventbridge._dispatch_event({**event, "EventBusName": bus})
    return None


eventbridge._dispatch_to_event_bus = to_bus

# A bus takes a whole policy as well as single statements.
_put_permission = eventbridge._put_permission


def put_permission(data):
    if "Policy" not in data:
        return _put_permission(data)
    eventbridge._event_bus_policies[data.get("EventBusName", "default")] = json.loads(data["Policy"])
    return responses.json_response({})


eventbridge._put_permission = put_permission

# Policies of ours refuse whoever comes without TLS, which on this machine is everybody; and where a role calls, the
# principal is that role, not its session.
_resolve = evaluator._resolve_condition_key


def resolve(key, context):
    if key.lower() == "aws:securetransport":
        return "true"
    if key.lower() == "aws:principalarn":
        return re.sub(r":sts::(\d+):assumed-role/([^/]+)/.*", r":iam::\1:role/\2", context.principal_arn)
    return _resolve(key, context)


evaluator._resolve_condition_key = resolve

# The SDK calls SQS where the address of a queue says: there the tests listen in.
sqs.DEFAULT_PORT = os.environ["QUEUES_PORT"]
sqs._CANONICAL_NETLOC = f"{sqs.DEFAULT_HOST}:{sqs.DEFAULT_PORT}"

# A failed invocation carries the name of the error, which Retry and Catch of a state machine go by.
_FAILED = 'status: "error", error: String(err.message || err), trace: err.stack || ""'
assert runtime._NODEJS_WORKER_SCRIPT.count(_FAILED) == 1, "another MiniStack: its worker's script has changed"
runtime._NODEJS_WORKER_SCRIPT = runtime._NODEJS_WORKER_SCRIPT.replace(
    _FAILED, _FAILED + ', errorName: err.name || "Error"'
)
_invoke = runtime.Worker.invoke
_execute = functions._execute_function_warm
_last = threading.local()


def invoke(self, *args, **kwargs):
    answer = _invoke(self, *args, **kwargs)
    _last.name = answer.get("errorName") if isinstance(answer, dict) else None
    return answer


def execute(func, event, request_id):
    _last.name = None
    result = _execute(func, event, request_id)
    body = result.get("body")
    if result.get("error") and isinstance(body, dict) and body.get("errorType") == "Runtime.HandlerError" and _last.name:
        body["errorType"] = _last.name
    return result


runtime.Worker.invoke = invoke
functions._execute_function_warm = execute


def end_with_parent():
    """The pipe to whoever started this closes when that process ends, however it ends."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), 15)


threading.Thread(target=end_with_parent, daemon=True).start()

from ministack.app import main  # noqa: E402

sys.argv = sys.argv[:1]
sys.exit(main())
