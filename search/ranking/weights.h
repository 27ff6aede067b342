/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every number of the ranking, in one place. weights.c gives each with its evidence. */
#ifndef DAFU_SEARCH_RANKING_WEIGHTS_H
#define DAFU_SEARCH_RANKING_WEIGHTS_H

#include "indexer/base/status.h"
#include "search/index/index_reader.h"

struct weights {
    struct bm25 bm25;
    /* Factors of a term's BM25 by what it is */
    double word, subword, bigram, character;
    double path, title, issuer; /* of words in the headings, the title, the agency's name */
    double area, year;          /* of a place or a year of the query that is the reply's */
    double near;                /* of the place in the text that says most of the query */
    unsigned near_span;         /* its characters */
    double characters;          /* of text that are as long as one term of the index */
    double synonym;             /* of another form of a name, beside the typed one */
    double everyday;            /* of the official form of an everyday word */
    double rare;                /* ... up to which a single character beside words is looked up */
    double frequent;            /* share of the passages above which a term is not looked up */
    double frequent_single;     /* the same for single characters */
    double frequent_least;      /* passages that a term may always have: short lists cost nothing */
    unsigned term_max;          /* terms that are looked up, the most telling first */
    double candidate_b;         /* BM25's b when they are chosen */
    unsigned candidates;        /* passages that are ranked again, at most */
    unsigned candidates_per_term, candidates_least; /* as many for each term that is looked up */
    double group;               /* times the mean of the best passages of the same document */
    unsigned group_top;         /* how many those are */
    unsigned group_rank;  /* the score at this rank, as a share of the best, to the power of */
    double group_peak;    /* this is a factor of `group` */
    double group_missing; /* what a passage that is no candidate counts, of the last one's score */
    double heading;       /* factor of a heading that stands alone */
    double head;          /* factor of a line of the letterhead */
    double asked;         /* added to the factor of what a question asks for: plans, reasons, … */
    double freshness;     /* added to the factor of passages of the newest year */
    double extent;        /* factor of passages of long documents: 1 + extent ln(1 + n / */
    double extent_from;   /* this), n the document's passages */
    double repeated;      /* share of its score that a passage loses which repeats a better one */
    unsigned repeated_depth; /* so many of the first are compared */
    double frame;            /* factor of a line around the text: a name, a date, a contact */
};

extern const struct weights WEIGHTS;

/* Sets one number by name, "group=.5": for experiments. STATUS_MISUSE. */
enum status weights_set(struct weights *weights, const char *assignment, struct error *error);

#endif
