package dev.unroll.vector.image;

import dev.unroll.backend.View;
import dev.unroll.backend.Window;

/** The places inside an image that a window covers, where each starts, and which taps they are. */
final class WindowTaps {
    final int[] places;
    final int[] taps;
    int count;

    private final Window window;
    private final View x;

    /**
     * @param x images under the window
     */
    WindowTaps(Window window, View x) {
        this.window = window;
        this.x = x;
        places = new int[window.size()];
        taps = new int[window.size()];
    }

    /**
     * Finds the places of x under the window that gives one place of the result.
     *
     * @param line item·rows + row of the result
     * @param rows of the result
     */
    void under(int line, int rows, int column) {
        int item = line / rows;
        int top = line % rows * window.down() - window.top();
        int left = column * window.across() - window.left();
        count = 0;
        for (int i = 0; i < window.height(); i++) {
            int row = top + i * window.rowDilation();
            if (row < 0 || row >= x.dim(1)) {
                continue;
            }
            int start = (item * x.dim(1) + row) * x.dim(2);
            for (int j = 0; j < window.width(); j++) {
                int place = left + j * window.columnDilation();
                if (place >= 0 && place < x.dim(2)) {
                    places[count] = x.offset() + (start + place) * x.dim(3);
                    taps[count++] = i * window.width() + j;
                }
            }
        }
    }

    /**
     * The other way about: x are the results of the window, and what is wanted is which of them
     * have seen one place of the image it moved over.
     *
     * @param line item·rows + row of that image
     * @param rows of that image
     */
    void above(int line, int rows, int column) {
        int item = line / rows;
        count = 0;
        for (int i = 0; i < window.height(); i++) {
            int y = line % rows + window.top() - i * window.rowDilation();
            int row = y / window.down();
            if (y < 0 || y % window.down() != 0 || row >= x.dim(1)) {
                continue;
            }
            int start = (item * x.dim(1) + row) * x.dim(2);
            for (int j = 0; j < window.width(); j++) {
                int z = column + window.left() - j * window.columnDilation();
                int place = z / window.across();
                if (z >= 0 && z % window.across() == 0 && place < x.dim(2)) {
                    places[count] = x.offset() + (start + place) * x.dim(3);
                    taps[count++] = i * window.width() + j;
                }
            }
        }
    }
}
