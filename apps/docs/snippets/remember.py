import json, os
from urllib.request import Request, urlopen


def post(path, body):
    url = os.environ["MEMLANE_BASE_URL"] + path
    headers = {"x-api-key": os.environ["MEMLANE_API_KEY"],
               "content-type": "application/json"}
    request = Request(url, json.dumps(body).encode(), headers)
    with urlopen(request) as answer:
        return json.load(answer)


post("/v1/memories?wait=true", {
    "user_id": "amy",
    "conv_id": "chat-3",
    "messages": [
        {"role": "user", "content": "I live in Paris."},
        {"role": "user", "content": "I moved to Berlin."},
    ],
})

found = post("/v1/memories/search",
             {"user_id": "amy", "query": "Where does she live?"})
print(found["context"])
