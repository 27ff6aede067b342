#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Building an index from JSON lines: dafu beside what else is installed, in one run.

    bench_build.py BUILD [--only NAME,...] [--rounds N] FILE.jsonl...

BUILD is a build folder. Each line of a FILE is an object with id, text and perhaps title (xz reads,
too). Told per system: MB of text per second of wall clock and of processor, peak memory of its
largest process, bytes of the finished index per byte of text. Every peer stores the text, indexes
bigrams (SQLite: trigrams) and makes its index durable; converting the input to its format does not
count. Of several rounds, whose order alternates, the fastest counts. A peer that is not installed
is left out with a line: Debian packages xapian-omega, groonga-bin, liblucene8-java with a JDK.
fts5-none is FTS5 without positions: it answers words of three characters, and refuses longer ones."""

import argparse
import glob
import json
import lzma
import os
import shutil
import subprocess
import sys
import tempfile
import time

LUCENE = """
import java.nio.file.*;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.store.FSDirectory;
class Build {
    public static void main(String[] a) throws Exception {
        IndexWriterConfig c = new IndexWriterConfig(new CJKAnalyzer());
        c.setRAMBufferSizeMB(256);
        IndexWriter w = new IndexWriter(FSDirectory.open(Paths.get(a[1])), c);
        int n = Runtime.getRuntime().availableProcessors();
        java.util.List<String> lines = Files.readAllLines(Paths.get(a[0]));
        Thread[] threads = new Thread[n];
        for (int t = 0; t < n; t++) {
            final int start = t;
            threads[t] = new Thread(() -> {
                try {
                    for (int i = start; i < lines.size(); i += n) {
                        String[] f = lines.get(i).split("\\t", -1);
                        Document d = new Document();
                        d.add(new StringField("id", f[0], Field.Store.YES));
                        d.add(new TextField("title", f[1], Field.Store.YES));
                        FieldType type = new FieldType(TextField.TYPE_STORED);
                        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
                        d.add(new Field("text", f[2], type));
                        w.addDocument(d);
                    }
                } catch (java.io.IOException e) { throw new RuntimeException(e); }
            });
            threads[t].start();
        }
        for (Thread t : threads) t.join();
        w.forceMerge(1);
        w.close();
    }
}
"""

FTS5 = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[2])
db.execute("CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, title, text, tokenize='trigram', "
           "detail='%s')" % sys.argv[3])
with open(sys.argv[1], encoding='utf-8') as lines:
    db.executemany("INSERT INTO t VALUES (?, ?, ?)",
                   (line.rstrip('\\n').split('\\t') for line in lines))
db.execute("INSERT INTO t(t) VALUES ('optimize')")
db.commit()
"""

SCHEMA = ("table_create D TABLE_HASH_KEY ShortText\n"
          "column_create D title COLUMN_SCALAR ShortText\n"
          "column_create D text COLUMN_SCALAR Text\n"
          "table_create T TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram "
          "--normalizer NormalizerAuto\n"
          "column_create T text COLUMN_INDEX D text\n")


def one_line(text):
    return ' '.join(text.split())


def documents(path):
    read = lzma.open if path.endswith('.xz') else open
    with read(path, 'rt', encoding='utf-8') as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            yield (str(row.get('id', number)), row.get('title') or '', row['text'])


class Input:
    """A file in the formats of all systems, below `folder`."""

    def __init__(self, path, folder):
        name = lambda end: os.path.join(folder, 'input.' + end)
        self.text_bytes = 0
        self.jsonl, self.tsv = name('jsonl'), name('tsv')
        self.dump, self.groonga = name('dump'), name('grn')
        with open(self.jsonl, 'w', encoding='utf-8') as jsonl, \
                open(self.tsv, 'w', encoding='utf-8') as tsv, \
                open(self.dump, 'w', encoding='utf-8') as dump, \
                open(self.groonga, 'w', encoding='utf-8') as groonga:
            groonga.write(SCHEMA + 'load --table D\n[\n')
            comma = ''
            for key, title, text in documents(path):
                self.text_bytes += len(text.encode())
                jsonl.write(json.dumps({'id': key, 'title': title, 'text': text},
                                       ensure_ascii=False) + '\n')
                flat = one_line(text)
                tsv.write('%s\t%s\t%s\n' % (one_line(key), one_line(title), flat))
                dump.write('id=%s\ntitle=%s\ntext=%s\n\n' % (one_line(key), one_line(title), flat))
                groonga.write(comma + json.dumps({'_key': key[:1000], 'title': title, 'text': text},
                                                 ensure_ascii=False))
                comma = ',\n'
            groonga.write('\n]\n')


class Dafu:
    def __init__(self, build):
        self.program = os.path.join(build, 'bin', 'dafu-index')

    def missing(self):
        return None if os.path.exists(self.program) else self.program + ' is not built'

    def run(self, given, folder):
        return [[self.program, 'add', '--quiet', '--index', os.path.join(folder, 'index'),
                 given.jsonl]], None


class Scriptindex:
    def missing(self):
        return None if shutil.which('scriptindex') else 'no scriptindex (xapian-omega)'

    def run(self, given, folder):
        script = os.path.join(folder, 'script')
        with open(script, 'w') as out:
            out.write('id : field boolean=Q unique=Q\ntitle : field index=S\n'
                      'text : field indexnopos\n')
        os.environ['XAPIAN_CJK_NGRAM'] = '1'
        raw, done = os.path.join(folder, 'raw'), os.path.join(folder, 'index')
        return [['scriptindex', raw, script, given.dump],
                ['xapian-compact', '--no-renumber', raw, done], ['rm', '-rf', raw]], None


class Fts5:
    def __init__(self, detail):
        self.detail = detail

    def missing(self):
        import sqlite3
        return None if sqlite3.sqlite_version_info >= (3, 34) else 'SQLite has no trigrams'

    def run(self, given, folder):
        return [[sys.executable, '-c', FTS5, given.tsv, os.path.join(folder, 'index'),
                 self.detail]], None


class Groonga:
    def missing(self):
        return None if shutil.which('groonga') else 'no groonga (groonga-bin)'

    def run(self, given, folder):
        os.mkdir(os.path.join(folder, 'index'))
        return [['groonga', '-n', os.path.join(folder, 'index', 'db')]], given.groonga


class Lucene:
    jars = glob.glob('/usr/share/java/lucene-core-8*.jar') + \
        glob.glob('/usr/share/java/lucene-analyzers-common-8*.jar')

    def missing(self):
        if len(self.jars) < 2 or not shutil.which('javac'):
            return 'no Lucene 8 or javac (liblucene8-java, a JDK)'
        return None

    def run(self, given, folder):
        classes = os.path.join(folder, 'classes')
        os.mkdir(classes)
        source = os.path.join(classes, 'Build.java')
        with open(source, 'w') as out:
            out.write(LUCENE)
        path = ':'.join(self.jars)
        subprocess.run(['javac', '-cp', path, '-d', classes, source], check=True)
        return [['java', '-Xmx2g', '-cp', path + ':' + classes, 'Build', given.tsv,
                 os.path.join(folder, 'index')]], None


def size_of(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.stat(os.path.join(folder, name)).st_blocks * 512
               for folder, _, names in os.walk(path) for name in names)


def measure_in(system, given, folder):
    """Seconds, seconds of processor, peak bytes, bytes of the index, which is folder/index."""
    commands, stdin = system.run(given, folder)
    wall = cpu = peak = 0
    for command in commands:
        start = time.monotonic()
        with open(stdin or os.devnull, 'rb') as source:
            child = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL,
                                     stderr=subprocess.PIPE)
            message = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
        wall += time.monotonic() - start
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss * 1024)
        if status:
            sys.exit('%s failed: %s' % (command[0], message.decode(errors='replace')[-500:]))
    return wall, cpu, peak, size_of(os.path.join(folder, 'index'))


def measure(system, given):
    with tempfile.TemporaryDirectory() as folder:
        return measure_in(system, given, folder)


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('build', metavar='BUILD')
    options.add_argument('files', metavar='FILE.jsonl', nargs='+')
    options.add_argument('--only', default='')
    options.add_argument('--rounds', type=int, default=1)
    given = options.parse_args()
    systems = {'dafu': Dafu(given.build), 'scriptindex': Scriptindex(), 'fts5': Fts5('full'),
               'fts5-none': Fts5('none'), 'groonga': Groonga(), 'lucene': Lucene()}
    if given.only:
        systems = {name: systems[name] for name in given.only.split(',')}
    for name in list(systems):
        reason = systems[name].missing()
        if reason:
            print('%s is left out: %s' % (name, reason), file=sys.stderr)
            del systems[name]

    for path in given.files:
        with tempfile.TemporaryDirectory() as folder:
            data = Input(path, folder)
            megabytes = data.text_bytes / 1e6
            print('%s: %.1f MB of text' % (path, megabytes))
            print('%-12s %9s %9s %9s %11s' % ('', 'MB/s wall', 'MB/s cpu', 'peak MB', 'index/text'))
            best = {}
            for turn in range(given.rounds):
                order = list(systems) if turn % 2 == 0 else list(systems)[::-1]
                for name in order:
                    result = measure(systems[name], data)
                    best[name] = min(best.get(name, result), result)
            for name in systems:
                wall, cpu, peak, size = best[name]
                print('%-12s %9.2f %9.2f %9.0f %11.3f' %
                      (name, megabytes / wall, megabytes / cpu, peak / 1e6,
                       size / data.text_bytes), flush=True)


if __name__ == '__main__':
    main()
