package dev.unroll.decode;

/**
 * A hypothesis that has not ended.
 *
 * @param parent the row of the network's state that its last token continues
 * @param trail its tokens
 * @param logProbability the sum of their log-probabilities
 */
record LiveHypothesis(int parent, TokenChain trail, double logProbability) {}
