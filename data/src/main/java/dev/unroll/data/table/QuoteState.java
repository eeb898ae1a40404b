package dev.unroll.data.table;

/**
 * Follows the quotes of a CSV row from line to line (RFC 4180), each character once: so a quote
 * that is never closed costs no more than the lines it is looked for in.
 */
final class QuoteState {

    /** Where a row stands at the end of a line. */
    enum State {
        /** The row ends here. */
        CLOSED,
        /** A quote is open, and the row goes on. */
        OPEN,
        /** Something stands behind a closed quote; more lines cannot mend that. */
        WRONG
    }

    private enum Place {
        BEFORE,
        BARE,
        QUOTED,
        BEHIND
    }

    private final char separator;
    private Place place = Place.BEFORE;

    QuoteState(char separator) {
        this.separator = separator;
    }

    /** Reads another line of the row. */
    State read(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (place) {
                case BEFORE ->
                        place =
                                c == '"'
                                        ? Place.QUOTED
                                        : c == separator ? Place.BEFORE : Place.BARE;
                case BARE -> place = c == separator ? Place.BEFORE : Place.BARE;
                case QUOTED -> {
                    if (c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                        i++;
                    } else if (c == '"') {
                        place = Place.BEHIND;
                    }
                }
                case BEHIND -> {
                    if (c == separator) {
                        place = Place.BEFORE;
                    } else if (!Character.isWhitespace(c)) {
                        return State.WRONG;
                    }
                }
            }
        }
        return place == Place.QUOTED ? State.OPEN : State.CLOSED;
    }
}
