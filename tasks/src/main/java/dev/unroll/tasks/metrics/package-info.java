/**
 * How good a translation is: BLEU and chrF, equal to what sacreBLEU computes (Post 2018, "A Call
 * for Clarity in Reporting BLEU Scores").
 */
@NullMarked
package dev.unroll.tasks.metrics;

import org.jspecify.annotations.NullMarked;
