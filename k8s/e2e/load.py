#!/usr/bin/env python3
"""Publishes small text files at a rate, as any client would, and judges the end of every saga.

load.py SERVER --rate 2 --seconds 60 [--stop-file FILE] [--file CLIP] [--retry]     the API token is in MEDIASAGA_TOKEN

Each publication is four requests: start, follow, upload token, upload. One that is not answered as promised counts as failed;
none is tried again, unless --retry is given and the answer is "too busy, later" (429, 503 with Retry-After). Prints one line of JSON; exit status 1 when a request failed or a saga did not complete.
"""
import argparse, concurrent.futures, http.client, json, mimetypes, os, sys, threading, time, urllib.parse, uuid

parser = argparse.ArgumentParser()
parser.add_argument("server")
parser.add_argument("--rate", type=float, default=2)
parser.add_argument("--seconds", type=float, default=60)
parser.add_argument("--patience", type=float, default=180, help="seconds that a saga may take after the load")
parser.add_argument("--file", help="publishes this file instead of small texts")
parser.add_argument("--retry", action="store_true", help="tries again what is refused for now, and counts it")
parser.add_argument("--stop-file", help="ends the load early once this file exists")
args = parser.parse_args()
server = urllib.parse.urlsplit(args.server)
token = os.environ["MEDIASAGA_TOKEN"]
lock, failures, sagas, requests, refused, slowest = threading.Lock(), [], [], 0, 0, 0.0


class Later(Exception):
    """The answer was that the same request may be sent again, after so many seconds."""


def request(method, path, body=None, bearer=token, content="application/json", key=None):
    """The answer's JSON; notes whatever is not as promised."""
    global refused
    deadline = time.monotonic() + args.patience
    while True:
        try:
            return once(method, path, body, bearer, content, key, args.retry and time.monotonic() < deadline)
        except Later as later:
            with lock:
                refused += 1
            time.sleep(float(str(later)))


def once(method, path, body, bearer, content, key, retry):
    global requests, slowest
    headers = {"Authorization": "Bearer " + bearer, "Content-Type": content} | ({"Idempotency-Key": key} if key else {})
    connection = http.client.HTTPConnection(server.hostname, server.port, timeout=30)
    started = time.monotonic()
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        if retry and answer.status in (429, 503) and answer.getheader("Retry-After", "").isdigit():
            raise Later(answer.getheader("Retry-After"))
        if answer.status not in (200, 201, 202, 204):
            raise RuntimeError(f"{answer.status} {text[:200]}")
        return json.loads(text) if text.startswith(("{", "[")) else {}
    except (OSError, http.client.HTTPException, RuntimeError) as problem:
        with lock:
            failures.append(f"{time.strftime('%H:%M:%S')} {method} {path}: {problem!r}")
        raise
    finally:
        connection.close()
        with lock:
            requests += 1
            slowest = max(slowest, time.monotonic() - started)


def publish():
    name, kind = (os.path.basename(args.file), mimetypes.guess_type(args.file)[0]) if args.file else ("note.txt", "text/plain")
    content = open(args.file, "rb").read() if args.file else f"A text that is published {uuid.uuid4()}\n".encode()
    saga = request("POST", "/api/sagas", json.dumps({"definition": "publish-media-asset", "data": {
        "owner_id": "load", "title": "load", "file_name": name, "content_type": kind, "size_bytes": len(content)}}), key=str(uuid.uuid4()))
    with lock:
        sagas.append(saga["saga_id"])
    deadline = time.monotonic() + args.patience
    upload = None
    while upload is None and time.monotonic() < deadline:
        time.sleep(0.3)
        upload = request("GET", f"/api/sagas/{saga['saga_id']}").get("data", {}).get("upload_id")
    given = request("POST", "/uploads/tokens", json.dumps({"upload_id": upload}))
    path = urllib.parse.urlsplit(given["upload_url"]).path
    request("PUT", path + "/content", content, given["token"], kind)


def quietly():
    try:
        publish()
    except Exception:  # noted where it happened
        pass


began = time.monotonic()
with concurrent.futures.ThreadPoolExecutor(64) as threads:
    n = 0
    while time.monotonic() - began < args.seconds and not (args.stop_file and os.path.exists(args.stop_file)):
        threads.submit(quietly)
        n += 1
        time.sleep(max(0.0, began + n / args.rate - time.monotonic()))
loaded = time.monotonic() - began
states, waiting, deadline = {}, set(sagas), time.monotonic() + args.patience
while waiting and time.monotonic() < deadline:
    for saga in list(waiting):
        try:
            state = request("GET", f"/api/sagas/{saga}")["state"]
        except Exception:
            continue
        if state in ("COMPLETED", "COMPENSATED", "HELD"):
            states[state] = states.get(state, 0) + 1
            waiting.discard(saga)
    time.sleep(1)
if waiting:
    states["UNFINISHED"] = len(waiting)
result = {"seconds": round(loaded, 1), "started": n, "sagas": len(sagas), "states": states, "requests": requests,
          "refused_for_now": refused, "failed_requests": len(failures), "slowest_request_s": round(slowest, 2), "failures": failures[:10]}
print(json.dumps(result))
sys.exit(0 if not failures and states.get("COMPLETED", 0) == n else 1)
