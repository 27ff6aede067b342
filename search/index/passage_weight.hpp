/* SPDX-License-Identifier: GPL-2.0-or-later */
/* BM25 over the passages of an index. Xapian's own BM25Weight takes its statistics from all
 * documents; ours include a record per reply that has no text and would halve the average length.
 * A boolean term, which has no frequency within a document, counts as if it were there once. The idf is ln(1 + (N - n + .5) / (n + .5)), which is never negative. */
#ifndef DAFU_SEARCH_INDEX_PASSAGE_WEIGHT_HPP
#define DAFU_SEARCH_INDEX_PASSAGE_WEIGHT_HPP

#include <algorithm>
#include <cmath>
#include <string>

#include <xapian.h>

#include "search/index/index_reader.h"

class PassageWeight : public Xapian::Weight
{
  public:
    PassageWeight(const struct bm25 &parameters, double passages, double average_length)
        : parameters_(parameters), passages_(passages), average_length_(average_length)
    {
        need_stat(TERMFREQ);
        need_stat(WDF);
        need_stat(WQF);
        need_stat(WDF_MAX);
        need_stat(DOC_LENGTH);
        need_stat(DOC_LENGTH_MIN);
    }

    PassageWeight *clone() const override
    {
        return new PassageWeight(parameters_, passages_, average_length_);
    }

    void init(double factor) override
    {
        if (factor == 0.0)
            return; /* asked for the part that no term carries: there is none */
        double n = std::min<double>(get_termfreq(), passages_);
        double idf = std::log(1 + (passages_ - n + 0.5) / (n + 0.5));
        double query = static_cast<double>(get_wqf());
        query = (parameters_.k3 + 1) * query / (parameters_.k3 + query);
        weight_ = factor * idf * query * (parameters_.k1 + 1);
    }

    double get_sumpart(Xapian::termcount wdf, Xapian::termcount length,
                       Xapian::termcount) const override
    {
        double frequency = std::max(static_cast<double>(wdf), 1.0);
        return weight_ * frequency / (frequency + saturation(static_cast<double>(length)));
    }

    double get_maxpart() const override
    {
        /* A document is never shorter than the term is frequent in it. */
        double frequency = std::max(static_cast<double>(get_wdf_upper_bound()), 1.0);
        double length = std::max(static_cast<double>(get_doclength_lower_bound()), frequency);
        return weight_ * frequency / (frequency + saturation(length));
    }

    double get_sumextra(Xapian::termcount, Xapian::termcount) const override
    {
        return 0;
    }

    double get_maxextra() const override
    {
        return 0;
    }

    std::string name() const override
    {
        return "PassageWeight";
    }

  private:
    double saturation(double length) const
    {
        double share = std::max(length / average_length_, parameters_.shortest);
        return parameters_.k1 * (1 - parameters_.b + parameters_.b * share);
    }

    struct bm25 parameters_;
    double passages_;
    double average_length_;
    double weight_ = 0;
};

#endif
