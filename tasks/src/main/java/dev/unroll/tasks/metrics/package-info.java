/**
 * Metrics of answers: of translations BLEU and chrF, equal to what sacreBLEU computes (Post 2018,
 * "A Call for Clarity in Reporting BLEU Scores"); of classes the confusion table and calibration;
 * of videos' segments the edit score and F1; of masks region and boundary measures.
 */
@NullMarked
package dev.unroll.tasks.metrics;

import org.jspecify.annotations.NullMarked;
