#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How long a query takes: dafu beside what else is installed, on one collection in one run.

    bench_latency.py BUILD [--only NAME,...] FILE.jsonl QUERIES.tsv...

Indexes FILE with each system as bench_build.py does, then has each line of each QUERIES file
(number, tab, words) answered by one warm process per system: ten results, any of the query's terms
may match. A round that does not count, then three, of which the best of each query counts: median, 95th
and 99th percentile in milliseconds of wall clock. dafu ranks anew by its second step and makes
snippets; the others give numbers of documents only. Last, whole processes, one query each, of programs
that have a command line: the least and the median of 40. Needs the target bench_search; BUILD is a
build folder."""
import argparse
import os
import subprocess
import sys
import tempfile
import time

import bench_build

ROUNDS = 3
HITS = 10

LUCENE = """
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.FSDirectory;
class Ask {
    static void ask(IndexSearcher searcher, String line) throws Exception {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        try (TokenStream tokens = new CJKAnalyzer().tokenStream("text", line)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken())
                any.add(new TermQuery(new Term("text", term.toString())), BooleanClause.Occur.SHOULD);
            tokens.end();
        }
        searcher.search(any.build(), HITS);
    }
    public static void main(String[] a) throws Exception {
        IndexSearcher searcher = new IndexSearcher(
            DirectoryReader.open(FSDirectory.open(Paths.get(a[0]))));
        for (int file = 1; file < a.length; file++) {
            List<String> lines = Files.readAllLines(Paths.get(a[file]));
            double[] best = new double[lines.size()];
            Arrays.fill(best, 1e9);
            for (int round = -WARM; round < ROUNDS; round++)
                for (int i = 0; i < best.length; i++) {
                    long start = System.nanoTime();
                    ask(searcher, lines.get(i));
                    double took = (System.nanoTime() - start) / 1e6;
                    if (round >= 0) best[i] = Math.min(best[i], took);
                }
            StringBuilder out = new StringBuilder();
            for (double took : best) out.append(took).append(' ');
            System.out.println(out.toString().trim());
        }
    }
}
""".replace('HITS', str(HITS)).replace('ROUNDS', str(ROUNDS)).replace('WARM', '5')


def best_of(lines, ask):
    best = [float('inf')] * len(lines)
    for turn in range(ROUNDS + 1):
        for i, line in enumerate(lines):
            start = time.perf_counter()
            ask(line)
            took = (time.perf_counter() - start) * 1e3
            best[i] = min(best[i], took) if turn else best[i]
    return best


def dafu(build, index, files):
    for path in files:
        out = subprocess.run([os.path.join(build, 'tests', 'bench_search'), index, path], check=True,
                             stdout=subprocess.PIPE, text=True).stdout
        words = next(line for line in out.splitlines() if line.startswith('clock')).split()
        yield [float(words[words.index(name) + 1]) for name in ('median', 'p95', 'p99')]


def lucene(index, files):
    folder = os.path.dirname(index)
    with open(os.path.join(folder, 'Ask.java'), 'w') as out:
        out.write(LUCENE)
    path = ':'.join(bench_build.Lucene.jars)
    subprocess.run(['javac', '-cp', path, '-d', folder, os.path.join(folder, 'Ask.java')], check=True)
    plain = [plain_lines(name, folder) for name in files]
    out = subprocess.run(['java', '-Xmx2g', '-cp', path + ':' + folder, 'Ask', index] + plain,
                         check=True, stdout=subprocess.PIPE, text=True).stdout
    for line in out.splitlines():
        yield percentiles([float(word) for word in line.split()])


def plain_lines(name, folder):
    path = os.path.join(folder, os.path.basename(name) + '.plain')
    with open(path, 'w', encoding='utf-8') as out:
        out.write(''.join(line + '\n' for line in questions(name)))
    return path


def fts5(index, files):
    import sqlite3
    db = sqlite3.connect(index)

    def ask(line):
        rows = {line[i:i + 3] for i in range(len(line) - 2) if not set(line[i:i + 3]) & set('" ')}
        if rows:
            words = ' OR '.join('"%s"' % row for row in sorted(rows))
            db.execute('SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT %d' % HITS,
                       (words,)).fetchall()

    for name in files:
        yield percentiles(best_of(questions(name), ask))


def scriptindex(index, files):
    import xapian
    enquire = xapian.Enquire(xapian.Database(index))

    def ask(line):  # QueryParser would have all n-grams of a run occur
        terms = set(line) | {line[i:i + 2] for i in range(len(line) - 1)}
        enquire.set_query(xapian.Query(xapian.Query.OP_OR,
                                       sorted(term for term in terms if term.isalnum())))
        return [match.docid for match in enquire.get_mset(0, HITS)]

    for name in files:
        yield percentiles(best_of(questions(name), ask))


def groonga(index, files):
    server = subprocess.Popen(['groonga', os.path.join(index, 'db')], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True)

    def ask(line):
        pairs = sorted({line[i:i + 2] for i in range(len(line) - 1) if line[i:i + 2].isalnum()})
        server.stdin.write('select D --match_columns text --query "%s" --sort_keys -_score '
                           '--output_columns _id --limit %d\n' % (' OR '.join(pairs), HITS))
        server.stdin.flush()
        server.stdout.readline()

    for name in files:
        yield percentiles(best_of(questions(name), ask))
    server.stdin.close()
    server.wait()


def questions(name):
    with open(name, encoding='utf-8') as lines:
        return [line.rstrip('\n').split('\t', 1)[-1] for line in lines if line.strip()]


def percentiles(times):
    times = sorted(times)
    return [times[len(times) * share // 100] for share in (50, 95, 99)]


def processes(build, made, line):
    commands = {}
    if 'dafu' in made:
        commands['dafu-search'] = [os.path.join(build, 'bin', 'dafu-search'), '--index',
                                   made['dafu'], line]
    if 'scriptindex' in made:
        pairs = ' OR '.join(line[i:i + 2] for i in range(len(line) - 1))
        commands['quest'] = ['quest', '--db=' + made['scriptindex'], '--flags=default,cjk_ngram', pairs]
    if 'fts5' in made:
        rows = ' OR '.join('"%s"' % line[i:i + 3] for i in range(len(line) - 2))
        commands['sqlite3'] = ['sqlite3', made['fts5'], "SELECT id, snippet(t, 2, '', '', '', 40) "
                               "FROM t WHERE t MATCH '%s' ORDER BY rank LIMIT 10" % rows]
    times = {name: [] for name in commands}
    for _ in range(40):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times[name].append((time.perf_counter() - start) * 1e3)
    for name, took in times.items():
        print('%-12s least %.1f ms, median %.1f ms' % (name, min(took), sorted(took)[len(took) // 2]))


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('build', metavar='BUILD')
    options.add_argument('collection', metavar='FILE.jsonl')
    options.add_argument('queries', metavar='QUERIES.tsv', nargs='+')
    options.add_argument('--only', default='')
    given = options.parse_args()
    systems = {
        'dafu': (bench_build.Dafu(given.build), lambda *a: dafu(given.build, *a)),
        'lucene': (bench_build.Lucene(), lucene),
        'scriptindex': (bench_build.Scriptindex(), scriptindex),
        'fts5': (bench_build.Fts5('full'), fts5),
        'groonga': (bench_build.Groonga(), groonga),
    }
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        data = bench_build.Input(given.collection, folder)
        for name in given.only.split(',') if given.only else systems:
            reason = systems[name][0].missing()
            if reason:
                print('%s is left out: %s' % (name, reason), file=sys.stderr)
                continue
            os.mkdir(os.path.join(folder, name))
            bench_build.measure_in(systems[name][0], data, os.path.join(folder, name))
            made[name] = os.path.join(folder, name, 'index')
        print('%-12s %s' % ('ms', '   '.join('%26s' % os.path.basename(q) for q in given.queries)))
        print('%-12s %s' % ('', '   '.join('%8s %8s %8s' % ('median', 'p95', 'p99')
                                           for _ in given.queries)))
        for name, index in made.items():
            columns = ['%8.2f %8.2f %8.2f' % tuple(row)
                       for row in systems[name][1](index, given.queries)]
            print('%-12s %s' % (name, '   '.join(columns)), flush=True)
        print('\none process, one query')
        processes(given.build, made, questions(given.queries[0])[0])


if __name__ == '__main__':
    main()
