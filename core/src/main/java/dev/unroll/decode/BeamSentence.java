package dev.unroll.decode;

import java.util.ArrayList;
import java.util.List;

/** The beam of one sentence; its open hypotheses all have the same length. */
final class BeamSentence implements Sentence<TopK> {

    private final Beam beam;
    private final int endToken;
    private final int maxLength;
    private final List<Hypothesis> finished = new ArrayList<>(); // best first
    private List<LiveHypothesis> open;
    private List<Hypothesis> cutOff = List.of(); // best first

    BeamSentence(Beam beam, int number, int startToken, int endToken, int maxLength) {
        this.beam = beam;
        this.endToken = endToken;
        this.maxLength = maxLength;
        this.open = List.of(new LiveHypothesis(number, TokenChain.start(startToken), 0));
    }

    @Override
    public List<LiveHypothesis> open() {
        return open;
    }

    @Override
    public void advance(TopK answers, int first) {
        int vocabulary = answers.vocabulary();
        int length = open.getFirst().trail().length() + 1;
        TopKHeap candidates = candidates(answers, first);
        List<LiveHypothesis> extended = new ArrayList<>();
        for (int rank = 0; rank < candidates.size(); rank++) {
            int from = (int) (candidates.place(rank) / vocabulary);
            int token = (int) (candidates.place(rank) % vocabulary);
            double sum = candidates.value(rank);
            TokenChain trail = open.get(from).trail();
            if (token == endToken) {
                finish(hypothesis(trail, sum, length, true));
            } else {
                extended.add(new LiveHypothesis(first + from, trail.then(token), sum));
            }
        }
        if (length == maxLength) {
            cutOff =
                    extended.stream()
                            .map(o -> hypothesis(o.trail(), o.logProbability(), length, false))
                            .toList();
            open = List.of();
        } else {
            extended.removeIf(o -> !canStillCount(o));
            open = extended;
        }
    }

    /** The best extensions, one for each free place, known by hypothesis · vocabulary + token. */
    private TopKHeap candidates(TopK answers, int first) {
        long extensions = (long) open.size() * answers.count();
        int places = (int) Math.min(beam.width() - finished.size(), extensions);
        TopKHeap best = new TopKHeap(places);
        for (int i = 0; i < open.size(); i++) {
            double before = open.get(i).logProbability();
            int from = (first + i) * answers.count();
            for (int at = from; at < from + answers.count(); at++) {
                double value = before + Math.min(0f, answers.logs()[at]);
                best.offer(value, (long) i * answers.vocabulary() + answers.tokens()[at]);
            }
        }
        best.sort();
        return best;
    }

    private Hypothesis hypothesis(TokenChain trail, double sum, int length, boolean ended) {
        return new Hypothesis(trail.tokens(), sum, beam.score(sum, length), ended);
    }

    /** Keeps the order; of equal scores the earlier one stays in front. */
    private void finish(Hypothesis hypothesis) {
        int at = finished.size();
        while (at > 0 && finished.get(at - 1).score() < hypothesis.score()) {
            at--;
        }
        finished.add(at, hypothesis);
    }

    /** {@return whether a live hypothesis may yet end as one of the n best} */
    private boolean canStillCount(LiveHypothesis hypothesis) {
        return finished.size() < beam.nBest()
                || beam.score(hypothesis.logProbability(), maxLength)
                        > finished.get(beam.nBest() - 1).score();
    }

    @Override
    public List<Hypothesis> hypotheses() {
        List<Hypothesis> best = new ArrayList<>(finished);
        best.addAll(cutOff);
        return List.copyOf(best.subList(0, Math.min(beam.nBest(), best.size())));
    }
}
