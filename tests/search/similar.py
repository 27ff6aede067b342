#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether `dafu-search similar` finds what a draft was made of: similar.py BIN CHECKOUT [--list]

Every reply of the corpus is changed in the ways in which drafts are, and searched among all; then
proposals that ask what a reply answers, in three formats, and texts about something else. Prints per
kind how often the source is first, the lowest share that is told as copied (重合) where all of the
text is the reply's, and the highest score of a reply that it does not come from. Exit code 1 when a
row is worse than its bound."""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

# About nothing that the corpus has; written for the project.
UNRELATED = [
    "关于加强校园食品安全监管的提案\n近年来，我市学校食堂承包经营问题较多，食材采购不透明，家长反映强烈。建议市场监管部门对食堂开展"
    "飞行检查，推行明厨亮灶，公开进货票据，并邀请家长代表参与陪餐和监督。对屡查屡犯的承包单位列入黑名单，三年内不得投标。",
    "关于保护江豚栖息地的建议\n近期在江心洲水域多次观测到江豚活动，但采砂船夜间作业噪声大，严重干扰其觅食。建议划定季节性禁航区，"
    "安装水下声学监测设备，建立渔民转产后的巡护队伍，并开展科普宣传。",
    "关于完善律师调解制度的提案\n诉前调解分流了大量民商事纠纷，但律师参与积极性不高。建议明确调解协议司法确认程序，将调解工作量折抵"
    "法律援助案件，提高办案补贴，并在法院设立律师调解工作室。",
    "关于推广戏曲进乡村的建议\n地方戏曲观众老龄化严重，年轻演员流失。建议安排剧团下乡演出，创作反映乡村生活的新剧目，在中小学开设"
    "戏曲兴趣班，鼓励票友社团与专业院团结对，并对青年演员评定职称给予倾斜。",
    "Proposal on flood insurance\nThe city should offer insurance to small shops along the river.",
]
# What a reply of the corpus answers, in other words; written for the project.
PROPOSALS = {
    "hengpu-2025-74": (
        "txt", "关于破解居民小区充电难的提案",
        "买新能源汽车的市民越来越多，但老旧小区装充电桩很难：变压器容量不够，物业公司不肯盖章，公共车位又少，飞线充电隐患大。"
        "建议对居民小区充电设施统一规划、统建统营，推广有序充电，简化个人自用充电桩的报装手续，明确物业服务企业的责任。"),
    "weizhou-2024-305": (
        "html", "关于推进居家养老服务的建议",
        "失能老人在家养老缺人照护，家庭养老床位数量少，护理员留不住。建议增加家庭养老床位，推动医疗机构与养老机构签约合作，"
        "给家庭病床更多医保支持，提高养老护理员待遇，为照护老人的家属提供喘息服务。"),
    "tangpu-2024-8": (
        "docx", "关于多建口袋公园的提案",
        "老城区绿地少，居民休息活动没有去处。建议利用边角地建设口袋公园，增加座椅遮阴和健身器材，儿童设施要定期检测，"
        "广场舞噪声扰民要有办法管，公园照明也要改善。"),
    "zhechuan-2024-dh0123": (
        "txt", "关于加强校车安全管理的建议",
        "农村学生上学路远，校车数量不足，有的还超员。建议财政补贴购置校车，公交开通学生专线，加强对校车驾驶人的培训和路上检查。"),
}


def words_of(path):
    pairs = {}
    for line in open(path, encoding="utf-8"):
        row = line.rstrip("\n").split("\t")
        if len(row) >= 2 and len(row[1]) > 1 and not line.startswith("#"):
            pairs[row[0]] = row[1]
    return pairs


def paragraphs(text):
    return [p.strip() for p in text.replace("\r", "").split("\n") if len(p.strip()) > 25]


def cut(text, rng, names):
    sentences = re.findall(r"[^。]+。", "".join(paragraphs(text)))
    return "\n".join(s for s in sentences if rng.random() > 0.4)


def turned(text, rng, names):
    parts = paragraphs(text)
    rng.shuffle(parts)
    return "\n".join(parts)


def renamed(text, rng, names):
    """Another place, other years and figures."""
    body = "\n".join(paragraphs(text))
    for old, new in (("衡浦", "临泽"), ("菱阳", "石湾"), ("宁波", "临泽"), ("檀川", "石湾"), ("棠浦", "东陵"),
                     ("汀南", "江右"), ("桐埠", "石湾"), ("苇州", "临泽"), ("浔口", "石湾"), ("砚湖", "东陵"),
                     ("柘川", "临泽"), ("局", "委"), ("我市", "全市")):
        body = body.replace(old, new)
    return re.sub(r"\d+", lambda m: str(int(m.group()) + 7), body)


def other_words(text, rng, names):
    """Short forms for the full ones of our own table and the other way round, and clauses turned."""
    body = "\n".join(paragraphs(text))
    for full, short in names.items():
        if full in body:
            body = body.replace(full, short)
        elif short in body:
            body = body.replace(short, full)
    clauses = re.split(r"(?<=[，。；])", body)
    for i in range(0, len(clauses) - 1, 3):
        clauses[i], clauses[i + 1] = clauses[i + 1], clauses[i]
    return "".join(clauses)


def one_part(text, rng, names):
    """One section among others' text."""
    parts = paragraphs(text)
    longest = max(parts, key=len)
    return UNRELATED[0] + "\n" + longest + "\n" + UNRELATED[2]


KINDS = {  # name: how, least share first, least copied
    "as it is": (lambda text, rng, names: "\n".join(paragraphs(text)), 1.0, 0.95),
    "two of five sentences cut": (cut, 1.0, 0.8),
    "paragraphs turned": (turned, 1.0, 0.95),
    "other names and figures": (renamed, 1.0, 0.3),
    "other words": (other_words, 1.0, 0.2),
    "one paragraph among others": (one_part, 1.0, 0.1),
}


def write(folder, name, form, title, text):
    path = os.path.join(folder, "%s.%s" % (name, form))
    if form == "docx":
        rows = "".join("<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % p for p in [title] + text.split("\n"))
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.'
                             'openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
                             'ContentType="application/xml"/><Override PartName="/word/document.xml" '
                             'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
                             'document.main+xml"/></Types>')
            archive.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.'
                             'openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http:'
                             '//schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
                             'Target="word/document.xml"/></Relationships>')
            archive.writestr("word/document.xml", '<?xml version="1.0"?><w:document xmlns:w="http://schemas.'
                             'openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
                             % rows)
        return path
    if form == "html":
        text = "<html><head><meta charset=utf-8><title>%s</title></head><body><h1>%s</h1>%s</body></html>" % (
            title, title, "".join("<p>%s</p>" % p for p in text.split("\n")))
    else:
        text = title + "\n" + text if title else text
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def similar(program, index, path, *options):
    done = subprocess.run([program, "similar", "--index", index, "--draft", "--format=json", *options, path],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    if done.returncode > 1 and "no text to compare" not in done.stderr:
        sys.exit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def stem(reply):
    return os.path.splitext(os.path.basename(reply["reply"]))[0]


def squeezed(text):
    return re.sub(r"[^0-9a-z\u4e00-\u9fff]", "", unicodedata.normalize("NFKC", text).lower())


def places_agree(reply):
    """What is told as shared is the same on both sides, but for blanks and marks."""
    for overlap in reply["overlaps"]:
        for place in overlap["places"]:
            (a, n), (b, m) = place["draft"], place["text"]
            if squeezed(overlap["draft_text"][a:a + n]) != squeezed(overlap["text"][b:b + m]):
                return False
    return True


def main():
    listing = "--list" in sys.argv
    binaries, root = [a for a in sys.argv[1:] if not a.startswith("--")]
    program, failed, rng = os.path.join(binaries, "dafu-search"), False, random.Random(7)
    names = words_of(os.path.join(root, "search/query/synonyms/synonyms.tsv"))
    replies = os.path.join(root, "corpus/replies")
    with tempfile.TemporaryDirectory() as work:
        index = os.path.join(work, "index")
        subprocess.run([os.path.join(binaries, "dafu-index"), "add", "-q", "--index", index, replies],
                       check=True)
        print("%-28s %5s %6s %7s %7s" % ("draft", "first", "copied", "score", "others"))
        for kind, (how, least_first, least_copied) in KINDS.items():
            first, copied, score, others, count = 0, 1.0, 1.0, 0.0, 0
            for name in sorted(os.listdir(replies)):
                text = open(os.path.join(replies, name), encoding="utf-8-sig").read()
                path = write(work, "draft", "txt", "", how(text, rng, names))
                found, _ = similar(program, index, path, "--least=0")
                source = os.path.splitext(name)[0]
                right = bool(found) and stem(found[0]) == source and places_agree(found[0])
                count += 1
                first += right
                if right:
                    copied, score = min(copied, found[0]["copied"]), min(score, found[0]["score"])
                    others = max([others] + [r["score"] for r in found[1:]])
                elif listing:
                    print("  %s: %s" % (name, [(stem(r), round(r["score"], 2)) for r in found[:3]]))
            failed |= first < least_first * count or copied < least_copied
            print("%-28s %2d/%2d %6.2f %7.2f %7.2f" % (kind, first, count, copied, score, others))
        for source, (form, title, text) in PROPOSALS.items():
            found, _ = similar(program, index, write(work, "draft", form, title, text), "--least=0")
            right = bool(found) and stem(found[0]) == source
            failed |= not right
            print("%-28s %5s %6.2f %7.2f %7.2f" % (
                "proposal: " + source, "yes" if right else "no", found[0]["copied"] if found else 0,
                found[0]["score"] if found else 0, found[1]["score"] if len(found) > 1 else 0))
        for number, text in enumerate(UNRELATED, 1):
            found, said = similar(program, index, write(work, "draft", "txt", "", text))
            scores, _ = similar(program, index, write(work, "draft", "txt", "", text), "--least=0")
            right = not found and ("nothing similar found" in said or "no text to compare" in said)
            failed |= not right
            print("%-28s %5s %6.2f %7.2f" % (
                "unrelated %d" % number, "no" if right else "YES", scores[0]["copied"] if scores else 0,
                scores[0]["score"] if scores else 0))
    return failed


if __name__ == "__main__":
    sys.exit(main())
