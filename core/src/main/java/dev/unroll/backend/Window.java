package dev.unroll.backend;

/**
 * The part of an image that one place of the result is made from: a kernel that moves over the
 * image in strides, and that may reach over the image's edges. Built by name: {@code
 * Window.square(3).stride(2).padding(1)}.
 *
 * @param height rows of the kernel
 * @param width columns of the kernel
 * @param down rows from one place of the result to the next below
 * @param across columns from one place of the result to the next beside
 * @param padding rows and columns that the kernel may reach over the edges
 * @param rowDilation rows of the image between neighbours of the kernel, 1 for none left out
 * @param columnDilation columns of the image between neighbours of the kernel (Yu and Koltun 2016,
 *     eq. 2)
 */
public record Window(
        int height,
        int width,
        int down,
        int across,
        Padding padding,
        int rowDilation,
        int columnDilation) {

    public Window {
        atLeast("the kernel's size", 1, height, width);
        atLeast("a stride", 1, down, across);
        atLeast("dilation", 1, rowDilation, columnDilation);
    }

    /**
     * The reach of a kernel over the edges of an image.
     *
     * @param top rows that the first kernel reaches over the upper edge
     * @param bottom rows that the last kernel may reach over the lower edge
     * @param left columns that the first kernel reaches over the left edge
     * @param right columns that the last kernel may reach over the right edge
     */
    public record Padding(int top, int bottom, int left, int right) {
        public Padding {
            atLeast("padding", 0, top, bottom, left, right);
        }
    }

    /** A kernel that moves by one and stays inside the image. */
    public static Window of(int height, int width) {
        return new Window(height, width, 1, 1, new Padding(0, 0, 0, 0), 1, 1);
    }

    /** A square kernel that moves by one and stays inside the image. */
    public static Window square(int side) {
        return of(side, side);
    }

    /** A copy with other strides. */
    public Window stride(int rows, int columns) {
        return new Window(height, width, rows, columns, padding, rowDilation, columnDilation);
    }

    /** A copy with another stride both ways. */
    public Window stride(int both) {
        return stride(both, both);
    }

    /** A copy that reaches over the edges by so many rows and columns. */
    public Window padding(int top, int bottom, int left, int right) {
        Padding edges = new Padding(top, bottom, left, right);
        return new Window(height, width, down, across, edges, rowDilation, columnDilation);
    }

    /** A copy that reaches over every edge by so many rows or columns. */
    public Window padding(int all) {
        return padding(all, all, all, all);
    }

    /** A copy with the kernel spread. */
    public Window dilation(int rows, int columns) {
        return new Window(height, width, down, across, padding, rows, columns);
    }

    /**
     * A copy that reaches over the edges so far that the result has the image's size divided by the
     * stride, rounded up; where the reach is odd, one more below and on the right. Strides and
     * dilation are set before.
     */
    public Window same() {
        int tall = rowDilation * (height - 1);
        int wide = columnDilation * (width - 1);
        return padding(tall / 2, tall - tall / 2, wide / 2, wide - wide / 2);
    }

    /** Rows that the first kernel reaches over the upper edge. */
    public int top() {
        return padding.top;
    }

    /** Rows that the last kernel may reach over the lower edge. */
    public int bottom() {
        return padding.bottom;
    }

    /** Columns that the first kernel reaches over the left edge. */
    public int left() {
        return padding.left;
    }

    /** Columns that the last kernel may reach over the right edge. */
    public int right() {
        return padding.right;
    }

    /** Rows of the result for an image of so many; 0 if the kernel is larger than the image. */
    public int rows(int imageHeight) {
        return places(imageHeight + top() + bottom(), rowDilation * (height - 1) + 1, down);
    }

    /** Columns of the result for an image of so many. */
    public int columns(int imageWidth) {
        return places(imageWidth + left() + right(), columnDilation * (width - 1) + 1, across);
    }

    /** Number of places in the kernel. */
    public int size() {
        return height * width;
    }

    /** {@return whether each place of the result is made from the same place of the image alone} */
    public boolean single() {
        return size() == 1 && down == 1 && across == 1 && padding.equals(new Padding(0, 0, 0, 0));
    }

    private static int places(int size, int reach, int stride) {
        return size < reach ? 0 : (size - reach) / stride + 1;
    }

    private static void atLeast(String what, int least, int... values) {
        for (int value : values) {
            if (value < least) {
                throw new IllegalArgumentException(
                        "window: %s is %d; at least %d is needed".formatted(what, value, least));
            }
        }
    }
}
