#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What it costs to run `dafu-index add` again and again over one tree.

    python3 tests/bench/bench_batch.py BUILD_DIR [--files 100000] [--work DIR]
    python3 tests/bench/bench_batch.py BUILD_DIR --growth FILE.jsonl [--passages 1000000] [--plot FILE.svg]

The first makes a tree of small replies, each other text, and measures the first run, a run in
which nothing has changed (beside a plain walk of the tree by this script's find), one in which
everything was touched, one with 1 % new files, one with 1 % gone. The second adds a JSONL
collection several times under other ids and tells passages, seconds and peak memory after each,
so that growth can be seen, and draws it beside a straight line. Times are wall and processor seconds, memory the peak resident set.
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time

WORDS = ("推进 建设 完善 机制 加强 管理 提升 服务 水平 全市 累计 完成 投资 亿元 企业 项目 社区 养老 教育 医疗 "
         "交通 水利 农业 生态 环境 治理 改造 老旧 小区 公园 绿地 学校 医院 道路 桥梁 河道 古树 名木 非遗 文化 "
         "旅游 产业 数字 转型 智能 制造 人才 住房 就业 创业 金融 支持 政策 落实 督查 考核 提案 委员 建议 答复").split()


def reply(number, random_source):
    paragraphs = ["关于市政协第%d号提案的答复" % number, "",
                  "%s某某委员：" % random_source.choice("王李张刘陈杨赵黄周吴"),
                  "您提出的《关于%s的提案》收悉，现答复如下：" % "".join(random_source.sample(WORDS, 4))]
    for heading in "一二三":
        paragraphs.append("%s、%s" % (heading, "".join(random_source.sample(WORDS, 3))))
        for _ in range(2):
            paragraphs.append("，".join("".join(random_source.sample(WORDS, 5)) +
                                       str(random_source.randrange(10000)) for _ in range(4)) + "。")
    return "\n".join(paragraphs) + "\n"


def write_files(root, first, count, source):
    for number in range(first, first + count):
        folder = os.path.join(root, "%03d" % (number // 500))
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "%06d.txt" % number), "w", encoding="utf-8") as out:
            out.write(reply(number, source))


def run(name, command):
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read().decode().strip().splitlines()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    cpu = usage.ru_utime + usage.ru_stime
    print("%-22s %8.2f s wall %8.2f s cpu %7.0f MB  %s" %
          (name, wall, cpu, usage.ru_maxrss / 1024, message[-1] if message else ""), flush=True)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit("failed: " + " ".join(command))
    return wall, cpu, usage.ru_maxrss * 1024


def measure_tree(program, work, files):
    source = random.Random(1)
    tree, index, report = (os.path.join(work, name) for name in ("tree", "index", "report.json"))
    write_files(tree, 0, files, source)
    os.sync()
    time.sleep(2.5)  # files that are younger than two seconds are compared once more
    add = [program, "add", "--index", index, "--report", report, tree]
    full = run("first run", add)
    run("plain walk (find)", ["find", tree, "-type", "f", "-size", "+0"])
    again = run("nothing changed", add)
    stages = json.load(open(report))["stages"]
    print("    finding what has changed, walk included: %.2f s" % stages["finding"])
    write_files(tree, files, max(1, files // 100), source)
    time.sleep(2.5)
    more = run("1 % new", add)
    print("    of the first run: %.1f %% wall, %.1f %% cpu; without the look at the old files "
          "%.1f %% wall" % (100 * more[0] / full[0], 100 * more[1] / full[1],
                            100 * (more[0] - again[0]) / full[0]))
    for number in range(0, files, 100):
        os.remove(os.path.join(tree, "%03d" % (number // 500), "%06d.txt" % number))
    run("1 % gone", add)
    subprocess.run(["find", tree, "-name", "*.txt", "-exec", "touch", "{}", "+"], check=True)
    run("all touched", add)


def plot(points, path):
    """Seconds and peak memory by passages; the dashed line is as long for each passage as on average."""
    wide, high, most, longest = 560, 300, points[-1][0], points[-1][1]
    memory = max(peak for _, _, peak in points)
    place = lambda x, share: "%.1f,%.1f" % (70 + x / most * wide, 20 + high * (1 - share))
    line = lambda shares: " ".join(place(x, share) for x, share in shares)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="720" height="380" '
           'font-family="sans-serif" font-size="13">',
           '<!-- SPDX-License-Identifier: GPL-2.0-or-later -->',
           '<rect width="720" height="380" fill="white"/>',
           '<path d="M70 20V320H630" fill="none" stroke="#888"/>',
           '<path d="M%s L%s" stroke="#bbb" stroke-dasharray="5 4"/>' % (place(0, 0), place(most, 1)),
           '<polyline points="%s" fill="none" stroke="#1565c0" stroke-width="2"/>' %
           line([(0, 0)] + [(x, seconds / longest) for x, seconds, _ in points]),
           '<polyline points="%s" fill="none" stroke="#c62828" stroke-width="2"/>' %
           line([(x, peak / memory) for x, _, peak in points]),
           '<text x="64" y="25" text-anchor="end">%.0f s</text>' % longest,
           '<text x="636" y="25" fill="#c62828">%.0f MB</text>' % (memory / 1e6),
           '<text x="630" y="340" text-anchor="end">{:,} passages</text>'.format(most),
           '<text x="70" y="365"><tspan fill="#1565c0">seconds</tspan>, '
           '<tspan fill="#c62828">peak memory of each step</tspan></text>', "</svg>"]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


def measure_growth(program, work, collection, wanted, drawing):
    index, part = os.path.join(work, "index"), os.path.join(work, "part.jsonl")
    lines = [json.loads(line) for line in open(collection, encoding="utf-8") if line.strip()]
    size = sum(len(line["text"].encode()) for line in lines)
    total, spent, number, points = 0, 0.0, 0, []
    print("passages   seconds   MB/s of text in this step")
    while total < wanted:
        with open(part, "w", encoding="utf-8") as out:
            for line in lines:
                copy = dict(line, id="%d-%s" % (number, line["id"]))
                if "title" in copy:
                    copy["title"] = "%d%s" % (number, copy["title"])
                out.write(json.dumps(copy, ensure_ascii=False) + "\n")
        target = os.path.join(work, "part-%d.jsonl" % number)
        os.rename(part, target)
        wall, _, peak = run("step %d" % number, [program, "add", "--index", index, target])
        total, spent, number = total + len(lines), spent + wall, number + 1
        points.append((total, spent, peak))
        print("%8d %9.1f %6.2f" % (total, spent, size / 1e6 / wall), flush=True)
    if drawing:
        plot(points, drawing)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--files", type=int, default=100000)
    parser.add_argument("--growth")
    parser.add_argument("--passages", type=int, default=1000000)
    parser.add_argument("--plot", default="")
    parser.add_argument("--work", default="/tmp/dafu-bench-batch")
    options = parser.parse_args()
    program = os.path.abspath(os.path.join(options.build, "bin", "dafu-index"))
    shutil.rmtree(options.work, ignore_errors=True)
    os.makedirs(options.work)
    try:
        if options.growth:
            measure_growth(program, options.work, options.growth, options.passages,
                           options.plot)
        else:
            measure_tree(program, options.work, options.files)
    finally:
        shutil.rmtree(options.work, ignore_errors=True)


if __name__ == "__main__":
    main()
