package dev.unroll.lab;

/**
 * A measurement that tests a claim or answers a question. Its text stands in a Markdown file of the
 * same name; its class is the code that the page shows.
 */
public interface Experiment {

    /** {@return the name by which a command asks for it: lower-case words with hyphens} */
    String name();

    /**
     * Measures.
     *
     * @param trials how often and how long
     * @return what was found: charts, tables, numbers, and the effects that were expected
     */
    Finding run(Trials trials);
}
