# The parts of a score, for reading and for programs, whose sum is the score.
corpus_index index
dafu-search --index index --limit 1 --explain 智改数转 经信局 | sed -n 's/^    得分/得分/p'
for query in '停车 收费' '第13号提案' '机关:经信局 政策支持' '下一步 停车'; do
    dafu-search --index index --format=json --explain "$query"
    dafu-search --index index --format=json --explain --group "$query"
done >results
python3 - <<'PYTHON'
import json
results = []
for line in open("results"):
    found = json.loads(line)
    results += found.get("passages", [found])
assert len(results) > 50, len(results)
for found in results:
    total = sum(part["score"] for part in found["parts"])
    assert abs(total - found["score"]) < 1e-5 * max(1, abs(found["score"])), (total, found["score"])
    assert set(part["part"] for part in found["parts"]) <= {
        "term", "near", "title", "path", "issuer", "area", "year", "role", "freshness", "extent",
        "document", "order", "repeated", "citation"}
print("every score is the sum of its parts")
PYTHON
