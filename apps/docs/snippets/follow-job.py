import json
import os
from urllib.request import Request, urlopen


def call(method, path, body=None):
    request = Request(
        os.environ["MEMLANE_BASE_URL"] + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "x-api-key": os.environ["MEMLANE_API_KEY"],
            "content-type": "application/json",
        },
    )
    with urlopen(request) as answer:
        return json.load(answer)


job = call("POST", "/v1/memories", {
    "user_id": "pia",
    "conv_id": "c1",
    "messages": [{"role": "user", "content": "I live in Lima."}],
})
while job["status"] in ("pending", "running"):
    # The server answers when the job has ended, or after 20 s.
    job = call("GET", f"/v1/memories/jobs/{job['id']}?wait=20")
print(job["status"])

found = call("POST", "/v1/memories/search", {
    "user_id": "pia",
    "query": "Where does she live?",
})
print(found["context"])
