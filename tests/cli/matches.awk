# SPDX-License-Identifier: GPL-2.0-or-later
# matches.awk EXPECTED ANSWER: succeeds when the answer is what the expected file says, where
# "[..]" stands for any characters of a line and a line "..." for any number of lines.

function line_matches(pattern, line,    piece, count, i, at) {
    if (index(pattern, "[..]") == 0)
        return pattern "" == line ""
    count = split(pattern, piece, /\[\.\.\]/)
    if (substr(line, 1, length(piece[1])) != piece[1])
        return 0
    line = substr(line, length(piece[1]) + 1)
    for (i = 2; i < count; i++) {
        at = index(line, piece[i])
        if (piece[i] != "" && at == 0)
            return 0
        if (piece[i] != "")
            line = substr(line, at + length(piece[i]))
    }
    return length(line) >= length(piece[count]) &&
           substr(line, length(line) - length(piece[count]) + 1) == piece[count]
}

FILENAME == ARGV[1] { expected[++expected_count] = $0; next }
{ answer[++answer_count] = $0 }

# reached[j]: the expected lines so far can account for exactly the first j answered lines.
END {
    expected_count += 0
    answer_count += 0
    reached[0] = 1
    for (i = 1; i <= expected_count; i++) {
        if (expected[i] == "...") {
            for (j = 1; j <= answer_count; j++)
                if (reached[j - 1])
                    reached[j] = 1
            continue
        }
        for (j = answer_count; j >= 1; j--)
            reached[j] = reached[j - 1] && line_matches(expected[i], answer[j])
        reached[0] = 0
    }
    exit !reached[answer_count]
}
